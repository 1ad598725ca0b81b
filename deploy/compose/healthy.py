"""Ends with 0 when the service of this container is ready: the health check of compose."""

import http.client
import os
import sys

WITHIN = 4.0  # seconds


def main() -> int:
    port = int(os.environ["THIDUA_PORT"])
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=WITHIN)
    try:
        connection.request("GET", "/health/ready")
        return 0 if connection.getresponse().status == 200 else 1
    except OSError as error:
        print(error, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())

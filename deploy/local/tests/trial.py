"""The embedded run with one small service in place of the six, for the tests to start and kill.

python -m deploy.local.tests.trial run FOLDER
python -m deploy.local.tests.trial serve
"""

import functools
import os
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

from deploy.local.processes import NotReady
from deploy.local.supervisor import Refused, run

SERVICE = "directory"


class Ready(BaseHTTPRequestHandler):
    def do_GET(self) -> None:  # the standard library's name
        body = f"{os.getpid()} {os.environ['THIDUA_NATS_USER']}".encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def serve() -> None:
    address = os.environ["THIDUA_HOST"], int(os.environ["THIDUA_PORT"])
    HTTPServer(address, Ready).serve_forever()


def start(data: Path) -> int:
    say = functools.partial(print, flush=True)
    command = (sys.executable, "-m", "deploy.local.tests.trial", "serve")
    try:
        run(data, services=[SERVICE], command=lambda _: command, say=say)
    except (Refused, NotReady) as error:
        say(str(error))
        return 1
    return 0


if __name__ == "__main__":
    if sys.argv[1] == "serve":
        serve()
    sys.exit(start(Path(sys.argv[2])))

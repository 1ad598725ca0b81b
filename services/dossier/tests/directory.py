"""A directory that answers one question over real HTTP: who is this official."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from uuid import UUID

from libs.serving.acting import Acting


class Directory:
    """Names by official; whoever is not registered is unknown."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.officials: dict[str, dict[str, object]] = {}

    def register(self, by: Acting, name: str, title: str) -> UUID:
        appointments = [
            {"id": str(by.appointment), "unit": by.unit, "role": by.role, "title": title}
        ]
        self.officials[str(by.official)] = {
            "id": str(by.official),
            "name": name,
            "appointments": appointments,
        }
        return by.official


@contextmanager
def running_directory() -> Iterator[Directory]:
    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            found = directory.officials.get(self.path.removeprefix("/officials/"))
            self.send_response(404 if found is None else 200)
            self.end_headers()
            self.wfile.write(json.dumps(found).encode())

        def log_message(self, format: str, *args: object) -> None:  # its name
            """Nothing: a test run needs no access log."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    directory = Directory(f"http://127.0.0.1:{server.server_address[1]}")
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield directory
    finally:
        server.shutdown()
        server.server_close()
        thread.join()

"""Another service over real HTTP: it knows officials by name and has a log to be followed."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

from libs.serving.acting import Acting

EPOCH = "7d4d6f3e-5f0c-4b59-9f5e-0a3f6f0b9c11"


class Directory:
    """Names by official, whoever is not registered is unknown; and the events of a log."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.officials: dict[str, dict[str, object]] = {}
        self.events: list[dict[str, object]] = []

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

    def tell(self, service: str, topic: str, state: bytes) -> None:
        """Appends an event to the log."""
        position = len(self.events) + 1
        headers = {
            "Es-Id": str(position),
            "Es-Prev": str(position - 1),
            "Es-Topic": topic,
            "Es-Epoch": EPOCH,
        }
        self.events.append(
            {
                "id": position,
                "prev": position - 1,
                "subject": f"evt.{service}.chi-lang.{topic.replace('.', '-')}",
                "headers": headers,
                "data": state.decode(),
            }
        )

    def page(self, after: int) -> dict[str, object]:
        return {"epoch": EPOCH, "head": len(self.events), "events": self.events[after:]}


@contextmanager
def running_directory() -> Iterator[Directory]:
    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked = urlsplit(self.path)
            found: dict[str, object] | None
            if asked.path == "/log":
                found = directory.page(int(parse_qs(asked.query)["after"][0]))
            else:
                found = directory.officials.get(asked.path.removeprefix("/officials/"))
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

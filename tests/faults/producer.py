"""A foreign service on the stage: a log in memory, its ``/log`` over HTTP, messages at our whim."""

import json
import threading
from collections.abc import Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlparse
from uuid import UUID, uuid4

from nats.aio.client import Client

from libs.eventlog import wire

ENROLLED = "campaign.enrolled.v1"
META = {
    "event_id": "0191d4f0-0000-7000-8000-000000000001",
    "command": "enrol",
    "authority": "chi-lang",
    "correlation": "0191d4f0-0000-7000-8000-000000000002",
    "recorded_at": "2024-05-06T07:08:09Z",
}


def body(n: int, do: str = "insert") -> bytes:
    return json.dumps({"meta": META, "data": {"n": n, "do": do}}).encode()


class Producer:
    """`log` is what has happened; nothing of it is on the stream until `relay` puts it there."""

    def __init__(self, service: str, token: str) -> None:
        self.service, self.token = service, token
        self.log: list[wire.Row] = []
        self.epoch = str(uuid4())
        self.reads = 0
        self.down = False
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._door())
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}/log"

    @property
    def head(self) -> int:
        return self.log[-1].position if self.log else 0

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def add(self, do: str = "insert", *, raw: bytes | None = None) -> wire.Row:
        position = self.head + (1 if len(self.log) % 7 else 3)  # positions are not contiguous
        state = body(position, do) if raw is None else raw
        self.log.append(wire.Row(position, UUID(int=position), 1, ENROLLED, state))
        return self.log[-1]

    def add_many(self, count: int) -> list[wire.Row]:
        return [self.add() for _ in range(count)]

    async def relay(self, nats: Client, rows: Sequence[wire.Row]) -> None:
        for row in rows:
            message = wire.outgoing(
                row, self._before(row.position), service=self.service, epoch=self.epoch
            )
            await nats.publish(message.subject, message.body, headers=_undeduplicated(message))
        await nats.flush(timeout=1)

    async def emit(self, nats: Client, count: int = 1, do: str = "insert") -> None:
        await self.relay(nats, [self.add(do) for _ in range(count)])

    def page(self, after: int, limit: int) -> bytes:
        rows = [row for row in self.log if row.position > after][:limit]
        previous = self._before(after + 1)
        found = wire.page(rows, previous, service=self.service, epoch=self.epoch, head=self.head)
        return wire.encode_page(found)

    def _before(self, position: int) -> int:
        return max((row.position for row in self.log if row.position < position), default=0)

    def _door(producer) -> type[BaseHTTPRequestHandler]:  # noqa: N805  # `self` is the request
        class Door(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                producer.reads += 1
                query = parse_qs(urlparse(self.path).query)
                allowed = self.headers["Authorization"] == f"Bearer {producer.token}"
                status = 503 if producer.down else 200 if allowed else 401
                answer = b"{}"
                if status == 200:
                    answer = producer.page(int(query["after"][0]), int(query["limit"][0]))
                self.send_response(status)
                self.send_header("Content-Length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)

            def log_message(self, *_: object) -> None:
                pass

        return Door


def _undeduplicated(message: wire.Outgoing) -> dict[str, str]:
    """Without the id that would let the server drop the duplicates that we send on purpose."""
    return {name: value for name, value in message.headers.items() if name != "Nats-Msg-Id"}

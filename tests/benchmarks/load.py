"""The load: keep-alive HTTP clients in one process, each waiting for its answer.

Raw sockets and prepared bytes, so that on two cores the load takes little from what it measures.
"""

import asyncio
import itertools
import json
import sys
import time
from collections.abc import Iterator, Sequence
from typing import Any, cast

import uvloop

from tests.benchmarks.append_worker import summary

END_OF_HEAD = b"\r\n\r\n"
LENGTH = b"content-length: "


class Refusal(Exception):
    """The server did not answer 200; the message is what it said."""


class Client(asyncio.Protocol):
    """One connection, one request under way at a time."""

    def __init__(self) -> None:
        self._received = b""
        self._waiting: asyncio.Future[bytes] | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)  # uvloop's is none by class

    def data_received(self, data: bytes) -> None:
        self._received += data
        head = self._received.find(END_OF_HEAD)
        if head < 0 or self._waiting is None:
            return
        start = self._received.lower().find(LENGTH, 0, head) + len(LENGTH)
        length = int(self._received[start : self._received.find(b"\r", start)])
        body = self._received[head + len(END_OF_HEAD) :]
        if len(body) < length:
            return
        answer, self._received = self._received, b""
        if answer.startswith(b"HTTP/1.1 200"):
            self._waiting.set_result(body)
        else:
            self._waiting.set_exception(Refusal(answer.decode()))

    def connection_lost(self, exc: Exception | None) -> None:
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_exception(exc or ConnectionResetError("closed by the server"))

    def ask(self, request: bytes) -> asyncio.Future[bytes]:
        self._waiting = asyncio.get_running_loop().create_future()
        self._transport.write(request)
        return self._waiting

    def close(self) -> None:
        self._transport.close()


async def connect(port: int) -> Client:
    loop = asyncio.get_running_loop()
    _, client = await loop.create_connection(Client, "127.0.0.1", port)
    return client


def requests(paths: Sequence[str], token: str) -> Iterator[bytes]:
    """Endless: each time round, every path gets a value it did not have before."""
    values = itertools.count(time.time_ns())
    heads = [
        f"POST {path} HTTP/1.1\r\nHost: benchmark\r\nAuthorization: Bearer {token}\r\n"
        "Content-Type: application/json\r\n"
        for path in paths
    ]
    for head, value in zip(itertools.cycle(heads), values, strict=False):
        body = f'{{"value": "Phong trao thi dua chao mung ngay le lon, ban sua {value}"}}'
        yield f"{head}Content-Length: {len(body)}\r\n\r\n{body}".encode()


async def run(told: dict[str, Any]) -> dict[str, float]:
    count: int = told["clients"]
    clients = [await connect(told["port"]) for _ in range(count)]
    scripts = [requests(told["paths"][n::count], told["token"]) for n in range(count)]

    async def warm_up(client: Client, script: Iterator[bytes]) -> None:
        for _ in range(told["warm_up"]):
            await client.ask(next(script))

    await asyncio.gather(*map(warm_up, clients, scripts))
    took: list[float] = []
    begin, cpu = time.perf_counter(), time.process_time()

    async def work(client: Client, script: Iterator[bytes]) -> None:
        while (asked := time.perf_counter()) < begin + told["seconds"]:
            await client.ask(next(script))
            took.append(time.perf_counter() - asked)

    await asyncio.gather(*map(work, clients, scripts))
    found = summary(took, told["seconds"], time.process_time() - cpu)
    for client in clients:
        client.close()
    return found


if __name__ == "__main__":
    print(json.dumps(uvloop.run(run(json.load(sys.stdin)))))

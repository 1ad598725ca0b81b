"""A TCP proxy in front of PostgreSQL that loses answers, or questions, when it is told to.

A lost answer: the server has committed, the client never hears of it and finds the connection shut.
"""

import socket
import threading
from contextlib import suppress

CHUNK = 65536


class ConnectionProxy:
    """Listens on a free port of the loopback; each `lose_…()` cuts one connection once."""

    def __init__(self, target: tuple[str, int]) -> None:
        self.cuts = 0
        self._target = target
        self._lose: bool | None = None  # True: the next answer, False: the next question
        self._armed = threading.Lock()
        self._cut = threading.Event()
        self._server = socket.create_server(("127.0.0.1", 0))
        self.address: tuple[str, int] = self._server.getsockname()
        self._sockets: list[socket.socket] = []
        threading.Thread(target=self._accept, daemon=True).start()

    def lose_answer(self) -> None:
        """Swallows what the server says next on any connection, and shuts that connection."""
        self._arm(answer=True)

    def lose_question(self) -> None:
        """The same for what a client says next: the server never hears of it."""
        self._arm(answer=False)

    def wait_for_cut(self, timeout: float = 10.0) -> None:
        if not self._cut.wait(timeout):
            raise TimeoutError("nothing passed through the proxy")

    def close(self) -> None:
        self._server.close()
        for end in self._sockets:
            _shut(end)

    def _arm(self, *, answer: bool) -> None:
        with self._armed:
            self._cut.clear()
            self._lose = answer

    def _fires(self, *, answer: bool) -> bool:
        with self._armed:
            if self._lose is not answer:
                return False
            self._lose = None
            self.cuts += 1
            self._cut.set()
            return True

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._server.accept()
            except OSError:
                return
            server = socket.create_connection(self._target)
            self._sockets += [client, server]
            for end in (client, server):
                end.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            for source, sink, answer in ((client, server, False), (server, client, True)):
                threading.Thread(
                    target=self._pump, args=(source, sink, answer), daemon=True
                ).start()

    def _pump(self, source: socket.socket, sink: socket.socket, answer: bool) -> None:
        with suppress(OSError):
            while data := source.recv(CHUNK):
                if self._fires(answer=answer):
                    break
                sink.sendall(data)
        _shut(source)
        _shut(sink)


def _shut(end: socket.socket) -> None:
    with suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)

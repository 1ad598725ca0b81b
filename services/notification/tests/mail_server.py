"""A real SMTP server on loopback that takes, refuses or puts off letters by their address."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage

from aiosmtpd.smtp import SMTP, Envelope, Session

UNKNOWN = "khong-co@bac-thuy.test"
BUSY_ONCE = "ban-mot-lan@van-linh.test"


class MailServer:
    """`letters`: what it took, as (recipient, message). `silent`: takes, and does not say so."""

    def __init__(self) -> None:
        self.letters: list[tuple[str, EmailMessage]] = []
        self.asked: Counter[str] = Counter()
        self.connections = 0
        self.silent = False
        self.took = asyncio.Event()
        self.port = 0

    async def handle_RCPT(  # noqa: N802  # aiosmtpd's name
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _: list[str]
    ) -> str:
        self.asked[address] += 1
        if address == UNKNOWN:
            return "550 5.1.1 no such mailbox"
        if address == BUSY_ONCE and self.asked[address] == 1:
            return "451 4.3.0 try again"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802
        self, _server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        assert isinstance(envelope.content, bytes)
        message = message_from_bytes(envelope.content, policy=policy.default)
        self.letters.append((envelope.rcpt_tos[0], message))
        self.took.set()
        if self.silent:
            await asyncio.Event().wait()
        return f"250 taken as {len(self.letters)}"

    def message_ids(self) -> list[str]:
        return [str(message["Message-ID"]) for _, message in self.letters]

    def session(self) -> SMTP:
        self.connections += 1
        return SMTP(self, loop=asyncio.get_running_loop(), enable_SMTPUTF8=True)


@asynccontextmanager
async def mail_server() -> AsyncIterator[MailServer]:
    taking = MailServer()
    server = await asyncio.get_running_loop().create_server(taking.session, "127.0.0.1", 0)
    taking.port = server.sockets[0].getsockname()[1]
    async with server:
        yield taking
        server.close()

"""A mail server that delivers nowhere: what it receives it keeps as files, to be looked at.

python -m deploy.local.mailbox HOST PORT FOLDER
"""

import asyncio
import signal
import sys
import uuid
from datetime import UTC, datetime
from pathlib import Path

from aiosmtpd.smtp import SMTP, Envelope, Session

MAX_MESSAGE = 25 * 1024 * 1024  # bytes


class Keeper:
    """Keeps each message in `folder` as <time received>-<unique>.eml, whole or not at all."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def handle_DATA(  # noqa: N802  # aiosmtpd's name
        self, _server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        name = f"{datetime.now(UTC):%Y%m%dT%H%M%S.%f}-{uuid.uuid4().hex[:8]}.eml"
        content = envelope.content
        assert isinstance(content, bytes)
        unfinished = self._folder / f".{name}"
        unfinished.write_bytes(_envelope_headers(envelope) + content)
        unfinished.rename(self._folder / name)
        return "250 OK"


async def keep_mail(host: str, port: int, folder: Path) -> None:
    """Serves until SIGTERM or SIGINT."""
    loop = asyncio.get_running_loop()
    keeper = Keeper(folder)
    server = await loop.create_server(
        lambda: SMTP(keeper, enable_SMTPUTF8=True, data_size_limit=MAX_MESSAGE, loop=loop),
        host,
        port,
    )
    stop = asyncio.Event()
    for sent in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(sent, stop.set)
    async with server:
        await stop.wait()


def _envelope_headers(envelope: Envelope) -> bytes:
    # Who was really addressed stands in the envelope only, and a reader of the file wants to know.
    recipients = ", ".join(str(recipient) for recipient in envelope.rcpt_tos)
    return f"Return-Path: <{envelope.mail_from}>\r\nX-Envelope-To: {recipients}\r\n".encode()


if __name__ == "__main__":
    asyncio.run(keep_mail(sys.argv[1], int(sys.argv[2]), Path(sys.argv[3])))

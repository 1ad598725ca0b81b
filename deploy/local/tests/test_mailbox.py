"""Mail that is sent is kept, and can be read as a file."""

import email
import email.policy
import signal
import sys
from email.message import EmailMessage
from pathlib import Path

import aiosmtplib

from deploy.local import processes
from deploy.local.layout import CHECKOUT


async def test_message_is_kept_with_whom_it_was_really_for(tmp_path: Path) -> None:
    port, kept = processes.free_port(), tmp_path / "mail"
    kept.mkdir()
    mailbox = processes.start(
        [sys.executable, "-m", "deploy.local.mailbox", "127.0.0.1", str(port), kept],
        log=tmp_path / "log",
        directory=CHECKOUT,
    )
    processes.wait_until(lambda: processes.accepts(port), mailbox, within=20, log=tmp_path / "log")
    await aiosmtplib.send(
        _notice(),
        hostname="127.0.0.1",
        port=port,
        recipients=["ubnd@xa-mot.example"],
    )
    assert processes.ended_after(mailbox, signal.SIGTERM, 10)
    (file,) = kept.iterdir()
    message = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
    assert message["X-Envelope-To"] == "ubnd@xa-mot.example"
    assert message["Subject"] == "Kế hoạch số 55"
    assert message.get_content().splitlines() == ["Đề nghị thực hiện."]


def _notice() -> EmailMessage:
    message = EmailMessage()
    message["From"] = "thidua@localhost"
    message["To"] = "ubnd@xa-mot.example"
    message["Subject"] = "Kế hoạch số 55"
    message.set_content("Đề nghị thực hiện.\n")
    return message

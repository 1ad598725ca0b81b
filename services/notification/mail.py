"""One connection to the mail server, and what its answers mean."""

from email.errors import MessageError
from email.header import Header
from email.headerregistry import Address
from email.mime.text import MIMEText
from email.policy import compat32
from email.utils import format_datetime, formataddr, parseaddr
from uuid import UUID

import aiosmtplib

from services.notification.decisions import Outcome
from services.notification.views import Due

WIRE = compat32.clone(linesep="\r\n")
FIRST_PERMANENT = 500  # RFC 5321: 4yz may succeed later, 5yz will not
LOST = (aiosmtplib.SMTPServerDisconnected, aiosmtplib.SMTPTimeoutError, OSError)


class Unreachable(Exception):
    """The mail server is away or does not greet us: nobody's notice has failed."""


def message_id(notice: UUID, mail_from: str) -> str:
    """Made from the notice, so every copy of it has the same one and mail systems can tell."""
    domain = parseaddr(mail_from)[1].rpartition("@")[2]
    return f"<{notice}@{domain}>"


def letter(notice: Due, *, mail_from: str, message_id: str) -> bytes:
    """The message as sent, byte for byte the same for every copy; its text is the recorded one.

    Built with `Header`, because EmailMessage loses a space where it folds a line before a word with
    diacritics. ValueError or MessageError for a mailbox that cannot be written to.
    """
    message = MIMEText(notice.text, "plain", "utf-8")
    message["From"] = formataddr(parseaddr(mail_from))
    message["To"] = Address(addr_spec=notice.mailbox).addr_spec
    subject = Header(notice.subject, "utf-8", header_name="Subject")
    message["Subject"] = subject  # type: ignore[assignment]  # typeshed knows text only
    message["Date"] = format_datetime(notice.queued_at)
    message["Message-ID"] = message_id
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834: no out-of-office answers
    message["Content-Language"] = "vi"
    return message.as_bytes(policy=WIRE)


class Mailer:
    """Keeps one connection open between letters and opens another when it is lost."""

    def __init__(self, host: str, port: int, mail_from: str, *, timeout: float) -> None:
        self.mail_from = mail_from
        self._sender = parseaddr(mail_from)[1]
        self._server = aiosmtplib.SMTP(hostname=host, port=port, timeout=timeout)

    async def connect(self) -> None:
        """Unreachable if there is no server to speak to. Asks first: it may have hung up on us."""
        try:
            if self._server.is_connected:
                try:
                    await self._server.noop()
                    return
                except (*LOST, aiosmtplib.SMTPException):
                    self._server.close()
            await self._server.connect()
        except (*LOST, aiosmtplib.SMTPException) as error:
            raise Unreachable(repr(error)) from None

    async def post(self, notice: Due, message_id: str) -> Outcome:
        """Hands one letter over; what goes wrong is an outcome, never an exception."""
        try:
            content = letter(notice, mail_from=self.mail_from, message_id=message_id)
            _, answer = await self._server.sendmail(self._sender, [notice.mailbox], content)
        except aiosmtplib.SMTPSenderRefused as error:
            return Outcome("temporary", _told(error))  # our own address: not this notice's fault
        except aiosmtplib.SMTPRecipientsRefused as error:
            return _refused(error.recipients[0])
        except aiosmtplib.SMTPResponseException as error:
            return _refused(error)
        except (*LOST, aiosmtplib.SMTPException) as error:
            self._server.close()
            return Outcome("temporary", f"connection lost: {type(error).__name__}")
        except (ValueError, MessageError) as error:
            return Outcome("permanent", f"unusable address or header: {type(error).__name__}")
        return Outcome("accepted", f"250 {answer}")  # the only code that sendmail takes for a yes

    async def close(self) -> None:
        self._server.close()


def _refused(error: aiosmtplib.SMTPResponseException) -> Outcome:
    return Outcome("permanent" if error.code >= FIRST_PERMANENT else "temporary", _told(error))


def _told(error: aiosmtplib.SMTPResponseException) -> str:
    return f"{error.code} {error.message}"

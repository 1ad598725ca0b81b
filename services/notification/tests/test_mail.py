"""How a notice looks as a letter."""

from datetime import UTC, datetime
from email import message_from_bytes, policy
from uuid import UUID

from services.notification.mail import letter, message_id
from services.notification.views import Due

SUBJECT = "Triển khai Kế hoạch số 45/KH-UBND: " + " ".join(["Phong trào thi đua, đợt 1/2024:"] * 8)
NOTICE = Due(
    id=UUID(int=1),
    authority="chi-lang",
    correlation=UUID(int=2),
    mailbox="xa@chi-lang.test",
    subject=SUBJECT,
    text="Kính gửi: Xã Bắc Thủy\n\nNội dung.\n",
    queued_at=datetime(2024, 4, 5, tzinfo=UTC),
)
FROM = "Thi đua <thidua@chi-lang.test>"


def posted() -> bytes:
    return letter(NOTICE, mail_from=FROM, message_id=message_id(NOTICE.id, FROM))


def test_long_subject_and_text_arrive_letter_by_letter() -> None:
    message = message_from_bytes(posted(), policy=policy.default)
    content = message.get_payload(decode=True)
    assert (message["Subject"], message["From"], content) == (SUBJECT, FROM, NOTICE.text.encode())


def test_lines_keep_to_the_length_mail_allows() -> None:
    assert max(len(line) for line in posted().split(b"\r\n")) <= 78


def test_every_copy_is_the_same_to_the_byte() -> None:
    assert posted() == posted()

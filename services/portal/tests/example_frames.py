"""Frames and history steps that the example pages share. All people are invented."""

from datetime import UTC, datetime

from services.portal.pages import Frame, Person, Place
from services.portal.parts import Choice, Done, Paper
from services.portal.timeline import History, Step

AUTHORITY = "Ủy ban nhân dân huyện Chi Lăng"
DIGEST = "9f2c61d0b4a7e35f8812c0d94e6b7a13f5d2c8e90b1a4f67d3e5c2b8a7960e41"


def at(month: int, day: int, hour: int = 8, minute: int = 0) -> datetime:
    """An instant of 2024 in UTC."""
    return datetime(2024, month, day, hour, minute, tzinfo=UTC)


def places(current: str, tasks: int = 0, unread: int = 0) -> tuple[Place, ...]:
    entries = (
        ("Việc cần làm", "/", tasks),
        ("Phong trào thi đua", "/campaigns", 0),
        ("Hồ sơ khen thưởng", "/dossiers", 0),
        ("Hội đồng", "/sessions", 0),
        ("Quyết định", "/decisions", 0),
        ("Thông báo", "/inbox", unread),
    )
    return tuple(Place(label, href, href == current, count) for label, href, count in entries)


def frame(person: Person, current: str, done: Done | None = None, tasks: int = 4) -> Frame:
    return Frame(
        authority=AUTHORITY,
        person=person,
        places=places(current, tasks, unread=2),
        form_token="example-token",
        command_key="018f-example",
        here=current,
        done=done,
    )


OFFICER = Person("Hoàng Thị Mẫu", "specialist", "UBND xã Vạn Linh")
APPRAISER = Person(
    "Nông Văn Thí Dụ",
    "specialist",
    "Phòng Nội vụ",
    (Choice("a2", "thư ký hội đồng, Hội đồng TĐKT huyện"),),
)
CHAIRMAN = Person("Lương Văn Mẫu", "chairman", "UBND huyện Chi Lăng")
AUDITOR = Person("Vi Thị Ví Dụ", "auditor", "Thanh tra huyện")


def history(href: str, told: tuple[Step, ...], version: int | None = None) -> History:
    """A history of the given steps, oldest first, looked at in `version` or now."""
    return History(href, tuple(reversed(told)), version or len(told), len(told))


def told(href: str, *rows: tuple[str, datetime, Person, str, str]) -> tuple[Step, ...]:
    """Steps from (event, instant, person, detail, reason), numbered from 1."""
    return tuple(
        Step(
            version=number,
            at=when,
            event=event,
            who=person.name,
            role=person.role,
            unit=person.unit,
            href=f"{href}?version={number}",
            detail=detail,
            why=why,
            papers=(Paper("Biên bản xét.pdf", "/papers/2", 214_000),) if "paper" in event else (),
        )
        for number, (event, when, person, detail, why) in enumerate(rows, start=1)
    )

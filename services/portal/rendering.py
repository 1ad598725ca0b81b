"""From a page and its frame to HTML, with dates, times and money as Vietnamese offices write them."""

from datetime import UTC, date, datetime, timedelta, timezone
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from services.portal import words
from services.portal.pages import Frame, Page

FOLDER = Path(__file__).parent
STYLESHEET = FOLDER / "static" / "thidua.css"

# Viet Nam has had one offset and no summer time since 1975; a fixed one needs no zone database.
VIETNAM = timezone(timedelta(hours=7))

SECURITY_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; "
        "frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cache-Control": "private, no-store",
}


@cache
def htmx_script() -> Path:
    """Where the installed package keeps htmx. The package is not imported: it would want Django."""
    package = find_spec("django_htmx")
    if package is None or package.origin is None:
        raise FileNotFoundError("package django-htmx is not installed")
    return Path(package.origin).parent / "static" / "django_htmx" / "htmx-2.min.js"


def moment(value: datetime | str) -> datetime:
    """An aware datetime or an RFC 3339 text, in Vietnamese time. A naive one is taken as UTC."""
    at = datetime.fromisoformat(value) if isinstance(value, str) else value
    return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(VIETNAM)


def day(value: date | datetime | str) -> str:
    """05/04/2024"""
    if isinstance(value, str) and len(value) == len("2024-04-05"):
        value = date.fromisoformat(value)
    if isinstance(value, datetime | str):
        value = moment(value).date()
    return f"{value:%d/%m/%Y}"


def clock(value: datetime | str) -> str:
    """14:05"""
    return f"{moment(value):%H:%M}"


def instant(value: datetime | str) -> str:
    """14:05 ngày 05/04/2024"""
    return f"{clock(value)} ngày {day(moment(value))}"


def machine_time(value: date | datetime | str) -> str:
    """For the `datetime` attribute of `<time>`."""
    if isinstance(value, datetime):
        return moment(value).isoformat(timespec="seconds")
    return value.isoformat() if isinstance(value, date) else value


def number(value: int) -> str:
    """1.080.000"""
    return f"{value:,}".replace(",", ".")


def money(value: int) -> str:
    """1.080.000 đ, in whole đồng, held together by a no-break space."""
    return f"{number(value)}\N{NO-BREAK SPACE}đ"


def size(value: int) -> str:
    """A file size as people read it: 312 kB, 1,4 MB."""
    if value < 1_000_000:
        return f"{max(1, round(value / 1000))}\N{NO-BREAK SPACE}kB"
    return f"{value / 1_000_000:.1f}\N{NO-BREAK SPACE}MB".replace(".", ",")


def days_left(value: int) -> str:
    """Working days to a date, in words."""
    if value < 0:
        return f"Quá hạn {-value} ngày làm việc"
    return f"Còn {value} ngày làm việc" if value else "Hạn cuối là hôm nay"


@cache
def environment() -> Environment:
    """The templates with their filters. A name missing in the context is an error, not a blank."""
    made = Environment(
        loader=FileSystemLoader(FOLDER / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {
        "day": day,
        "clock": clock,
        "instant": instant,
        "machine_time": machine_time,
        "number": number,
        "money": money,
        "size": size,
        "days_left": days_left,
        "role_word": words.role,
        "event_word": words.event,
        "nominee_word": words.nominee,
    }
    made.globals["state_word"] = words.state
    return made


def render(page: Page, frame: Frame) -> str:
    """The whole HTML document."""
    return environment().get_template(page.template).render(page=page, frame=frame)

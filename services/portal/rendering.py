"""From a page and its frame to HTML: templates, filters, the headers that go with them."""

from functools import cache
from importlib.util import find_spec
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from services.portal import vietnamese, words
from services.portal.pages import Frame, Page

FOLDER = Path(__file__).parent
STYLESHEET = FOLDER / "static" / "thidua.css"

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
        "day": vietnamese.day,
        "clock": vietnamese.clock,
        "instant": vietnamese.instant,
        "machine_time": vietnamese.machine_time,
        "number": vietnamese.number,
        "money": vietnamese.money,
        "size": vietnamese.size,
        "days_left": vietnamese.days_left,
        "role_word": words.role,
        "event_word": words.event,
        "nominee_word": words.nominee,
    }
    made.globals["state_word"] = words.state
    return made


def render(page: Page, frame: Frame) -> str:
    """The whole HTML document."""
    return environment().get_template(page.template).render(page=page, frame=frame)

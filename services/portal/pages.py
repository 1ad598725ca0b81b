"""One class per page: exactly what its template needs. `template` is a file in `templates/`."""

from dataclasses import dataclass
from typing import ClassVar

from services.portal.parts import (
    Act,
    Check,
    Choice,
    Done,
    DraftField,
    Fact,
    Field,
    Gauge,
    Line,
    Notice,
    Paper,
    Piece,
    Problem,
    Summary,
    Table,
    Task,
)
from services.portal.timeline import History


@dataclass(frozen=True)
class Place:
    """An entry of the left column; `count` is what waits there."""

    label: str
    href: str
    current: bool = False
    count: int = 0


@dataclass(frozen=True)
class Person:
    """Who is signed in, in the role and unit acted in. `others`: the other appointments."""

    name: str
    role: str
    unit: str
    others: tuple[Choice, ...] = ()
    on_behalf: str = ""


@dataclass(frozen=True)
class Frame:
    """What every page shows around its content.

    `form_token` guards forms against other sites, `command_key` makes a repeated click one command,
    `here` is the address a new sign-in returns to.
    """

    authority: str
    person: Person | None = None
    places: tuple[Place, ...] = ()
    form_token: str = ""
    command_key: str = ""
    here: str = "/"
    done: Done | None = None


@dataclass(frozen=True)
class Page:
    template: ClassVar[str]
    title: str


@dataclass(frozen=True)
class SignIn(Page):
    template = "sign_in.html"
    fields: tuple[Field, ...]
    action: str
    problems: tuple[Problem, ...] = ()
    expired: bool = False


@dataclass(frozen=True)
class Home(Page):
    """`tasks` wait for the person, `following` for somebody else; `away` parts do not answer."""

    template = "home.html"
    tasks: tuple[Task, ...]
    following: tuple[Task, ...] = ()
    gauges: tuple[Gauge, ...] = ()
    acts: tuple[Act, ...] = ()
    following_title: str = "Đang chờ người khác"
    away: str = ""


@dataclass(frozen=True)
class Listing(Page):
    """A list with its filter: campaigns, dossiers, sessions, decisions."""

    template = "listing.html"
    intro: str
    table: Table
    filters: tuple[Field, ...] = ()
    act: Act | None = None
    more: str = ""
    export: str = ""
    others: tuple[Act, ...] = ()
    export_label: str = "Tải bảng này (Excel)"
    back: Act | None = None


@dataclass(frozen=True)
class Overview(Page):
    """Facts and several tables of one thing: an account, an official."""

    template = "overview.html"
    intro: str
    facts: tuple[Fact, ...]
    tables: tuple[Table, ...]
    acts: tuple[Act, ...] = ()
    notice: str = ""
    back: str = ""


@dataclass(frozen=True)
class ImportPreview(Page):
    """What a file would do. `content` travels with the act; None while something is wrong."""

    template = "import_preview.html"
    intro: str
    tables: tuple[Table, ...]
    act: Act | None
    content: str
    authority: str


@dataclass(frozen=True)
class Campaign(Page):
    """`fields`, `missing` and `text` are there while the plan is a draft.

    `banner` is what must not be overlooked, such as why a draft came back.
    """

    template = "campaign.html"
    summary: Summary
    facts: tuple[Fact, ...]
    contents: tuple[str, ...]
    duties: Table
    recipients: Table
    history: History
    fields: tuple[DraftField, ...] = ()
    missing: tuple[DraftField, ...] = ()
    text: tuple[Piece, ...] = ()
    guidance: tuple[Fact, ...] = ()
    preview: str = ""  # address of a picture of the first page, while the plan is a draft
    reviews: tuple[Fact, ...] = ()
    gauges: tuple[Gauge, ...] = ()
    papers: tuple[Paper, ...] = ()
    difficulties: Table | None = None
    dossiers: Table | None = None
    hidden: bool = False  # recalled: what the plan says is no longer shown
    banner: tuple[Fact, ...] = ()
    about: tuple[Fact, ...] = ()
    readiness: Table | None = None
    warnings: tuple[str, ...] = ()
    amendment: Table | None = None
    changes: Table | None = None


@dataclass(frozen=True)
class Difficulty(Page):
    """`said`: question, answers and reopenings, each with who said it and when."""

    template = "difficulty.html"
    summary: Summary
    facts: tuple[Fact, ...]
    said: tuple[Fact, ...]
    history: History


@dataclass(frozen=True)
class Guidance(Page):
    """One version of the guidance; `changes` is what it says otherwise than the one before."""

    template = "guidance.html"
    summary: Summary
    facts: tuple[Fact, ...]
    forms: Table
    quotas: Table
    criteria: tuple[Table, ...]
    changes: Table
    versions: Table
    conditions: tuple[str, ...] = ()
    back: str = "/campaigns"


@dataclass(frozen=True)
class Dossier(Page):
    """`missing_papers` are kinds still to be attached, in words."""

    template = "dossier.html"
    summary: Summary
    facts: tuple[Fact, ...]
    lines: tuple[Line, ...]
    papers: tuple[Paper, ...]
    history: History
    missing_papers: tuple[str, ...] = ()
    gauges: tuple[Gauge, ...] = ()
    differences: tuple[Fact, ...] = ()
    add_line: Act | None = None
    attach: Act | None = None


@dataclass(frozen=True)
class Session(Page):
    template = "session.html"
    summary: Summary
    facts: tuple[Fact, ...]
    members: Table
    lines: tuple[Line, ...]
    history: History
    papers: tuple[Paper, ...] = ()
    gauges: tuple[Gauge, ...] = ()


@dataclass(frozen=True)
class Decision(Page):
    """`differing` are lines decided otherwise than the council advised, each with its reason."""

    template = "decision.html"
    summary: Summary
    facts: tuple[Fact, ...]
    awarded: tuple[Line, ...]
    history: History
    not_awarded: tuple[Line, ...] = ()
    referred: tuple[Line, ...] = ()
    differing: tuple[Line, ...] = ()
    papers: tuple[Paper, ...] = ()


@dataclass(frozen=True)
class Record(Page):
    """A thing with tables, what may be done and a history. `back`: what it belongs to."""

    template = "record.html"
    summary: Summary
    facts: tuple[Fact, ...]
    tables: tuple[Table, ...]
    history: History
    back: Act | None = None


@dataclass(frozen=True)
class Inbox(Page):
    template = "inbox.html"
    notices: tuple[Notice, ...]
    more: str = ""


@dataclass(frozen=True)
class Audit(Page):
    template = "audit.html"
    check: Check
    services: Table
    findings: Table
    verify: Act | None = None
    papers: tuple[Paper, ...] = ()


@dataclass(frozen=True)
class Ask(Page):
    """One question before an act: its fields, a warning if it is grave, a way back."""

    template = "ask.html"
    intro: str
    fields: tuple[Field, ...]
    act: Act
    back: str
    facts: tuple[Fact, ...] = ()
    problems: tuple[Problem, ...] = ()
    warning: str = ""
    preview: Act | None = None  # what is typed, shown as it would be printed


@dataclass(frozen=True)
class Refusal(Page):
    """What was refused, by which rule, and what to do next. Built by `refusals.explain`."""

    template = "refusal.html"
    why: str
    next_steps: tuple[str, ...]
    code: str
    facts: tuple[Fact, ...] = ()
    act: Act | None = None
    reference: str = ""

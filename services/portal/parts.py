"""The small things pages are made of. Each class is drawn by one macro in `templates/parts/`.

Texts are Vietnamese and plain (templates escape them); codes (roles, states, events) are turned
into words by `words`. Instants are aware datetimes, shown in Vietnamese time; days are
dates.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True)
class State:
    """A state code of one kind of thing, e.g. State("dossier", "returned")."""

    kind: str
    code: str


@dataclass(frozen=True)
class Act:
    """Something the person may do. `get` leads to a page that asks; `post` does it at once.

    `version` is the version of the stream the person saw; it travels back for `If-Match`.
    """

    label: str
    href: str
    method: str = "get"
    version: int | None = None
    grave: bool = False


@dataclass(frozen=True)
class Summary:
    """What this is, its state, and the one main act; `cannot` says why there is none.

    `others` are further deeds, `ways` pages to read beside this one.
    """

    what: str
    state: State
    act: Act | None = None
    others: tuple[Act, ...] = ()
    cannot: str = ""
    ways: tuple[Act, ...] = ()


@dataclass(frozen=True)
class Task:
    """Work that waits. `legal_due` is set by law or local guidance, `due` by the office itself.

    `days_left` counts working days to the nearer one; negative is late; None has no date.
    """

    title: str
    href: str
    about: str = ""
    since: date | None = None
    due: date | None = None
    legal_due: date | None = None
    days_left: int | None = None


def most_urgent_first(tasks: Iterable[Task]) -> tuple[Task, ...]:
    """Overdue and nearest first; undated ones last, the longest waiting before the younger."""
    return tuple(
        sorted(
            tasks,
            key=lambda task: (
                task.days_left is None,
                task.days_left or 0,
                task.since or date.max,
            ),
        )
    )


@dataclass(frozen=True)
class Paper:
    """A paper that can be opened. `digest` is the SHA-256 in hexadecimal, `size` in bytes."""

    label: str
    href: str = ""
    size: int | None = None
    digest: str = ""
    note: str = ""


@dataclass(frozen=True)
class Fact:
    """One line of a key-value list."""

    label: str
    value: str
    note: str = ""
    href: str = ""


@dataclass(frozen=True)
class Cell:
    text: str
    href: str = ""
    note: str = ""
    state: State | None = None
    number: bool = False


@dataclass(frozen=True)
class Table:
    """`empty` is what is said instead of a table without rows."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    empty: str = "Chưa có gì ở đây."


@dataclass(frozen=True)
class Choice:
    value: str
    label: str
    hint: str = ""


@dataclass(frozen=True)
class Field:
    """One question of a form.

    kind: text, textarea, password, date, number, email, search, file, select, radio, checkbox or
    hidden. A date is typed as 05/04/2024: a browser's own date field follows its own language.
    `save_to` names the address that keeps the draft while the person types.
    """

    name: str
    label: str
    kind: str = "text"
    value: str = ""
    hint: str = ""
    error: str = ""
    required: bool = True
    choices: tuple[Choice, ...] = ()
    autocomplete: str = ""
    accept: str = ""
    save_to: str = ""


@dataclass(frozen=True)
class Excerpt:
    """A span of the plan's text with a little of what stands around it. `line` counts from 1."""

    before: str
    marked: str
    after: str
    line: int
    anchor: str = ""


@dataclass(frozen=True)
class DraftField:
    """A field read from the plan. state: found, confirmed, changed or missing.

    `edits` are the boxes to put it right, posted to the address of `confirm`.
    """

    name: str
    label: str
    value: str
    state: str
    excerpt: Excerpt | None = None
    confirm: Act | None = None
    edits: tuple[Field, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class Piece:
    """A stretch of the plan's full text; `anchor` is set where a field was read from it.

    `inner` is the same stretch cut again, where other fields were read from a part of it.
    """

    text: str
    anchor: str = ""
    label: str = ""
    inner: "tuple[Piece, ...]" = ()


@dataclass(frozen=True)
class Line:
    """A nominee line. kind: individual, collective or household. States may be absent yet."""

    number: int
    name: str
    kind: str
    about: str
    form: str
    appraisal: State | None = None
    appraisal_reason: str = ""
    council: State | None = None
    outcome: State | None = None
    outcome_reason: str = ""
    votes: str = ""
    warning: str = ""
    money: int | None = None
    achievement: str = ""
    acts: tuple[Act, ...] = ()


@dataclass(frozen=True)
class Gauge:
    """`value` of `limit`, e.g. nominees against a quota; `text` says it in words."""

    label: str
    value: int
    limit: int
    text: str
    href: str = ""


@dataclass(frozen=True)
class Notice:
    """A message in the inbox."""

    title: str
    text: str
    sender: str
    at: datetime
    href: str = ""
    read: bool = False
    acknowledge: Act | None = None
    acknowledge_by: date | None = None
    acknowledged_at: datetime | None = None


@dataclass(frozen=True)
class Problem:
    """One error of a form; `field` is the name of the field it stands at."""

    text: str
    field: str = ""


@dataclass(frozen=True)
class Done:
    """What has just happened, shown once at the top of the next page."""

    title: str
    text: str = ""
    reference: str = ""
    next_act: Act | None = None


@dataclass(frozen=True)
class Check:
    """State of the sealed log. code: verified, failed or unknown."""

    code: str
    at: datetime | None
    events: int
    root: str
    detail: str = ""

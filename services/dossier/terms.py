"""The values that events and rules are made of. Stored inside events: add fields with defaults."""

from typing import Literal
from uuid import UUID

import msgspec

Kind = Literal["individual", "collective", "household"]
Verdict = Literal["eligible", "not-eligible", "refer-upward"]
Outcome = Literal["award", "refer", "none"]
PaperKind = Literal["proposal-letter", "achievement-report", "minutes", "other"]
CouncilResult = Literal["recommended", "not-recommended", "not-presented"]


Belonging = Literal["direct-workers", "women", "ethnic-minorities"]
Differing = Literal["form-gone", "kind-gone", "paper-missing", "quota-exceeded", "window", "late"]
OF_A_LINE = ("form-gone", "kind-gone")


class Difference(msgspec.Struct, frozen=True):
    """Where a dossier differs from the guidance it is now measured by.

    `line` is 0 where it is about the whole dossier; `of` is a code of a form or a paper; `before`
    and `after` are counts or instants (RFC 3339), in the versions that were compared.
    """

    what: Differing
    line: int = 0
    of: str = ""
    before: str = ""
    after: str = ""


class LineRef(msgspec.Struct, frozen=True):
    """One nominee line of one dossier. Lines are numbered from 1 and keep their number."""

    dossier: UUID
    line: int


class Duplicate(msgspec.Struct, frozen=True):
    """Another line of the same campaign that names the same subject."""

    dossier: UUID
    line: int
    unit: str


class Share(msgspec.Struct, frozen=True):
    """A part of the council: at least `numerator/denominator` of its members or of those present.

    With `strictly`, more than that part.
    """

    numerator: int
    denominator: int
    of: Literal["members", "present"] = "members"
    strictly: bool = False


class CouncilRules(msgspec.Struct, frozen=True):
    """The council's own rules for one session; the law sets none for this level of award."""

    quorum: Share
    threshold: Share
    ballot: Literal["show-of-hands"] = "show-of-hands"


class LineResult(msgspec.Struct, frozen=True):
    """What the council says of one line. Lines on hold when the session closed have no votes."""

    dossier: UUID
    line: int
    in_favour: int
    against: int
    recommended: bool
    held: bool = False


class DecisionLine(msgspec.Struct, frozen=True):
    """What a decision says of one line; `reason` is what the unit is told."""

    dossier: UUID
    line: int
    unit: str
    kind: Kind
    form: str
    council: CouncilResult
    outcome: Outcome
    reason: str = ""

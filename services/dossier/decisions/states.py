"""What the rules read of the past, and of other services. Nothing else is kept."""

from datetime import date, datetime
from uuid import UUID

import msgspec

from services.dossier.terms import CouncilRules, DecisionLine, Difference, Kind, LineRef, LineResult


class Form(msgspec.Struct, frozen=True):
    """A form of award as the guidance offers it."""

    code: str
    name: str
    kinds: tuple[str, ...]
    quota: int | None = None
    papers: tuple[str, ...] = ()


class GroupQuota(msgspec.Struct, frozen=True):
    """How many of a form units of one kind may propose: together, or (`each`) every one."""

    form: str
    group: str
    quota: int
    each: bool = False


class ShareTarget(msgspec.Struct, frozen=True):
    of: str
    percent: int


class Campaign(msgspec.Struct, frozen=True):
    """What this service has learnt of a campaign."""

    campaign: UUID
    authority: str
    title: str
    scope: tuple[str, ...]
    lead_unit: str = ""
    number: str = ""
    forms: tuple[Form, ...] = ()
    papers: tuple[str, ...] = ()
    intake_from: datetime | None = None
    intake_until: datetime | None = None
    intake_open: bool = False
    standing: str = "running"  # or closed, concluded, cancelled, recalled, replaced
    intake_closed: bool = False
    guidance: int = 0  # version in force; 0: none yet
    group_quotas: tuple[GroupQuota, ...] = ()
    shares: tuple[ShareTarget, ...] = ()
    guests: tuple[str, ...] = ()  # in scope by succession, perhaps of another authority

    def form(self, code: str) -> Form | None:
        return next((form for form in self.forms if form.code == code), None)


class Line(msgspec.Struct, frozen=True):
    subject: UUID
    kind: Kind
    form: str
    achievement: str
    verdict: str = ""
    reason: str = ""
    duplicate_reason: str = ""
    held: bool = False
    hold_reason: str = ""
    outcome: str = ""
    outcome_reason: str = ""
    decision: UUID | None = None
    marked: str = ""  # how a revised guidance no longer fits it, until a person has decided


class Paper(msgspec.Struct, frozen=True):
    paper: str
    sha256: str
    media_type: str
    size: int


class Dossier(msgspec.Struct, frozen=True):
    stage: str = "absent"
    campaign: UUID = UUID(int=0)
    unit: str = ""
    authority: str = ""
    unit_authority: str = ""  # another one than `authority` only by succession
    lines: dict[int, Line] = {}
    last_line: int = 0
    papers: tuple[Paper, ...] = ()
    prepared_by: frozenset[UUID] = frozenset()
    returns: int = 0
    slip: int = 0
    slip_year: int = 0
    regime: str = ""
    late_days: int = 0
    return_reasons: tuple[str, ...] = ()
    withdrawal_reason: str = ""
    guidance: int = 0  # version it is measured by
    intake_until: datetime | None = None
    differences: tuple[Difference, ...] = ()
    rechecks: int = 0  # those that found something for the unit to do

    @property
    def shown(self) -> str:
        """The stage as people see it: appraisal and outcomes of the lines included."""
        if self.stage != "received" or not self.lines:
            return self.stage
        if all(line.outcome for line in self.lines.values()):
            return "decided"
        if all(line.verdict for line in self.lines.values()):
            return "appraised"
        return self.stage


class Session(msgspec.Struct, frozen=True):
    stage: str = "absent"
    campaign: UUID = UUID(int=0)
    authority: str = ""
    members: tuple[UUID, ...] = ()
    chair: UUID = UUID(int=0)
    secretary: UUID = UUID(int=0)
    lines: tuple[LineRef, ...] = ()
    rules: CouncilRules | None = None
    present: tuple[UUID, ...] = ()
    votes: dict[LineRef, tuple[int, int]] = {}
    results: tuple[LineResult, ...] = ()


class Decision(msgspec.Struct, frozen=True):
    stage: str = "absent"
    campaign: UUID = UUID(int=0)
    authority: str = ""
    session: UUID = UUID(int=0)
    lines: tuple[DecisionLine, ...] = ()
    drafted_by: UUID = UUID(int=0)
    drafted_for: UUID | None = None  # on whose behalf
    proposing_unit: str = ""
    signed_by: UUID | None = None
    signed_on: date | None = None
    title: str = ""
    number: int = 0
    symbol: str = ""
    issued_on: date | None = None


class Register(msgspec.Struct, frozen=True):
    last: int = 0
    last_on: date | None = None

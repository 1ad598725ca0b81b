"""What the rules of a difficulty read of the past, and who may see, manage and answer it."""

from enum import StrEnum
from uuid import UUID

import msgspec

from libs.eventlog.events import Refused
from libs.serving.acting import Acting
from services.campaign.deadlines import Clock
from services.campaign.decisions.access import PREPARING_DUTIES
from services.campaign.events import Level

PEOPLE = ("specialist", "leader")


class Standing(StrEnum):
    absent = "absent"
    waiting = "waiting"
    asked_back = "asked-back"
    answered = "answered"
    resolved = "resolved"
    withdrawn = "withdrawn"


OPEN = (Standing.waiting, Standing.asked_back)


class Difficulty(msgspec.Struct, frozen=True):
    """What the rules of a difficulty read. `holder`: the unit that has to answer."""

    standing: Standing = Standing.absent
    campaign: UUID = UUID(int=0)
    authority: str = ""
    unit: str = ""
    lead_unit: str = ""
    level: Level = "lead-office"
    holder: str = ""
    official: UUID | None = None  # if one person there was named
    taken_up: bool = False
    reported_by: frozenset[UUID] = frozenset()  # for themselves, or for another
    clock: Clock | None = None
    days_left: int = 0  # when the clock was stopped
    done: frozenset[str] = frozenset()  # steps of clocks


def oversees(by: Acting) -> bool:
    return by.duty in PREPARING_DUTIES or by.role in ("chairman", "auditor")


def visible(difficulty: Difficulty, by: Acting) -> None:
    """Its unit, who has to answer, and those who oversee; others find nothing."""
    if difficulty.standing is Standing.absent:
        raise Refused("not-found")
    if by.unit == difficulty.unit:
        return  # perhaps of another authority, since its own gave way
    if difficulty.authority != by.authority:
        raise Refused("not-found")
    if by.unit not in (difficulty.holder, difficulty.lead_unit) and not oversees(by):
        raise Refused("not-found")


def of_unit(difficulty: Difficulty, by: Acting) -> None:
    visible(difficulty, by)
    by.require(*PEOPLE)
    if by.unit != difficulty.unit:
        raise Refused("not-allowed", unit=by.unit)


def manages(difficulty: Difficulty, by: Acting) -> bool:
    """The lead office; the chairman over it."""
    if by.authority != difficulty.authority:
        return False
    office = by.duty == "lead-office" or by.unit == difficulty.lead_unit
    return by.role == "chairman" or (by.role in PEOPLE and office)


def manager(difficulty: Difficulty, by: Acting) -> None:
    visible(difficulty, by)
    if not manages(difficulty, by):
        raise Refused("not-allowed", role=by.role, duty=by.duty)


def answerable(difficulty: Difficulty, by: Acting) -> None:
    visible(difficulty, by)
    if manages(difficulty, by):
        return
    named = difficulty.official in (None, by.official) or by.role == "leader"
    if by.role not in PEOPLE or by.unit != difficulty.holder or not named:
        raise Refused("not-allowed", role=by.role, unit=by.unit)


def in_turn(difficulty: Difficulty, *standings: Standing) -> None:
    if difficulty.standing not in standings:
        raise Refused("difficulty-out-of-turn", stage=difficulty.standing)


def said(text: str) -> None:
    if not text.strip():
        raise Refused("reason-missing")


def not_above(difficulty: Difficulty, by: Acting) -> None:
    """What is with the chairman only he takes up and hands on."""
    if difficulty.level == "chairman" and by.role != "chairman":
        raise Refused("not-allowed", role=by.role, needs=["chairman"])


def next_clock(difficulty: Difficulty) -> int:
    return difficulty.clock.number + 1 if difficulty.clock else 1

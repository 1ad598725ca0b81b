"""The books of numbers: every number that was given, and those that were voided."""

from datetime import UTC, datetime
from typing import Annotated, Any

import msgspec
from fastapi import APIRouter, Path

from libs.eventlog.events import Refused
from libs.eventlog.log import Recorded
from libs.serving.command import By
from services.campaign.decisions import access
from services.campaign.decisions.rules import CODES
from services.campaign.events import NumberAssigned, NumberVoided
from services.campaign.history import register_id
from services.campaign.http.doors import Answer, Parts

Year = Annotated[int, Path(ge=1900, le=9999)]
Series = Annotated[str, Path(pattern=r"^[A-ZĐ]{1,20}$")]


def routes(parts: Parts) -> APIRouter:
    router = APIRouter(prefix="/registers", tags=["registers"])

    @router.get("")
    async def series(by: By) -> Answer:
        """The series in use today and which documents share them."""
        _may_read(by)
        kinds = parts.rules_at(datetime.now(UTC)).series
        shared = {name: [k for k, s in kinds.items() if s == name] for name in kinds.values()}
        shared[CODES] = ["code"]
        return {"items": [{"series": name, "kinds": found} for name, found in shared.items()]}

    @router.get("/{year}/{series}")
    async def book(year: Year, series: Series, by: By) -> Answer:
        """The book of a year and series, in the order of its numbers; voided ones with reason."""
        _may_read(by)
        past = await parts.log.read(register_id(by.authority, year, series))
        return {"year": year, "series": series, "items": _lines(past)}

    return router


def _may_read(by: By) -> None:
    if not access.sees_drafts(by):
        raise Refused("not-allowed", role=by.role)


def _lines(past: list[Recorded]) -> list[dict[str, Any]]:
    lines: dict[int, dict[str, Any]] = {}
    for recorded in past:
        at, actor = recorded.meta.recorded_at.isoformat(), recorded.meta.actor
        match recorded.event:
            case NumberAssigned() as given:
                told: dict[str, Any] = msgspec.to_builtins(given)
                lines[given.number] = told | {
                    "given_at": at,
                    "given_by": str(actor) if actor else None,
                    "voided": None,
                }
            case NumberVoided(number=number, reason=reason):
                lines[number]["voided"] = {"reason": reason, "at": at, "by": str(actor)}
    return [lines[number] for number in sorted(lines)]

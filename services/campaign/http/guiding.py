"""Routes of the award guidance, its versions, and the intake."""

from collections.abc import Sequence
from typing import Annotated, Any
from uuid import UUID

import msgspec
from fastapi import APIRouter, Query, Response

from libs.eventlog.events import Refused
from libs.eventlog.log import Change, Recorded, StaleVersion
from libs.serving.command import AtLeast, By, Command, accepted, now
from libs.serving.days import day_of
from services.campaign.bodies import Guidance, Numbering, Reason
from services.campaign.decisions import access, guiding
from services.campaign.decisions.guidance_changes import content_of, differences
from services.campaign.decisions.guidance_rules import rules_on
from services.campaign.decisions.states import Campaign
from services.campaign.events import GuidanceContent, GuidanceIssued
from services.campaign.history import register_id
from services.campaign.http.doors import Answer, Parts
from services.campaign.views import guidance as listed
from services.campaign.views.pictures import picture

UNISSUED = frozenset(
    f"campaign.guidance-{step}"
    for step in ("drafted", "returned", "approved", "signed", "numbered")
) | frozenset(
    f"campaign.amendment-{step}" for step in ("drafted", "returned", "approved", "signed")
)
Version = Annotated[int | None, Query(ge=1, le=100_000)]


def issued_only(items: Sequence[Answer]) -> list[Answer]:
    """A history without the steps by which a guidance or a change of the plan was drawn up."""
    return [item for item in items if item["event"] not in UNISSUED]


def routes(parts: Parts) -> APIRouter:
    router = APIRouter(tags=["guidance"])
    _add_steps(router, parts)
    _add_numbering(router, parts)
    _add_intake(router, parts)
    _add_reading(router, parts)
    return router


def _add_steps(router: APIRouter, parts: Parts) -> None:
    at = "/campaigns/{id}/guidance"

    @router.post(at)
    async def draft(id: UUID, body: Guidance, command: Command, response: Response) -> Answer:
        """Drafts the guidance, changes its draft, or drafts a revision of the one in force."""
        rules = rules_on(parts.guidance_rules, day_of(command.at))
        content = body.content()
        return await parts.recorded(
            id,
            lambda campaign: guiding.draft_guidance(
                campaign, id, content, reason=body.reason, rules=rules, by=command.by
            ),
            command,
            response,
        )

    @router.post(f"{at}/approval")
    async def approve(id: UUID, command: Command, response: Response) -> Answer:
        return await parts.recorded(
            id, lambda state: guiding.approve_guidance(state, id, by=command.by), command, response
        )

    @router.post(f"{at}/return")
    async def send_back(id: UUID, body: Reason, command: Command, response: Response) -> Answer:
        return await parts.recorded(
            id,
            lambda state: guiding.return_guidance(state, id, reason=body.reason, by=command.by),
            command,
            response,
        )

    @router.post(f"{at}/signature")
    async def sign(id: UUID, command: Command, response: Response) -> Answer:
        on = day_of(command.at)
        return await parts.recorded(
            id,
            lambda state: guiding.sign_guidance(state, id, on=on, by=command.by),
            command,
            response,
        )

    @router.post(f"{at}/publication")
    async def issue(id: UUID, command: Command, response: Response) -> Answer:
        return await parts.recorded(
            id, lambda state: guiding.issue_guidance(state, id, by=command.by), command, response
        )


def _add_numbering(router: APIRouter, parts: Parts) -> None:
    @router.post("/campaigns/{id}/guidance/number")
    async def number(id: UUID, body: Numbering, command: Command, response: Response) -> Answer:
        """The next number of the guidance's own series, given to the signed version in one act."""

        async def decide() -> list[Change]:
            campaign = await parts.campaigns.load(id)
            if command.expected not in (None, campaign.version):
                raise StaleVersion(campaign.version)
            register = _register_of(campaign.state, command.by.authority, body.issued_on.year)
            book = await parts.registers.load(register)
            of_campaign, of_register = guiding.number_guidance(
                campaign.state,
                book.state,
                id,
                issued_on=body.issued_on,
                today=day_of(command.at),
                by=command.by,
            )
            return [
                Change(register, book.version, of_register),
                Change(id, campaign.version, of_campaign),
            ]

        return accepted(await parts.campaigns.transact(id, decide, command.context), response)


def _register_of(campaign: Campaign, authority: str, year: int) -> UUID:
    series = "" if campaign.drafting is None else campaign.drafting.rules.series
    return register_id(authority, year, series)


def _add_intake(router: APIRouter, parts: Parts) -> None:
    at = "/campaigns/{id}/intake"

    @router.post(at)
    async def open_intake(id: UUID, command: Command, response: Response) -> Answer:
        return await parts.recorded(
            id, lambda state: guiding.open_intake(state, id, by=command.by), command, response
        )

    @router.delete(at)
    async def close_intake(id: UUID, body: Reason, command: Command, response: Response) -> Answer:
        return await parts.recorded(
            id,
            lambda state: guiding.close_intake(state, id, reason=body.reason, by=command.by),
            command,
            response,
        )


def _add_reading(router: APIRouter, parts: Parts) -> None:
    @router.get("/guidance")
    async def under_way(by: By, after: AtLeast) -> Answer:
        """Guidance that is drafted and not yet issued, for those who have a part in it."""
        if not access.sees_drafts(by):
            return {"items": [], "position": parts.views.position}
        await parts.views.at_least(after)
        items = await listed.under_way(parts.views.pool, by.authority)
        return {"items": items, "position": parts.views.position}

    @router.get("/campaigns/{id}/guidance")
    async def guidance(id: UUID, by: By, version: Version = None) -> Answer:
        """A version of the guidance, the latest if none is named, and what it changed."""
        loaded = await parts.campaigns.load(id)
        access.shown(loaded.state, by)
        past = await parts.log.read(id)
        issued = _issued(past)
        page: Answer = {
            "campaign": id,
            "stream_version": loaded.version,
            "title": loaded.state.title,
            "intake": guiding.intake_of(loaded.state, now()),
            "versions": [_of_version(recorded) for recorded in issued],
        }
        if access.sees_drafts(by) and loaded.state.drafting is not None:
            page |= _draft(id, past, loaded.state.drafting.content, issued)
        if issued:
            page = _shown(page, issued, version)
            if page["version"] == len(issued) and loaded.state.guidance is not None:
                # The deadline may have been moved since by an act of its own.
                page["intake_until"] = loaded.state.guidance.intake_until
            return page
        if version is None and "draft" in page:
            return page
        raise Refused("not-found")


def _shown(page: Answer, issued: Sequence[Recorded], version: int | None) -> Answer:
    wanted = len(issued) if version is None else version
    if wanted > len(issued):
        raise Refused("not-found")
    shown = issued[wanted - 1]
    before = [issued[wanted - 2]] if wanted > 1 else []
    told: Any = shown.event
    said: Answer = msgspec.to_builtins(told) | {"issued_at": shown.meta.recorded_at.isoformat()}
    return page | said | {"differences": _differences(before, content_of(told))}


def _issued(past: Sequence[Recorded]) -> list[Recorded]:
    return [one for one in past if isinstance(one.event, GuidanceIssued)]


def _of_version(recorded: Recorded) -> Answer:
    event: Any = recorded.event
    return {
        "version": event.version,
        "issued_at": recorded.meta.recorded_at.isoformat(),
        "number": event.number,
        "symbol": event.symbol,
        "issued_on": event.issued_on,
        "reason": event.reason,
        "intake_until": event.intake_until.isoformat(),
        "prepared_by": event.prepared_by,
        "signed_by": event.signed_by,
    }


def _draft(
    id: UUID, past: Sequence[Recorded], content: GuidanceContent, issued: Sequence[Recorded]
) -> Answer:
    draft = picture(id, past)["guidance_draft"]
    return {"draft": draft | {"differences": _differences(issued[-1:], content)}}


def _differences(before: Sequence[Recorded], after: GuidanceContent) -> list[Answer]:
    """Nothing for the first version: all of it is new."""
    if not before:
        return []
    event: Any = before[0].event
    return [msgspec.to_builtins(one) for one in differences(content_of(event), after)]

"""The decision, from draft to publication, and the papers made of it."""

import asyncio
from collections.abc import Callable
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Header, Response

from libs.eventlog.events import Refused
from libs.officialdocs import Unprintable, certificates
from libs.officialdocs import decision as decision_paper
from libs.serving.acting import Acting
from libs.serving.command import AsOf, AtLeast, By, Command, accepted
from libs.serving.history import history_of
from services.dossier import documents, queries
from services.dossier.answers import decision_answer, named
from services.dossier.bodies import LineOutcome, NewDecision, Nothing, Numbering
from services.dossier.decisions import decision as decisions
from services.dossier.decisions.access import of_authority, sees_all_units
from services.dossier.decisions.states import Decision
from services.dossier.history import signer
from services.dossier.http.doors import Parts
from services.dossier.terms import LineRef


def routes(parts: Parts) -> APIRouter:
    router = APIRouter(prefix="/decisions", tags=["decisions"])
    _add_commands(router, parts)
    _add_reading(router, parts)
    _add_papers(router, parts)
    return router


def _add_commands(router: APIRouter, parts: Parts) -> None:
    together, streams = parts.together, parts.histories.decisions

    @router.post("", status_code=201)
    async def draft(body: NewDecision, command: Command, response: Response) -> dict[str, Any]:
        """From the council's result; lines found not eligible are answered in the same decision."""
        session = (await parts.histories.sessions.load(body.session)).state
        await parts.up_to_date()
        not_presented = await queries.not_presented(
            parts.views.pool, command.by.authority, session.campaign
        )
        receipt = await together.draft(body.session, not_presented, command)
        response.headers["Location"] = f"/decisions/{receipt.id}"
        return accepted(receipt, response)

    @router.post("/{decision_id}/lines/{dossier}/{line}")
    async def change_line(
        decision_id: UUID,
        dossier: UUID,
        line: int,
        body: LineOutcome,
        command: Command,
        response: Response,
    ) -> dict[str, Any]:
        state = (await parts.histories.dossiers.load(dossier)).state
        receipt = await streams.record(
            decision_id,
            lambda decision: decisions.change_line(
                decision,
                state,
                ref=LineRef(dossier, line),
                outcome=body.outcome,
                reason=body.reason,
                by=command.by,
            ),
            command.context,
            expected=command.expected,
        )
        return accepted(receipt, response)

    @router.post("/{decision_id}/signature")
    async def sign(
        decision_id: UUID,
        _: Nothing,
        command: Command,
        response: Response,
        authorization: Annotated[str, Header()] = "",
    ) -> dict[str, Any]:
        decisions.may_sign((await streams.load(decision_id)).state, by=command.by)
        named_as = await parts.signers.of(command.by, authorization)
        return accepted(await together.sign(decision_id, named_as, command), response)

    @router.post("/{decision_id}/number")
    async def number(
        decision_id: UUID, body: Numbering, command: Command, response: Response
    ) -> dict[str, Any]:
        return accepted(await together.number(decision_id, body.issued_on, command), response)

    @router.post("/{decision_id}/publication")
    async def publish(
        decision_id: UUID, _: Nothing, command: Command, response: Response
    ) -> dict[str, Any]:
        return accepted(await together.publish(decision_id, command), response)


def _add_reading(router: APIRouter, parts: Parts) -> None:
    streams = parts.histories.decisions

    @router.get("")
    async def list_decisions(
        by: By, after: AtLeast, campaign: UUID | None = None
    ) -> dict[str, Any]:
        """Units see published decisions only."""
        await parts.views.at_least(after)
        rows = await queries.decision_rows(
            parts.views.pool, by.authority, campaign, published_only=not sees_all_units(by)
        )
        return {"items": rows, "position": parts.views.position}

    @router.get("/{decision_id}")
    async def one_decision(
        decision_id: UUID, by: By, moment: AsOf, response: Response
    ) -> dict[str, Any]:
        loaded = await streams.load(decision_id, version=moment.version, at=moment.at)
        _may_read(loaded.state, by)
        matter = await _matter(parts, decision_id, loaded.state)
        response.headers["ETag"] = f'"{loaded.version}"'
        return decision_answer(decision_id, loaded, matter, by)

    @router.get("/{decision_id}/history")
    async def decision_history(decision_id: UUID, by: By) -> dict[str, Any]:
        """The steps of all lines: for those who work with every unit's dossiers."""
        of_authority((await streams.load(decision_id)).state, by)
        if not sees_all_units(by):
            raise Refused("not-allowed")
        return {"items": await history_of(parts.log, decision_id)}


def _add_papers(router: APIRouter, parts: Parts) -> None:
    async def numbered(decision_id: UUID, by: Acting) -> documents.Matter:
        decision = (await parts.histories.decisions.load(decision_id)).state
        _may_read(decision, by)
        if decision.issued_on is None:
            raise Refused("not-numbered", stage=decision.stage)
        matter = await _matter(parts, decision_id, decision)
        if not matter.awarded():
            raise Refused("nobody-awarded")
        return matter

    @router.get("/{decision_id}/certificates.pdf", response_class=Response)
    async def certificates_pdf(decision_id: UUID, by: By) -> Response:
        """The certificates of all awarded lines in one PDF."""
        matter = await numbered(decision_id, by)
        data, issuer = documents.certificate_data(matter), documents.issuer(matter)
        return _pdf(await _printed(certificates, data, issuer), "giay-khen")

    @router.get("/{decision_id}/document.pdf", response_class=Response)
    async def document_pdf(decision_id: UUID, by: By) -> Response:
        data = documents.decision_data(await numbered(decision_id, by))
        return _pdf(await _printed(decision_paper, data), "quyet-dinh")


async def _matter(parts: Parts, decision_id: UUID, decision: Decision) -> documents.Matter:
    dossiers, names = await named(parts.histories, [line.dossier for line in decision.lines])
    return documents.Matter(
        decision=decision,
        campaign=await parts.campaign(decision.campaign),
        dossiers=dossiers,
        nominees=names,
        units=await parts.units(decision.authority),
        signer=await signer(parts.log, decision_id),
    )


def _may_read(decision: Decision, by: Acting) -> None:
    of_authority(decision, by)
    if decision.stage != "published" and not sees_all_units(by):
        raise Refused("not-allowed")


async def _printed(make: Callable[..., bytes], *content: Any) -> bytes:
    try:
        return await asyncio.to_thread(make, *content)
    except Unprintable as error:
        raise Refused("unprintable", detail=str(error)) from None


def _pdf(content: bytes, name: str) -> Response:
    return Response(
        content,
        media_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{name}.pdf"'},
    )

"""The decision, from draft to publication, and the papers made of it."""

import asyncio
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Header, Response

from libs.eventlog.events import Refused
from libs.officialdocs import certificates
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
from services.dossier.events import LineRef
from services.dossier.history import signer
from services.dossier.http.doors import Parts


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

    @router.post("/{id_}/lines/{dossier}/{line}")
    async def change_line(
        id_: UUID,
        dossier: UUID,
        line: int,
        body: LineOutcome,
        command: Command,
        response: Response,
    ) -> dict[str, Any]:
        state = (await parts.histories.dossiers.load(dossier)).state
        receipt = await streams.record(
            id_,
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

    @router.post("/{id_}/signature")
    async def sign(
        id_: UUID,
        _: Nothing,
        command: Command,
        response: Response,
        authorization: Annotated[str, Header()] = "",
    ) -> dict[str, Any]:
        decisions.may_sign((await streams.load(id_)).state, by=command.by)
        named_as = await parts.signers.of(command.by, authorization)
        return accepted(await together.sign(id_, named_as, command), response)

    @router.post("/{id_}/number")
    async def number(
        id_: UUID, body: Numbering, command: Command, response: Response
    ) -> dict[str, Any]:
        return accepted(await together.number(id_, body.issued_on, command), response)

    @router.post("/{id_}/publication")
    async def publish(
        id_: UUID, _: Nothing, command: Command, response: Response
    ) -> dict[str, Any]:
        return accepted(await together.publish(id_, command), response)


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

    @router.get("/{id_}")
    async def one_decision(id_: UUID, by: By, moment: AsOf, response: Response) -> dict[str, Any]:
        loaded = await streams.load(id_, version=moment.version, at=moment.at)
        _may_read(loaded.state, by)
        matter = await _matter(parts, id_, loaded.state)
        response.headers["ETag"] = f'"{loaded.version}"'
        return decision_answer(id_, loaded, matter, by)

    @router.get("/{id_}/history")
    async def decision_history(id_: UUID, by: By) -> dict[str, Any]:
        """The steps of all lines: for those who work with every unit's dossiers."""
        of_authority((await streams.load(id_)).state, by)
        if not sees_all_units(by):
            raise Refused("not-allowed")
        return {"items": await history_of(parts.log, id_)}


def _add_papers(router: APIRouter, parts: Parts) -> None:
    async def numbered(id_: UUID, by: Acting) -> documents.Matter:
        decision = (await parts.histories.decisions.load(id_)).state
        _may_read(decision, by)
        if decision.issued_on is None:
            raise Refused("not-numbered", stage=decision.stage)
        return await _matter(parts, id_, decision)

    @router.get("/{id_}/certificates.pdf", response_class=Response)
    async def certificates_pdf(id_: UUID, by: By) -> Response:
        """The certificates of all awarded lines in one PDF."""
        matter = await numbered(id_, by)
        if not matter.awarded():
            raise Refused("nobody-awarded")
        data, issuer = documents.certificate_data(matter), documents.issuer(matter)
        return _pdf(await asyncio.to_thread(certificates, data, issuer), "giay-khen")

    @router.get("/{id_}/document.pdf", response_class=Response)
    async def document_pdf(id_: UUID, by: By) -> Response:
        data = documents.decision_data(await numbered(id_, by))
        return _pdf(await asyncio.to_thread(decision_paper, data), "quyet-dinh")


async def _matter(parts: Parts, id_: UUID, decision: Decision) -> documents.Matter:
    dossiers, names = await named(parts.histories, [line.dossier for line in decision.lines])
    return documents.Matter(
        decision=decision,
        campaign=await parts.campaign(decision.campaign),
        dossiers=dossiers,
        nominees=names,
        units=await parts.units(decision.authority),
        signer=await signer(parts.log, id_),
    )


def _may_read(decision: Decision, by: Acting) -> None:
    of_authority(decision, by)
    if decision.stage != "published" and not sees_all_units(by):
        raise Refused("not-allowed")


def _pdf(content: bytes, name: str) -> Response:
    return Response(
        content,
        media_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{name}.pdf"'},
    )

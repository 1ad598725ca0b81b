"""Home affairs receives, returns and appraises; lines are held and released."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Response

from libs.serving.command import Command, accepted
from services.dossier import queries
from services.dossier.bodies import Appraisal, Nothing, Reason, Returning
from services.dossier.decisions import appraisal
from services.dossier.http.doors import Parts
from services.dossier.terms import Duplicate


def routes(parts: Parts) -> APIRouter:
    router = APIRouter(prefix="/dossiers/{dossier_id}", tags=["appraisal"])
    dossiers = parts.histories.dossiers

    async def others_of(dossier: UUID, line: int) -> list[Duplicate]:
        state = (await dossiers.load(dossier)).state
        if line not in state.lines:
            return []
        await parts.up_to_date()
        subject = state.lines[line].subject
        found = await queries.same_subject(parts.views.pool, state.campaign, [subject])
        return queries.others(found.get(subject, []), dossier, line)

    @router.post("/receipt")
    async def receive(
        dossier_id: UUID, _: Nothing, command: Command, response: Response
    ) -> dict[str, Any]:
        return accepted(await parts.together.receive(dossier_id, command), response)

    @router.post("/return")
    async def return_dossier(
        dossier_id: UUID, body: Returning, command: Command, response: Response
    ) -> dict[str, Any]:
        rules = parts.together.rules(command)
        receipt = await dossiers.record(
            dossier_id,
            lambda dossier: appraisal.return_dossier(
                dossier, reasons=body.reasons, rules=rules, by=command.by
            ),
            command.context,
            expected=command.expected,
        )
        return accepted(receipt, response)

    @router.post("/lines/{line}/appraisal")
    async def appraise(
        dossier_id: UUID, line: int, body: Appraisal, command: Command, response: Response
    ) -> dict[str, Any]:
        others = await others_of(dossier_id, line)
        receipt = await dossiers.record(
            dossier_id,
            lambda dossier: appraisal.appraise(
                dossier,
                line=line,
                verdict=body.verdict,
                reason=body.reason,
                others=others,
                duplicate_reason=body.duplicate_reason,
                by=command.by,
            ),
            command.context,
            expected=command.expected,
        )
        return accepted(receipt, response)

    @router.post("/lines/{line}/hold")
    async def hold(
        dossier_id: UUID, line: int, body: Reason, command: Command, response: Response
    ) -> dict[str, Any]:
        receipt = await dossiers.record(
            dossier_id,
            lambda dossier: appraisal.hold(dossier, line=line, reason=body.reason, by=command.by),
            command.context,
            expected=command.expected,
        )
        return accepted(receipt, response)

    @router.delete("/lines/{line}/hold")
    async def release(
        dossier_id: UUID, line: int, body: Reason, command: Command, response: Response
    ) -> dict[str, Any]:
        receipt = await dossiers.record(
            dossier_id,
            lambda dossier: appraisal.release(
                dossier, line=line, reason=body.reason, by=command.by
            ),
            command.context,
            expected=command.expected,
        )
        return accepted(receipt, response)

    return router

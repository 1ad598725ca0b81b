"""A unit prepares, submits and withdraws its dossier."""

import asyncio
from contextlib import suppress
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request, Response
from starlette.datastructures import UploadFile

from libs.eventlog.events import Refused
from libs.eventlog.log import Receipt
from libs.eventlog.vault import Erased
from libs.serving.command import Command, accepted
from libs.serving.uploads import fingerprinted
from services.dossier import campaigns
from services.dossier.bodies import NewDossier, NewNominee, Nothing, Reason
from services.dossier.decisions import dossier as decisions
from services.dossier.decisions.states import Campaign, Dossier
from services.dossier.events import NomineeAdded
from services.dossier.evidence import LARGEST, inspect
from services.dossier.http.doors import Parts
from services.dossier.terms import PaperKind

PAPER_KINDS: dict[str, PaperKind] = {
    "proposal-letter": "proposal-letter",
    "achievement-report": "achievement-report",
    "minutes": "minutes",
    "other": "other",
}
FORM = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["file", "kind"],
                    "properties": {
                        "file": {"type": "string", "format": "binary"},
                        "kind": {"type": "string", "enum": list(PAPER_KINDS)},
                    },
                }
            }
        },
    }
}


def routes(parts: Parts) -> APIRouter:
    router = APIRouter(prefix="/dossiers", tags=["dossiers"])
    dossiers = parts.histories.dossiers

    async def campaign_of(dossier: UUID) -> Campaign | None:
        return await parts.campaign((await dossiers.load(dossier)).state.campaign)

    async def line_added(receipt: Receipt) -> int:
        """Also for a repeat: the line its first answer spoke of."""
        event = (await parts.log.read(receipt.id, upto=receipt.version))[-1].event
        assert isinstance(event, NomineeAdded)
        return event.line

    @router.post("", status_code=201)
    async def open_dossier(
        body: NewDossier, command: Command, response: Response
    ) -> dict[str, Any]:
        campaign = await parts.campaign(body.campaign)
        gave_way = await campaigns.gave_way(parts.views.pool, command.by.unit)
        dossier_id = command.new_id("dossier")
        receipt = await dossiers.record(
            dossier_id,
            lambda dossier: decisions.open_dossier(
                dossier, campaign, gave_way=gave_way, by=command.by
            ),
            command.context,
        )
        response.headers["Location"] = f"/dossiers/{dossier_id}"
        return accepted(receipt, response)

    @router.post("/{dossier_id}/nominees", status_code=201)
    async def add_nominee(
        dossier_id: UUID, body: NewNominee, command: Command, response: Response
    ) -> dict[str, Any]:
        campaign = await campaign_of(dossier_id)
        subject = parts.pseudonyms.of(body.kind, body.identity)
        try:
            receipt = await dossiers.record(
                dossier_id,
                lambda dossier: decisions.add_nominee(
                    dossier, campaign, subject=subject, by=command.by, **body.model_dump()
                ),
                command.context,
                expected=command.expected,
            )
        except Erased:
            raise Refused("subject-erased") from None
        response.headers["X-Line"] = str(await line_added(receipt))
        return accepted(receipt, response)

    @router.delete("/{dossier_id}/nominees/{line}")
    async def remove_nominee(
        dossier_id: UUID, line: int, body: Reason, command: Command, response: Response
    ) -> dict[str, Any]:
        receipt = await dossiers.record(
            dossier_id,
            lambda dossier: decisions.remove_nominee(
                dossier, line=line, reason=body.reason, by=command.by
            ),
            command.context,
            expected=command.expected,
        )
        return accepted(receipt, response)

    # The command may have read the body for its fingerprint, so the form is read here, after it.
    @router.post("/{dossier_id}/papers", status_code=201, openapi_extra=FORM)
    async def attach_paper(
        dossier_id: UUID, request: Request, command: Command, response: Response
    ) -> dict[str, Any]:
        kind, content = await _uploaded(request)
        found = inspect(content)

        def decide(dossier: Dossier) -> Any:
            return decisions.attach_paper(
                dossier,
                kind=kind,
                sha256=found.sha256,
                media_type=found.media_type,
                size=found.size,
                by=command.by,
            )

        # Only what may be attached is kept; a refusal is told below, unless this is a repeat.
        with suppress(Refused):
            decide((await dossiers.load(dossier_id)).state)
            await asyncio.to_thread(parts.evidence.keep, content, found.sha256)
        context = fingerprinted(command.context, f"{dossier_id}|{kind}|{found.sha256}")
        receipt = await dossiers.record(dossier_id, decide, context, expected=command.expected)
        response.headers["X-Sha256"] = found.sha256
        return accepted(receipt, response)

    @router.post("/{dossier_id}/submission")
    async def submit(
        dossier_id: UUID, _: Nothing, command: Command, response: Response
    ) -> dict[str, Any]:
        campaign = await campaign_of(dossier_id)
        receipt = await dossiers.record(
            dossier_id,
            lambda dossier: decisions.submit(dossier, campaign, at=command.at, by=command.by),
            command.context,
            expected=command.expected,
        )
        return accepted(receipt, response)

    @router.delete("/{dossier_id}/submission")
    async def withdraw(
        dossier_id: UUID, body: Reason, command: Command, response: Response
    ) -> dict[str, Any]:
        receipt = await dossiers.record(
            dossier_id,
            lambda dossier: decisions.withdraw(dossier, reason=body.reason, by=command.by),
            command.context,
            expected=command.expected,
        )
        return accepted(receipt, response)

    return router


async def _uploaded(request: Request) -> tuple[PaperKind, bytes]:
    """The kind and content of a form with `file` and `kind`."""
    async with request.form(max_files=1, max_fields=1) as form:
        file, kind = form.get("file"), PAPER_KINDS.get(str(form.get("kind")))
        if not isinstance(file, UploadFile) or kind is None:
            raise Refused("file-refused", needs=["file", "kind"], kinds=list(PAPER_KINDS))
        return kind, await file.read(LARGEST + 1)

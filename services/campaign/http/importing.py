"""Routes by which a plan comes in, as text or as a file, and the file as it was given."""

import asyncio
from uuid import UUID

from fastapi import APIRouter, Request, Response
from starlette.datastructures import UploadFile

from libs.eventlog.events import Refused
from libs.serving.command import By, Command, CommandContext, accepted
from libs.serving.problems import Problem, problem
from libs.serving.uploads import fingerprinted
from services.campaign.bodies import NAME_LIMIT, PlanText, named
from services.campaign.decisions import access, planning
from services.campaign.events import CampaignDrafted, SourceFile
from services.campaign.files.refusal import FileRefused
from services.campaign.http.doors import Answer, Parts
from services.campaign.plan.draft import NotAPlan
from services.campaign.provenance import Draft, drafted_from

FORM = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["file"],
                    "properties": {"file": {"type": "string", "format": "binary"}},
                }
            }
        },
    }
}


def routes(parts: Parts) -> APIRouter:
    router = APIRouter(prefix="/campaigns", tags=["campaigns"])

    async def drafted(
        command: CommandContext,
        response: Response,
        plan: Draft,
        text: str,
        name: str,
        file: SourceFile | None = None,
    ) -> Answer:
        id = command.new_id("campaign")
        key = file.sha256 if file else None
        receipt = await parts.campaigns.record(
            id,
            lambda campaign: planning.draft(
                campaign,
                title=plan.title,
                source_name=name,
                source_text=text,
                fields=plan.fields,
                missing=plan.missing,
                source_file=file,
                by=command.by,
            ),
            fingerprinted(command.context, f"{name}|{key}") if key else command.context,
        )
        response.headers["Location"] = f"/campaigns/{id}"
        return accepted(receipt, response)

    @router.post("", status_code=201, response_model=None)
    async def draft(body: PlanText, command: Command, response: Response) -> Answer | Problem:
        """Reads a plan's text into a draft whose every field points to its place in the text."""
        try:
            plan = drafted_from(body.text)
        except NotAPlan as error:
            return _no_plan(error)
        return await drafted(command, response, plan, body.text, body.source_name)

    # The command may have read the body for its fingerprint, so the form is read here, after it.
    @router.post("/files", status_code=201, response_model=None, openapi_extra=FORM)
    async def draft_from_file(
        request: Request, command: Command, response: Response
    ) -> Answer | Problem:
        """The same from a file: plain text, DOCX, or PDF with text. The file itself is kept."""
        access.prepares(command.by)  # before anybody's file is parsed
        try:
            name, content = await _uploaded(request, parts.reader.largest)
            read = await parts.reader.read(content)
            plan = await asyncio.to_thread(drafted_from, read.text)
        except FileRefused as error:
            status = 413 if error.code == "file-too-large" else 422
            return problem(status, error.code, "the file is not read", facts=error.facts)
        except NotAPlan as error:
            return _no_plan(error)
        await asyncio.to_thread(parts.evidence.keep, content, read.sha256)
        file = SourceFile(name, read.media_type, read.size, read.sha256)
        return await drafted(command, response, plan, read.text, name, file)

    @router.get("/{id}/source/file", response_class=Response)
    async def source_file(id: UUID, by: By) -> Response:
        """The file as it was given, checked against its hash; not-found for pasted text."""
        access.shown((await parts.campaigns.load(id)).state, by)
        first = (await parts.log.read(id, upto=1))[0].event
        if not isinstance(first, CampaignDrafted) or first.source_file is None:
            raise Refused("not-found")
        file = first.source_file
        content = await asyncio.to_thread(parts.evidence.read, file.sha256)
        return Response(
            content,
            media_type=file.media_type,
            headers={
                "Content-Disposition": "attachment",
                "X-Content-Type-Options": "nosniff",
                "ETag": f'"{file.sha256}"',
            },
        )

    return router


def _no_plan(error: NotAPlan) -> Problem:
    return problem(422, f"plan-{error.code}", "no plan", detail=error.reason)


async def _uploaded(request: Request, largest: int) -> tuple[str, bytes]:
    """Name and content, one byte more than allowed at most."""
    async with request.form(max_files=1, max_fields=1) as form:
        file = form.get("file")
        if not isinstance(file, UploadFile):
            raise FileRefused("file-absent", needs=["file"])
        return named(file.filename or "plan")[:NAME_LIMIT], await file.read(largest + 1)

"""Auditors reach the sealed log over HTTP."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Depends, Response
from fastapi.responses import PlainTextResponse

from libs.eventlog.events import Refused
from libs.eventlog.follower import Health, LogBroker
from libs.eventlog.log import Log
from libs.eventlog.views import Views
from libs.serving.command import AtLeast, Command, accepted, acting
from services.audit import views as asked
from services.audit.decisions import conclude, may_verify
from services.audit.history import streams
from services.audit.leaves import size
from services.audit.notes import Signer
from services.audit.sealer import Sealer
from services.audit.verifying import Verifier

SIGNED_IN = Depends(acting)


def routes(
    log: Log, views: Views, broker: LogBroker, sealer: Sealer, verifier: Verifier, signer: Signer
) -> APIRouter:
    router = APIRouter(tags=["audit"])

    @router.get("/status", dependencies=[SIGNED_IN])
    async def status(after: AtLeast) -> dict[str, Any]:
        await views.at_least(after)
        checkpoint = await asked.checkpoint_summary(views.pool)
        reached = {f.name.removeprefix("audit."): f.health() for f in broker.followers}
        heads = await verifier.heads()
        return {
            "services": {name: _progress(h, heads[name]) for name, h in reached.items()},
            "size": await size(views.pool),
            "root": checkpoint["root"] if checkpoint is not None else None,
            "checkpoint": checkpoint,
            "verifier_key": signer.verifier_key(),
            "last_verification": await asked.last_verification(views.pool),
        }

    @router.get("/checkpoints/latest", response_class=PlainTextResponse)
    async def latest_checkpoint() -> str:
        """The newest signed note, for everybody: a copy kept elsewhere makes it evidence."""
        latest = await asked.latest_checkpoint(views.pool)
        if latest is None:
            raise Refused("not-found")
        return latest.note

    @router.post("/verifications", status_code=201)
    async def verify(command: Command, response: Response) -> dict[str, Any]:
        """Seals what has arrived, then reads every log from its start and compares."""
        may_verify(command.by)
        await sealer.seal()
        compared = await verifier.compare(views.pool, await asked.latest_checkpoint(views.pool))
        verification = command.new_id("verification")
        receipt = await streams(log).record(
            verification,
            lambda already: conclude(already, verification, compared, by=command.by),
            command.context,
        )
        await views.at_least(receipt.position)
        found = await asked.verification(views.pool, verification)
        response.headers["Location"] = f"/verifications/{verification}"
        return {**(found or {}), **accepted(receipt, response)}

    @router.get("/verifications/{verification}", dependencies=[SIGNED_IN])
    async def one_verification(verification: UUID, after: AtLeast) -> dict[str, Any]:
        await views.at_least(after)
        found = await asked.verification(views.pool, verification)
        if found is None:
            raise Refused("not-found")
        return found

    return router


def _progress(health: Health, head: int | None) -> dict[str, Any]:
    """How far a service's log has reached us; a service that is away tells no head."""
    known = health.position + health.behind if head is None else head
    return {
        "position": health.position,
        "head": known,
        "lag": max(0, known - health.position),
        "away": head is None,
        "state": health.state,
    }

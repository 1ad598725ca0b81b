"""The council's session, from convening to minutes."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Response

from libs.eventlog.events import Refused
from libs.serving.acting import Acting
from libs.serving.command import AsOf, AtLeast, By, Command, accepted
from libs.serving.history import history_of
from services.dossier import queries
from services.dossier.answers import SessionPage, named
from services.dossier.bodies import NewSession, Nothing, Opening, ShareIn, Vote
from services.dossier.decisions import council
from services.dossier.decisions.access import of_authority, sees_all_units
from services.dossier.decisions.states import Session
from services.dossier.http.doors import Parts
from services.dossier.terms import CouncilRules, LineRef, Share


def routes(parts: Parts) -> APIRouter:
    router = APIRouter(prefix="/sessions", tags=["council"])
    _add_commands(router, parts)
    _add_reading(router, parts)
    return router


def _add_commands(router: APIRouter, parts: Parts) -> None:
    sessions, dossiers_of = parts.histories.sessions, parts.histories.dossiers_of

    @router.post("", status_code=201)
    async def convene(body: NewSession, command: Command, response: Response) -> dict[str, Any]:
        session_id = command.new_id("session")
        refs = [LineRef(line.dossier, line.line) for line in body.lines]
        dossiers = await dossiers_of(ref.dossier for ref in refs)
        rules = _council_rules(body, parts.together.rules(command).council)
        receipt = await sessions.record(
            session_id,
            lambda session: council.convene(
                session,
                dossiers,
                campaign=body.campaign,
                members=body.members,
                chair=body.chair,
                secretary=body.secretary,
                lines=refs,
                rules=rules,
                by=command.by,
            ),
            command.context,
        )
        response.headers["Location"] = f"/sessions/{session_id}"
        return accepted(receipt, response)

    @router.post("/{session_id}/opening")
    async def open_session(
        session_id: UUID, body: Opening, command: Command, response: Response
    ) -> dict[str, Any]:
        receipt = await sessions.record(
            session_id,
            lambda session: council.open_session(session, present=body.present, by=command.by),
            command.context,
            expected=command.expected,
        )
        return accepted(receipt, response)

    @router.post("/{session_id}/votes")
    async def vote(
        session_id: UUID, body: Vote, command: Command, response: Response
    ) -> dict[str, Any]:
        dossier = (await parts.histories.dossiers.load(body.dossier)).state
        receipt = await sessions.record(
            session_id,
            lambda session: council.vote(
                session,
                dossier,
                ref=LineRef(body.dossier, body.line),
                in_favour=body.in_favour,
                against=body.against,
                by=command.by,
            ),
            command.context,
            expected=command.expected,
        )
        return accepted(receipt, response)

    @router.post("/{session_id}/closing")
    async def close(
        session_id: UUID, _: Nothing, command: Command, response: Response
    ) -> dict[str, Any]:
        lines = (await sessions.load(session_id)).state.lines
        dossiers = await dossiers_of(ref.dossier for ref in lines)
        receipt = await sessions.record(
            session_id,
            lambda session: council.close(session, dossiers, by=command.by),
            command.context,
            expected=command.expected,
        )
        return accepted(receipt, response)


def _add_reading(router: APIRouter, parts: Parts) -> None:
    sessions = parts.histories.sessions

    @router.get("")
    async def list_sessions(by: By, after: AtLeast, campaign: UUID | None = None) -> dict[str, Any]:
        if not sees_all_units(by):
            raise Refused("not-allowed")
        await parts.views.at_least(after)
        rows = await queries.session_rows(parts.views.pool, by.authority, campaign)
        return {"items": rows, "position": parts.views.position}

    @router.get("/{session_id}")
    async def minutes(session_id: UUID, by: By, moment: AsOf, response: Response) -> dict[str, Any]:
        loaded = await sessions.load(session_id, version=moment.version, at=moment.at)
        _may_read(loaded.state, by)
        dossiers, names = await named(parts.histories, [ref.dossier for ref in loaded.state.lines])
        units = await parts.units(by.authority)
        response.headers["ETag"] = f'"{loaded.version}"'
        return SessionPage(session_id, loaded, dossiers, names, units).answer()

    @router.get("/{session_id}/history")
    async def session_history(session_id: UUID, by: By) -> dict[str, Any]:
        _may_read((await sessions.load(session_id)).state, by)
        return {"items": await history_of(parts.log, session_id)}


def _may_read(session: Session, by: Acting) -> None:
    of_authority(session, by)
    if not sees_all_units(by) and by.official not in (*session.members, session.secretary):
        raise Refused("not-allowed")


def _council_rules(body: NewSession, default: CouncilRules) -> CouncilRules:
    return CouncilRules(
        quorum=_share(body.quorum, default.quorum, "members"),
        threshold=_share(body.threshold, default.threshold, "present"),
        ballot=default.ballot,
    )


def _share(given: ShareIn | None, default: Share, of: str) -> Share:
    if given is None:
        return default
    whole = given.of or ("members" if of == "members" else "present")
    return Share(given.numerator, given.denominator, whole, given.strictly)

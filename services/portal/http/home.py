"""The first page: what waits for the person. A service that is away leaves out its part only."""

import asyncio
from collections.abc import Awaitable, Mapping
from datetime import datetime
from typing import Any

from fastapi import APIRouter
from fastapi.responses import Response

from services.portal.clients import Away, SaidNo
from services.portal.http.operating import followers_of, tasks_of_auditor
from services.portal.http.reporting import tasks_of_reviews
from services.portal.http.troubles import SERVICES
from services.portal.http.working_days import calendar_of
from services.portal.pages import Home
from services.portal.parts import Act, Task, most_urgent_first
from services.portal.places import sees_sessions
from services.portal.present.campaigns import silent_units
from services.portal.present.drafts import unconfirmed
from services.portal.session import Hat
from services.portal.tasks import PREPARING, Lists, following, waiting
from services.portal.vietnamese import VIETNAM
from services.portal.visits import Visit, Visiting

TITLE = "Việc bạn cần làm"


def routes() -> APIRouter:
    router = APIRouter()

    @router.get("/")
    async def home(visit: Visiting) -> Response:
        if visit.hat.role == "administrator":
            tasks, state = await followers_of(visit)
            return await visit.page(
                Home(
                    TITLE,
                    most_urgent_first(tasks),
                    tuple(state),
                    following_title="Các phần của hệ thống",
                )
            )
        away: list[str] = []
        lists = await _lists(visit, away)
        tasks = [*await _delegated(visit), *waiting(visit.hat, lists)]
        tasks += await tasks_of_reviews(visit, lists.campaigns)
        if visit.hat.role == "auditor":
            tasks += await tasks_of_auditor(visit)
        parts = ", ".join(SERVICES[name] for name in dict.fromkeys(away))
        return await visit.page(
            Home(
                TITLE,
                _in_order(tasks),
                _in_order(following(visit.hat, lists)),
                acts=_acts(visit.hat),
                away=parts,
            )
        )

    return router


async def _delegated(visit: Visit) -> list[Task]:
    """Whom the person acts for these days: told here, until that hat is worn."""
    if visit.hat.delegation:
        return []
    hats = await _items("directory", visit.get("directory", "/account/hats"), [])
    return [
        Task(
            f"Bạn được ủy quyền làm thay {one['on_behalf_name']}",
            "/account",
            "Chọn “Đổi phân công” ở đầu trang để làm việc thay.",
        )
        for one in hats
        if one.get("on_behalf_name")
    ]


def _in_order(tasks: list[Task]) -> tuple[Task, ...]:
    return most_urgent_first(tasks)


def _acts(hat: Hat) -> tuple[Act, ...]:
    if hat.role in ("specialist", "leader") and hat.duty in PREPARING:
        return (Act("Nhập kế hoạch mới", "/campaigns/new"),)
    return ()


async def _lists(visit: Visit, away: list[str]) -> Lists:
    """Everything at once; names of services that do not answer are added to `away`."""

    async def of(service: str, path: str, **query: Any) -> list[Any]:
        return await _items(service, visit.get(service, path, **query), away)

    async def nothing() -> list[Any]:
        return []

    council = of("dossier", "/sessions") if sees_sessions(visit.hat) else nothing()
    (
        notices,
        campaigns,
        intake,
        dossiers,
        sessions,
        decisions,
        difficulties,
        guidance,
    ) = await asyncio.gather(
        of("notification", "/inbox", state="to-acknowledge"),
        of("campaign", "/campaigns"),
        of("dossier", "/campaigns"),
        of("dossier", "/dossiers"),
        council,
        of("dossier", "/decisions"),
        of("campaign", "/difficulties", state="open", limit=200),
        of("campaign", "/guidance"),
    )
    launched = [one["id"] for one in campaigns if one["state"] == "launched"]
    drafts = [one["id"] for one in campaigns if one["state"] == "draft"]
    return Lists(
        now=datetime.now(VIETNAM),
        notices=notices,
        campaigns=campaigns,
        intake=intake,
        dossiers=dossiers,
        sessions=sessions,
        decisions=decisions,
        guidance=guidance,
        presentable=await _presentable(visit, launched),
        held=await _held(visit, launched),
        unacknowledged=await _unacknowledged(visit, launched),
        open_fields=await _open_fields(visit, drafts),
        difficulties=difficulties,
        calendar=await calendar_of(visit),
        pledges=await of("campaign", "/pledges") if visit.hat.role == "leader" else (),
        registrations=await _registrations(visit, launched),
    )


async def _items(service: str, asked: Awaitable[Any], away: list[str]) -> list[Any]:
    try:
        return list((await asked)["items"])
    except SaidNo:
        return []
    except Away:
        away.append(service)
        return []


async def _presentable(visit: Visit, launched: list[str]) -> Mapping[str, int]:
    if visit.hat.role != "council-secretary":
        return {}
    found = await asyncio.gather(
        *(_items("dossier", visit.get("dossier", f"/campaigns/{id}/lines"), []) for id in launched)
    )
    return {id: len(items) for id, items in zip(launched, found, strict=True)}


async def _held(visit: Visit, launched: list[str]) -> Mapping[str, int]:
    """Lines on hold now."""
    if visit.hat.duty != "home-affairs":
        return {}
    found = await asyncio.gather(
        *(visit.get("dossier", "/figures", campaign=id) for id in launched),
        return_exceptions=True,
    )
    figures = zip(launched, found, strict=True)
    return {id: int(figure["held_now"]) for id, figure in figures if isinstance(figure, dict)}


async def _unacknowledged(visit: Visit, launched: list[str]) -> Mapping[str, int]:
    """Units that were asked to acknowledge and have not."""
    if visit.hat.duty not in PREPARING:
        return {}
    boards = await asyncio.gather(
        *(
            _items("notification", visit.get("notification", "/notices", about=id), [])
            for id in launched
        )
    )
    return {id: len(silent_units(board)) for id, board in zip(launched, boards, strict=True)}


async def _open_fields(visit: Visit, drafts: list[str]) -> Mapping[str, int]:
    if visit.hat.duty not in PREPARING:
        return {}
    pages = await asyncio.gather(
        *(visit.get("campaign", f"/campaigns/{id}") for id in drafts), return_exceptions=True
    )
    return {page["id"]: len(unconfirmed(page)) for page in pages if isinstance(page, dict)}


async def _registrations(visit: Visit, launched: list[str]) -> Mapping[str, Mapping[str, Any]]:
    """What the campaign service lists for this person: all units', or the own unit's only."""
    if visit.hat.role not in ("specialist", "leader"):
        return {}
    found = await asyncio.gather(
        *(visit.get("campaign", f"/campaigns/{id}/registrations") for id in launched),
        return_exceptions=True,
    )
    listed = zip(launched, found, strict=True)
    return {id: answer for id, answer in listed if isinstance(answer, dict)}

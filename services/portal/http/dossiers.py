"""Dossiers: the list, one dossier now and in the past, its papers."""

import asyncio
from typing import Any
from uuid import UUID

from fastapi import APIRouter
from fastapi.responses import Response

from services.portal.clients import Away, SaidNo
from services.portal.http.appraising import acts_of_line, to_appraise
from services.portal.pages import Dossier, Listing
from services.portal.parts import Act, Choice, Field, State, Summary
from services.portal.present import dossiers as present
from services.portal.present import guidance
from services.portal.present.history import history
from services.portal.session import Hat
from services.portal.visits import Visit, Visiting
from services.portal.words import STATES

OPEN = ("draft", "returned")  # states in which the unit works on its dossier


def routes() -> APIRouter:
    router = APIRouter()

    @router.get("/dossiers")
    async def listing(
        visit: Visiting, campaign: str = "", state: str = "", before: str = ""
    ) -> Response:
        found, known = await asyncio.gather(
            visit.get("dossier", "/dossiers", campaign=campaign, state=state, before=before),
            visit.get("dossier", "/campaigns"),
        )
        titles = {one["campaign"]: one["title"] for one in known["items"]}
        opening = visit.hat.role == "specialist" and any(
            one["intake_open"] and visit.hat.unit in one["scope"] for one in known["items"]
        )
        return await visit.page(
            Listing(
                "Hồ sơ khen thưởng",
                f"{len(found['items'])} hồ sơ.",
                present.listing(found["items"], titles),
                filters=_filters(campaign, state, titles),
                act=Act("Lập hồ sơ mới", "/dossiers/new") if opening else None,
            )
        )

    @router.get("/dossiers/{id}")
    async def show(id: UUID, visit: Visiting, version: int | None = None) -> Response:
        path = f"/dossiers/{id}"
        dossier, steps = await asyncio.gather(
            visit.get("dossier", path, version=version),
            visit.get("dossier", f"{path}/history"),
        )
        directory = await visit.directory(*(entry["actor"] for entry in steps["items"]))
        quotas = await _quotas(visit, dossier)
        names = {one["form"]: one["form_name"] for one in quotas}
        mine = _mine(visit.hat, dossier)
        writing = mine and visit.hat.role == "specialist" and dossier["state"] in OPEN
        return await visit.page(
            Dossier(
                title=f"Hồ sơ khen thưởng của {dossier['unit_name']}",
                summary=_summary(visit.hat, dossier, path),
                facts=present.facts(dossier),
                lines=present.lines(
                    dossier, directory, lambda line: _line_acts(visit.hat, dossier, line)
                ),
                papers=present.papers(dossier),
                history=history(path, steps["items"], directory, version and dossier["version"]),
                gauges=(
                    *guidance.gauges(quotas, directory),
                    *guidance.shares(dossier),
                ),
                differences=guidance.differences(dossier, names),
                missing_papers=present.missing_papers(dossier) if mine else (),
                add_line=Act("Thêm trường hợp", f"{path}/nominees/new") if writing else None,
                attach=Act("Đính kèm giấy tờ", f"{path}/papers/new") if writing else None,
            )
        )

    @router.get("/papers/{sha256}")
    async def paper(sha256: str, visit: Visiting) -> Response:
        if len(sha256) != 64 or not sha256.isalnum():
            raise SaidNo(404, "not-found", {})
        return await visit.file("dossier", f"/papers/{sha256}", f"giay-to-{sha256[:12]}")

    return router


async def _quotas(visit: Visit, dossier: dict[str, Any]) -> list[dict[str, Any]]:
    """The dossier is worth showing without its gauges."""
    path = f"/campaigns/{dossier['campaign']}/gauges"
    try:
        found = await visit.get("dossier", path, dossier=dossier["id"])
    except (Away, SaidNo):
        return []
    unit = dossier["unit"]
    items: list[dict[str, Any]] = found["items"]
    return [one for one in items if one["unit"] in ("", unit)]


def _filters(campaign: str, state: str, titles: dict[str, str]) -> tuple[Field, ...]:
    everything = Choice("", "Tất cả")
    campaigns = (everything, *(Choice(id, title) for id, title in titles.items()))
    states = (everything, *(Choice(code, word.label) for code, word in STATES["dossier"].items()))
    return (
        Field("campaign", "Phong trào", "select", campaign, required=False, choices=campaigns),
        Field("state", "Trạng thái", "select", state, required=False, choices=states),
    )


def _mine(hat: Hat, dossier: dict[str, Any]) -> bool:
    return bool(hat.unit == dossier["unit"])


def _line_acts(hat: Hat, dossier: dict[str, Any], line: dict[str, Any]) -> tuple[Act, ...]:
    if _mine(hat, dossier) and hat.role == "specialist" and dossier["state"] in OPEN:
        path = f"/dossiers/{dossier['id']}/nominees/{line['line']}/removal/new"
        return (Act("Bỏ trường hợp này", path, grave=True),)
    return acts_of_line(hat, dossier, line)


def _summary(hat: Hat, dossier: dict[str, Any], path: str) -> Summary:
    count = len(dossier["lines"])
    what = f"Đề nghị khen thưởng {count} trường hợp." if count else "Hồ sơ chưa có trường hợp nào."
    act, others, cannot = _next(hat, dossier, path)
    return Summary(what, State("dossier", dossier["state"]), act, others, cannot)


def _next(hat: Hat, dossier: dict[str, Any], path: str) -> tuple[Act | None, tuple[Act, ...], str]:
    """The main act, the others, and why there is none."""
    if not _mine(hat, dossier):
        return to_appraise(hat, dossier, path)
    withdraw = (Act("Rút hồ sơ", f"{path}/withdrawal/new", grave=True),)
    if dossier["state"] in OPEN:
        lacking = _lacking(dossier)
        if lacking:
            return None, (), f"Chưa gửi được: {lacking}."
        if hat.role != "leader":
            return None, (), "Hồ sơ đã đủ. Lãnh đạo đơn vị xem và gửi."
        send = "Gửi lại hồ sơ" if dossier["state"] == "returned" else "Gửi hồ sơ"
        return Act(send, f"{path}/submission", "post", dossier["version"]), (), ""
    undecided = dossier["state"] in ("submitted", "supplemented", "received")
    appraised = any(line["verdict"] for line in dossier["lines"])
    if hat.role == "leader" and undecided and not appraised:
        return None, withdraw, ""
    return None, (), ""


def _lacking(dossier: dict[str, Any]) -> str:
    lacking = [] if dossier["lines"] else ["chưa có trường hợp đề nghị"]
    if dossier["missing_papers"]:
        papers = ", ".join(paper.lower() for paper in present.missing_papers(dossier))
        lacking.append(f"còn thiếu {papers}")
    return "; ".join(lacking)

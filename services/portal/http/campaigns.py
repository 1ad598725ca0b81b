"""Campaigns: the list, one campaign now and in the past, who has acknowledged."""

import asyncio
from typing import Any
from uuid import UUID

from fastapi import APIRouter
from fastapi.responses import Response

from services.portal.clients import Away, SaidNo
from services.portal.pages import Campaign, Listing
from services.portal.parts import Act, State, Summary
from services.portal.present import campaigns as present
from services.portal.present.drafts import draft_fields, plan_pieces, unconfirmed
from services.portal.present.history import history
from services.portal.session import Hat
from services.portal.visits import Visit, Visiting

PREPARING = ("lead-office", "home-affairs", "office")  # units whose people prepare plans
SEES_BOARD = ("chairman", "auditor")
DRAWN_UP = ("draft", "submitted")  # while the plan is compared with its text


def routes() -> APIRouter:
    router = APIRouter()

    @router.get("/campaigns")
    async def listing(visit: Visiting, before: str = "") -> Response:
        found = await visit.get("campaign", "/campaigns", before=before)
        items = found["items"]
        importing = Act("Nhập kế hoạch mới", "/campaigns/new") if prepares(visit.hat) else None
        more = f"/campaigns?before={items[-1]['position']}" if len(items) == 50 else ""
        table = present.listing(items)
        intro = f"{len(items)} phong trào, mới nhất ở trên cùng."
        return await visit.page(
            Listing("Phong trào thi đua", intro, table, act=importing, more=more)
        )

    @router.get("/campaigns/{id}")
    async def show(id: UUID, visit: Visiting, version: int | None = None) -> Response:
        return await visit.page(await page_of(visit, id, version))

    @router.get("/campaigns/{id}/notices")
    async def board(id: UUID, visit: Visiting) -> Response:
        campaign, notices = await asyncio.gather(
            visit.get("campaign", f"/campaigns/{id}"),
            visit.get("notification", "/notices", about=id),
        )
        asked = [one for one in notices["items"] if one["needs_acknowledgement"]]
        silent = len(present.silent_units(asked))
        table = present.board_table(asked, await visit.directory())
        return await visit.page(
            Listing(
                "Đơn vị nào đã xác nhận",
                f"{silent} đơn vị còn thông báo chưa xác nhận. {campaign['title']}",
                table,
                act=Act("Về phong trào", f"/campaigns/{id}"),
            )
        )

    return router


async def page_of(visit: Visit, id: UUID, version: int | None) -> Campaign:
    path = f"/campaigns/{id}"
    campaign, steps, source, notices = await asyncio.gather(
        visit.get("campaign", path, version=version),
        visit.get("campaign", f"{path}/history"),
        visit.get("campaign", f"{path}/source"),
        _board(visit, id),
    )
    directory = await visit.directory(*(entry["actor"] for entry in steps["items"]))
    may_edit = campaign["state"] == "draft" and prepares(visit.hat)
    drawn_up = campaign["state"] in DRAWN_UP
    fields, missing = draft_fields(campaign, source["text"], directory, may_edit=may_edit)
    return Campaign(
        title=campaign["title"],
        summary=_summary(visit, campaign, path),
        facts=() if drawn_up else present.facts(campaign, directory),
        contents=() if drawn_up else present.contents(campaign),
        duties=present.duties(campaign),
        recipients=present.recipients(campaign, notices, directory),
        history=history(path, steps["items"], directory, version and campaign["version"]),
        fields=fields if drawn_up else (),
        missing=missing if drawn_up else (),
        text=plan_pieces(campaign, source["text"]),
        guidance=present.guidance(campaign),
        papers=present.source_papers(campaign),
    )


def prepares(hat: Hat) -> bool:
    """Whether drafts are for this person to prepare; the service decides."""
    return hat.role in ("specialist", "leader") and hat.duty in PREPARING


async def _board(visit: Visit, id: UUID) -> list[dict[str, Any]]:
    if visit.hat.duty not in PREPARING and visit.hat.role not in SEES_BOARD:
        return []
    try:
        found = await visit.get("notification", "/notices", about=id)
    except (Away, SaidNo):
        return []  # the campaign is worth showing without its board
    items: list[dict[str, Any]] = found["items"]
    return items


def _summary(visit: Visit, campaign: dict[str, Any], path: str) -> Summary:
    state, hat = present.state_of(campaign), visit.hat
    act: Act | None = None
    others: list[Act] = []
    cannot = ""
    version = campaign["version"]
    match state:
        case "draft" if prepares(hat):
            act, cannot = _submitting(campaign, path)
        case "submitted" if hat.role == "leader" and prepares(hat):
            if campaign["prepared_by"] == hat.official:
                cannot = "Bạn đã soạn bản thảo này; người khác phải duyệt."
            else:
                act = Act("Duyệt bản thảo", f"{path}/approval", "post", version)
            others = [Act("Trả lại bản thảo", f"{path}/return/new", grave=True)]
        case "approved" if hat.role == "chairman":
            act = Act("Ký kế hoạch", f"{path}/signature", "post", version)
            others = [Act("Trả lại bản thảo", f"{path}/return/new", grave=True)]
        case "signed" if hat.role == "clerk":
            act = Act("Cấp số", f"{path}/number/new")
        case "numbered" if hat.role == "clerk" or prepares(hat):
            act = Act("Phát động phong trào", f"{path}/launch/new")
        case "launched" if hat.acts_as("leader", duty="home-affairs"):
            act = Act("Ban hành hướng dẫn khen thưởng", f"{path}/guidance/new")
        case "guided" if hat.acts_as("leader", "specialist", duty="home-affairs"):
            act = Act("Mở nhận hồ sơ", f"{path}/intake", "post", version)
        case "intake-open" | "intake-closed" if (
            hat.role == "specialist" and hat.unit in campaign["scope"]
        ):
            act = Act("Lập hồ sơ đề nghị khen thưởng", f"/dossiers/new?campaign={campaign['id']}")
    if campaign["state"] == "launched":
        others.append(Act("Hồ sơ của phong trào này", f"/dossiers?campaign={campaign['id']}"))
        if hat.duty in PREPARING or hat.role in SEES_BOARD:
            others.append(Act("Xem đơn vị nào đã xác nhận", f"{path}/notices"))
    if returned := campaign.get("returned"):
        cannot = f"Đã bị trả lại: {returned['reason']}. {cannot}".strip()
    return Summary(present.what(campaign), State("campaign", state), act, tuple(others), cannot)


def _submitting(campaign: dict[str, Any], path: str) -> tuple[Act | None, str]:
    if open_fields := unconfirmed(campaign):
        return None, f"Chưa trình duyệt được: còn {len(open_fields)} nội dung chưa xác nhận."
    return Act("Trình duyệt", f"{path}/submission", "post", campaign["version"]), ""

"""Campaigns: the list, one campaign now and in the past, who has acknowledged."""

import asyncio
from typing import Any
from uuid import UUID

from fastapi import APIRouter
from fastapi.responses import Response

from services.portal.clients import Away, SaidNo
from services.portal.http import reporting
from services.portal.http.guiding import next_of_guidance
from services.portal.pages import Campaign, Listing
from services.portal.parts import Act, Paper, State, Summary
from services.portal.present import campaigns as present
from services.portal.present import life, reports
from services.portal.present.acts_of_life import acts_of_life
from services.portal.present.difficulties import table as difficulties_table
from services.portal.present.drafts import draft_fields, plan_pieces, unconfirmed
from services.portal.present.guidance import guidance_facts
from services.portal.present.history import history
from services.portal.present.papers import papers_of, preview_of
from services.portal.session import Hat
from services.portal.visits import Visit, Visiting

PREPARING = ("lead-office", "home-affairs", "office")  # units whose people prepare plans
SEES_BOARD = ("chairman", "auditor")
STEPS_OF_LIFE = ("/amendment/number/new", "/reopening/new")  # main acts that ask first
DRAWN_UP = ("draft", "submitted")  # while the plan is compared with its text


def routes() -> APIRouter:
    router = APIRouter()

    @router.get("/campaigns")
    async def listing(visit: Visiting, before: str = "") -> Response:
        found = await visit.get("campaign", "/campaigns", before=before)
        items = found["items"]
        importing = Act("Nhập kế hoạch mới", "/campaigns/new") if prepares(visit.hat) else None
        writing = Act("Viết kế hoạch theo mẫu", "/campaigns/written/new")
        more = f"/campaigns?before={items[-1]['position']}" if len(items) == 50 else ""
        table = present.listing(items)
        intro = f"{len(items)} phong trào, mới nhất ở trên cùng."
        return await visit.page(
            Listing(
                "Phong trào thi đua",
                intro,
                table,
                act=importing,
                more=more,
                others=(writing,) if importing else (),
            )
        )

    @router.get("/campaigns/{id}")
    async def show(id: UUID, visit: Visiting, version: int | None = None) -> Response:
        return await visit.page(await page_of(visit, id, version))

    return router


async def page_of(visit: Visit, id: UUID, version: int | None) -> Campaign:
    path = f"/campaigns/{id}"
    campaign, steps, source, notices, difficulties = await asyncio.gather(
        visit.get("campaign", path, version=version),
        visit.get("campaign", f"{path}/history"),
        _source(visit, path),
        _board(visit, id),
        _difficulties(visit, id),
    )
    ready = await _readiness(visit, campaign, path)
    directory = await visit.directory(*(entry["actor"] for entry in steps["items"]))
    may_edit = campaign["state"] == "draft" and prepares(visit.hat)
    drawn_up = campaign["state"] in DRAWN_UP and campaign["source"] is not None
    fields, missing = draft_fields(campaign, source["text"], directory, may_edit=may_edit)
    return Campaign(
        title=campaign["title"],
        summary=summary_of(visit.hat, campaign, path),
        facts=() if drawn_up or campaign.get("hidden") else present.facts(campaign, directory),
        contents=() if drawn_up else present.contents(campaign),
        duties=present.duties(campaign),
        recipients=present.recipients(campaign, notices, directory),
        history=history(path, steps["items"], directory, version and campaign["version"]),
        fields=fields if drawn_up else (),
        missing=missing if drawn_up else (),
        text=plan_pieces(campaign, source["text"]) if source["text"] else (),
        hidden=campaign.get("hidden", False),
        guidance=guidance_facts(campaign),
        banner=life.banner(campaign),
        about=life.about(campaign),
        readiness=life.readiness_table(ready) if ready else None,
        warnings=life.expired_warnings(ready) if ready else (),
        amendment=life.amendment_table(campaign),
        changes=life.changes_table(campaign, directory),
        papers=papers_shown(campaign),
        preview="" if version else preview_of(campaign),
        difficulties=difficulties_table(difficulties, directory, "Khó khăn, vướng mắc")
        if difficulties
        else None,
        reviews=reports.reviews(campaign, directory),
    )


def papers_shown(campaign: dict[str, Any]) -> tuple[Paper, ...]:
    """The file the plan came in and what is made of it; none of a recalled plan."""
    if campaign.get("hidden"):
        return ()
    return (*present.source_papers(campaign), *papers_of(campaign))


def prepares(hat: Hat) -> bool:
    """Whether drafts are for this person to prepare; the service decides."""
    return hat.role in ("specialist", "leader") and hat.duty in PREPARING


async def _source(visit: Visit, path: str) -> dict[str, Any]:
    """The plan's text; empty where a recalled plan is no longer shown."""
    try:
        found: dict[str, Any] = await visit.get("campaign", f"{path}/source")
    except SaidNo:
        return {"text": ""}
    return found


async def _readiness(visit: Visit, campaign: dict[str, Any], path: str) -> dict[str, Any] | None:
    """Until launch, for those who prepare and decide."""
    if campaign["state"] in ("absent", "launched") or campaign.get("hidden"):
        return None
    found: dict[str, Any] = await visit.get("campaign", f"{path}/readiness")
    return found


async def _board(visit: Visit, id: UUID) -> list[dict[str, Any]]:
    if visit.hat.duty not in PREPARING and visit.hat.role not in SEES_BOARD:
        return []
    try:
        found = await visit.get("notification", "/notices", about=id)
    except (Away, SaidNo):
        return []  # the campaign is worth showing without its board
    items: list[dict[str, Any]] = found["items"]
    return items


async def _difficulties(visit: Visit, id: UUID) -> list[dict[str, Any]]:
    try:
        found = await visit.get("campaign", "/difficulties", campaign=id)
    except (Away, SaidNo):
        return []
    items: list[dict[str, Any]] = found["items"]
    return items


def summary_of(hat: Hat, campaign: dict[str, Any], path: str) -> Summary:
    """What this person may do next, what else, and what there is to read."""
    state = present.state_of(campaign)
    act: Act | None = None
    others: list[Act] = []
    cannot = ""
    version = campaign["version"]
    match state:
        case "draft" if prepares(hat):
            act, cannot = _submitting(campaign, path)
            if campaign["source"] is None:
                others = [Act("Sửa nội dung kế hoạch", f"{path}/writing/new")]
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
        case "launched":
            act = next_of_guidance(hat, campaign, campaign.get("guidance_draft"))
        case "guided" if hat.acts_as("leader", "specialist", duty="home-affairs"):
            act = Act("Mở nhận hồ sơ", f"{path}/intake", "post", version)
        case "intake-ended" if hat.acts_as("leader", "specialist", duty="home-affairs"):
            act = Act("Mở nhận hồ sơ", f"{path}/intake", "post", version)
        case "intake-open" | "intake-closed" if (
            hat.role == "specialist" and hat.unit in campaign["scope"]
        ):
            act = Act("Lập hồ sơ đề nghị khen thưởng", f"/dossiers/new?campaign={campaign['id']}")
    more = [*reporting.approvals(hat, campaign, path), *acts_of_life(hat, campaign, path)]
    waits = more and (more[0].method == "post" or more[0].href.endswith(STEPS_OF_LIFE))
    if act is None and waits:
        act, *more = more
    others = sorted([*others, *more, *_other_deeds(hat, campaign, path)], key=lambda one: one.grave)
    ways = _beside(hat, campaign, path)
    said = State("campaign", state)
    return Summary(present.what(campaign), said, act, tuple(others), cannot, ways)


def _beside(hat: Hat, campaign: dict[str, Any], path: str) -> tuple[Act, ...]:
    """Pages to read beside the plan once it is launched, by who looks."""
    if not _has_been_launched(campaign):
        return ()
    found = [Act("Hồ sơ của phong trào này", f"/dossiers?campaign={campaign['id']}")]
    if campaign.get("guidance") or campaign.get("guidance_draft"):
        found.insert(0, Act("Hướng dẫn khen thưởng", f"{path}/guidance"))
    if hat.duty in PREPARING or hat.role in SEES_BOARD:
        found.append(Act("Đơn vị nào đã trả lời", f"{path}/notices"))
        found.append(Act("Đăng ký thi đua của các đơn vị", f"{path}/registrations"))
    if _takes_part(hat, campaign):
        own = f"{path}/registrations/{hat.unit}"
        found.append(Act("Đăng ký thi đua của đơn vị bạn", own))
    return (*found, *reporting.pages_of(hat, campaign, path))


def _other_deeds(hat: Hat, campaign: dict[str, Any], path: str) -> list[Act]:
    """What may be done at any time while the campaign runs."""
    if not _has_been_launched(campaign):
        return []
    found = []
    if campaign["state"] == "launched" and _takes_part(hat, campaign):
        found.append(Act("Báo khó khăn, vướng mắc", f"{path}/difficulties/new"))
    found += reporting.writing_of(hat, campaign, path)
    if campaign.get("intake_open") and hat.acts_as("leader", duty="home-affairs"):
        found.append(Act("Kết thúc nhận hồ sơ", f"{path}/intake/closure/new", grave=True))
    return found


def _has_been_launched(campaign: dict[str, Any]) -> bool:
    return campaign["state"] in ("launched", "concluded") and not campaign.get("hidden")


def _takes_part(hat: Hat, campaign: dict[str, Any]) -> bool:
    return hat.unit in campaign["scope"] and hat.role in ("specialist", "leader")


def _submitting(campaign: dict[str, Any], path: str) -> tuple[Act | None, str]:
    if open_fields := unconfirmed(campaign):
        return None, f"Chưa trình duyệt được: còn {len(open_fields)} nội dung chưa xác nhận."
    return Act("Trình duyệt", f"{path}/submission", "post", campaign["version"]), ""

"""Units' reports, the campaign's figures, its preliminary and final review."""

import asyncio
import re
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from fastapi import APIRouter
from fastapi.responses import Response
from starlette.datastructures import FormData

from services.portal.clients import Away, SaidNo
from services.portal.deeds import Deed, Mistyped, Named, Went, add_deeds, add_question
from services.portal.pages import Ask, Listing
from services.portal.parts import Act, Choice, Field, Problem, Task
from services.portal.present import reports as present
from services.portal.session import Hat
from services.portal.visits import Visit, Visiting

LEADING = ("lead-office", "home-affairs")
OVERSEEING = ("lead-office", "home-affairs", "office")
AT = "/campaigns/{id}"
NUMBER = re.compile(r"\d{1,12}(,\d{1,3})?")
KINDS = tuple(Choice(code, word) for code, word in present.KINDS.items())
REVIEWS = KINDS[1:]


def routes() -> APIRouter:
    router = APIRouter()

    @router.get(f"{AT}/reports")
    async def listing(id: UUID, visit: Visiting, kind: str = "") -> Response:
        path = f"/campaigns/{id}"
        campaign, found = await asyncio.gather(
            visit.get("campaign", path), visit.get("campaign", f"{path}/reports", kind=kind)
        )
        choices = (Choice("", "Tất cả"), *KINDS)
        return await visit.page(
            Listing(
                _title(visit.hat),
                campaign["title"],
                present.listing(found["items"], await visit.directory()),
                filters=(Field("kind", "Loại", "select", kind, required=False, choices=choices),),
                act=Act("Gửi báo cáo", f"{path}/report/new")
                if reports(visit.hat, campaign)
                else None,
                back=Act("Về phong trào", path),
            )
        )

    @router.get(f"{AT}/figures")
    async def figures(id: UUID, visit: Visiting) -> Response:
        path = f"/campaigns/{id}"
        campaign, counted, board, dossiers = await asyncio.gather(
            visit.get("campaign", path),
            visit.get("campaign", f"{path}/statistics"),
            _or(visit.get("notification", f"{path}/board"), {"items": []}),
            _or(visit.get("dossier", "/figures", campaign=id), {}),
        )
        table = present.figures(str(id), counted["figures"], board["items"], dossiers)
        return await visit.page(
            Listing(
                "Số liệu của phong trào", campaign["title"], table, back=Act("Về phong trào", path)
            )
        )

    add_question(router, f"{AT}/report", _ask_for_report, _send)
    add_question(router, f"{AT}/review", _ask_for_review, _prepare)
    approving = f"{AT}/reviews/{{kind}}/approval"
    add_deeds(router, Deed("campaign", approving, AT, "Duyệt báo cáo", "Đã duyệt báo cáo"))
    return router


async def _or(asked: Any, otherwise: Any) -> Any:
    """A service that does not answer leaves out its figures only."""
    try:
        return await asked
    except (Away, SaidNo):
        return otherwise


def reports(hat: Hat, campaign: Any) -> bool:
    return (
        campaign["state"] == "launched"
        and hat.unit in campaign["scope"]
        and hat.role in ("specialist", "leader")
    )


def oversees(hat: Hat) -> bool:
    """Whether the reports of all units are for this person; the service decides."""
    return hat.duty in OVERSEEING or hat.role in ("chairman", "auditor")


def _title(hat: Hat) -> str:
    return "Báo cáo của các đơn vị" if oversees(hat) else "Báo cáo của đơn vị bạn"


def pages_of(hat: Hat, campaign: Any, path: str) -> list[Act]:
    """What the campaign's page offers to read of reports and figures."""
    found = []
    if oversees(hat) or reports(hat, campaign):
        found.append(Act(_title(hat), f"{path}/reports"))
    if oversees(hat):
        found.append(Act("Số liệu của phong trào", f"{path}/figures"))
    return found


def writing_of(hat: Hat, campaign: Any, path: str) -> list[Act]:
    """The review, for those who prepare it."""
    if campaign["state"] != "launched":
        return []
    if hat.duty in LEADING and hat.role in ("specialist", "leader"):
        return [Act("Lập báo cáo sơ kết, tổng kết", f"{path}/review/new")]
    return []


def _approves(hat: Hat) -> bool:
    return hat.role == "chairman" or (hat.role == "leader" and hat.duty in LEADING)


async def tasks_of_reviews(visit: Visit, campaigns: Sequence[Any]) -> list[Task]:
    """Reviews of running campaigns that wait for this person; a page that is away has none."""
    if not _approves(visit.hat):
        return []
    running = [one["id"] for one in campaigns if one["state"] == "launched"]
    asked = (_or(visit.get("campaign", f"/campaigns/{id}"), None) for id in running)
    pages = [page for page in await asyncio.gather(*asked) if page]
    return [task for page in pages for task in review_tasks(visit.hat, page)]


def review_tasks(hat: Hat, campaign: Any) -> list[Task]:
    """One for each review that waits, leading to the campaign's page."""
    path = f"/campaigns/{campaign['id']}"
    waiting = approvals(hat, campaign, path)
    return [Task(act.label, path, campaign["title"]) for act in waiting]


def approvals(hat: Hat, campaign: Any, path: str) -> list[Act]:
    """Reviews that wait for this person."""
    if campaign["state"] != "launched" or not _approves(hat):
        return []
    labels = {
        "preliminary": "Duyệt báo cáo sơ kết",
        "final": "Duyệt báo cáo tổng kết và kết thúc phong trào",
    }
    return [
        Act(labels[kind], f"{path}/reviews/{kind}/approval", "post", campaign["version"])
        for kind, one in (campaign.get("reviews") or {}).items()
        if not one["approved_at"] and one["prepared_by"] != hat.official
    ]


async def _ask_for_report(visit: Visit, named: Named) -> Ask:
    path = f"/campaigns/{named['id']}"
    registered = await _or(visit.get("campaign", f"{path}/registrations/{visit.hat.unit}"), {})
    targets = _targets(registered)
    rows = [field for n, target in enumerate(targets, 1) for field in _achieved(n, target)]
    return Ask(
        "Báo cáo của đơn vị",
        "Sơ kết, tổng kết do lãnh đạo đơn vị gửi. Báo cáo mới cùng kỳ thay báo cáo trước; "
        "cả hai vẫn xem được.",
        (
            Field("kind", "Loại báo cáo", "radio", "progress", choices=KINDS),
            Field("period", "Kỳ báo cáo", hint="Ví dụ: Quý II/2024"),
            *rows,
            Field("text", "Kết quả, hạn chế, kiến nghị", "textarea", required=False),
        ),
        Act("Gửi báo cáo", f"{path}/report", "post"),
        f"{path}/reports",
    )


def _targets(registered: Any) -> list[Any]:
    """Those of the revision that holds."""
    held = [
        one
        for one in registered.get("revisions", ())
        if one["revision"] == registered.get("approved")
    ]
    return list(held[0]["targets"]) if held else []


def _achieved(number: int, target: Any) -> tuple[Field, ...]:
    planned = str(target["number"] or "").replace(".", ",")
    asked = f"Chỉ tiêu: {planned} {target['measure']}" if planned else ""
    return (Field(f"done-{number}", f"Đã đạt: {target['text']}", hint=asked, required=False),)


async def _send(visit: Visit, form: FormData, named: Named) -> Went:
    path, unit = f"/campaigns/{named['id']}", visit.hat.unit
    period = str(form.get("period", "")).strip()
    if not period:
        raise Mistyped(Problem("Ghi kỳ báo cáo.", "period"))
    targets = _targets(await _or(visit.get("campaign", f"{path}/registrations/{unit}"), {}))
    body = {
        "kind": str(form.get("kind", "progress")),
        "period": period,
        "figures": [one for n, target in enumerate(targets, 1) for one in _done(form, n, target)],
        "text": str(form.get("text", "")).strip(),
    }
    await visit.act("campaign", f"{path}/reports/{unit}", body, form=form)
    return Went(f"{path}/reports", "Đã gửi báo cáo")


def _done(form: FormData, number: int, target: Any) -> list[dict[str, Any]]:
    typed = str(form.get(f"done-{number}", "")).strip().replace(".", "")
    if not typed:
        return []
    if not NUMBER.fullmatch(typed):
        raise Mistyped(Problem("Số ghi như 1200 hoặc 12,5.", f"done-{number}"))
    return [
        {
            "text": target["text"],
            "planned": target["number"],
            "achieved": typed.replace(",", "."),
            "measure": target["measure"],
        }
    ]


async def _ask_for_review(visit: Visit, named: Named) -> Ask:
    path = f"/campaigns/{named['id']}"
    campaign = await visit.get("campaign", path)
    return Ask(
        "Báo cáo sơ kết, tổng kết phong trào",
        "Số liệu do hệ thống đếm từ các sự kiện, không phải nhập. Người khác duyệt báo cáo.",
        (
            Field("kind", "Loại báo cáo", "radio", "preliminary", choices=REVIEWS),
            Field("text", "Nhận xét, đánh giá", "textarea", hint="Không ghi tên cá nhân."),
        ),
        Act("Trình báo cáo", f"{path}/review", "post", campaign["version"]),
        path,
        warning="Khi báo cáo tổng kết được duyệt, phong trào kết thúc.",
    )


async def _prepare(visit: Visit, form: FormData, named: Named) -> Went:
    path, text = f"/campaigns/{named['id']}", str(form.get("text", "")).strip()
    if not text:
        raise Mistyped(Problem("Ghi nhận xét, đánh giá.", "text"))
    kind = "final" if form.get("kind") == "final" else "preliminary"
    await visit.act("campaign", f"{path}/reviews/{kind}", {"text": text}, form=form)
    return Went(path, "Đã trình báo cáo", "Người khác xem và duyệt.")

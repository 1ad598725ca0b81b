"""The award guidance: its page, its steps from draft to issue, its revision; and the intake."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from fastapi import APIRouter
from fastapi.responses import Response
from starlette.datastructures import FormData

from services.portal.clients import SaidNo
from services.portal.deeds import Deed, Mistyped, Named, Went, add_deeds, add_question
from services.portal.http.guidance_form import GROUPS, body_of, fields_of
from services.portal.http.plans import issued_on_field, typed_date
from services.portal.pages import Ask, Guidance
from services.portal.parts import Act, Fact, Field, Summary
from services.portal.present import guidance as present
from services.portal.refilling import missing
from services.portal.session import Hat
from services.portal.vietnamese import instant
from services.portal.visits import Visit, Visiting
from services.portal.words import state

AT = "/campaigns/{id}"
PAGE = f"{AT}/guidance"
DRAFTING = ("home-affairs", "lead-office")
REASON = Field("reason", "Lý do", "textarea")
Answer = Mapping[str, Any]


def routes() -> APIRouter:
    router = APIRouter()
    add_question(router, f"{PAGE}/deadline", _ask_for_deadline, _move_deadline)
    add_question(router, f"{PAGE}/number", _ask_for_day, _number)
    add_question(router, PAGE, _ask_for_guidance, _draft)
    _add_steps(router)
    _add_intake(router)

    @router.get(PAGE)
    async def show(id: UUID, visit: Visiting, version: int | None = None) -> Response:
        return await visit.page(await page_of(visit, id, version))

    return router


def _add_steps(router: APIRouter) -> None:
    def step(noun: str, label: str, done: str, told: str, **more: Any) -> Deed:
        address = f"{PAGE}/{noun}"
        return Deed("campaign", address, PAGE, label, done, told, **more)

    add_deeds(
        router,
        step("approval", "Duyệt dự thảo", "Đã duyệt dự thảo hướng dẫn", "Chờ ký."),
        step("signature", "Ký hướng dẫn", "Đã ký hướng dẫn", "Văn thư cấp số."),
        step(
            "publication",
            "Ban hành tới các đơn vị",
            "Đã ban hành hướng dẫn khen thưởng",
            "Các đơn vị được thông báo; hồ sơ đã gửi được đối chiếu lại.",
        ),
        step(
            "return",
            "Trả lại dự thảo",
            "Đã trả lại dự thảo",
            "Người soạn thấy lý do.",
            fields=(REASON,),
            body=lambda form: {"reason": str(form["reason"]).strip()},
            grave=True,
        ),
    )


def _add_intake(router: APIRouter) -> None:
    add_deeds(
        router,
        Deed(
            service="campaign",
            address=f"{AT}/intake",
            back=AT,
            label="Mở nhận hồ sơ",
            done="Đã mở nhận hồ sơ",
            told="Các đơn vị tham gia được thông báo và bắt đầu gửi hồ sơ.",
        ),
        Deed(
            service="campaign",
            address=f"{AT}/intake/closure",
            at=f"{AT}/intake",
            method="DELETE",
            back=AT,
            label="Kết thúc nhận hồ sơ",
            done="Đã kết thúc nhận hồ sơ",
            told="Các đơn vị được thông báo. Có thể mở nhận lại.",
            intro="Sau bước này không nhận thêm hồ sơ, kể cả hồ sơ muộn.",
            fields=(REASON,),
            body=lambda form: {"reason": str(form["reason"]).strip()},
            grave=True,
        ),
    )


# ---- the page
async def page_of(visit: Visit, id: UUID, version: int | None) -> Guidance:
    """The draft where one is under way and for this person, else the version asked for."""
    page = await visit.get("campaign", f"/campaigns/{id}/guidance", version=version)
    shown = page["draft"] if version is None and "draft" in page else page
    people = [one.get("prepared_by") for one in page["versions"]]
    directory = await visit.directory(*people, shown.get("signed_by"))
    return Guidance(
        title="Hướng dẫn khen thưởng",
        summary=_summary(visit.hat, page, shown, f"/campaigns/{id}"),
        facts=(*_about(page, shown), *present.facts(shown)),
        forms=present.forms(shown),
        quotas=present.quotas(shown),
        criteria=present.criteria(shown),
        changes=present.changes(shown["differences"], shown),
        versions=present.versions(page, directory),
        conditions=tuple(shown.get("conditions", ())),
        back=f"/campaigns/{id}",
    )


def _about(page: Answer, shown: Answer) -> tuple[Fact, ...]:
    found = [Fact("Phong trào", page["title"], href=f"/campaigns/{page['campaign']}")]
    if number := present.number_of(shown):
        found.append(Fact("Số, ngày", number))
    if "stage" not in shown:
        intake = state("intake", page["intake"])
        found.append(Fact("Nhận hồ sơ hiện nay", intake.label, intake.sentence))
    if shown["reason"]:
        found.append(Fact("Lý do sửa đổi", shown["reason"]))
    return tuple(found)


def _summary(hat: Hat, page: Answer, shown: Answer, path: str) -> Summary:
    draft = shown if "stage" in shown else None
    what = f"{'Dự thảo, lần' if draft else 'Lần ban hành'} {shown['version']}. {page['title']}"
    act = next_of_guidance(hat, page, draft) if draft else None
    others: list[Act] = []
    cannot = ""
    if draft and draft["stage"] in ("draft", "approved"):
        others = _while_drafted(hat, draft, path)
        if draft["returned"]:
            cannot = f"Đã bị trả lại: {draft['returned']}"
    if draft and act is None and hat.official in draft["prepared_by"] and hat.role == "leader":
        cannot = f"{cannot} Bạn đã soạn dự thảo này; người khác phải duyệt và ký.".strip()
    latest = not draft and shown["version"] == len(page["versions"]) and "draft" not in page
    if latest and _drafts(hat):
        others = [
            Act("Sửa đổi hướng dẫn", f"{path}/guidance/new"),
            Act("Chỉ đổi hạn nhận hồ sơ", f"{path}/guidance/deadline/new"),
        ]
    return Summary(what, present.state_of(page, shown), act, tuple(others), cannot)


def _while_drafted(hat: Hat, draft: Answer, path: str) -> list[Act]:
    found = []
    if draft["stage"] == "draft" and _drafts(hat):
        found.append(Act("Sửa dự thảo", f"{path}/guidance/new"))
    if _heads(hat) or _signs(hat, draft):
        found.append(Act("Trả lại dự thảo", f"{path}/guidance/return/new", grave=True))
    return found


def next_of_guidance(hat: Hat, campaign: Answer, draft: Answer | None) -> Act | None:
    """The one act that brings the guidance on, if it is this person's."""
    path = f"/campaigns/{campaign.get('id') or campaign['campaign']}/guidance"
    version = campaign.get("stream_version", campaign.get("version"))
    if draft is None:
        return Act("Soạn hướng dẫn khen thưởng", f"{path}/new") if _drafts(hat) else None
    prepared = hat.official in draft["prepared_by"]
    match draft["stage"]:
        case "draft" if _heads(hat) and not prepared:
            return Act("Duyệt dự thảo", f"{path}/approval", "post", version)
        case "approved" if _signs(hat, draft) and not prepared:
            return Act("Ký hướng dẫn", f"{path}/signature", "post", version)
        case "signed" if hat.role == "clerk":
            return Act("Cấp số hướng dẫn", f"{path}/number/new")
        case "numbered" if hat.role == "clerk" or hat.acts_as(
            "specialist", "leader", duty="home-affairs"
        ):
            return Act("Ban hành tới các đơn vị", f"{path}/publication", "post", version)
    return None


def _drafts(hat: Hat) -> bool:
    return hat.role in ("specialist", "leader") and hat.duty in DRAFTING


def _heads(hat: Hat) -> bool:
    return hat.acts_as("leader", duty="home-affairs")


def _signs(hat: Hat, draft: Answer) -> bool:
    return hat.role == "chairman" if draft["signer"] == "chairman" else _heads(hat)


# ---- drafting and revising
async def _known(visit: Visit, path: str) -> tuple[Answer, Answer | None]:
    """The campaign, and what a draft goes on from: the present draft, else what is in force."""
    campaign = await visit.get("campaign", path)
    return campaign, campaign.get("guidance_draft") or campaign.get("guidance")


async def _ask_for_guidance(visit: Visit, named: Named) -> Ask:
    path = f"/campaigns/{named['id']}"
    campaign, base = await _known(visit, path)
    revising = campaign.get("guidance") is not None
    fields = fields_of(base, save_to=f"/drafts{path}/guidance")
    if revising:
        reason = (base or {}).get("reason", "") if campaign.get("guidance_draft") else ""
        fields = (replace(REASON, label="Lý do sửa đổi", value=reason), *fields)
    return Ask(
        "Sửa đổi hướng dẫn khen thưởng" if revising else "Hướng dẫn khen thưởng",
        "Soạn dự thảo; lãnh đạo Phòng Nội vụ duyệt, người có thẩm quyền ký, văn thư cấp số, rồi "
        "ban hành tới các đơn vị.",
        fields,
        Act("Lưu và trình duyệt dự thảo", f"{path}/guidance", "post", campaign["version"]),
        f"{path}/guidance" if base else path,
        facts=(Fact("Phong trào", campaign["title"]),),
        warning="Bản cũ được giữ; các đơn vị thấy cũ và mới." if revising else "",
    )


async def _draft(visit: Visit, form: FormData, named: Named) -> Went:
    asked = await _ask_for_guidance(visit, named)
    if problems := missing(asked.fields, form):
        raise Mistyped(*problems)
    path = f"/campaigns/{named['id']}"
    _, base = await _known(visit, path)
    body = body_of(form, base) | {"reason": str(form.get("reason", "")).strip()}
    await visit.act("campaign", f"{path}/guidance", body, form=form)
    return Went(f"{path}/guidance", "Đã lưu dự thảo hướng dẫn", "Lãnh đạo Phòng Nội vụ xem, duyệt.")


async def _ask_for_deadline(visit: Visit, named: Named) -> Ask:
    path = f"/campaigns/{named['id']}"
    campaign = await visit.get("campaign", path)
    if not campaign.get("guidance"):
        raise SaidNo(409, "guidance-missing", {})
    until = instant(campaign["guidance"]["intake_until"])
    return Ask(
        "Đổi hạn nhận hồ sơ",
        "Là một lần sửa đổi hướng dẫn: được duyệt, ký, cấp số rồi báo tới mọi đơn vị.",
        (Field("intake_until", "Hạn mới: đến hết ngày", "date", hint="Ngày/tháng/năm"), REASON),
        Act("Trình duyệt hạn mới", f"{path}/guidance/deadline", "post", campaign["version"]),
        f"{path}/guidance",
        facts=(Fact("Phong trào", campaign["title"]), Fact("Hạn hiện nay", until)),
    )


async def _move_deadline(visit: Visit, form: FormData, named: Named) -> Went:
    asked = await _ask_for_deadline(visit, named)
    if problems := missing(asked.fields, form):
        raise Mistyped(*problems)
    path = f"/campaigns/{named['id']}"
    given = (await visit.get("campaign", path))["guidance"]
    kept = ("forms", "criteria", "papers", "who", "intake_from", *GROUPS)
    body = {name: given[name] for name in kept}
    until = f"{typed_date(form, 'intake_until')}T23:59:59+07:00"
    body |= {"intake_until": until, "reason": str(form["reason"]).strip()}
    await visit.act("campaign", f"{path}/guidance", body, form=form)
    return Went(f"{path}/guidance", "Đã trình hạn mới", "Lãnh đạo Phòng Nội vụ xem, duyệt.")


async def _ask_for_day(visit: Visit, named: Named) -> Ask:
    path = f"/campaigns/{named['id']}"
    campaign = await visit.get("campaign", path)
    return Ask(
        "Cấp số hướng dẫn khen thưởng",
        f"{campaign['title']}. Số tiếp theo của sổ đăng ký hướng dẫn được cấp tự động.",
        (issued_on_field(),),
        Act("Cấp số", f"{path}/guidance/number", "post", campaign["version"]),
        f"{path}/guidance",
    )


async def _number(visit: Visit, form: FormData, named: Named) -> Went:
    path = f"/campaigns/{named['id']}/guidance"
    body = {"issued_on": typed_date(form, "issued_on")}
    await visit.act("campaign", f"{path}/number", body, form=form)
    return Went(path, "Đã cấp số hướng dẫn", "Hướng dẫn chờ ban hành.")

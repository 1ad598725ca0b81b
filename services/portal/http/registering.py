"""Registration: who has registered what, the unit's own targets, the lead office's answer."""

import asyncio
import re
from datetime import datetime, time
from typing import Any
from uuid import UUID

from fastapi import APIRouter
from fastapi.responses import Response
from starlette.datastructures import FormData

from services.portal.deeds import Deed, Mistyped, Named, Went, add_deeds, add_question, named_in
from services.portal.pages import Ask, Listing, Record
from services.portal.parts import Act, Choice, Field, Problem, State, Summary
from services.portal.present import registrations as present
from services.portal.present.history import history
from services.portal.session import Hat
from services.portal.vietnamese import VIETNAM, day, typed_day
from services.portal.visits import Visit, Visiting
from services.portal.words import STATES

LEADING = ("lead-office", "home-affairs")  # duties that answer registrations; the service decides
ALL = "/campaigns/{id}/registrations"
ONE = f"{ALL}/{{unit}}"
SPARE = 2  # empty rows beside the targets there are
FEWEST = 3
CHANGING = {
    "draft": "Sửa bản đang soạn",
    "refused": "Sửa đăng ký",
    "approved": "Thay đổi đăng ký",
}
NUMBER = re.compile(r"\d{1,12}(,\d{1,3})?")


def routes() -> APIRouter:
    router = APIRouter()

    @router.get(ALL)
    async def listing(id: UUID, visit: Visiting, state: str = "") -> Response:
        path = f"/campaigns/{id}"
        campaign, found = await asyncio.gather(
            visit.get("campaign", path),
            visit.get("campaign", f"{path}/registrations", state=state),
        )
        table = present.listing(str(id), found["items"], await visit.directory())
        moving = "Đổi hạn đăng ký" if found["call"] else "Đặt hạn đăng ký"
        return await visit.page(
            Listing(
                "Đăng ký thi đua",
                f"{campaign['title']}. {present.call_of(found['call'])}",
                table,
                filters=(_states(state),),
                act=Act(moving, f"{path}/registration-call/new") if leads(visit.hat) else None,
                back=Act("Về phong trào", path),
            )
        )

    add_question(router, f"{ONE}/draft", _ask_for_targets, _draft)
    add_question(router, "/campaigns/{id}/registration-call", _ask_until, _call)
    _add_deeds(router)

    @router.get(ONE)
    async def show(id: UUID, visit: Visiting, version: int | None = None) -> Response:
        unit = named_in(visit.request)["unit"]
        path = f"/campaigns/{id}/registrations/{unit}"
        campaign, page, steps = await asyncio.gather(
            visit.get("campaign", f"/campaigns/{id}"),
            visit.get("campaign", path, version=version),
            visit.get("campaign", f"{path}/history"),
        )
        directory = await visit.directory(*(entry["actor"] for entry in steps["items"]))
        return await visit.page(
            Record(
                f"Đăng ký thi đua của {directory.unit(unit)}",
                _summary(visit.hat, campaign, page, path),
                present.facts(page),
                present.tables(page),
                history(path, steps["items"], directory, version and page["version"]),
                Act(f"Phong trào: {campaign['title']}", f"/campaigns/{id}"),
            )
        )

    return router


def leads(hat: Hat) -> bool:
    return hat.role in ("specialist", "leader") and hat.duty in LEADING


def _states(chosen: str) -> Field:
    words = (Choice(code, word.label) for code, word in STATES["registration"].items())
    choices = (Choice("", "Tất cả"), *words)
    return Field("state", "Trạng thái", "select", chosen, required=False, choices=choices)


def _summary(hat: Hat, campaign: Any, page: Any, path: str) -> Summary:
    what, state = present.call_of(campaign.get("registration")), page["state"]
    act, others = _acts(hat, page, path)
    cannot = "" if act or state != "draft" else "Lãnh đạo đơn vị xem và gửi."
    return Summary(what, State("registration", state), act, others, cannot)


def _acts(hat: Hat, page: Any, path: str) -> tuple[Act | None, tuple[Act, ...]]:
    """The main act and the others; the service decides whether they may be done."""
    state, version = page["state"], page["version"]
    if hat.unit == page["unit"] and hat.role in ("specialist", "leader"):
        more = (Act("Báo đã phát động lại tại đơn vị", f"{path}/relaunch/new"),)
        change = Act(CHANGING.get(state, "Soạn đăng ký"), f"{path}/draft/new")
        if state == "submitted":
            return None, more
        if state == "draft" and hat.role == "leader":
            return Act("Gửi đăng ký", f"{path}/submission", "post", version), (change, *more)
        return change, more
    if leads(hat) and state == "submitted":
        refuse = Act("Từ chối", f"{path}/refusal/new?version={version}", grave=True)
        return Act("Duyệt đăng ký", f"{path}/approval", "post", version), (refuse,)
    return None, ()


def _add_deeds(router: APIRouter) -> None:
    add_deeds(
        router,
        Deed("campaign", f"{ONE}/submission", ONE, "Gửi đăng ký", "Đã gửi đăng ký thi đua"),
        Deed("campaign", f"{ONE}/approval", ONE, "Duyệt đăng ký", "Đã duyệt đăng ký thi đua"),
        Deed(
            service="campaign",
            address=f"{ONE}/refusal",
            back=ONE,
            label="Từ chối",
            done="Đã từ chối đăng ký thi đua",
            told="Đơn vị nhận thông báo và sửa lại theo lý do.",
            fields=(Field("reason", "Lý do", "textarea"),),
            body=lambda form: {"reason": str(form["reason"]).strip()},
            grave=True,
        ),
        Deed(
            service="campaign",
            address=f"{ONE}/relaunch",
            back=ONE,
            label="Báo đã phát động lại",
            done="Đã ghi việc phát động lại tại đơn vị",
            fields=(
                Field("on", "Ngày phát động tại đơn vị", "date", hint="Ngày/tháng/năm"),
                Field("document", "Số, ký hiệu văn bản của đơn vị", required=False),
            ),
            body=lambda form: {
                "on": _typed(form, "on").date().isoformat(),
                "document": str(form.get("document", "")).strip(),
            },
        ),
    )


async def _ask_until(visit: Visit, named: Named) -> Ask:
    path = f"/campaigns/{named['id']}"
    campaign = await visit.get("campaign", path)
    call = campaign.get("registration")
    return Ask(
        "Hạn đăng ký thi đua",
        "Mọi đơn vị tham gia nhận thông báo. Gửi sau hạn vẫn được, số ngày muộn được ghi lại.",
        (
            Field("until", "Đến hết ngày", "date", day(call["until"]) if call else ""),
            Field(
                "required",
                "Quy định của địa phương",
                "checkbox",
                "yes" if call and call["required"] else "",
                "Mặc định không chọn: không đăng ký không tự kéo theo hậu quả nào.",
                required=False,
                choices=(Choice("yes", "Địa phương quy định đơn vị phải đăng ký"),),
            ),
        ),
        Act("Gửi lời mời đăng ký", f"{path}/registration-call", "post"),
        f"{path}/registrations",
    )


async def _call(visit: Visit, form: FormData, named: Named) -> Went:
    path = f"/campaigns/{named['id']}"
    body = {
        "until": _typed(form, "until", time(23, 59, 59)).isoformat(),
        "required": "yes" in form.getlist("required"),
    }
    await visit.act("campaign", f"{path}/registration-call", body, form=form)
    return Went(f"{path}/registrations", "Đã đặt hạn đăng ký", "Các đơn vị được thông báo.")


def _typed(form: FormData, name: str, at: time = time(0)) -> datetime:
    typed = typed_day(str(form.get(name, "")))
    if typed is None:
        raise Mistyped(Problem("Ngày phải ghi như 05/04/2024.", name))
    return datetime.combine(typed, at, VIETNAM)


async def _ask_for_targets(visit: Visit, named: Named) -> Ask:
    path = f"/campaigns/{named['id']}/registrations/{named['unit']}"
    page = await visit.get("campaign", path)
    known = page["revisions"][-1]["targets"] if page["revisions"] else []
    rows = max(FEWEST, len(known) + SPARE)
    fields = [field for n in range(1, rows + 1) for field in _of_target(n, known)]
    if page["approved"]:
        fields.append(Field("reason", "Lý do thay đổi", "textarea"))
    return Ask(
        "Chỉ tiêu đăng ký thi đua",
        "Ghi bằng lời của đơn vị; số và đơn vị tính ghi khi có. Lãnh đạo đơn vị gửi.",
        tuple(fields),
        Act("Lưu bản đăng ký", f"{path}/draft", "post", page["version"]),
        path,
    )


def _of_target(number: int, known: list[Any]) -> tuple[Field, ...]:
    given = known[number - 1] if number <= len(known) else {}
    amount = str(given.get("number") or "").replace(".", ",")
    first = number == 1
    return (
        Field(f"text-{number}", f"Chỉ tiêu {number}", value=given.get("text", ""), required=first),
        Field(f"number-{number}", f"Số của chỉ tiêu {number}", value=amount, required=False),
        Field(
            f"measure-{number}",
            f"Đơn vị tính của chỉ tiêu {number}",
            value=given.get("measure", ""),
            required=False,
        ),
    )


async def _draft(visit: Visit, form: FormData, named: Named) -> Went:
    path = f"/campaigns/{named['id']}/registrations/{named['unit']}"
    body = {"targets": targets_of(form), "reason": str(form.get("reason", "")).strip()}
    await visit.act("campaign", f"{path}/draft", body, form=form)
    return Went(path, "Đã lưu bản đăng ký", "Lãnh đạo đơn vị xem và gửi.")


def targets_of(form: FormData) -> list[dict[str, Any]]:
    """The rows that were filled in; a number is typed as 1200 or 12,5."""
    found = []
    for name in form:
        field, _, number = name.partition("-")
        text = str(form.get(name, "")).strip()
        if field != "text" or not text:
            continue
        amount = str(form.get(f"number-{number}", "")).strip().replace(".", "")
        if amount and not NUMBER.fullmatch(amount):
            raise Mistyped(Problem("Số ghi như 1200 hoặc 12,5.", f"number-{number}"))
        measure = str(form.get(f"measure-{number}", "")).strip()
        value = amount.replace(",", ".") or None
        found.append({"text": text, "number": value, "measure": measure})
    if not found:
        raise Mistyped(Problem("Ghi ít nhất một chỉ tiêu.", "text-1"))
    return found

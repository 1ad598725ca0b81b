"""The administrator's pages: officials, appointments, accounts; and who changed whose rights."""

from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.responses import Response
from starlette.datastructures import FormData

from services.portal.clients import SaidNo
from services.portal.deeds import Deed, Mistyped, Named, Went, add_deeds, add_question, named_in
from services.portal.pages import Ask, Listing, Overview
from services.portal.parts import Act, Choice, Fact, Field, Problem
from services.portal.present import rights
from services.portal.refilling import missing
from services.portal.vietnamese import today, typed_day
from services.portal.visits import Visit, Visiting
from services.portal.words import ROLES

AT = "/officials/{official}"
REASON = Field("reason", "Lý do", "textarea")
APPOINTED = tuple(
    Choice(code, word.capitalize()) for code, word in ROLES.items() if code != "reader"
)


def routes() -> APIRouter:
    router = APIRouter()
    _add_lists(router)
    _add_official(router)
    add_question(router, f"{AT}/appointments", _ask_to_appoint, _appoint)
    add_question(router, f"{AT}/handover", _ask_to_hand_over, _hand_over)
    _add_deeds(router)
    _add_reset(router)
    return router


def _add_deeds(router: APIRouter) -> None:
    add_deeds(
        router,
        Deed(
            service="directory",
            address=f"{AT}/appointments/{{id}}/ending",
            at=f"{AT}/appointments/{{id}}",
            method="DELETE",
            back=AT,
            label="Thôi phân công",
            done="Đã thôi phân công",
            intro="Từ hôm nay người này không còn làm việc theo phân công này; ủy quyền cũng hết.",
            fields=(REASON,),
            body=lambda form: {"reason": str(form["reason"]).strip()},
            grave=True,
        ),
        Deed(
            service="directory",
            address=f"{AT}/account/unlocking",
            back=AT,
            label="Mở khóa tài khoản",
            done="Đã mở khóa tài khoản",
            fields=(REASON,),
            body=lambda form: {"reason": str(form["reason"]).strip()},
        ),
    )


def _add_lists(router: APIRouter) -> None:
    @router.get("/officials")
    async def officials(visit: Visiting, authority: str = "") -> Response:
        asked = authority or visit.hat.authority
        people = (await visit.get("directory", "/officials", authority=asked))["items"]
        accounts = (await visit.get("directory", "/accounts", authority=asked))["items"]
        units = await _units(visit, asked)
        return await visit.page(
            Listing(
                "Cán bộ, tài khoản",
                f"{len(people)} người. Mở tên để phân công, cấp lại mật khẩu, mở khóa.",
                rights.people(people, accounts, units, today()),
                filters=await _authorities(visit, asked),
                act=Act("Nhập từ Excel", "/officials-import/new"),
                export="/officials-template.xlsx",
                export_label="Tải tệp Excel mẫu",
            )
        )

    @router.get("/permission-changes")
    async def permission_changes(
        visit: Visiting, authority: str = "", before: int | None = None
    ) -> Response:
        asked = authority or visit.hat.authority
        rows = (
            await visit.get("directory", "/permission-changes", authority=asked, before=before)
        )["items"]
        people = (await visit.get("directory", "/officials", authority=asked))["items"]
        names = {person["id"]: str(person["name"]) for person in people}
        names.setdefault(visit.hat.official, visit.hat.name)
        units, more = await _units(visit, asked), ""
        if len(rows) == 100:
            more = "?" + urlencode({"authority": asked, "before": rows[-1]["position"]})
        return await visit.page(
            Listing(
                "Thay đổi quyền",
                "Ai đổi quyền của ai, khi nào, trước và sau ra sao. Không ai sửa, xóa được.",
                rights.changes(rows, names, units),
                filters=await _authorities(visit, asked),
                more=more,
            )
        )


def _add_official(router: APIRouter) -> None:
    @router.get(AT)
    async def official(request: Request, visit: Visiting) -> Response:
        return await visit.page(await _page(visit, named_in(request)["official"]))


async def _page(visit: Visit, id: str, notice: str = "") -> Overview:
    person = await visit.get("directory", f"/officials/{id}")
    authority = _authority_of(person, visit)
    accounts = (await visit.get("directory", "/accounts", authority=authority))["items"]
    account = next((one for one in accounts if one["official"] == id), None)
    at = f"/officials/{id}"
    acts = [Act("Phân công chức vụ", f"{at}/appointments/new")]
    if account is not None:
        acts.append(Act("Cấp lại mật khẩu", f"{at}/account/reset/new"))
        if account["locked_until"]:
            acts.append(Act("Mở khóa tài khoản", f"{at}/account/unlocking/new"))
    if any(
        h["role"] == "administrator" and rights.holds(h, today()) for h in person["appointments"]
    ):
        acts.append(Act("Bàn giao quản trị", f"{at}/handover/new"))
    return Overview(
        person["name"],
        "Mọi thay đổi ở đây được ghi lại kèm người làm và lý do.",
        (Fact("Tài khoản", rights.state_of(account)),),
        (rights.appointments(person, await _units(visit, authority), today()),),
        tuple(acts),
        notice,
        f"/officials?authority={authority}",
    )


def _add_reset(router: APIRouter) -> None:
    @router.get(f"{AT}/account/reset/new")
    async def ask(request: Request, visit: Visiting) -> Response:
        return await visit.page(_reset(named_in(request)["official"]))

    @router.post(f"{AT}/account/reset")
    async def reset(request: Request, visit: Visiting) -> Response:
        """The password stands on this page once, in no address and no cookie."""
        form, id = await visit.form(), named_in(request)["official"]
        if problems := missing((REASON,), form):
            return await visit.page(_reset(id, tuple(problems)), 422)
        body = {"reason": str(form["reason"]).strip()}
        try:
            said = await visit.act("directory", f"/officials/{id}/account/reset", body, form=form)
        except SaidNo as no:
            return await visit.refused(no)
        told = f"Mật khẩu dùng một lần: {said['password']} – chỉ hiện một lần, hãy đưa tận tay."
        if said["password"] is None:
            told = "Mật khẩu đã hiện một lần trước đó. Cấp lại lần nữa để có mật khẩu khác."
        return await visit.page(await _page(visit, id, told))


def _reset(id: str, problems: tuple[Problem, ...] = ()) -> Ask:
    return Ask(
        "Cấp lại mật khẩu",
        "Hệ thống tạo một mật khẩu dùng một lần; người nhận phải đặt mật khẩu mới khi đăng nhập.",
        (REASON,),
        Act("Cấp mật khẩu dùng một lần", f"/officials/{id}/account/reset", "post", grave=True),
        f"/officials/{id}",
        problems=problems,
        warning="Mật khẩu cũ mất hiệu lực ngay và mọi phiên làm việc của người này kết thúc.",
    )


async def _ask_to_appoint(visit: Visit, named: Named) -> Ask:
    person = await visit.get("directory", f"/officials/{named['official']}")
    units = await _units(visit, _authority_of(person, visit))
    return Ask(
        f"Phân công chức vụ cho {person['name']}",
        "Cấp trưởng và cấp phó làm mọi việc của lãnh đạo đơn vị; cấp phó ký thay (KT.).",
        (
            Field("role", "Vai trò", "select", choices=APPOINTED),
            Field("unit", "Đơn vị", "select", choices=tuple(map(Choice, units, units.values()))),
            Field("title", "Chức danh", hint="In trên văn bản, ví dụ Phó Trưởng phòng"),
            Field("valid_from", "Từ ngày", "date", required=False, hint="Để trống là hôm nay"),
        ),
        Act("Phân công", f"/officials/{named['official']}/appointments", "post"),
        f"/officials/{named['official']}",
    )


async def _appoint(visit: Visit, form: FormData, named: Named) -> Went:
    typed = str(form.get("valid_from", "")).strip()
    since = typed_day(typed)
    problems = missing((Field("title", "Chức danh"),), form)
    if typed and since is None:
        problems.append(Problem("Ngày chưa đúng. Ví dụ 05/04/2024.", "valid_from"))
    if problems:
        raise Mistyped(*problems)
    body = {name: str(form.get(name, "")).strip() for name in ("role", "unit", "title")}
    path = f"/officials/{named['official']}/appointments"
    day = {"valid_from": since.isoformat()} if since else {}
    await visit.act("directory", path, body | day, form=form)
    return Went(f"/officials/{named['official']}", "Đã phân công chức vụ")


async def _ask_to_hand_over(visit: Visit, named: Named) -> Ask:
    person = await visit.get("directory", f"/officials/{named['official']}")
    authority = _authority_of(person, visit)
    others = (await visit.get("directory", "/officials", authority=authority))["items"]
    choices = tuple(Choice(o["id"], o["name"]) for o in others if o["id"] != named["official"])
    return Ask(
        f"Bàn giao quản trị của {person['name']}",
        "Người nhận làm quản trị và người giao thôi quản trị trong cùng một việc.",
        (
            Field("to", "Người nhận", "select", choices=choices),
            Field("title", "Chức danh", value="Quản trị"),
            REASON,
        ),
        Act("Bàn giao", f"/officials/{named['official']}/handover", "post", grave=True),
        f"/officials/{named['official']}",
    )


async def _hand_over(visit: Visit, form: FormData, named: Named) -> Went:
    problems = missing((Field("to", "Người nhận"), Field("title", "Chức danh"), REASON), form)
    if problems:
        raise Mistyped(*problems)
    person = await visit.get("directory", f"/officials/{named['official']}")
    held = next(
        h
        for h in person["appointments"]
        if h["role"] == "administrator" and rights.holds(h, today())
    )
    path = f"/officials/{named['official']}/appointments/{held['id']}/handover"
    body = {name: str(form[name]).strip() for name in ("to", "title", "reason")}
    await visit.act("directory", path, body, form=form)
    return Went(f"/officials/{named['official']}", "Đã bàn giao quản trị")


def _authority_of(person: dict[str, Any], visit: Visit) -> str:
    held = person["appointments"]
    return str(held[0]["authority"]) if held else visit.hat.authority


async def _units(visit: Visit, authority: str) -> dict[str, str]:
    items = (await visit.get("directory", "/units", authority=authority))["items"]
    return {unit["code"]: str(unit["name"]) for unit in items}


async def _authorities(visit: Visit, asked: str) -> tuple[Field, ...]:
    """Who runs the system chooses the authority; everybody else has one."""
    if visit.hat.authority != "system":
        return ()
    units = (await visit.get("directory", "/units"))["items"]
    choices = tuple(Choice(u["authority"], u["name"]) for u in units if u["code"] == u["authority"])
    return (Field("authority", "Cơ quan", "select", value=asked, choices=choices),)

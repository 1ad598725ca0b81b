"""One's own account: sessions, password, delegations for absence."""

from datetime import timedelta

from fastapi import APIRouter
from fastapi.responses import Response
from starlette.datastructures import FormData

from services.portal.deeds import Deed, Mistyped, Named, Went, add_deeds, add_question
from services.portal.pages import Ask, Overview
from services.portal.parts import Act, Choice, Fact, Field, Problem
from services.portal.present import rights
from services.portal.refilling import missing
from services.portal.session import Hat
from services.portal.vietnamese import today, typed_day
from services.portal.visits import Visit, Visiting
from services.portal.words import KINDS_OF_ACT, role

DAY_HINT = "Ví dụ 05/04/2024"
REASON = Field("reason", "Lý do", "textarea")


def routes() -> APIRouter:
    router = APIRouter()
    _add_page(router)
    add_question(router, "/account/password", _ask_for_password, _change_password)
    add_question(router, "/account/sessions/{id}/ending", _ask_to_end, _end_session)
    add_question(router, "/delegations", _ask_to_delegate, _delegate)
    add_deeds(
        router,
        Deed(
            service="directory",
            address="/officials/{official}/delegations/{id}/ending",
            at="/officials/{official}/delegations/{id}",
            method="DELETE",
            back="/account",
            label="Kết thúc ủy quyền",
            done="Đã kết thúc ủy quyền",
            intro="Từ lúc này không ai làm thay theo ủy quyền này nữa.",
            fields=(REASON,),
            body=lambda form: {"reason": str(form["reason"]).strip()},
            grave=True,
        ),
    )
    return router


def _add_page(router: APIRouter) -> None:
    @router.get("/account")
    async def account(visit: Visiting) -> Response:
        sessions = (await visit.get("directory", "/account/sessions"))["items"]
        given = (await visit.get("directory", "/delegations"))["items"]
        directory, hat = await visit.directory(), visit.hat
        acts = (
            Act("Đổi mật khẩu", "/account/password/new"),
            Act("Ủy quyền khi vắng mặt", "/delegations/new"),
        )
        notice = (
            "Bạn đang làm thay người khác. Đổi về phân công của mình ở đầu trang để đổi mật khẩu, "
            "kết thúc phiên hoặc ủy quyền."
        )
        return await visit.page(
            Overview(
                "Tài khoản của tôi",
                "Phiên nào không phải của bạn thì kết thúc ngay và đổi mật khẩu.",
                _facts(hat),
                (
                    rights.own_sessions(sessions),
                    rights.delegation_table(given, directory, today()),
                ),
                () if hat.delegation else acts,
                notice if hat.delegation else "",
            )
        )


def _facts(hat: Hat) -> tuple[Fact, ...]:
    facts = [
        Fact("Họ tên", hat.name),
        Fact("Đang làm việc theo", f"{role(hat.post or hat.role)}, {hat.unit_name}"),
    ]
    if hat.on_behalf_name:
        facts.append(Fact("Làm thay", hat.on_behalf_name))
    return tuple(facts)


async def _ask_for_password(_: Visit, __: Named) -> Ask:
    return Ask(
        "Đổi mật khẩu",
        "Các phiên làm việc khác của bạn sẽ kết thúc.",
        (
            Field("current", "Mật khẩu hiện tại", "password", autocomplete="current-password"),
            Field(
                "new",
                "Mật khẩu mới",
                "password",
                hint="Ít nhất 12 ký tự; một câu dài dễ nhớ là tốt nhất.",
                autocomplete="new-password",
            ),
            Field("again", "Nhập lại mật khẩu mới", "password", autocomplete="new-password"),
        ),
        Act("Đổi mật khẩu", "/account/password", "post"),
        "/account",
    )


async def _change_password(visit: Visit, form: FormData, _: Named) -> Went:
    current, new, again = (str(form.get(name, "")) for name in ("current", "new", "again"))
    if new != again:
        raise Mistyped(Problem("Hai lần nhập mật khẩu mới khác nhau.", "again"))
    body = {"current": current, "new": new}
    await visit.act("directory", "/account/password", body)
    return Went("/account", "Đã đổi mật khẩu", "Các phiên làm việc khác đã kết thúc.")


async def _ask_to_end(_: Visit, named: Named) -> Ask:
    return Ask(
        "Kết thúc phiên làm việc",
        "Thiết bị đó phải đăng nhập lại.",
        (),
        Act("Kết thúc phiên này", f"/account/sessions/{named['id']}/ending", "post", grave=True),
        "/account",
    )


async def _end_session(visit: Visit, form: FormData, named: Named) -> Went:
    path = f"/account/sessions/{named['id']}"
    await visit.act("directory", path, method="DELETE", form=form)
    return Went("/account", "Đã kết thúc phiên làm việc")


async def _ask_to_delegate(visit: Visit, _: Named) -> Ask:
    directory, hat = await visit.directory(visit.hat.official), visit.hat
    people = tuple(
        Choice(id, person["name"], "; ".join(h["title"] for h in person["appointments"]))
        for id, person in sorted(directory.people.items(), key=lambda one: str(one[1]["name"]))
        if id != hat.official and any(rights.holds(h, today()) for h in person["appointments"])
    )
    kinds = tuple(Choice(code, word.capitalize()) for code, word in KINDS_OF_ACT.items())
    named = tuple(Choice(one.value, f"{one.label} ({one.hint})") for one in people)
    return Ask(
        "Ủy quyền khi vắng mặt",
        f"Người làm thay làm việc của bạn với tư cách {role(hat.post or hat.role)}, "
        f"{hat.unit_name}; mỗi việc đều ghi tên cả hai người.",
        (
            Field("to", "Người làm thay", "select", choices=(Choice("", "Chọn người"), *named)),
            Field("kinds", "Những việc được làm thay", "checkbox", choices=kinds),
            Field("valid_from", "Từ ngày", "date", hint=DAY_HINT),
            Field("last_day", "Đến hết ngày", "date", hint=DAY_HINT),
            REASON,
        ),
        Act("Ủy quyền", "/delegations", "post"),
        "/account",
        warning="Người được ủy quyền không ủy quyền tiếp, và không duyệt việc chính mình đã soạn.",
    )


async def _delegate(visit: Visit, form: FormData, named: Named) -> Went:
    asked = (await _ask_to_delegate(visit, named)).fields
    problems = missing(asked, form)
    since, last = (typed_day(str(form.get(name, ""))) for name in ("valid_from", "last_day"))
    for name, read in (("valid_from", since), ("last_day", last)):
        if read is None and not any(problem.field == name for problem in problems):
            problems.append(Problem(f"Ngày chưa đúng. {DAY_HINT}.", name))
    if problems or since is None or last is None:
        raise Mistyped(*problems)
    body = {
        "official": visit.hat.official,
        "appointment": visit.hat.appointment,
        "to": str(form["to"]),
        "kinds": [str(kind) for kind in form.getlist("kinds")],
        "valid_from": since.isoformat(),
        "valid_to": (last + timedelta(days=1)).isoformat(),
        "reason": str(form["reason"]).strip(),
    }
    await visit.act("directory", "/delegations", body, form=form)
    told = "Người làm thay đổi phân công ở đầu trang để làm việc thay bạn."
    return Went("/account", "Đã ủy quyền", told)

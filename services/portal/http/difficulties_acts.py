"""What people do with difficulties: report, answer, ask, assign, escalate, confirm."""

from fastapi import APIRouter
from starlette.datastructures import FormData

from services.portal.deeds import Deed, Mistyped, Named, Went, add_deeds, add_question
from services.portal.pages import Ask
from services.portal.parts import Act, Choice, Fact, Field, Problem
from services.portal.present.difficulties import KINDS
from services.portal.refilling import missing
from services.portal.visits import Visit

AT = "/difficulties/{id}"
NO_NAMES = "Không ghi tên, số định danh của cá nhân."
LEVELS = (
    Choice("chairman", "Chủ tịch"),
    Choice("home-affairs", "Cơ quan nội vụ"),
    Choice("province", "Cơ quan cấp tỉnh (ngoài hệ thống)"),
)


def routes() -> APIRouter:
    router = APIRouter()
    add_question(router, "/campaigns/{id}/difficulties", _ask_for_report, _report)
    add_question(router, f"{AT}/assignment", _ask_for_assignment, _assign)
    add_question(router, f"{AT}/escalation", _ask_for_escalation, _escalate)
    add_deeds(router, *_saying(), *_ending())
    return router


def _saying() -> tuple[Deed, ...]:
    return (
        _deed("answer", "Trả lời", "Đã trả lời", "Nội dung trả lời", "Đơn vị được thông báo."),
        _deed(
            "question",
            "Hỏi lại đơn vị",
            "Đã hỏi lại đơn vị",
            "Câu hỏi",
            "Thời hạn tạm dừng đến khi đơn vị trả lời.",
        ),
        _deed("explanation", "Trả lời câu hỏi", "Đã trả lời câu hỏi", "Giải thích của đơn vị"),
        Deed(
            service="campaign",
            address=f"{AT}/taking-up",
            back=AT,
            label="Nhận xử lý",
            done="Đã nhận xử lý",
            told="Thời hạn trả lời vẫn tính tiếp.",
        ),
    )


def _ending() -> tuple[Deed, ...]:
    return (
        Deed(
            service="campaign",
            address=f"{AT}/confirmation",
            at=f"{AT}/resolution",
            back=AT,
            label="Xác nhận đã được giải quyết",
            done="Đã xác nhận được giải quyết",
        ),
        _deed("resolution", "Kết luận đã giải quyết", "Đã kết luận", "Lý do kết luận thay đơn vị"),
        _deed("reopening", "Mở lại", "Đã mở lại", "Vì sao chưa được giải quyết"),
        _deed("withdrawal", "Rút lại", "Đã rút lại", "Lý do", grave=True),
    )


def _deed(
    noun: str, label: str, done: str, asked: str, told: str = "", *, grave: bool = False
) -> Deed:
    return Deed(
        service="campaign",
        address=f"{AT}/{noun}",
        back=AT,
        label=label,
        done=done,
        told=told,
        fields=(Field("reason", asked, "textarea", hint=NO_NAMES),),
        body=lambda form: {"reason": str(form["reason"]).strip()},
        grave=grave,
    )


async def _ask_for_report(visit: Visit, named: Named) -> Ask:
    path = f"/campaigns/{named['id']}"
    campaign = await visit.get("campaign", path)
    return Ask(
        "Báo khó khăn, vướng mắc",
        "Gửi tới cơ quan chủ trì. Quá hạn chưa trả lời thì được chuyển lên Chủ tịch.",
        (
            Field(
                "kind",
                "Về việc gì",
                "select",
                choices=(
                    Choice("", "Chọn loại"),
                    *(Choice(code, word) for code, word in KINDS.items()),
                ),
            ),
            Field("title", "Tóm tắt trong một câu"),
            Field("description", "Nội dung", "textarea", hint=NO_NAMES),
            Field("asks_for", "Đề nghị", "textarea", required=False),
        ),
        Act("Gửi cơ quan chủ trì", f"{path}/difficulties", "post"),
        path,
        facts=(Fact("Phong trào", campaign["title"]),),
    )


async def _report(visit: Visit, form: FormData, named: Named) -> Went:
    asked = await _ask_for_report(visit, named)
    if problems := missing(asked.fields, form):
        raise Mistyped(*problems)
    body = {name: str(form.get(name, "")).strip() for name in ("kind", "title", "description")}
    body["asks_for"] = str(form.get("asks_for", "")).strip()
    said = await visit.act("campaign", f"/campaigns/{named['id']}/difficulties", body, form=form)
    return Went(
        f"/difficulties/{said['id']}",
        "Đã gửi khó khăn, vướng mắc",
        "Cơ quan chủ trì được thông báo; đơn vị sẽ nhận thông báo khi có trả lời.",
    )


async def _ask_for_assignment(visit: Visit, named: Named) -> Ask:
    path = f"/difficulties/{named['id']}"
    one, directory = await visit.get("campaign", path), await visit.directory()
    units = directory.of_kind("department", "office", "commune")
    people = [
        Choice(person["id"], f"{person['name']}, {directory.unit(person['unit'])}")
        for person in directory.with_role("specialist", "leader")
        if person["unit"] != one["unit"]
    ]
    return Ask(
        "Giao xử lý",
        "Đơn vị được giao trả lời thay cơ quan chủ trì. Thời hạn không đổi.",
        (
            Field(
                "unit",
                "Đơn vị",
                "select",
                choices=(
                    Choice("", "Chọn đơn vị"),
                    *(Choice(u["code"], u["name"]) for u in units if u["code"] != one["unit"]),
                ),
            ),
            Field(
                "official",
                "Người xử lý",
                "select",
                hint="Phải thuộc đơn vị đã chọn. Để trống nếu đơn vị tự phân công.",
                required=False,
                choices=(Choice("", "Đơn vị tự phân công"), *people),
            ),
            Field("note", "Yêu cầu", "textarea", required=False),
        ),
        Act("Giao xử lý", f"{path}/assignment", "post", one["version"]),
        path,
        facts=(Fact("Khó khăn, vướng mắc", one["title"]),),
    )


async def _assign(visit: Visit, form: FormData, named: Named) -> Went:
    path, unit = f"/difficulties/{named['id']}", str(form.get("unit", ""))
    official = str(form.get("official", ""))
    if not unit:
        raise Mistyped(Problem("Chọn đơn vị.", "unit"))
    people = (await visit.directory()).with_role("specialist", "leader")
    if official and official not in {one["id"] for one in people if one["unit"] == unit}:
        raise Mistyped(Problem("Người này không thuộc đơn vị đã chọn.", "official"))
    body = {"unit": unit, "official": official or None, "note": str(form.get("note", "")).strip()}
    await visit.act("campaign", f"{path}/assignment", body, form=form)
    return Went(path, "Đã giao xử lý", "Đơn vị được giao nhận được thông báo.")


async def _ask_for_escalation(visit: Visit, named: Named) -> Ask:
    path = f"/difficulties/{named['id']}"
    one, directory = await visit.get("campaign", path), await visit.directory()
    units = directory.of_kind("department", "external")
    return Ask(
        "Chuyển lên cấp trên",
        "Cấp trên được thông báo và có thời hạn trả lời riêng.",
        (
            Field("to", "Chuyển tới", "radio", "chairman", choices=LEVELS),
            Field(
                "unit",
                "Cơ quan",
                "select",
                hint="Chỉ chọn khi chuyển cơ quan nội vụ hoặc cơ quan cấp tỉnh.",
                required=False,
                choices=(
                    Choice("", "Không chọn"),
                    *(Choice(unit["code"], unit["name"]) for unit in units),
                ),
            ),
            Field("reason", "Lý do", "textarea", hint=NO_NAMES),
        ),
        Act("Chuyển lên cấp trên", f"{path}/escalation", "post", one["version"], grave=True),
        path,
        facts=(Fact("Khó khăn, vướng mắc", one["title"]),),
    )


async def _escalate(visit: Visit, form: FormData, named: Named) -> Went:
    path = f"/difficulties/{named['id']}"
    body = {name: str(form.get(name, "")).strip() for name in ("to", "unit", "reason")}
    if not body["reason"]:
        raise Mistyped(Problem("Ghi lý do.", "reason"))
    if body["to"] != "chairman" and not body["unit"]:
        raise Mistyped(Problem("Chọn cơ quan được chuyển tới.", "unit"))
    await visit.act("campaign", f"{path}/escalation", body, form=form)
    return Went(path, "Đã chuyển lên cấp trên", "Cấp trên và đơn vị được thông báo.")

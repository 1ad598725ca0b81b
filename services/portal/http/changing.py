"""What a campaign is, and what becomes of it after launch: one question for each act."""

from typing import Any

from fastapi import APIRouter
from starlette.datastructures import FormData

from services.portal.deeds import Deed, Mistyped, Named, Went, add_deeds, add_question
from services.portal.http.plans import issued_on_field, typed_date
from services.portal.pages import Ask
from services.portal.parts import Act, Choice, Fact, Field, Problem
from services.portal.refilling import missing
from services.portal.vietnamese import day
from services.portal.visits import Visit
from services.portal.words import CAMPAIGN_KINDS, LEVELS

AT = "/campaigns/{id}"
REASON = Field("reason", "Lý do", "textarea", hint="Mọi đơn vị tham gia đọc được lý do này.")
TOLD = "Các đơn vị tham gia được thông báo."


def routes() -> APIRouter:
    router = APIRouter()
    add_question(router, f"{AT}/attributes", _ask_what_it_is, _describe)
    add_question(router, f"{AT}/end", _ask_for_end, _change_end)
    add_question(router, f"{AT}/replacement", _ask_for_successor, _replace)
    add_question(router, f"{AT}/funding", _ask_for_funding, _fund)
    add_deeds(router, *_endings(), *_of_amendments())
    return router


def _ending(noun: str, label: str, done: str, intro: str, *, grave: bool = True) -> Deed:
    return Deed(
        service="campaign",
        address=f"{AT}/{noun}",
        back=AT,
        label=label,
        done=done,
        told=TOLD,
        intro=intro,
        fields=(REASON,),
        body=lambda form: {"reason": str(form["reason"]).strip()},
        grave=grave,
    )


def _endings() -> tuple[Deed, ...]:
    return (
        _ending(
            "closing",
            "Kết thúc sớm phong trào",
            "Đã kết thúc sớm phong trào",
            "Không nhận hồ sơ mới; hồ sơ đã gửi vẫn được xét. Có thể mở lại.",
        ),
        _ending(
            "reopening",
            "Mở lại phong trào",
            "Đã mở lại phong trào",
            "Phong trào tiếp tục thực hiện như trước khi kết thúc sớm.",
            grave=False,
        ),
        _ending(
            "cancellation",
            "Hủy phong trào",
            "Đã hủy phong trào",
            "Phong trào chấm dứt, không nhận hồ sơ. Không mở lại được.",
        ),
        _ending(
            "recall",
            "Thu hồi kế hoạch",
            "Đã thu hồi kế hoạch",
            "Các đơn vị không còn xem được nội dung; lịch sử vẫn được giữ nguyên "
            "(Nghị định 30/2020/NĐ-CP, Điều 18).",
        ),
        Deed(
            service="campaign",
            address=f"{AT}/number/voiding",
            back=AT,
            label="Hủy số đã cấp",
            done="Đã hủy số",
            told="Số vẫn ở trong sổ. Kế hoạch chờ cấp số khác.",
            intro="Số bị hủy không cấp lại cho văn bản nào; kế hoạch được cấp số tiếp theo.",
            fields=(Field("reason", "Lý do", "textarea", hint="Lý do được ghi trong sổ."),),
            body=lambda form: {"reason": str(form["reason"]).strip()},
            grave=True,
        ),
        Deed(
            service="campaign",
            address=f"{AT}/funding/approval",
            back=AT,
            label="Duyệt kinh phí",
            done="Đã duyệt kinh phí",
        ),
    )


def _of_amendments() -> tuple[Deed, ...]:
    at = f"{AT}/amendment"
    return (
        Deed(
            service="campaign",
            address=f"{at}/approval",
            back=AT,
            label="Duyệt dự thảo sửa đổi",
            done="Đã duyệt dự thảo sửa đổi",
            told="Dự thảo chờ Chủ tịch ký.",
        ),
        Deed(
            service="campaign",
            address=f"{at}/signature",
            back=AT,
            label="Ký văn bản sửa đổi",
            done="Đã ký văn bản sửa đổi",
            told="Văn thư sẽ cấp số; có số thì có hiệu lực.",
        ),
        Deed(
            service="campaign",
            address=f"{at}/return",
            back=AT,
            label="Trả lại dự thảo sửa đổi",
            done="Đã trả lại dự thảo sửa đổi",
            intro="Dự thảo này không dùng nữa; người soạn có thể lập dự thảo khác.",
            fields=(
                Field("reason", "Lý do", "textarea", hint="Người soạn sẽ đọc được lý do này."),
            ),
            body=lambda form: {"reason": str(form["reason"]).strip()},
            grave=True,
        ),
        Deed(
            service="campaign",
            address=f"{at}/number",
            back=AT,
            label="Cấp số văn bản sửa đổi",
            done="Đã cấp số, văn bản sửa đổi có hiệu lực",
            told=TOLD,
            intro="Số tiếp theo của sổ được cấp tự động.",
            fields=(issued_on_field(),),
            body=lambda form: {"issued_on": typed_date(form, "issued_on")},
        ),
    )


# ---- what it is
async def _ask_what_it_is(visit: Visit, named: Named) -> Ask:
    """Proposes what the plan says of its time; a person settles it."""
    path = f"/campaigns/{named['id']}"
    campaign = await visit.get("campaign", path)
    known = campaign.get("attributes") or _read_from_plan(campaign)
    others = (await visit.get("campaign", "/campaigns"))["items"]
    parents = [one for one in others if one["state"] == "launched" and one["id"] != named["id"]]
    higher = known.get("higher") or {}
    return Ask(
        "Loại, cấp và thời gian của phong trào",
        "Ngày và sự kiện đề xuất lấy từ kế hoạch; hãy kiểm tra trước khi lưu.",
        (
            Field(
                "kind",
                "Loại phong trào",
                "radio",
                known.get("kind", ""),
                "Luật Thi đua, khen thưởng 2022, Điều 16.",
                choices=tuple(Choice(code, word) for code, word in CAMPAIGN_KINDS.items()),
            ),
            Field(
                "level",
                "Cấp phát động",
                "select",
                known.get("level", ""),
                choices=(
                    Choice("", "Chọn cấp"),
                    *(Choice(code, word) for code, word in LEVELS.items()),
                ),
            ),
            _day_field("starts", "Bắt đầu từ ngày", known.get("starts")),
            _day_field("ends", "Kết thúc ngày", known.get("ends")),
            Field(
                "ends_event",
                "Hoặc kéo dài đến sự kiện",
                value=known.get("ends_event", ""),
                hint="Khi chưa biết ngày. Ngày được ghi sau, khi sự kiện có ngày.",
                required=False,
            ),
            Field(
                "parent",
                "Phát động lại theo phong trào",
                "select",
                known.get("parent") or "",
                required=False,
                choices=(
                    Choice("", "Không, hoặc ở ngoài hệ thống"),
                    *(Choice(one["id"], one["title"]) for one in parents),
                ),
            ),
            Field(
                "higher_number",
                "Số, ký hiệu kế hoạch cấp trên ở ngoài hệ thống",
                value=higher.get("number", ""),
                required=False,
            ),
            _day_field("higher_issued_on", "Ngày của kế hoạch đó", higher.get("issued_on")),
            Field(
                "higher_issuer",
                "Cơ quan ban hành kế hoạch đó",
                value=higher.get("issuer", ""),
                required=False,
            ),
            Field("note", "Ghi chú", "textarea", known.get("note", ""), required=False),
        ),
        Act("Lưu", f"{path}/attributes", "post", campaign["version"]),
        path,
        facts=(Fact("Phong trào", campaign["title"]),),
    )


def _read_from_plan(campaign: dict[str, Any]) -> dict[str, Any]:
    for field in campaign["fields"]:
        if field["field"] == "period" and isinstance(field["value"], dict):
            starts, ends = (field["value"].get(end) or {} for end in ("starts", "ends"))
            event = ends.get("text") if not ends.get("date") else ""
            return {
                "starts": _whole(starts.get("date")),
                "ends": _whole(ends.get("date")),
                "ends_event": event or "",
            }
    return {}


def _whole(text: str | None) -> str | None:
    """A day, not only a year or a month."""
    return text if text and len(text) == len("2024-04-05") else None


def _day_field(name: str, label: str, known: str | None) -> Field:
    value = day(known) if known else ""
    return Field(name, label, "date", value, hint="Ngày/tháng/năm", required=False)


async def _describe(visit: Visit, form: FormData, named: Named) -> Went:
    path = f"/campaigns/{named['id']}"
    problems = [
        Problem(text, name)
        for name, text in (
            ("kind", "Chọn loại phong trào."),
            ("level", "Chọn cấp phát động."),
        )
        if not form.get(name)
    ]
    number, issuer = (str(form.get(f"higher_{one}", "")).strip() for one in ("number", "issuer"))
    if bool(number) != bool(issuer):
        lacking = "higher_issuer" if number else "higher_number"
        problems.append(Problem("Ghi cả số và cơ quan ban hành của kế hoạch cấp trên.", lacking))
    if problems:
        raise Mistyped(*problems)
    body: dict[str, Any] = {
        name: str(form.get(name, "")) for name in ("kind", "level", "ends_event", "note")
    }
    body |= {name: _perhaps_day(form, name) for name in ("starts", "ends")}
    if parent := str(form.get("parent", "")):
        body["parent"] = parent
    if number:
        issued_on = _perhaps_day(form, "higher_issued_on")
        body["higher"] = {"number": number, "issuer": issuer, "issued_on": issued_on}
    await visit.act("campaign", f"{path}/attributes", body, method="PUT", form=form)
    return Went(path, "Đã lưu loại, cấp và thời gian")


def _perhaps_day(form: FormData, name: str) -> str | None:
    return typed_date(form, name) if str(form.get(name, "")).strip() else None


# ---- its end and the deadline of intake
async def _ask_for_end(visit: Visit, named: Named) -> Ask:
    path = f"/campaigns/{named['id']}"
    campaign = await visit.get("campaign", path)
    known = campaign.get("attributes") or {}
    now = day(known["ends"]) if known.get("ends") else known.get("ends_event") or "chưa định ngày"
    return Ask(
        "Thời gian kết thúc phong trào",
        "Gia hạn, rút ngắn, hoặc ghi ngày khi sự kiện đã có ngày. Ngày cũ và ngày mới, người sửa "
        "và lý do được giữ lại, mọi đơn vị đều xem được.",
        (Field("ends", "Kết thúc ngày", "date", hint="Ngày/tháng/năm"), REASON),
        Act("Đổi thời gian kết thúc", f"{path}/end", "post", campaign["version"]),
        path,
        facts=(Fact("Phong trào", campaign["title"]), Fact("Hiện nay", now)),
    )


async def _change_end(visit: Visit, form: FormData, named: Named) -> Went:
    path = f"/campaigns/{named['id']}"
    body = {"ends": typed_date(form, "ends"), "reason": _reason(form)}
    await visit.act("campaign", f"{path}/end", body, form=form)
    return Went(path, "Đã đổi thời gian kết thúc", TOLD)


# ---- another plan in its place, its money
async def _ask_for_successor(visit: Visit, named: Named) -> Ask:
    path = f"/campaigns/{named['id']}"
    campaign = await visit.get("campaign", path)
    others = (await visit.get("campaign", "/campaigns"))["items"]
    running = [
        Choice(one["id"], one["title"])
        for one in others
        if one["state"] == "launched" and one["standing"] == "running" and one["id"] != named["id"]
    ]
    return Ask(
        "Thay thế kế hoạch",
        "Kế hoạch này hết hiệu lực; phong trào được chọn thay thế nó.",
        (
            Field(
                "successor",
                "Thay thế bằng",
                "select",
                hint="" if running else "Chưa có phong trào nào khác đang thực hiện.",
                choices=(Choice("", "Chọn phong trào"), *running),
            ),
            REASON,
        ),
        Act("Thay thế kế hoạch", f"{path}/replacement", "post", campaign["version"], grave=True),
        path,
        facts=(Fact("Phong trào", campaign["title"]),),
    )


async def _replace(visit: Visit, form: FormData, named: Named) -> Went:
    path = f"/campaigns/{named['id']}"
    asked = await _ask_for_successor(visit, named)
    if problems := missing(asked.fields, form):
        raise Mistyped(*problems)
    body = {"successor": str(form["successor"]), "reason": _reason(form)}
    await visit.act("campaign", f"{path}/replacement", body, form=form)
    return Went(path, "Đã thay thế kế hoạch", TOLD)


async def _ask_for_funding(visit: Visit, named: Named) -> Ask:
    path = f"/campaigns/{named['id']}"
    campaign = await visit.get("campaign", path)
    known = campaign.get("funding") or {}
    return Ask(
        "Kinh phí của phong trào",
        "Người khác sẽ duyệt.",
        (
            Field("source", "Nguồn kinh phí", value=known.get("source", "")),
            Field("amount", "Số tiền (đồng)", "number", str(known.get("amount", ""))),
        ),
        Act("Lưu kinh phí", f"{path}/funding", "post", campaign["version"]),
        path,
        facts=(Fact("Phong trào", campaign["title"]),),
    )


async def _fund(visit: Visit, form: FormData, named: Named) -> Went:
    path = f"/campaigns/{named['id']}"
    asked = await _ask_for_funding(visit, named)
    if problems := missing(asked.fields, form):
        raise Mistyped(*problems)
    amount = str(form["amount"]).replace(".", "").strip()
    if not (amount.isascii() and amount.isdecimal()):
        raise Mistyped(Problem("Số tiền phải là một số, tính bằng đồng.", "amount"))
    body = {"source": str(form["source"]).strip(), "amount": int(amount)}
    await visit.act("campaign", f"{path}/funding", body, method="PUT", form=form)
    return Went(path, "Đã lưu kinh phí", "Chờ người khác duyệt.")


def _reason(form: FormData) -> str:
    reason = str(form.get("reason", "")).strip()
    if not reason:
        raise Mistyped(Problem("Ghi lý do.", "reason"))
    return reason

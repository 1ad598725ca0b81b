"""A change of the plan's words: which field, what it is to say, amendment or correction."""

from typing import Any

from fastapi import APIRouter
from starlette.datastructures import FormData

from services.portal.deeds import Mistyped, Named, Went, add_question
from services.portal.http.changing import AT, REASON
from services.portal.pages import Ask
from services.portal.parts import Act, Choice, Fact, Field, Problem
from services.portal.present.values import boxes, corrected, field_label, sentence
from services.portal.visits import Visit

FORMS = (
    Choice("amendment", "Sửa đổi nội dung", "bằng văn bản cùng hình thức"),
    Choice("correction", "Đính chính thể thức, trình bày", "bằng công văn"),
)


def routes() -> APIRouter:
    router = APIRouter()
    add_question(router, f"{AT}/amended-field", _ask_which, _chosen)
    add_question(router, f"{AT}/fields/{{field}}/amendment", _ask_for_words, _draft)
    return router


async def _ask_which(visit: Visit, named: Named) -> Ask:
    path = f"/campaigns/{named['id']}"
    campaign = await visit.get("campaign", path)
    choices = tuple(
        Choice(one["id"], f"{field_label(one['id'])}: {_short(one)}") for one in campaign["fields"]
    )
    return Ask(
        "Sửa đổi, đính chính kế hoạch",
        "Chọn nội dung cần sửa. Dự thảo được người khác duyệt, Chủ tịch ký, văn thư cấp số rồi "
        "mới có hiệu lực (Nghị định 30/2020/NĐ-CP, Điều 18).",
        (Field("field", "Nội dung cần sửa", "select", choices=choices),),
        Act("Tiếp tục", f"{path}/amended-field", "post"),
        path,
        facts=(Fact("Phong trào", campaign["title"]),),
    )


async def _chosen(_: Visit, form: FormData, named: Named) -> Went:
    return Went(f"/campaigns/{named['id']}/fields/{form.get('field', '')}/amendment/new")


async def _ask_for_words(visit: Visit, named: Named) -> Ask:
    path = f"/campaigns/{named['id']}"
    campaign = await visit.get("campaign", path)
    found = _field(campaign, named["field"])
    return Ask(
        f"Sửa: {field_label(found['id'])}",
        "Ghi nội dung mới và lý do.",
        (
            Field("form", "Cách sửa", "radio", "amendment", choices=FORMS),
            *boxes(found["value"]),
            REASON,
        ),
        Act(
            "Trình dự thảo",
            f"{path}/fields/{found['id']}/amendment",
            "post",
            campaign["version"],
        ),
        path,
        facts=(Fact("Hiện nay", sentence(found["field"], found["value"])),),
    )


async def _draft(visit: Visit, form: FormData, named: Named) -> Went:
    path = f"/campaigns/{named['id']}"
    found = _field(await visit.get("campaign", path), named["field"])
    typed = {name: str(value) for name, value in form.items() if name.startswith("value")}
    reason = str(form.get("reason", "")).strip()
    if not reason:
        raise Mistyped(Problem("Ghi lý do.", "reason"))
    body: dict[str, Any] = {
        "form": str(form.get("form", "amendment")),
        "values": [{"field": found["id"], "value": corrected(found["value"], typed)}],
        "reason": reason,
    }
    await visit.act("campaign", f"{path}/amendment", body, form=form)
    return Went(path, "Đã trình dự thảo sửa đổi", "Người khác sẽ duyệt, rồi Chủ tịch ký.")


def _field(campaign: dict[str, Any], id: str) -> dict[str, Any]:
    found = next((one for one in campaign["fields"] if one["id"] == id), None)
    if found is None:
        raise Mistyped(Problem("Kế hoạch không có nội dung này; hãy chọn lại."))
    return dict(found)


def _short(field: dict[str, Any]) -> str:
    text = sentence(field["field"], field["value"])
    return text if len(text) <= 60 else f"{text[:59]}…"

"""From a plan's file or text to a signed and numbered plan."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from starlette.datastructures import FormData, UploadFile

from services.portal.clients import SaidNo
from services.portal.deeds import (
    Deed,
    Mistyped,
    Named,
    Went,
    add_button,
    add_deeds,
    add_question,
    named_in,
)
from services.portal.explanations.files import FILES
from services.portal.pages import Ask
from services.portal.parts import Act, Field, Problem
from services.portal.present.drafts import unconfirmed
from services.portal.present.values import WRAPPED, corrected, sentence
from services.portal.vietnamese import VIETNAM, day, typed_day
from services.portal.visits import Visit, Visiting

AT = "/campaigns/{id}"
REASON = Field("reason", "Lý do", "textarea", hint="Người soạn sẽ đọc được lý do này.")


def routes() -> APIRouter:
    router = APIRouter()
    add_question(router, "/campaigns", _ask_for_plan, _import)
    add_question(router, f"{AT}/number", _ask_for_day, _number)
    add_button(router, f"{AT}/fields/{{field}}/confirmation", _confirm)
    add_button(router, f"{AT}/fields", _add)
    _add_saving(router)
    add_deeds(
        router,
        Deed(
            service="campaign",
            address=f"{AT}/submission",
            back=AT,
            label="Trình duyệt",
            done="Đã trình duyệt",
            told="Lãnh đạo đơn vị sẽ xem và duyệt. Người soạn không tự duyệt được.",
        ),
        Deed(
            service="campaign",
            address=f"{AT}/return",
            back=AT,
            label="Trả lại bản thảo",
            done="Đã trả lại bản thảo",
            intro="Bản thảo trở về người soạn để sửa rồi trình lại.",
            fields=(REASON,),
            body=lambda form: {"reason": str(form["reason"]).strip()},
            grave=True,
        ),
        Deed(
            service="campaign",
            address=f"{AT}/approval",
            back=AT,
            label="Duyệt bản thảo",
            done="Đã duyệt bản thảo",
            told="Kế hoạch chờ Chủ tịch ký.",
        ),
        Deed(
            service="campaign",
            address=f"{AT}/signature",
            back=AT,
            label="Ký kế hoạch",
            done="Đã ký kế hoạch",
            told="Văn thư sẽ cấp số.",
        ),
    )
    return router


async def _ask_for_plan(_: Visit, __: Named) -> Ask:
    return Ask(
        "Nhập kế hoạch mới",
        "Chọn tệp kế hoạch hoặc dán toàn văn. Hệ thống đọc thành bản thảo; bạn đối chiếu từng "
        "nội dung. Tệp gốc được giữ nguyên bên cạnh bản thảo.",
        (
            Field(
                "file",
                "Tệp kế hoạch",
                "file",
                required=False,
                accept=".docx,.pdf,.txt",
                hint="Word (.docx), PDF có chữ hoặc văn bản (.txt), tối đa 20 MB.",
            ),
            Field(
                "text",
                "Toàn văn kế hoạch",
                "textarea",
                required=False,
                hint="Dán vào đây nếu không có tệp.",
            ),
        ),
        Act("Đọc kế hoạch", "/campaigns", "post"),
        "/campaigns",
    )


async def _import(visit: Visit, form: FormData, _: Named) -> Went:
    file = form.get("file")
    if isinstance(file, UploadFile) and file.filename:
        said = await _import_file(visit, form, file)
    else:
        said = await _import_text(visit, form)
    return Went(
        f"/campaigns/{said['id']}",
        "Đã đọc kế hoạch thành bản thảo",
        "Đối chiếu từng nội dung với văn bản, rồi trình duyệt.",
    )


async def _import_file(visit: Visit, form: FormData, file: UploadFile) -> dict[str, Any]:
    content = (file.filename, await file.read())
    try:
        return await visit.act("campaign", "/campaigns/files", form=form, files={"file": content})
    except SaidNo as no:
        if no.code not in FILES:
            raise
        why = FILES[no.code]
        raise Mistyped(
            Problem(" ".join((f"{why.title}.", why.why, *why.next_steps)), "file")
        ) from None


async def _import_text(visit: Visit, form: FormData) -> dict[str, Any]:
    text = str(form.get("text", "")).replace("\r\n", "\n")
    if not text.strip():
        raise Mistyped(Problem("Chọn tệp hoặc dán toàn văn kế hoạch.", "text"))
    body = {"text": text, "source_name": "văn bản dán vào"}
    return await visit.act("campaign", "/campaigns", body, form=form)


async def _confirm(visit: Visit, form: FormData, named: Named) -> Went:
    """As read, or corrected: then the form has boxes named `<field>:value…`."""
    id, path = named["field"], f"/campaigns/{named['id']}"
    boxes = {
        name.removeprefix(f"{id}:"): str(value)
        for name, value in form.items()
        if name.startswith(f"{id}:")
    }
    body: dict[str, Any] = {}
    if boxes:
        found = _one(await visit.get("campaign", path, version=form.get("version")), id)
        body = {"value": corrected(found["value"], boxes)}
    await _on_field(visit, form, path, id, body, boxes)
    return await _next(visit, path)


async def _on_field(
    visit: Visit,
    form: FormData,
    path: str,
    id: str,
    body: Mapping[str, Any],
    boxes: Mapping[str, str],
) -> None:
    """Work on another field meanwhile is no hindrance; of the same one, both values are shown."""
    address = f"{path}/fields/{id}/confirmation"
    try:
        await visit.act("campaign", address, body, form=form)
    except SaidNo as no:
        seen = str(form.get("version", ""))
        if no.code != "version-changed" or not seen.isdecimal():
            raise
        now = await visit.get("campaign", path)
        before, after = _one(await visit.get("campaign", path, version=seen), id), _one(now, id)
        if before["value"] != after["value"]:
            facts = {"now": sentence(id.partition(".")[0], after["value"])}
            facts |= {"typed": "; ".join(filter(None, boxes.values()))} if boxes else {}
            raise SaidNo(409, "field-changed", facts) from None
        others = [(name, value) for name, value in form.multi_items() if name != "version"]
        anew = FormData([*others, ("version", str(now["version"]))])
        await visit.act("campaign", address, body, form=anew)


def _one(campaign: Mapping[str, Any], id: str) -> Mapping[str, Any]:
    found = next((one for one in campaign["fields"] if one["id"] == id), None)
    if found is None:
        raise SaidNo(404, "unknown-field", {})
    one: Mapping[str, Any] = found
    return one


async def _add(visit: Visit, form: FormData, named: Named) -> Went:
    """What was not found in the text, typed by a person."""
    boxes = {name.partition(":")[2]: str(value) for name, value in form.items() if ":" in name}
    field, text = boxes.get("field", ""), boxes.get("value", "").strip()
    wrap = WRAPPED.get(field)
    body = {"field": field, "value": wrap(text) if wrap and text else text}
    path = f"/campaigns/{named['id']}"
    await visit.act("campaign", f"{path}/fields", body, form=form)
    return await _next(visit, path)


async def _next(visit: Visit, path: str) -> Went:
    """To the next field that waits, or to the top, where the draft can be submitted."""
    waiting = unconfirmed(await visit.get("campaign", path))
    if waiting:
        return Went(f"{path}#field-{waiting[0]}")
    return Went(path, "Đã xác nhận mọi nội dung", "Bản thảo trình duyệt được.")


async def _ask_for_day(visit: Visit, named: Named) -> Ask:
    path = f"/campaigns/{named['id']}"
    campaign = await visit.get("campaign", path)
    return Ask(
        "Cấp số kế hoạch",
        f"{campaign['title']}. Số tiếp theo của sổ đăng ký kế hoạch được cấp tự động.",
        (issued_on_field(),),
        Act("Cấp số", f"{path}/number", "post", campaign["version"]),
        path,
    )


async def _number(visit: Visit, form: FormData, named: Named) -> Went:
    path = f"/campaigns/{named['id']}"
    issued_on = typed_date(form, "issued_on")
    await visit.act("campaign", f"{path}/number", {"issued_on": issued_on}, form=form)
    return Went(path, "Đã cấp số", "Kế hoạch chờ phát động.")


def issued_on_field() -> Field:
    today = day(datetime.now(VIETNAM))
    return Field("issued_on", "Ngày ban hành", "date", today, hint="Ngày/tháng/năm")


def typed_date(form: FormData, name: str) -> str:
    """The day as RFC 3339; Mistyped when it is none."""
    typed = typed_day(str(form.get(name, "")))
    if typed is None:
        raise Mistyped(Problem("Ngày phải ghi như 05/04/2024.", name))
    return typed.isoformat()


def _add_saving(router: APIRouter) -> None:
    @router.post("/drafts/{action:path}")
    async def keep(action: str, visit: Visiting) -> Response:
        """What is being typed into the form that posts to `action`."""
        form = await visit.form()
        visit.portal.drafts.keep(visit.held.official, f"/{action}", form.multi_items())
        return Response("Đã giữ bản đang nhập.", media_type="text/plain; charset=utf-8")

    @router.get("/campaigns/{id}/source/file")
    async def source_file(request: Request, visit: Visiting) -> Response:
        """The plan's file as it was given."""
        path = f"/campaigns/{named_in(request)['id']}/source/file"
        return await visit.file("campaign", path, "ke-hoach")

    @router.get("/campaigns/{id}/fields/{field}")
    async def field(request: Request) -> Response:
        named = named_in(request)
        return RedirectResponse(f"/campaigns/{named['id']}#field-{named['field']}", 303)

"""Units and officials from Excel: template, preview with every wrong cell, then one act."""

import base64

from fastapi import APIRouter
from fastapi.responses import Response
from starlette.datastructures import UploadFile

from services.portal.clients import Away, SaidNo
from services.portal.pages import Ask, ImportPreview
from services.portal.parts import Act, Choice, Fact, Field, Problem
from services.portal.present import importing
from services.portal.refilling import as_problem
from services.portal.visits import Visit, Visiting

LARGEST = 1024 * 1024  # bytes; the services' own limit, said before anything is sent


def routes() -> APIRouter:
    router = APIRouter()

    @router.get("/officials-template.xlsx")
    async def template(visit: Visiting) -> Response:
        return await visit.file("directory", "/imports/template.xlsx", "mau-don-vi-can-bo.xlsx")

    @router.get("/officials-import/new")
    async def ask(visit: Visiting) -> Response:
        return await visit.page(await _question(visit))

    @router.post("/officials-import/preview")
    async def preview(visit: Visiting) -> Response:
        form = await visit.form()
        file, authority = form.get("file"), str(form.get("authority") or visit.hat.authority)
        content = await file.read(LARGEST + 1) if isinstance(file, UploadFile) else b""
        if not content or len(content) > LARGEST:
            told = "Tệp quá 1 MB. Chia thành nhiều tệp." if content else "Chọn tệp Excel (.xlsx)."
            return await visit.page(await _question(visit, Problem(told, "file")), 422)
        body = {"authority": authority, "content": base64.b64encode(content).decode()}
        try:
            answer = await visit.portal.services.ask(
                "directory",
                "POST",
                "/imports/preview",
                json=body,
                headers=visit.hat.authorization,
            )
        except (SaidNo, Away) as no:
            return await visit.page(await _question(visit, as_problem(no)), 422)
        found = answer.json()
        count = len(found["faults"])
        return await visit.page(
            ImportPreview(
                "Xem trước khi nhập",
                f"Có {count} chỗ phải sửa; chưa ghi gì cả. Sửa trong Excel rồi tải lên lại."
                if count
                else "Chưa ghi gì cả. Kiểm tra rồi nhập: tất cả được ghi trong một việc.",
                (importing.faults(found["faults"]),)
                if count
                else (importing.units(found["units"]), importing.officials(found["officials"])),
                None if count else Act("Nhập tất cả", "/officials-import", "post"),
                body["content"],
                authority,
            )
        )

    @router.post("/officials-import")
    async def carry_out(visit: Visiting) -> Response:
        form = await visit.form()
        authority = str(form.get("authority", ""))
        body = {"authority": authority, "content": str(form.get("content", ""))}
        try:
            said = await visit.act("directory", "/imports", body, form=form)
        except SaidNo as no:
            return await visit.refused(no, Act("Tải tệp khác", "/officials-import/new"))
        told = (
            f"{said['units']} đơn vị, {said['officials']} cán bộ. Tài khoản chưa có mật khẩu: "
            "mở từng người để cấp mật khẩu lần đầu."
        )
        return visit.go(f"/officials?authority={authority}", "Đã nhập đơn vị và cán bộ", told)

    return router


async def _question(visit: Visit, *problems: Problem) -> Ask:
    units = (await visit.get("directory", "/units"))["items"]
    own = visit.hat.authority
    choices = tuple(
        Choice(unit["authority"], unit["name"])
        for unit in sorted(units, key=lambda unit: bool(unit["code"] == "system"))
        if unit["code"] == unit["authority"] and own in ("system", unit["authority"])
    )
    wrong = next((problem.text for problem in problems if problem.field == "file"), "")
    return Ask(
        "Nhập đơn vị, cán bộ từ Excel",
        "Tải tệp mẫu, điền rồi tải lên. Mọi dòng được kiểm tra trước; chưa ghi gì khi còn lỗi.",
        (
            Field("authority", "Cơ quan", "select", choices=choices),
            Field(
                "file",
                "Tệp Excel (.xlsx), không quá 1 MB",
                "file",
                error=wrong,
                accept=".xlsx",
            ),
        ),
        Act("Kiểm tra tệp", "/officials-import/preview", "post"),
        "/officials",
        facts=(Fact("Tệp mẫu", "Tải tệp Excel mẫu", href="/officials-template.xlsx"),),
        problems=problems,
    )

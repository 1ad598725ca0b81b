"""The state of the log, and checking it anew."""

from fastapi import APIRouter
from fastapi.responses import PlainTextResponse, Response
from starlette.datastructures import FormData

from services.portal.deeds import Named, Went, add_button
from services.portal.pages import Audit
from services.portal.parts import Act, Paper
from services.portal.present import audit as present
from services.portal.visits import Visit, Visiting

VERIFYING = ("auditor", "administrator")


def routes() -> APIRouter:
    router = APIRouter()

    @router.get("/audit")
    async def status(visit: Visiting) -> Response:
        found = await visit.get("audit", "/status")
        verify = Act("Kiểm tra lại ngay", "/audit/verification", "post")
        note = Paper(
            "Mốc niêm phong mới nhất",
            "/audit/checkpoint.txt",
            note="Giữ một bản ở nơi khác để sau này tự đối chiếu.",
        )
        return await visit.page(
            Audit(
                "Tình trạng nhật ký",
                present.check(found),
                present.services(found),
                present.findings(found),
                verify=verify if visit.hat.role in VERIFYING else None,
                papers=(note,) if found["checkpoint"] else (),
            )
        )

    @router.get("/audit/checkpoint.txt")
    async def checkpoint(visit: Visiting) -> Response:
        return PlainTextResponse(await visit.text("audit", "/checkpoints/latest"))

    add_button(router, "/audit/verification", _verify)
    return router


async def _verify(visit: Visit, form: FormData, _: Named) -> Went:
    found = await visit.act("audit", "/verifications", form=form)
    if found["result"] == "verified":
        return Went("/audit", "Đã kiểm tra: nhật ký toàn vẹn")
    return Went("/audit", "Đã kiểm tra: có sai lệch", "Báo ngay người phụ trách.")

"""A plan is written in a form, looked at as it would be printed, and saved as a draft."""

from fastapi import APIRouter
from fastapi.responses import Response
from starlette.datastructures import FormData

from services.portal.clients import SaidNo
from services.portal.deeds import Mistyped, Named, Went, add_question
from services.portal.pages import Ask
from services.portal.parts import Act
from services.portal.present.writing import form_of, plan_from, plan_of
from services.portal.refilling import missing
from services.portal.visits import Visit, Visiting

NEW = "/campaigns/written"
AGAIN = "/campaigns/{id}/writing"
PREVIEW = Act("Xem bản in thử (PDF)", "/campaigns/written/preview", "post")
INTRO = (
    "Các phần theo thể thức văn bản hành chính (Nghị định 30/2020/NĐ-CP) đã điền sẵn; sửa phần "
    "nào khác. Những gì đang nhập được giữ lại."
)


def routes() -> APIRouter:
    router = APIRouter()
    add_question(router, NEW, _ask, _write)
    add_question(router, AGAIN, _ask_again, _write_again)

    @router.post("/campaigns/written/preview")
    async def preview(visit: Visiting) -> Response:
        form = await visit.form()
        try:
            return await visit.made("campaign", "/plan-preview", plan_from(_typed(form)))
        except SaidNo as no:
            return await visit.refused(no, Act("Về trang viết kế hoạch", f"{NEW}/new"))

    return router


async def _ask(visit: Visit, _: Named) -> Ask:
    plan = (await visit.get("campaign", "/plan-template"))["plan"]
    return Ask(
        "Viết kế hoạch theo mẫu",
        INTRO,
        form_of(plan, f"/drafts{NEW}"),
        Act("Lưu thành bản thảo", NEW, "post"),
        "/campaigns",
        preview=PREVIEW,
    )


async def _ask_again(visit: Visit, named: Named) -> Ask:
    path, here = f"/campaigns/{named['id']}", AGAIN.format(**named)
    campaign = await visit.get("campaign", path)
    return Ask(
        "Sửa nội dung kế hoạch",
        INTRO,
        form_of(plan_of(campaign), f"/drafts{here}"),
        Act("Lưu bản thảo", here, "post", campaign["version"]),
        path,
        preview=PREVIEW,
    )


async def _write(visit: Visit, form: FormData, _: Named) -> Went:
    said = await visit.act("campaign", NEW, _plan(form), form=form)
    told = "Xem bản in ở cuối trang, rồi trình duyệt."
    return Went(f"/campaigns/{said['id']}", "Đã lưu bản thảo kế hoạch", told)


async def _write_again(visit: Visit, form: FormData, named: Named) -> Went:
    await visit.act("campaign", AGAIN.format(**named), _plan(form), form=form)
    return Went(f"/campaigns/{named['id']}", "Đã lưu bản thảo kế hoạch")


def _plan(form: FormData) -> dict[str, object]:
    if problems := missing(form_of({}, ""), form):
        raise Mistyped(*problems)
    return plan_from(_typed(form))


def _typed(form: FormData) -> dict[str, str]:
    return {name: str(value) for name, value in form.items()}

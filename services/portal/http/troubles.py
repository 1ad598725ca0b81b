"""What people see when something is not as it should be. Nothing they typed is lost."""

from dataclasses import replace

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, Response
from starlette.exceptions import HTTPException

from services.portal.clients import Away, SaidNo
from services.portal.http.signing_in import sign_in_needed
from services.portal.pages import Frame, Refusal
from services.portal.parts import Act, Fact
from services.portal.refusals import explain
from services.portal.rendering import SECURITY_HEADERS, render
from services.portal.visits import NOBODY, ForeignForm, Portal, SignInNeeded, came_from, visit

SERVICES = {
    "directory": "Danh bạ, đăng nhập",
    "campaign": "Phong trào thi đua",
    "dossier": "Hồ sơ khen thưởng",
    "notification": "Thông báo",
    "audit": "Nhật ký niêm phong",
}


def add_handlers(app: FastAPI) -> None:
    _of_services(app)
    _of_requests(app)


def _of_services(app: FastAPI) -> None:
    @app.exception_handler(SignInNeeded)
    async def nobody(request: Request, needed: SignInNeeded) -> Response:
        await _keep(request, needed.held.official if needed.held else "")
        return sign_in_needed(request, needed.held)

    @app.exception_handler(SaidNo)
    async def refused(request: Request, no: SaidNo) -> Response:
        page = explain(no.code, no.facts, act=_back(request), reference=no.reference)
        return await _shown(request, page, no.status)

    @app.exception_handler(Away)
    async def away(request: Request, away: Away) -> Response:
        """Without a frame: what fills it may be what is away."""
        code = "service-away" if request.method == "GET" else away.code
        page = explain(code, {}, act=Act("Thử lại", _again(request)))
        part = Fact("Phần chưa trả lời", SERVICES.get(away.service, away.service))
        return _bare(replace(page, facts=(part,)), 503)


def _of_requests(app: FastAPI) -> None:
    @app.exception_handler(ForeignForm)
    async def foreign(request: Request, _: ForeignForm) -> Response:
        return await _shown(request, explain("foreign-form", {}, act=_back(request)), 403)

    @app.exception_handler(HTTPException)
    async def http(request: Request, error: HTTPException) -> Response:
        code = {404: "not-found", 405: "not-found", 413: "too-large"}
        page = explain(code.get(error.status_code, "invalid-request"), {}, act=_back(request))
        return await _shown(request, page, error.status_code)

    @app.exception_handler(RequestValidationError)
    async def invalid(request: Request, _: RequestValidationError) -> Response:
        return await _shown(request, explain("not-found", {}, act=_back(request)), 404)


async def _keep(request: Request, official: str) -> None:
    """What was being sent when the session ended, for when the person is back."""
    if official and request.method == "POST":
        portal: Portal = request.app.state.portal
        form = await request.form()
        portal.drafts.keep(official, request.url.path, form.multi_items())


async def _shown(request: Request, page: Refusal, status: int) -> Response:
    """In the person's frame where there is one."""
    try:
        return await (await visit(request)).page(page, status)
    except (SignInNeeded, Away, SaidNo):
        return _bare(page, status)


def too_large() -> Response:
    """For a request that was not even read."""
    return _bare(explain("too-large", {}, act=Act("Về trang đầu", "/")), 413)


def _bare(page: Refusal, status: int) -> Response:
    return HTMLResponse(render(page, Frame(NOBODY)), status, SECURITY_HEADERS)


def _back(request: Request) -> Act:
    return Act("Quay lại", came_from(request) if request.method == "POST" else "/")


def _again(request: Request) -> str:
    return request.url.path if request.method == "GET" else came_from(request)

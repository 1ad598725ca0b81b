"""Signing in and out, and changing the hat."""

from contextlib import suppress
from urllib.parse import quote

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.datastructures import FormData

from services.portal.clients import Away, SaidNo, SessionOver
from services.portal.deeds import Mistyped, Named, Went, add_question
from services.portal.pages import Ask, Frame, SignIn
from services.portal.parts import Act, Choice, Field, Problem
from services.portal.refusals import explain
from services.portal.rendering import SECURITY_HEADERS, render
from services.portal.session import Held
from services.portal.visits import (
    NOBODY,
    SESSION,
    Portal,
    Visit,
    check_origin,
    held_by,
    local,
    set_cookie,
)
from services.portal.words import role

WRONG = "Tên đăng nhập hoặc mật khẩu không đúng. Kiểm tra bộ gõ tiếng Việt và phím Caps Lock."
REFUSED = {"sign-in-refused": WRONG}


def routes() -> APIRouter:
    router = APIRouter()
    _add_sign_in(router)
    _add_sign_out(router)
    add_question(router, "/appointment", _ask_for_hat, _change_hat)
    return router


def sign_in_needed(request: Request, held: Held | None) -> Response:
    """To the sign-in page and back to where the person was."""
    here = request.url.path
    if request.method != "GET":  # the question that was being answered, where it stands
        here = request.headers.get("Referer", "/").partition(request.headers.get("Host", ""))[2]
    elif request.url.query:
        here = f"{here}?{request.url.query}"
    address = f"/sign-in?here={quote(local(here or '/'))}" + ("&over=1" if held else "")
    if "HX-Request" in request.headers:
        return Response(headers={"HX-Redirect": address})
    return RedirectResponse(address, 303)


def _add_sign_in(router: APIRouter) -> None:
    @router.get("/sign-in")
    async def ask(here: str = "/", over: bool = False) -> Response:
        return _asked(local(here), expired=over)

    @router.post("/sign-in")
    async def sign_in(request: Request) -> Response:
        check_origin(request)
        portal: Portal = request.app.state.portal
        form = await request.form()
        here, username = local(str(form.get("here", "/"))), str(form.get("username", "")).strip()
        password, chosen = str(form.get("password", "")), str(form.get("appointment", ""))
        if not (username and password):
            return _asked(here, username, Problem("Nhập tên đăng nhập và mật khẩu.", "password"))
        try:
            held = await portal.sessions.open(username, password, chosen)
        except SessionOver as over:
            page = explain(str(over), {})
            text = REFUSED.get(str(over), f"{page.title}. {page.why}")
            return _asked(here, username, Problem(text, "password"))
        except SaidNo as no:
            return _answered(no, here, username)
        except Away as away:
            page = explain(away.code, {})
            return _asked(here, username, Problem(f"{page.title}. {page.why}", "username"))
        response = RedirectResponse(here, 303)
        set_cookie(response, SESSION, portal.seal.close(held), https=portal.https)
        return response


def _add_sign_out(router: APIRouter) -> None:
    @router.post("/sign-out")
    async def sign_out(request: Request) -> Response:
        check_origin(request)
        portal: Portal = request.app.state.portal
        held = held_by(request)
        if held is not None:
            with suppress(SessionOver, SaidNo):  # over already, which is what was asked for
                await portal.sessions.end(held)
        response = RedirectResponse("/sign-in", 303)
        response.delete_cookie(SESSION)
        return response


def _answered(no: SaidNo, here: str, username: str) -> Response:
    if no.code != "choose-appointment":
        page = explain(no.code, no.facts)
        return _asked(here, username, Problem(f"{page.title}. {page.why}", "username"))
    choices = tuple(
        Choice(one["id"], f"{one['title'] or role(one['role'])}", role(one["role"]))
        for one in no.facts.get("appointments", ())
    )
    problem = Problem(
        "Bạn có nhiều phân công. Chọn phân công rồi nhập lại mật khẩu.", "appointment"
    )
    return _asked(here, username, problem, choices)


def _asked(
    here: str,
    username: str = "",
    problem: Problem | None = None,
    choices: tuple[Choice, ...] = (),
    *,
    expired: bool = False,
) -> Response:
    wrong = problem.text if problem and problem.field == "password" else ""
    fields = [
        Field("username", "Tên đăng nhập", value=username, autocomplete="username"),
        Field("password", "Mật khẩu", "password", error=wrong, autocomplete="current-password"),
    ]
    if choices:
        fields.insert(1, Field("appointment", "Làm việc theo phân công", "radio", choices=choices))
    problems = (problem,) if problem else ()
    page = SignIn("Đăng nhập", tuple(fields), "/sign-in", problems, expired=expired)
    frame = Frame(NOBODY, here=here)
    return HTMLResponse(render(page, frame), 422 if problem else 200, SECURITY_HEADERS)


async def _ask_for_hat(visit: Visit, _: Named) -> Ask:
    """The directory gives a token for another appointment only against the password."""
    form = await visit.request.form()
    return Ask(
        "Đổi phân công",
        "Mọi việc bạn làm sau đó được ghi theo phân công mới. Nhập lại mật khẩu để đổi.",
        (
            Field("appointment", "", "hidden", str(form.get("appointment", ""))),
            Field("password", "Mật khẩu", "password", autocomplete="current-password"),
        ),
        Act("Đổi phân công", "/appointment", "post"),
        "/",
    )


async def _change_hat(visit: Visit, form: FormData, _: Named) -> Went:
    """From the menu the form has no password yet: it is asked for first."""
    if "password" not in form:
        raise Mistyped
    password, wanted = str(form["password"]), str(form.get("appointment", ""))
    try:
        held = await visit.portal.sessions.open(visit.held.username, password, wanted)
    except SessionOver:
        raise Mistyped(Problem(WRONG, "password")) from None
    with suppress(SessionOver, SaidNo):  # over already
        await visit.portal.sessions.end(visit.held)
    visit.new_session = held
    return Went("/", "Đã đổi phân công", "Trang này theo phân công bạn vừa chọn.")

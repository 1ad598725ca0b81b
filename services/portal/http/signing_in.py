"""Signing in and out, and changing the hat."""

from contextlib import suppress
from urllib.parse import quote

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.datastructures import FormData

from services.portal.clients import Away, SaidNo, SessionOver
from services.portal.deeds import Named, Went, add_button
from services.portal.pages import Frame, SignIn
from services.portal.parts import Choice, Field, Problem
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
DIFFERENT = "Hai lần nhập mật khẩu mới khác nhau."
# Order matters: browsers name each other.
BROWSERS = (("Edg", "Edge"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"))
MACHINES = (
    ("iPhone", "iPhone"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac", "Mac"),
    ("Linux", "Linux"),
)
REFUSED = {"sign-in-refused": WRONG}


def routes() -> APIRouter:
    router = APIRouter()
    _add_sign_in(router)
    _add_sign_out(router)
    add_button(router, "/appointment", _change_hat)
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
        new, again = str(form.get("new_password", "")), str(form.get("new_again", ""))
        if not (username and password):
            return _asked(here, username, Problem("Nhập tên đăng nhập và mật khẩu.", "password"))
        if new != again:
            return _first_password(here, username, Problem(DIFFERENT, "new_again"))
        try:
            held = await portal.sessions.open(
                username, password, chosen, new_password=new, device=device_of(request)
            )
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
    if no.code in ("password-must-change", "password-too-short", "password-unchanged"):
        page = explain(no.code, no.facts)
        return _first_password(here, username, Problem(f"{page.title}. {page.why}", "new_password"))
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


def _first_password(here: str, username: str, problem: Problem) -> Response:
    """A password that was handed out is good for one thing: to set one's own."""
    hint = "Ít nhất 12 ký tự; một câu dài dễ nhớ là tốt nhất."
    fields = (
        Field("username", "Tên đăng nhập", value=username, autocomplete="username"),
        Field("password", "Mật khẩu được cấp", "password", autocomplete="current-password"),
        Field("new_password", "Mật khẩu mới", "password", hint=hint, autocomplete="new-password"),
        Field("new_again", "Nhập lại mật khẩu mới", "password", autocomplete="new-password"),
    )
    page = SignIn("Đặt mật khẩu mới", fields, "/sign-in", (problem,))
    return HTMLResponse(render(page, Frame(NOBODY, here=here)), 422, SECURITY_HEADERS)


def device_of(request: Request) -> str:
    """The browser and the machine in two words, for the list of one's own sessions."""
    told = request.headers.get("User-Agent", "")
    browser = next((name for mark, name in BROWSERS if mark in told), "")
    machine = next((name for mark, name in MACHINES if mark in told), "")
    return ", ".join(filter(None, (browser, machine)))


async def _change_hat(visit: Visit, form: FormData, _: Named) -> Went:
    """Within the session: the directory records which appointment is acted in from now on."""
    await visit.portal.sessions.choose(visit.held, str(form.get("appointment", "")))
    return Went("/", "Đã đổi phân công", "Mọi việc từ đây được ghi theo phân công bạn vừa chọn.")

"""One request of a signed-in person: what it reads, what it does, and the page it ends in."""

import asyncio
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any
from urllib.parse import urlsplit
from uuid import uuid4

import msgspec
from fastapi import Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response, StreamingResponse
from starlette.datastructures import FormData

from services.portal.clients import Away, SaidNo, Services, SessionOver
from services.portal.drafts import Drafts
from services.portal.known import Directory, Known
from services.portal.pages import Ask, Frame, Page, Person
from services.portal.parts import Act, Done
from services.portal.places import choices_of, places
from services.portal.refilling import refilled
from services.portal.refusals import explain
from services.portal.rendering import SECURITY_HEADERS, render
from services.portal.seal import Seal
from services.portal.session import Hat, Held, Sessions

SESSION, JUST = "thidua_session", "thidua_just"
JUST_LASTS = 60  # seconds; by then every view has long seen what was done
NOBODY = "Hệ thống thi đua, khen thưởng"
PDF_HEADERS = {"X-Content-Type-Options": "nosniff", "Cache-Control": "private, no-store"}


class Just(msgspec.Struct, frozen=True):
    """What the person has just done: positions to be read at least, and what to say of it once."""

    after: dict[str, int] = {}
    title: str = ""
    text: str = ""


@dataclass(frozen=True)
class Portal:
    """What lives as long as the process."""

    services: Services
    sessions: Sessions
    known: Known
    drafts: Drafts
    seal: Seal
    https: bool


class SignInNeeded(Exception):
    """Nobody is signed in (any more); `held` is what the browser still had."""

    def __init__(self, held: Held | None = None) -> None:
        super().__init__("sign in")
        self.held = held


class ForeignForm(Exception):
    """A form that did not come from a page of ours, made for this session."""


@dataclass
class Visit:
    request: Request
    portal: Portal
    held: Held
    hat: Hat
    just: Just
    done_now: dict[str, int] = field(default_factory=dict)
    new_session: Held | None = None
    command_key: str = field(default_factory=lambda: str(uuid4()))

    async def get(self, service: str, path: str, **query: Any) -> Any:
        """A service's answer, in which the person finds what they have just done."""
        asked = {name: value for name, value in query.items() if value not in (None, "")}
        return (await self._ask(service, "GET", path, params=asked)).json()

    async def text(self, service: str, path: str) -> str:
        """A service's answer that is no JSON."""
        return str((await self._ask(service, "GET", path)).text)

    async def act(
        self,
        service: str,
        path: str,
        body: Mapping[str, Any] | None = None,
        *,
        method: str = "POST",
        key: str = "",
        form: FormData | None = None,
        **how: Any,
    ) -> dict[str, Any]:
        """Carries a command out once for each page that asked for it, however often it is sent."""
        typed = str(form.get("command_key") or uuid4()) if form is not None else str(uuid4())
        headers = {"Idempotency-Key": hashlib.sha256(f"{typed}|{key}".encode()).hexdigest()}
        if form is not None and (version := str(form.get("version") or "")).isdecimal():
            headers["If-Match"] = f'"{version}"'
        if "files" in how:  # the same bytes for a repeat, or it would count as another request
            boundary = headers["Idempotency-Key"][:40]
            headers["Content-Type"] = f"multipart/form-data; boundary={boundary}"
        else:
            how["json"] = dict(body or {})
        answer = await self._ask(service, method, path, headers=headers, **how)
        said: dict[str, Any] = answer.json()
        self.done_now[service] = int(said["position"])
        return said

    async def form(self) -> FormData:
        """What was posted, from one of our own pages; ForeignForm otherwise."""
        check_origin(self.request)
        form = await self.request.form(max_part_size=2_000_000)
        if form.get("form_token") != self.portal.seal.token(self.held.session):
            raise ForeignForm
        # Shown again, the form stays the same command: a repeat after a lost answer does no harm.
        self.command_key = str(form.get("command_key", "")).partition(":")[0] or self.command_key
        return form

    def keep(self, form: FormData) -> None:
        """For when the question cannot be shown again at once."""
        self.portal.drafts.keep(self.held.official, self.request.url.path, form.multi_items())

    async def directory(self, *mentioned: str | None) -> Directory:
        return await self.portal.known.directory(self.hat, *mentioned)

    async def page(self, page: Page, status: int = 200) -> Response:
        """The page in its frame; what was just done is said once."""
        if isinstance(page, Ask) and status == 200:
            typed = self.portal.drafts.of(self.held.official, page.act.href)
            page = refilled(page, typed)
        response = HTMLResponse(render(page, await self._frame()), status, SECURITY_HEADERS)
        if self.just.title:
            self._remember(response, Just(after=self.just.after))
        return response

    def go(self, to: str, title: str = "", text: str = "") -> Response:
        """To the page where the person sees what they did."""
        self.portal.drafts.forget(self.held.official, self.request.url.path)
        response = RedirectResponse(to, 303)
        after = {**self.just.after, **self.done_now}
        self._remember(response, Just(after, title, text))
        if self.new_session is not None:
            sealed = self.portal.seal.close(self.new_session)
            set_cookie(response, SESSION, sealed, https=self.portal.https)
        return response

    async def refused(self, no: SaidNo, act: Act | None = None) -> Response:
        """The page that says why not."""
        back = act or Act("Quay lại trang trước", came_from(self.request))
        return await self.page(explain(no.code, no.facts, act=back, reference=no.reference), 409)

    async def made(self, service: str, path: str, body: Mapping[str, Any]) -> Response:
        """A PDF that a service makes of what was typed; nothing is recorded by it."""
        answer = await self._ask(service, "POST", path, json=dict(body))
        return Response(answer.content, media_type="application/pdf", headers=PDF_HEADERS)

    async def file(self, service: str, path: str, name: str) -> Response:
        """A file of a service, passed on as it arrives."""
        headers, content = await self.portal.services.stream(service, path, self.hat.authorization)
        kind = headers.get("Content-Type", "application/octet-stream")
        shown = "inline" if kind == "application/pdf" else "attachment"
        told = {**PDF_HEADERS, "Content-Disposition": f'{shown}; filename="{name}"'}
        return StreamingResponse(content, media_type=kind, headers=told)

    async def _ask(self, service: str, method: str, path: str, **how: Any) -> Any:
        headers = how.pop("headers", {})
        if method == "GET" and (position := self.just.after.get(service)):
            headers["X-At-Least-Position"] = str(position)
        for again in (False, True):
            try:
                return await self.portal.services.ask(
                    service, method, path, headers=headers | self.hat.authorization, **how
                )
            except SessionOver:
                if again:
                    raise SignInNeeded(self.held) from None
                try:
                    self.hat = await self.portal.sessions.hat(self.held, renew=True)
                except SessionOver:
                    raise SignInNeeded(self.held) from None
        raise AssertionError("unreachable")

    async def _frame(self) -> Frame:
        directory, own, unread = await asyncio.gather(
            self.directory(), self._hats(), self._unread()
        )
        here = self.request.url.path
        return Frame(
            authority=directory.unit(self.hat.authority) if directory.units else NOBODY,
            person=Person(
                self.hat.name,
                self.hat.post or self.hat.role,
                self.hat.unit_name or directory.unit(self.hat.unit),
                choices_of(own, self.hat, directory),
                self.hat.on_behalf_name,
            ),
            places=places(self.hat, here, unread),
            form_token=self.portal.seal.token(self.held.session),
            command_key=self.command_key,
            here=here,
            done=Done(self.just.title, self.just.text) if self.just.title else None,
        )

    async def _hats(self) -> list[dict[str, Any]]:
        """What the person may act in today, own and delegated; nothing while nobody says."""
        try:
            return list((await self.get("directory", "/account/hats"))["items"])
        except (Away, SaidNo):
            return []

    async def _unread(self) -> int:
        try:
            answer = await self.get("notification", "/inbox", state="unopened", limit=50)
        except (Away, SaidNo):
            return 0
        return len(answer["items"])

    def _remember(self, response: Response, just: Just) -> None:
        sealed = self.portal.seal.close(just)
        set_cookie(response, JUST, sealed, https=self.portal.https, lasts=JUST_LASTS)


async def visit(request: Request) -> Visit:
    """Raises SignInNeeded when nobody is signed in."""
    portal: Portal = request.app.state.portal
    held = held_by(request)
    if held is None:
        raise SignInNeeded
    try:
        hat = await portal.sessions.hat(held)
    except SessionOver:
        raise SignInNeeded(held) from None
    just = portal.seal.open(request.cookies.get(JUST, ""), Just)
    return Visit(request, portal, held, hat, just or Just())


Visiting = Annotated[Visit, Depends(visit)]


def held_by(request: Request) -> Held | None:
    portal: Portal = request.app.state.portal
    return portal.seal.open(request.cookies.get(SESSION, ""), Held)


def set_cookie(
    response: Response, name: str, value: str, *, https: bool, lasts: int | None = None
) -> None:
    response.set_cookie(name, value, max_age=lasts, httponly=True, samesite="lax", secure=https)


def check_origin(request: Request) -> None:
    """A browser says where a posted form comes from; from elsewhere it is refused."""
    host = request.headers.get("Host", "")
    origin = request.headers.get("Origin")
    if origin is not None and urlsplit(origin).netloc != host:
        raise ForeignForm
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        raise ForeignForm


def came_from(request: Request) -> str:
    """The page of ours that led here, `/` when it is not known."""
    referer = urlsplit(request.headers.get("Referer", ""))
    if referer.netloc != request.headers.get("Host", ""):
        return "/"
    return local(f"{referer.path}?{referer.query}" if referer.query else referer.path)


def local(address: str) -> str:
    """The address if it is a path of this portal, else `/`: nobody is sent elsewhere."""
    parts = urlsplit(address.replace("\\", "/"))
    plain = not parts.scheme and not parts.netloc and address.startswith("/")
    return address if plain and not address.startswith("//") else "/"

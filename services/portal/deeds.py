"""Acts that all go the same way: a page that asks, a command to a service, back to the page.

The address of a deed is the service's own (`/dossiers/{id}/return`); its question stands at the
same address with `/new`. A deed without fields is one button and needs no question.
"""

import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response
from starlette.datastructures import FormData

from services.portal.clients import Away, SaidNo
from services.portal.pages import Ask
from services.portal.parts import Act, Field, Problem
from services.portal.refilling import as_problem, missing, refilled, typed_into
from services.portal.visits import Visit, Visiting

NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


@dataclass(frozen=True)
class Went:
    """Where to go on after an act, and what to say there."""

    to: str
    done: str = ""
    told: str = ""


class Mistyped(Exception):
    """What was typed cannot be sent as it is; each problem names its field."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("mistyped")
        self.problems = problems


Named = Mapping[str, str]  # the names in an address
Asking = Callable[[Visit, Named], Awaitable[Ask]]
Acting = Callable[[Visit, FormData, Named], Awaitable[Went]]


@dataclass(frozen=True)
class Deed:
    """`label` stands on the button, `done` is said afterwards; `{…}` in addresses are filled in.

    `body` may raise Mistyped. `at` is the service's address where it is not the portal's.
    """

    service: str
    address: str
    back: str
    label: str
    done: str
    told: str = ""
    title: str = ""
    intro: str = ""
    fields: tuple[Field, ...] = ()
    body: Callable[[FormData], Mapping[str, Any]] = lambda _: {}
    method: str = "POST"
    at: str = ""
    warning: str = ""
    grave: bool = False

    async def ask(self, visit: Visit, named: Named) -> Ask:
        version = visit.request.query_params.get("version", "")
        seen = int(version) if version.isdecimal() else None
        act = Act(self.label, self.address.format(**named), "post", seen, self.grave)
        return Ask(
            self.title or self.label,
            self.intro,
            self.fields,
            act,
            self.back.format(**named),
            warning=self.warning,
        )

    async def act(self, visit: Visit, form: FormData, named: Named) -> Went:
        if problems := missing(self.fields, form):
            raise Mistyped(*problems)
        path, body = (self.at or self.address).format(**named), self.body(form)
        await visit.act(self.service, path, body, method=self.method, form=form)
        return Went(self.back.format(**named), self.done, self.told)


def add_deeds(router: APIRouter, *deeds: Deed) -> None:
    for deed in deeds:
        if deed.fields:
            add_question(router, deed.address, deed.ask, deed.act)
        else:
            add_button(router, deed.address, deed.act)


def add_question(router: APIRouter, address: str, asking: Asking, acting: Acting) -> None:
    """`acting` may raise SaidNo or Mistyped: the question is shown again as it was filled in."""

    @router.get(f"{address}/new")
    async def ask(request: Request, visit: Visiting) -> Response:
        return await visit.page(await asking(visit, named_in(request)))

    @router.post(address)
    async def act(request: Request, visit: Visiting) -> Response:
        form, named = await visit.form(), named_in(request)
        try:
            went = await acting(visit, form, named)
        except (SaidNo, Away) as no:
            visit.keep(form)
            problems: tuple[Problem, ...] = (as_problem(no),)
        except Mistyped as mistyped:
            problems = mistyped.problems
        else:
            return visit.go(went.to, went.done, went.told)
        question = refilled(await asking(visit, named), typed_into(form), problems)
        return await visit.page(question, 422)


def add_button(router: APIRouter, address: str, acting: Acting) -> None:
    """An act without a question; a refusal gets its own page."""

    @router.post(address)
    async def act(request: Request, visit: Visiting) -> Response:
        form = await visit.form()
        try:
            went = await acting(visit, form, named_in(request))
        except SaidNo as no:
            return await visit.refused(no)
        return visit.go(went.to, went.done, went.told)


def named_in(request: Request) -> Named:
    """The names in the address. They go into addresses of services: nothing else gets through."""
    named = {name: str(value) for name, value in request.path_params.items()}
    if not all(NAME.fullmatch(value) for value in named.values()):
        raise SaidNo(404, "not-found", {})
    return named

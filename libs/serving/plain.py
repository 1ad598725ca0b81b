"""The short road of a command through FastAPI, taken while nothing about the request is unusual.

FastAPI works out at every request how each parameter is bound; for a command that takes as long as
all the rest. Here it is worked out once, for endpoints that take path parameters, one body, the
command and the response. The validators are FastAPI's own, and a request that one of them refuses
goes the ordinary road from its start, so declarations, documents and answers stay the same.
"""

import inspect
import json
from collections.abc import Awaitable, Callable
from typing import Any

import msgspec
from fastapi import Request, Response
from fastapi.datastructures import DefaultPlaceholder
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute, serialize_response
from pydantic import BaseModel
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from libs.serving.command import acting, command

JSON = "application/json"
Field = Any  # FastAPI's description of a parameter; its `validate` returns a value and errors


class _Plan(msgspec.Struct, frozen=True):
    """How the parameters of one endpoint are bound."""

    endpoint: Callable[..., Awaitable[Any]]
    path: list[Field]
    dependencies: list[tuple[str, Callable[[Request], Awaitable[Any]]]]
    body: Field | None
    response: str | None  # the parameter that takes the answer's headers
    status: int
    answer: Field


def shorten(route: APIRoute) -> None:
    """Puts the short road before the ordinary one, if the endpoint allows it."""
    plan = _planned(route)
    if plan is not None:
        route.app = _short(plan, route.app)


def _planned(route: APIRoute) -> _Plan | None:
    asked, answer = route.dependant, route.response_field
    if not (_is_plain(asked) and _has_plain_body(route) and _answers_plainly(route)):
        return None
    return _Plan(
        endpoint=route.endpoint,
        path=asked.path_params,
        dependencies=[(found.name or "", found.call) for found in asked.dependencies],  # type: ignore[misc]
        body=route.body_field,
        response=asked.response_param_name,
        status=route.status_code or 200,
        answer=answer,
    )


def _is_plain(asked: Dependant) -> bool:
    unusual = (
        asked.query_params,
        asked.header_params,
        asked.cookie_params,
        asked.request_param_name,
        asked.http_connection_param_name,
        asked.websocket_param_name,
        asked.background_tasks_param_name,
        asked.security_scopes_param_name,
    )
    calls = [dependency.call for dependency in asked.dependencies if dependency.name]
    return (
        not any(unusual)
        and command in calls
        and len(calls) == len(asked.dependencies)
        and all(call in (acting, command) for call in calls)
    )


def _has_plain_body(route: APIRoute) -> bool:
    body = route.body_field
    if body is None:
        return True
    model = body.field_info.annotation
    return (
        [field.name for field in route.dependant.body_params] == [body.name]
        and isinstance(model, type)
        and issubclass(model, BaseModel)
        and type(body.field_info).__name__ == "Body"  # neither a form nor files
    )


def _answers_plainly(route: APIRoute) -> bool:
    return (
        inspect.iscoroutinefunction(route.endpoint)
        and route.response_field is not None
        and isinstance(route.response_class, DefaultPlaceholder)
    )


def _short(plan: _Plan, ordinary: ASGIApp) -> ASGIApp:
    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive, send)
        values = await _bound(plan, request)
        if values is None:
            await ordinary(scope, _once_more(await request.body(), receive), send)
            return
        for name, call in plan.dependencies:
            values[name] = await call(request)
        answer = await _answer(plan, values)
        await answer(scope, receive, send)

    return app


async def _answer(plan: _Plan, values: dict[str, Any]) -> Response:
    told = Response()  # collects what the endpoint wants to say besides its content
    told.raw_headers.clear()
    told.status_code = 0
    if plan.response is not None:
        values[plan.response] = told
    content = await plan.endpoint(**values)
    if isinstance(content, Response):
        return content
    body = await serialize_response(
        field=plan.answer, response_content=content, is_coroutine=True, dump_json=True
    )
    answer = Response(body, told.status_code or plan.status, media_type=JSON)
    answer.raw_headers.extend(told.raw_headers)
    return answer


def _once_more(body: bytes, receive: Receive) -> Receive:
    """The request's messages as if nobody had read its body yet."""
    due: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def received() -> Message:
        return due.pop() if due else await receive()

    return received


async def _bound(plan: _Plan, request: Request) -> dict[str, Any] | None:
    """Path and body; None if the ordinary road has to look at the request."""
    values: dict[str, Any] = {}
    given = request.path_params
    for field in plan.path:
        value, errors = field.validate(given.get(field.alias), {}, loc=("path", field.alias))
        if errors:
            return None
        values[field.name] = value
    if plan.body is not None:
        content = await _json(request)
        value, errors = plan.body.validate(content, {}, loc=("body",))
        if errors:
            return None
        values[plan.body.name] = value
    return values


async def _json(request: Request) -> Any:
    """The body, None (which no model takes) unless it is JSON of a length that was told."""
    headers = request.headers
    if headers.get("content-type") != JSON or "content-length" not in headers:
        return None
    try:
        return json.loads(await request.body())
    except Exception:  # noqa: BLE001  # the ordinary road meets it again, and says what it is
        return None

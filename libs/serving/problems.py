"""Every error as problem+json (RFC 9457) with a stable `code`; never an echo of what was sent."""

from typing import Any

import asyncpg
import httpx
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from libs.eventlog.batch import Busy, OutcomeUnknown, VersionConflict
from libs.eventlog.events import Refused
from libs.eventlog.log import KeyReused, StaleVersion
from libs.eventlog.views import ViewBehind
from libs.serving.acting import Unauthenticated

STATUS_OF_CODE = {"not-allowed": 403, "not-found": 404, "too-large": 413}
DATABASE_AWAY = (
    asyncpg.PostgresConnectionError,
    asyncpg.CannotConnectNowError,
    asyncpg.AdminShutdownError,
    asyncpg.InterfaceError,
)
RETRY = {"Retry-After": "1"}


class Problem(JSONResponse):
    media_type = "application/problem+json"


def problem(
    status: int, code: str, title: str, headers: dict[str, str] | None = None, **facts: Any
) -> Problem:
    body = {"type": "about:blank", "title": title, "status": status, "code": code, **facts}
    return Problem(body, status, headers=headers)


def add_problem_handlers(app: FastAPI) -> None:
    """Maps what rules, the log and the framework raise to answers, once for all services."""
    _of_rules(app)
    _of_the_log(app)
    _of_the_framework(app)


def _of_rules(app: FastAPI) -> None:

    @app.exception_handler(Refused)
    def refused(_: Request, error: Refused) -> Problem:
        status = STATUS_OF_CODE.get(error.code, 409)
        return problem(status, error.code, "refused by a rule", facts=_plain(error.facts))

    @app.exception_handler(Unauthenticated)
    def unauthenticated(_: Request, error: Unauthenticated) -> Problem:
        return problem(401, error.code, "sign in", headers={"WWW-Authenticate": "Bearer"})


def _of_the_log(app: FastAPI) -> None:
    @app.exception_handler(StaleVersion)
    def stale(_: Request, error: StaleVersion) -> Problem:
        tag = {"ETag": f'"{error.version}"'}
        return problem(412, "version-changed", "somebody was faster", tag, version=error.version)

    @app.exception_handler(VersionConflict)
    def conflict(_: Request, __: VersionConflict) -> Problem:
        return problem(409, "conflict", "others keep changing this; try again", RETRY)

    @app.exception_handler(KeyReused)
    def reused(_: Request, __: KeyReused) -> Problem:
        return problem(422, "idempotency-key-reused", "the key was used for another request")

    @app.exception_handler(Busy)
    def busy(_: Request, __: Busy) -> Problem:
        return problem(503, "busy", "nothing was written; try again", RETRY)

    @app.exception_handler(OutcomeUnknown)
    def unknown(_: Request, __: OutcomeUnknown) -> Problem:
        return problem(503, "outcome-unknown", "repeat with the same Idempotency-Key", RETRY)

    @app.exception_handler(ViewBehind)
    def behind(_: Request, __: ViewBehind) -> Problem:
        return problem(503, "view-behind", "the view is catching up", RETRY)

    def database_away(_: Request, __: Exception) -> Problem:
        return problem(503, "database-away", "the database does not answer", RETRY)

    for away in DATABASE_AWAY:
        app.add_exception_handler(away, database_away)


def _of_the_framework(app: FastAPI) -> None:
    @app.exception_handler(Exception)
    def fault(_: Request, __: Exception) -> Problem:
        return problem(500, "internal-error", "a fault of ours; it stands in the server's log")

    @app.exception_handler(httpx.HTTPError)
    def upstream(_: Request, __: httpx.HTTPError) -> Problem:
        return problem(503, "service-away", "another service does not answer", RETRY)

    @app.exception_handler(HTTPException)
    def http(_: Request, error: HTTPException) -> Problem:
        code = {404: "not-found", 405: "method-not-allowed", 413: "too-large"}
        return problem(
            error.status_code,
            code.get(error.status_code, "http-error"),
            str(error.detail),
            headers=dict(error.headers or {}),
        )

    @app.exception_handler(RequestValidationError)
    def invalid(_: Request, error: RequestValidationError) -> Problem:
        places = [
            {"pointer": "/" + "/".join(map(str, e["loc"])), "detail": e["msg"]}
            for e in error.errors()
        ]
        return problem(
            422, "invalid-request", "the request is not of the form asked for", errors=places
        )


def _plain(facts: dict[str, Any]) -> dict[str, Any]:
    simple = (str, int, float, bool, list, tuple, dict, type(None))
    return {name: v if isinstance(v, simple) else str(v) for name, v in facts.items()}

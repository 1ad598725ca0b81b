"""What the OpenAPI document says of every command and of signing in, once for all services.

`command` and `acting` read their headers themselves, because FastAPI takes longer to bind a
declared header than a whole command takes to decide; so they are declared here.
"""

from typing import Any

from fastapi import APIRouter, FastAPI
from fastapi.routing import APIRoute

from libs.serving.command import LONGEST_KEY, acting, command

SCHEMES = {"official": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}}
SIGNED_IN: list[dict[str, list[str]]] = [{"official": []}]


def _header(name: str, meaning: str, **schema: Any) -> dict[str, Any]:
    described = {"type": "string", **schema}
    return {
        "name": name,
        "in": "header",
        "required": False,
        "description": meaning,
        "schema": described,
    }


COMMAND_HEADERS = [
    _header(
        "Idempotency-Key",
        "Repeats with the same key get the first answer.",
        maxLength=LONGEST_KEY,
    ),
    _header("If-Match", "The ETag of the version that was seen.", pattern=r'^(W/)?"?\d{1,9}"?$'),
    _header("X-Correlation-Id", "What this belongs to, for tracing.", format="uuid"),
]


def describe(router: APIRouter) -> None:
    """Adds to the routes what their handlers do not declare."""
    for route in router.routes:
        if isinstance(route, APIRoute):
            asked = {dependency.call for dependency in route.dependant.dependencies}
            more: dict[str, Any] = dict(route.openapi_extra or {})
            if command in asked:
                more["parameters"] = COMMAND_HEADERS
            if asked & {acting, command}:
                more["security"] = SIGNED_IN
            route.openapi_extra = more or None


def describe_signing_in(app: FastAPI) -> None:
    """Adds to the document how an official is known."""
    generate = app.openapi

    def openapi() -> dict[str, Any]:
        document = generate()
        document.setdefault("components", {})["securitySchemes"] = SCHEMES
        return document

    app.openapi = openapi  # type: ignore[method-assign]  # FastAPI's own way to extend it

"""The services as the demo reaches them: over HTTP, signed in, every command with its own key."""

import asyncio
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import Any
from uuid import uuid4

import httpx

DEFAULT_PORTS = {
    "directory": 8081,
    "campaign": 8082,
    "dossier": 8083,
    "notification": 8084,
    "audit": 8085,
}
PATIENCE = 20.0  # seconds until what was recorded must have arrived at the other services
GLANCE = 0.1
VIETNAM = timezone(timedelta(hours=7))


class DemoFailed(Exception):
    """The story cannot go on; the message says at which step and what the service answered."""


@dataclass(frozen=True)
class Addresses:
    """Where the services are, and the administrator's password."""

    urls: Mapping[str, str]
    administrator_password: str

    @classmethod
    def on_default_ports(cls, host: str, administrator_password: str) -> "Addresses":
        urls = {name: f"{host.rstrip('/')}:{port}" for name, port in DEFAULT_PORTS.items()}
        return cls(urls, administrator_password)


class Services:
    """One HTTP client for all; `Person` acts through it."""

    def __init__(self, addresses: Addresses) -> None:
        self.addresses = addresses
        self._http = httpx.AsyncClient(timeout=60)
        self._seen: dict[str, int] = {}  # by service: the last position that we were told

    async def close(self) -> None:
        await self._http.aclose()

    async def ask(
        self, method: str, service: str, path: str, *, expect: tuple[int, ...] = (), **how: Any
    ) -> httpx.Response:
        """The answer; DemoFailed for an error that is not expected."""
        how["headers"] = how.get("headers", {}) | {
            "X-At-Least-Position": str(self._seen.get(service, 0))
        }
        try:
            url = f"{self.addresses.urls[service]}{path}"
            answer = await self._http.request(method, url, **how)
        except httpx.HTTPError as error:
            raise DemoFailed(f"{method} {service}{path}: {error!r}") from error
        if answer.is_error and answer.status_code not in expect:
            raise DemoFailed(f"{method} {service}{path}: {answer.status_code} {answer.text[:600]}")
        position = int(answer.headers.get("X-Position", 0))
        self._seen[service] = max(self._seen.get(service, 0), position)
        return answer

    async def sign_in(self, username: str, password: str) -> "Person":
        answer = await self.ask(
            "POST", "directory", "/sessions", json={"username": username, "password": password}
        )
        return Person(self, answer.json())


class Person:
    """An official who is signed in."""

    def __init__(self, services: Services, session: dict[str, Any]) -> None:
        self._services, self.session = services, session
        self.id = str(session["official"])
        self._authorization = {"Authorization": f"Bearer {session['token']}"}

    async def get(self, service: str, path: str) -> Any:
        answer = await self._services.ask("GET", service, path, headers=self._authorization)
        return answer.json()

    async def fetch(self, service: str, path: str) -> bytes:
        answer = await self._services.ask("GET", service, path, headers=self._authorization)
        return answer.content

    async def post(self, service: str, path: str, body: Any = None) -> Any:
        return (await self._command("POST", service, path, json=body or {})).json()

    async def put(self, service: str, path: str, body: Any) -> Any:
        return (await self._command("PUT", service, path, json=body)).json()

    async def delete(self, service: str, path: str, body: Any) -> Any:
        return (await self._command("DELETE", service, path, json=body)).json()

    async def upload(self, service: str, path: str, name: str, content: bytes, **form: str) -> Any:
        files = {"file": (name, content)}
        return (await self._command("POST", service, path, files=files, data=form)).json()

    async def refused(self, service: str, path: str, body: Any = None) -> str:
        """The stable code with which a command is refused; DemoFailed if it is not."""
        answer = await self._command("POST", service, path, json=body or {}, expect=(403, 409))
        if not answer.is_error:
            raise DemoFailed(f"POST {service}{path} should have been refused")
        return str(answer.json()["code"])

    async def _command(self, method: str, service: str, path: str, **how: Any) -> httpx.Response:
        headers = self._authorization | {"Idempotency-Key": str(uuid4())}
        return await self._services.ask(method, service, path, headers=headers, **how)


def today() -> str:
    """The date where the officials are, whatever this machine's clock is set to."""
    return datetime.now(VIETNAM).date().isoformat()


async def until(what: str, look: Any) -> Any:
    """The first answer of `look` that is not None or empty; DemoFailed after PATIENCE."""
    waited = 0.0
    while waited < PATIENCE:
        if found := await look():
            return found
        await asyncio.sleep(GLANCE)
        waited += GLANCE
    raise DemoFailed(f"{what}: not within {PATIENCE:g} s")


def progress(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()

"""The other services over HTTP: one client for the process, their refusals as exceptions."""

from collections.abc import AsyncIterator, Mapping
from typing import Any

import httpx

CONNECT_WITHIN, ANSWER_WITHIN = 2.0, 30.0  # seconds
# A service is at work but cannot answer now; these codes say so and have their own words.
PASSING = frozenset({"busy", "outcome-unknown", "service-away", "view-behind"})

NOT_REACHED = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)


class SaidNo(Exception):
    """A service refused; `code` is stable, `facts` are what the refusal names."""

    def __init__(self, status: int, code: str, facts: dict[str, Any], reference: str = "") -> None:
        super().__init__(code)
        self.status, self.code, self.facts, self.reference = status, code, facts, reference


class SessionOver(Exception):
    """The directory no longer knows the session, or a service no longer takes its token."""


class Away(Exception):
    """A service does not answer, or not with sense. `reached`: it may have done what was asked."""

    def __init__(self, service: str, *, reached: bool) -> None:
        super().__init__(service)
        self.service, self.reached = service, reached

    @property
    def code(self) -> str:
        return "outcome-unknown" if self.reached else "service-away"


class Services:
    def __init__(self, urls: Mapping[str, str]) -> None:
        self._urls = urls
        self._http = httpx.AsyncClient(
            timeout=httpx.Timeout(ANSWER_WITHIN, connect=CONNECT_WITHIN),
            limits=httpx.Limits(max_connections=100, max_keepalive_connections=30),
        )

    async def close(self) -> None:
        await self._http.aclose()

    async def ask(self, service: str, method: str, path: str, **how: Any) -> httpx.Response:
        """The answer to a request that was carried out; SaidNo, SessionOver or Away otherwise."""
        try:
            answer = await self._http.request(method, f"{self._urls[service]}{path}", **how)
        except httpx.TransportError as error:
            raise Away(service, reached=not isinstance(error, NOT_REACHED)) from None
        if answer.is_error:
            raise refusal(service, answer)
        return answer

    async def stream(
        self, service: str, path: str, headers: Mapping[str, str]
    ) -> tuple[httpx.Headers, AsyncIterator[bytes]]:
        """Headers and content of a file, as it arrives; the iterator must be used up or closed."""
        request = self._http.build_request("GET", f"{self._urls[service]}{path}", headers=headers)
        try:
            answer = await self._http.send(request, stream=True)
            if answer.is_error:
                await answer.aread()
        except httpx.TransportError:
            raise Away(service, reached=False) from None
        if answer.is_error:
            raise refusal(service, answer)
        return answer.headers, _content(answer)


async def _content(answer: httpx.Response) -> AsyncIterator[bytes]:
    try:
        async for piece in answer.aiter_bytes():
            yield piece
    finally:
        await answer.aclose()


def refusal(service: str, answer: httpx.Response) -> Exception:
    """What an error answer means to the portal."""
    try:
        said = answer.json()
        code = str(said["code"])
    except (ValueError, KeyError, TypeError):
        return Away(service, reached=True)
    if answer.status_code >= 500 and code not in PASSING:
        return Away(service, reached=True)
    if answer.status_code == 401:
        return SessionOver(code)
    facts = dict(said.get("facts") or {})
    if code.startswith("plan-"):  # each reason why a text is no plan has a code; one page says all
        code, facts = "not-a-plan", {"detail": said.get("detail", "")}
    return SaidNo(answer.status_code, code, facts, answer.headers.get("X-Correlation-Id", ""))

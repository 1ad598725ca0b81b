"""Officials at work while things break: every command has a key and is repeated until answered."""

import asyncio
import threading
from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import partial
from typing import Any
from uuid import uuid4

import httpx
import msgspec

from thidua.demo.client import Person, today
from thidua.demo.organisation import Organisation

PAUSE = 0.05  # seconds before a command is repeated, or looked for more work
PATIENCE = 40.0  # seconds within which a repeated command must be answered
REQUEST = 10.0
IMPATIENT = 4  # every such command is sent twice at once, as by somebody who clicks again


class Answered(msgspec.Struct, frozen=True):
    """What a service said it has recorded, and the command it said it of."""

    service: str
    command: str
    id: str
    version: int
    position: int


class Closed(Exception):
    """The office is closed: no further command is begun."""


class Office:
    """Where officials send commands from; `answered` is all that services have answered."""

    def __init__(self, urls: Mapping[str, str]) -> None:
        self._urls = urls
        self.answered: list[Answered] = []
        self.closing = False
        self._seen: dict[str, int] = {}

    def of(self, service: str) -> int:
        """How many commands a service has answered."""
        return sum(answer.service == service for answer in self.answered)

    async def command(
        self, http: httpx.AsyncClient, by: Person, service: str, path: str, body: Any = None
    ) -> str:
        """The id it answers with; Closed instead of beginning after the end."""
        if self.closing:
            raise Closed
        key = str(uuid4())
        headers = _signed(by) | {"Idempotency-Key": key}
        sendings = 2 if len(self.answered) % IMPATIENT == 0 else 1
        send = partial(self._told, http, "POST", service, path, json=body or {}, headers=headers)
        told, *again = await asyncio.gather(*(send() for _ in range(sendings)))
        assert again == [told] * (sendings - 1)
        answer = Answered(service, f"{by.id}:{key}", told["id"], told["version"], told["position"])
        self._seen[service] = max(self._seen.get(service, 0), answer.position)
        self.answered.append(answer)
        return answer.id

    async def get(self, http: httpx.AsyncClient, by: Person, service: str, path: str) -> Any:
        """What a read answers that knows of all our commands."""
        headers = _signed(by) | {"X-At-Least-Position": str(self._seen.get(service, 0))}
        return await self._told(http, "GET", service, path, headers=headers)

    async def _told(
        self, http: httpx.AsyncClient, method: str, service: str, path: str, **how: Any
    ) -> Any:
        async with asyncio.timeout(PATIENCE):
            while True:
                try:
                    answer = await http.request(method, f"{self._urls[service]}{path}", **how)
                except httpx.TransportError:
                    await asyncio.sleep(PAUSE)
                    continue
                if not answer.is_error:
                    return answer.json()
                if not _passing(answer):
                    raise AssertionError(f"{method} {service}{path}: {answer.text[:500]}")
                await asyncio.sleep(PAUSE)


Work = Callable[[Office, httpx.AsyncClient], Awaitable[None]]


class Load:
    """Works in a thread of its own from `with` on; the end waits for every answer.

    Raises at the end what went wrong in it. Whoever keeps the services running calls `close`, and
    goes on with that until `ended`: an answer may need a service that is to be started again.
    """

    def __init__(self, urls: Mapping[str, str], works: Sequence[Work]) -> None:
        self.office = Office(urls)
        self._works = works
        self._error: BaseException | None = None
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> "Load":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
        self._thread.join()
        if self._error is not None:
            raise self._error

    def close(self) -> None:
        """No command is begun any more."""
        self.office.closing = True

    @property
    def ended(self) -> bool:
        return not self._thread.is_alive()

    def _run(self) -> None:
        try:
            asyncio.run(self._work())
        except BaseException as error:  # noqa: BLE001  # told to whoever waits for us
            self._error = error

    async def _work(self) -> None:
        async with httpx.AsyncClient(timeout=REQUEST) as http, asyncio.TaskGroup() as group:
            for work in self._works:
                group.create_task(self._again_and_again(work, http))

    async def _again_and_again(self, work: Work, http: httpx.AsyncClient) -> None:
        while not self.office.closing:
            try:
                await work(self.office, http)
            except Closed:
                return


def launching(organisation: Organisation, text: str) -> Work:
    """A campaign from its plan to its launch, by the four officials that it takes."""

    async def work(office: Office, http: httpx.AsyncClient) -> None:
        async def do(who: str, path: str, body: Any = None) -> str:
            return await office.command(http, organisation[who], "campaign", path, body)

        campaign = await do("lead", "/campaigns", {"text": text, "source_name": "plan.txt"})
        path = f"/campaigns/{campaign}"
        page = await office.get(http, organisation["lead"], "campaign", path)
        for field in page["fields"]:
            await do("lead", f"{path}/fields/{field['id']}/confirmation")
        await do("lead", f"{path}/submission")
        await do("lead-head", f"{path}/approval")
        await do("chairman", f"{path}/signature")
        await do("clerk", f"{path}/number", {"issued_on": today()})
        lines = await office.get(http, organisation["clerk"], "campaign", f"{path}/recipients")
        recipients = [
            {
                "label": line["label"],
                "purpose": line["purpose"],
                "units": line["suggested"] or organisation.communes[:1],
            }
            for line in lines["items"]
        ]
        body = {"scope": organisation.scope, "recipients": recipients}
        await do("clerk", f"{path}/launch", body)

    return work


def proposing(officer: Person, campaign: str) -> Work:
    """Dossiers with one nominee each, one after the other."""
    nominee = {"kind": "collective", "form": "giay-khen", "achievement": "Thành tích (mẫu)"}

    async def work(office: Office, http: httpx.AsyncClient) -> None:
        dossier = await office.command(
            http, officer, "dossier", "/dossiers", {"campaign": campaign}
        )
        named = {"name": "Tập thể mẫu", "identity": f"mau-{uuid4()}"}
        path = f"/dossiers/{dossier}/nominees"
        await office.command(http, officer, "dossier", path, nominee | named)
        await asyncio.sleep(PAUSE)

    return work


def acknowledging(head: Person) -> Work:
    """All notices of a unit that ask for it, as they come in."""

    async def work(office: Office, http: httpx.AsyncClient) -> None:
        inbox = await office.get(http, head, "notification", "/inbox?state=to-acknowledge")
        for notice in inbox["items"]:
            path = f"/notices/{notice['id']}/acknowledgement"
            await office.command(http, head, "notification", path)
        await asyncio.sleep(PAUSE * 4)

    return work


def _signed(by: Person) -> dict[str, str]:
    return {"Authorization": f"Bearer {by.session['token']}"}


def _passing(answer: httpx.Response) -> bool:
    """An error that says: again, with the same key."""
    return answer.is_server_error or (
        answer.status_code == httpx.codes.CONFLICT and answer.json()["code"] == "conflict"
    )

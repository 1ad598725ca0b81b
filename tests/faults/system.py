"""The whole system, to be hurt: what it says of itself, and what must hold whatever happened."""

import asyncio
import email
import os
import shutil
import signal
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import httpx
import msgspec
import nats

from deploy.local.supervisor import Supervisor
from libs.eventlog.wire import POSITION, Entry, decode_page, stream_of
from tests.faults.load import Load, Work
from thidua.demo.organisation import Organisation
from thidua.services import DATABASE_SERVICES

PATIENCE = 40.0  # seconds for anything to come to pass
PAGE = 1000
BUSY = 40  # commands that campaign and dossier must each answer, before a fault and after it


class System:
    """A running system with an organisation in it. Use it from the supervisor's thread."""

    def __init__(self, supervisor: Supervisor, organisation: Organisation) -> None:
        self.supervisor, self.organisation = supervisor, organisation
        self.urls = {name: supervisor.environments.url(name) for name in DATABASE_SERVICES}
        self.sender_kills = 0
        secret = supervisor.environments.secrets.password("log-token").read_text().strip()
        self._reader = {"Authorization": f"Bearer {secret}"}
        auditor = organisation["auditor"].session["token"]
        self._auditor = {"Authorization": f"Bearer {auditor}"}
        self._http = httpx.Client(timeout=30)
        self.log: dict[str, list[Entry]] = {name: [] for name in DATABASE_SERVICES}

    # ---- asking
    def ask(self, service: str, path: str, method: str = "GET") -> Any:
        asks_the_auditor = path.startswith(("/status", "/verifications"))
        headers = self._auditor if service == "audit" and asks_the_auditor else self._reader
        return self._answer(method, service, path, headers).json()

    def read_logs(self) -> dict[str, int]:
        """Reads on in every log; returns the last position of each."""
        for service, known in self.log.items():
            more = True
            while more:
                after = known[-1].id if known else 0
                path = f"/log?after={after}&limit={PAGE}"
                page = decode_page(self._answer("GET", service, path, self._reader).content)
                known.extend(page.events)
                more = len(page.events) == PAGE
        return {service: known[-1].id if known else 0 for service, known in self.log.items()}

    def published(self, service: str) -> list[int]:
        """The positions in the service's stream, in the order of the stream."""
        return asyncio.run(self._published(service))

    def mails(self) -> Counter[str]:
        """How many letters there are of each Message-ID."""
        folder = self.supervisor.layout.mail
        letters = (email.message_from_bytes(path.read_bytes()) for path in folder.glob("[!.]*.eml"))
        return Counter(str(letter["Message-ID"]) for letter in letters)

    def unsent(self) -> int:
        """Notices that are queued and not sent."""
        self.read_logs()
        topics = Counter(entry.headers["Es-Topic"] for entry in self.log["notification"])
        return topics["notice.queued.v1"] - topics["notice.sent.v1"]

    # ---- waiting
    def until(self, what: str, holds: Callable[[], bool]) -> None:
        """Keeps the system running until then; fails after PATIENCE."""
        end = time.monotonic() + PATIENCE

        def look() -> bool:
            if time.monotonic() > end:
                raise AssertionError(f"not within {PATIENCE:g} s: {what}")
            try:
                return holds()
            except httpx.HTTPError:
                return False

        self.supervisor.watch(until=look)

    def is_quiet(self) -> bool:
        """Everybody has heard all there was, and that has led to nothing new."""
        heads = self.read_logs()
        if not all(self._has_heard_all(service, heads) for service in DATABASE_SERVICES):
            return False
        status = self.ask("audit", "/status")
        now = self.read_logs()
        news = [
            service for service in heads if service != "audit" and now[service] > heads[service]
        ]
        lag = sum(of["lag"] for name, of in status["services"].items() if name != "audit")
        return not news and lag == 0 and self.unsent() == 0

    def under_load(self, works: list[Work], fault: Callable[[], None]) -> Load:
        """Commands before, during and after the fault; returns when the system is quiet again."""
        with self.load(works) as load:
            self._until_busy(load, "before the fault")
            fault()
            self._until_busy(load, "after the fault")
        self.until("quiet", self.is_quiet)
        return load

    @contextmanager
    def load(self, works: list[Work]) -> Iterator[Load]:
        """Load that ends with every command answered."""
        with Load(self.urls, works) as load:
            yield load
            load.close()
            self.until("every answer", lambda: load.ended)

    # ---- hurting
    def kill(self, service: str) -> None:
        process = self.supervisor.child(service).pid
        assert process is not None
        os.kill(process, signal.SIGKILL)

    def kill_and_wipe_nats(self) -> None:
        self.supervisor.nats.kill()
        shutil.rmtree(self.supervisor.nats.store)

    def restart_as(self, service: str, roles: str) -> None:
        """Killed, and back doing only this; returns when it is ready."""
        child = self.supervisor.child(service)
        child.environment = {**child.environment, "THIDUA_ROLES": roles}
        before = child.pid
        self.kill(service)

        def back() -> bool:
            return child.pid not in (None, before) and bool(self.ask(service, "/health/ready"))

        self.until(f"{service} as {roles}", back)

    # ---- inside
    def _until_busy(self, load: Load, when: str) -> None:
        before = {service: load.office.of(service) for service in ("campaign", "dossier")}

        def busy() -> bool:
            return load.ended or all(load.office.of(s) >= n + BUSY for s, n in before.items())

        self.until(f"load {when}", busy)

    def _has_heard_all(self, service: str, heads: dict[str, int]) -> bool:
        told = self.ask(service, "/followers")
        followers = told["followers"].items()
        return (
            told["relay"]["position"] >= heads[service]
            and told["views"]["position"] >= heads[service]
            and all(of["position"] >= heads[name.split(".")[1]] for name, of in followers)
        )

    async def _published(self, service: str) -> list[int]:
        environments = self.supervisor.environments
        client = await nats.connect(
            self.supervisor.nats.url,
            user=service,
            password=environments.nats_password(service).read_text().strip(),
        )
        try:
            js = client.jetstream()
            left = (await js.stream_info(stream_of(service))).state.messages
            reader = await js.subscribe(f"evt.{service}.>", ordered_consumer=True)
            messages = [await reader.next_msg(timeout=PATIENCE) for _ in range(left)]
        finally:
            await client.close()
        return [int((message.headers or {})[POSITION]) for message in messages]

    def _answer(
        self, method: str, service: str, path: str, headers: dict[str, str]
    ) -> httpx.Response:
        answer = self._http.request(method, f"{self.urls[service]}{path}", headers=headers)
        return answer.raise_for_status()


def meta(entry: Entry) -> dict[str, Any]:
    found: dict[str, Any] = msgspec.json.decode(entry.data)["meta"]
    return found


def data(entry: Entry) -> dict[str, Any]:
    found: dict[str, Any] = msgspec.json.decode(entry.data)["data"]
    return found

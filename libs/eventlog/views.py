"""Views: what can be asked, projected from a service's own log into disposable tables.

A `Projection` declares tables and how each event changes them. `Views` keeps them up to date,
answers "have you seen position n yet", and can rebuild them beside the live ones, to swap or to
compare.
Handlers must be deterministic: times come from the event, never from a clock.
"""

import asyncio
import hashlib
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from itertools import groupby
from typing import Any, TypeAlias

import asyncpg
import msgspec

from libs.eventlog.events import Event
from libs.eventlog.log import Log, Recorded
from libs.eventlog.tables import notify_channel

log = logging.getLogger(__name__)
Db: TypeAlias = asyncpg.Connection
Handler = Callable[[Db, Any, Recorded], Awaitable[None]]
RunHandler = Callable[[Db, Sequence[Recorded]], Awaitable[None]]
PAGE = 500  # events a transaction
PAUSE = 1.0  # seconds between looks when nothing woke us: a wake-up may be lost, an event may not
# Seconds between steps under load while no reader waits: a step is a transaction, and costs much
# the same for one event as for a hundred.
GATHER = 0.05

PROGRESS = "CREATE TABLE progress (position bigint NOT NULL, projection text NOT NULL);"


class ViewBehind(Exception):
    """The view has not reached the position that the reader has already seen."""


class Compared(msgspec.Struct, frozen=True):
    """Live tables against a clean rebuild at the same position: rows, and rows that differ."""

    position: int
    rows: dict[str, int]
    different: dict[str, int]

    @property
    def equal(self) -> bool:
        return not any(self.different.values())


class Projection:
    """Tables (DDL without schema names) and one handler per event class."""

    def __init__(self, ddl: str) -> None:
        self.ddl = ddl
        self.handlers: dict[type[Event], RunHandler] = {}

    @property
    def digest(self) -> str:
        """Changes with the tables, so that views built by another version are noticed."""
        return hashlib.sha256(self.ddl.encode()).hexdigest()

    def on(self, *events: type[Event]) -> Callable[[Handler], Handler]:
        """Decorator of what one of these events changes in the tables."""

        def register(handler: Handler) -> Handler:
            async def one_by_one(db: Db, run: Sequence[Recorded]) -> None:
                for recorded in run:
                    await handler(db, recorded.event, recorded)

            self.on_run(*events)(one_by_one)
            return handler

        return register

    def on_run(self, *events: type[Event]) -> Callable[[RunHandler], RunHandler]:
        """Decorator of what events that follow each other change, for kinds that come in crowds."""

        def register(handler: RunHandler) -> RunHandler:
            for event in events:
                if event in self.handlers:
                    raise ValueError(f"{event.__name__} has two handlers")
                self.handlers[event] = handler
            return handler

        return register

    async def apply(self, db: Db, page: Sequence[Recorded]) -> None:
        """Everything in order; what follows each other and has one handler goes to it at once."""
        for handler, run in groupby(page, lambda recorded: self.handlers.get(type(recorded.event))):
            if handler is not None:
                await handler(db, list(run))


def combined(*parts: Projection) -> Projection:
    """One projection of several that each know some tables; an event still has one handler."""
    whole = Projection("\n".join(part.ddl for part in parts))
    for part in parts:
        for event, handler in part.handlers.items():
            whole.on_run(event)(handler)
    return whole


class Views:
    """The live tables of one projection, in schema `views` of the service's database."""

    def __init__(self, projection: Projection, of: Log) -> None:
        self.projection, self._log = projection, of
        self.position = 0
        self._moved = asyncio.Condition()
        self._building = asyncio.Lock()
        self._waiting = 0
        self._wanted = asyncio.Event()  # set while a reader waits
        self._stopping = False
        self.error: str | None = None

    async def open(self) -> None:
        self.pool = await self._connect_pool()
        async with self.pool.acquire() as db, db.transaction():
            await db.execute("SELECT pg_advisory_xact_lock(hashtext('views'))")
            if await db.fetchval("SELECT to_regclass('views.progress')") is None:
                await db.execute("CREATE SCHEMA IF NOT EXISTS views; SET LOCAL search_path = views")
                await self._create(db)
            built = await db.fetchval("SELECT projection FROM views.progress")
        if built != self.projection.digest:
            await self.rebuild()  # this version of the software shows something else
        self._task = asyncio.create_task(self._run())

    async def close(self) -> None:
        self._stopping = True
        self._log.appended.set()
        self._task.cancel()
        with suppress(asyncio.CancelledError):
            await self._task
        await self.pool.close()

    async def at_least(self, position: int, *, within: float = 5.0) -> None:
        """Returns once the view has applied `position`; ViewBehind after `within` seconds."""
        if self.position >= position:
            return
        self._waiting += 1
        self._wanted.set()
        try:
            async with asyncio.timeout(within), self._moved:
                await self._moved.wait_for(lambda: self.position >= position)
        except TimeoutError:
            raise ViewBehind(f"at {self.position}, asked for {position}") from None
        finally:
            self._waiting -= 1
            if not self._waiting:
                self._wanted.clear()

    async def rebuild(self) -> int:
        """Builds the tables anew beside the live ones, then swaps. Returns the position."""
        async with self._taking_turns() as db:
            position = await self._build(db, "views_next")
            async with db.transaction():
                # Projectors wait at the name, not at a row of the table that is about to go.
                await db.execute("LOCK TABLE views.progress IN ACCESS EXCLUSIVE MODE")
                position = await self._catch_up(db, "views_next", position)
                await db.execute(
                    "ALTER SCHEMA views RENAME TO views_old;"
                    "ALTER SCHEMA views_next RENAME TO views;"
                    "DROP SCHEMA views_old CASCADE"
                )
        return position

    async def compare(self) -> Compared:
        """Builds fresh tables from the log, as far as the live ones are, and compares them."""
        async with self._taking_turns() as db:
            live = await db.fetchval("SELECT position FROM views.progress")
            position = await self._build(db, "views_check", upto=live)
            async with db.transaction():
                live = await db.fetchval("SELECT position FROM views.progress FOR UPDATE")
                position = await self._catch_up(db, "views_check", position, upto=live)
                rows, different = {}, {}
                for table in await self._tables(db, "views_check"):
                    rows[table] = await db.fetchval(f'SELECT count(*) FROM views_check."{table}"')
                    different[table] = await db.fetchval(_DIFFERENCE.format(table=table))
                await db.execute("DROP SCHEMA views_check CASCADE")
        return Compared(position, rows, different)

    @asynccontextmanager
    async def _taking_turns(self) -> AsyncIterator[Db]:
        """A connection, while no other request and no other replica builds tables beside ours."""
        async with self._building, self.pool.acquire() as db:
            await db.execute("SELECT pg_advisory_lock(hashtext('views.building'))")
            yield db  # its way back to the pool drops the lock

    # ---- the projector
    async def _run(self) -> None:
        while not self._stopping:
            try:
                async with self.pool.acquire() as db, self._woken_by(db):
                    await self._follow(db)
            except Exception as error:  # noqa: BLE001  # a view that stands still must say so
                self.error = repr(error)
                log.warning("views: %s; trying again", self.error)
                await asyncio.sleep(PAUSE)

    async def _follow(self, db: Db) -> None:
        clock = asyncio.get_running_loop().time
        while not self._stopping:
            self._log.appended.clear()
            begun = clock()
            applied = await self._step(db)
            self.error = None
            if applied < PAGE:
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._log.appended.wait(), PAUSE)
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._wanted.wait(), begun + GATHER - clock())

    async def _step(self, db: Db) -> int:
        """Applies one page. The progress row is the lock: replicas take turns."""
        async with db.transaction():
            start = await db.fetchval("SELECT position FROM views.progress FOR UPDATE")
            page = await self._log.after(start, PAGE)
            if page:
                await self._apply(db, "views", page)
        await self._tell(page[-1].position if page else start)
        return len(page)

    async def _tell(self, position: int) -> None:
        if position != self.position:
            async with self._moved:
                self.position = position
                self._moved.notify_all()

    async def _apply(self, db: Db, schema: str, page: list[Recorded]) -> None:
        await db.execute(f"SET LOCAL search_path = {schema}")
        await self.projection.apply(db, page)
        await db.execute(f"UPDATE {schema}.progress SET position = $1", page[-1].position)

    async def _build(self, db: Db, schema: str, upto: int | None = None) -> int:
        async with db.transaction():
            await db.execute(f"DROP SCHEMA IF EXISTS {schema} CASCADE; CREATE SCHEMA {schema};")
            await db.execute(f"SET LOCAL search_path = {schema}")
            await self._create(db)
        return await self._catch_up(db, schema, 0, upto)

    async def _create(self, db: Db) -> None:
        await db.execute(PROGRESS + self.projection.ddl)
        await db.execute("INSERT INTO progress VALUES (0, $1)", self.projection.digest)

    async def _catch_up(self, db: Db, schema: str, position: int, upto: int | None = None) -> int:
        while page := await self._log.after(position, PAGE):
            page = [r for r in page if upto is None or r.position <= upto]
            if not page:
                break
            async with db.transaction():
                await self._apply(db, schema, page)
            position = page[-1].position
        return position

    async def _tables(self, db: Db, schema: str) -> list[str]:
        rows = await db.fetch(
            "SELECT tablename FROM pg_tables WHERE schemaname = $1 ORDER BY 1", schema
        )
        return [row["tablename"] for row in rows]

    def _woken_by(self, db: Db) -> "_Listening":
        return _Listening(db, self._log.appended)

    async def _connect_pool(self) -> asyncpg.Pool:
        return await asyncpg.create_pool(
            self._log.dsn, password=self._log.password, min_size=2, max_size=6
        )


class _Listening:
    """LISTEN for appends made by other processes and by message handlers."""

    def __init__(self, db: Db, event: asyncio.Event) -> None:
        self._db, self._event = db, event

    def _wake(self, *_: object) -> None:
        self._event.set()

    async def __aenter__(self) -> None:
        await self._db.add_listener(notify_channel(), self._wake)

    async def __aexit__(self, *_: object) -> None:
        with suppress(asyncpg.InterfaceError, asyncpg.PostgresError, OSError):
            await self._db.remove_listener(notify_channel(), self._wake)


_DIFFERENCE = """
SELECT count(*) FROM (
    (SELECT * FROM views."{table}" EXCEPT ALL SELECT * FROM views_check."{table}")
    UNION ALL
    (SELECT * FROM views_check."{table}" EXCEPT ALL SELECT * FROM views."{table}")) AS different
"""

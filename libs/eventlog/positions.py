"""Where a follower stands, in its own service's database: position, epoch, tries, dead letters.

The position moves in the same transaction as the effect of the event, and only from where we
believe it to be; a session-wide advisory lock lets one replica of a service follow at a time.
"""

from dataclasses import dataclass
from typing import Any, LiteralString, cast

import psycopg
from psycopg.rows import dict_row
from psycopg.types.json import Jsonb

from libs.eventlog.wire import Delivery

SCHEMA = """
CREATE SCHEMA IF NOT EXISTS following;
CREATE TABLE IF NOT EXISTS following.follower (
    name     text PRIMARY KEY,
    epoch    text,                          -- of the producer's log; NULL until first learnt
    position bigint NOT NULL DEFAULT 0,     -- last event whose effect is in this database
    sequence bigint NOT NULL DEFAULT 0,     -- where that was in the stream: a hint, never trusted
    tries    integer NOT NULL DEFAULT 0,    -- of the event after the position
    error    text,
    moved_at timestamptz NOT NULL DEFAULT clock_timestamp());
CREATE TABLE IF NOT EXISTS following.dead_letter (
    follower    text NOT NULL,
    epoch       text NOT NULL,
    position    bigint NOT NULL,
    previous    bigint NOT NULL,
    topic       text NOT NULL,
    subject     text NOT NULL,
    headers     jsonb NOT NULL,
    body        bytea NOT NULL,
    error       text NOT NULL,
    tries       integer NOT NULL,
    buried_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
    resolution  text CHECK (resolution IN ('retried', 'discarded')),
    reason      text,
    resolved_by text,
    resolved_at timestamptz,
    CHECK ((resolution IS NULL) = (resolved_at IS NULL)),
    PRIMARY KEY (follower, epoch, position));
CREATE TABLE IF NOT EXISTS following.epoch_adoption (
    id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    follower      text NOT NULL,
    from_epoch    text,
    from_position bigint NOT NULL,
    to_epoch      text NOT NULL,
    to_position   bigint NOT NULL,
    reason        text NOT NULL,
    adopted_by    text NOT NULL,
    adopted_at    timestamptz NOT NULL DEFAULT clock_timestamp());
"""
# {role} is the application's role. Nothing here is ever deleted, and adoptions are not changed.
GRANTS = """
GRANT USAGE ON SCHEMA following TO {role};
GRANT SELECT, INSERT, UPDATE ON following.follower, following.dead_letter TO {role};
GRANT SELECT, INSERT ON following.epoch_adoption TO {role};
"""
# A dead peer or a stuck statement becomes an error within seconds, and an error ends the session.
CONNECT: dict[str, Any] = {
    "connect_timeout": 5,
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 3,
    "tcp_user_timeout": 10_000,
    "options": "-c statement_timeout=30s -c lock_timeout=5s",
}
LONGEST_ERROR = 4000

Connection = psycopg.Connection[dict[str, Any]]
Cursor = psycopg.Cursor[dict[str, Any]]


def connect(dsn: str, password: str | None = None) -> Connection:
    """A direct connection: a pool that shares sessions would lose the advisory lock."""
    secret = {"password": password} if password else {}
    return psycopg.connect(dsn, row_factory=dict_row, **(CONNECT | secret))


@dataclass(frozen=True)
class Standing:
    """Where a follower goes on from."""

    epoch: str | None
    position: int
    sequence: int
    dead: int


class Positions:
    """The rows of one follower. Every method blocks: call it in a worker thread."""

    def __init__(self, name: str, dsn: str, password: str | None = None) -> None:
        self.name, self._dsn, self._password = name, dsn, password

    def connect(self) -> Connection:
        return connect(self._dsn, self._password)

    def claim(self, connection: Connection) -> Standing | None:
        """Takes the lock that this session keeps until it ends; None: another replica has it."""
        lock = "SELECT pg_try_advisory_lock(hashtextextended(%s, 0)) AS won"
        won = connection.execute(lock, [self.name]).fetchone()
        if won is None or not won["won"]:
            connection.rollback()
            return None
        connection.execute(
            "INSERT INTO following.follower (name) VALUES (%s) ON CONFLICT DO NOTHING", [self.name]
        )
        row = self._one(
            connection,
            "SELECT epoch, position, sequence FROM following.follower WHERE name = %s",
        )
        dead = self.dead(connection)
        return Standing(row["epoch"], row["position"], row["sequence"], dead)

    def dead(self, connection: Connection) -> int:
        """How many messages are buried and not yet resolved. Commits."""
        row = self._one(
            connection,
            "SELECT count(*) AS dead FROM following.dead_letter "
            "WHERE follower = %s AND resolution IS NULL",
        )
        connection.commit()
        return int(row["dead"])

    def learn_epoch(self, connection: Connection, epoch: str) -> None:
        """Keeps the epoch that a new follower starts in; never replaces one."""
        connection.execute(
            "UPDATE following.follower SET epoch = %s WHERE name = %s AND epoch IS NULL",
            [epoch, self.name],
        )
        connection.commit()

    def move(
        self, connection: Connection, tx: Cursor, old: int, new: Delivery, sequence: int
    ) -> None:
        """Commits the effects in `tx` together with the position. Raises if it was not at `old`."""
        tx.execute(
            "UPDATE following.follower SET position = %s, sequence = %s, tries = 0, error = NULL, "
            "moved_at = clock_timestamp() WHERE name = %s AND position = %s AND epoch = %s",
            [new.position, sequence, self.name, old, new.epoch],
        )
        if tx.rowcount != 1:
            raise psycopg.OperationalError("the position was moved by somebody else")
        connection.commit()

    def note(self, connection: Connection, error: str | None, tries: int) -> tuple[int, str | None]:
        """Adds tries and the last error to the event after the position; returns both. Commits."""
        cursor = connection.execute(
            "UPDATE following.follower SET tries = tries + %s, error = coalesce(%s, error) "
            "WHERE name = %s RETURNING tries, error",
            [tries, error, self.name],
        )
        row = cast(dict[str, Any], cursor.fetchone())
        connection.commit()
        return row["tries"], row["error"]

    def bury(self, tx: Cursor, letter: Delivery, error: str, tries: int) -> None:
        """Keeps a message that nobody could handle; the caller moves the position past it."""
        tx.execute(
            "INSERT INTO following.dead_letter (follower, epoch, position, previous, topic, "
            "subject, headers, body, error, tries) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s) "
            # Met again only after an operator has moved the position back: then it is open again.
            "ON CONFLICT (follower, epoch, position) DO UPDATE SET error = excluded.error, "
            "tries = excluded.tries, buried_at = clock_timestamp(), resolution = NULL, "
            "reason = NULL, resolved_by = NULL, resolved_at = NULL",
            [
                self.name,
                letter.epoch,
                letter.position,
                letter.previous,
                letter.topic,
                letter.subject,
                Jsonb(letter.headers),
                letter.body,
                error[:LONGEST_ERROR],
                tries,
            ],
        )

    def _one(self, connection: Connection, query: LiteralString) -> dict[str, Any]:
        return cast(dict[str, Any], connection.execute(query, [self.name]).fetchone())


def adopt_epoch(
    connection: psycopg.Connection[Any],
    follower: str,
    epoch: str,
    *,
    reason: str,
    by: str,
    position: int | None = None,
) -> None:
    """An operator's decision to go on in another epoch of the producer's log, kept with its reason.

    Look first which events the restored log lacks: their effects stay in this database until a
    correction is recorded. `position` (default: unchanged) must be one that the new log holds;
    events after it are handled, so a lower one repeats effects. Raises LookupError for an unknown
    follower, ValueError without a reason. Commits.
    """
    if not reason.strip():
        raise ValueError("an epoch is adopted for a reason")
    with connection.transaction(), connection.cursor(row_factory=dict_row) as tx:
        tx.execute(
            "SELECT epoch, position FROM following.follower WHERE name = %s FOR UPDATE", [follower]
        )
        old = tx.fetchone()
        if old is None:
            raise LookupError(follower)
        new = old["position"] if position is None else position
        tx.execute(
            "INSERT INTO following.epoch_adoption (follower, from_epoch, from_position, to_epoch, "
            "to_position, reason, adopted_by) VALUES (%s, %s, %s, %s, %s, %s, %s)",
            [follower, old["epoch"], old["position"], epoch, new, reason, by],
        )
        tx.execute(
            "UPDATE following.follower SET epoch = %s, position = %s, tries = 0, error = NULL "
            "WHERE name = %s",
            [epoch, new, follower],
        )
    connection.commit()

"""What is open of a unit that gave way goes to its custodian; the board goes with the authority."""

from datetime import UTC, date, datetime
from functools import partial
from uuid import UUID

import msgspec

from libs.eventlog.events import Context, Event
from libs.eventlog.message import Cursor
from libs.eventlog.streams import Streams, lock_log
from services.notification.decisions import Notice, Stage
from services.notification.events import NoticePassedOn


class UnitRenamed(msgspec.Struct, frozen=True):
    """directory unit.renamed.v1"""

    code: str
    name: str


class UnitChanged(msgspec.Struct, frozen=True):
    """directory unit.changed.v1"""

    code: str
    mailbox: str


class UnitSucceeded(msgspec.Struct, frozen=True):
    """directory unit.succeeded.v1"""

    code: str
    kind: str
    authority: str
    custodian: str
    custodian_authority: str
    effective: date
    reorganisation: UUID


def pass_on(notice: Notice, by: UnitSucceeded) -> list[Event]:
    """A notice dealt with stays where it was; one still open is the custodian's to deal with."""
    if notice.stage is Stage.absent:
        return []
    unit = by.custodian if notice.unit == by.code and is_open(notice) else notice.unit
    passes = by.kind == "authority" and notice.authority == by.authority
    authority = by.custodian_authority if passes else notice.authority
    if (unit, authority) == (notice.unit, notice.authority):
        return []
    return [
        NoticePassedOn(
            notice.unit, unit, notice.authority, authority, by.effective, by.reorganisation
        )
    ]


def is_open(notice: Notice) -> bool:
    """Not sent yet, not read yet, or not acknowledged where that is asked."""
    if notice.needs_acknowledgement:
        return not notice.acknowledged
    return notice.stage not in (Stage.sent, Stage.failed) or not notice.opened


_CONCERNED = """
SELECT DISTINCT originator_id FROM (
    SELECT originator_id, convert_from(state, 'UTF8')::jsonb -> 'data' AS data
    FROM log.events WHERE topic IN ('notice.queued.v1', 'notice.passed-on.v1')) AS told
WHERE data ->> 'unit' = %(unit)s
   OR coalesce(data ->> 'sender', data ->> 'authority') = %(authority)s ORDER BY 1
"""


class Succeeding:
    def __init__(self, notices: Streams[Notice]) -> None:
        self._notices = notices

    def unit_renamed(self, tx: Cursor, unit: UnitRenamed) -> None:
        tx.execute("UPDATE following.unit SET name = %s WHERE code = %s", [unit.name, unit.code])

    def unit_changed(self, tx: Cursor, unit: UnitChanged) -> None:
        tx.execute(
            "UPDATE following.unit SET mailbox = %s WHERE code = %s", [unit.mailbox, unit.code]
        )

    def unit_succeeded(
        self, tx: Cursor, by: UnitSucceeded, *, position: int, correlation: UUID
    ) -> None:
        tx.execute(
            "INSERT INTO following.succession VALUES (%s, %s) ON CONFLICT DO NOTHING",
            [by.code, by.custodian],
        )
        lock_log(tx)  # no other notice is queued for the unit between our look and our record
        of = {"unit": by.code, "authority": by.authority if by.kind == "authority" else None}
        context = Context(
            at=datetime.now(UTC),
            authority=by.custodian_authority,
            command=f"directory:{position}",
            correlation=correlation,
            causation=f"directory:{position}",
        )
        for row in tx.execute(_CONCERNED, of).fetchall():
            self._notices.record_in(tx, row["originator_id"], partial(pass_on, by=by), context)


_CUSTODIANS = """
WITH RECURSIVE line (unit, now) AS (
    SELECT code, code FROM unnest(%s::text[]) AS code
    UNION SELECT line.unit, s.custodian
    FROM line JOIN following.succession s ON s.predecessor = line.now)
SELECT unit, now FROM line WHERE NOT EXISTS
    (SELECT FROM following.succession s WHERE s.predecessor = line.now)
"""


def custodians(tx: Cursor, units: list[str]) -> dict[str, str]:
    """Who is told instead of each unit: the unit itself while it stands."""
    rows = tx.execute(_CUSTODIANS, [units]).fetchall()
    return {row["unit"]: row["now"] for row in rows}

"""When a unit or an authority gives way, what it holds passes to its custodian: each thing once."""

from datetime import UTC, date, datetime
from functools import partial
from typing import Any
from uuid import UUID

import msgspec

from libs.eventlog.events import Context
from libs.eventlog.message import Message, Position, Tx
from libs.eventlog.streams import Streams, lock_log
from services.dossier.decisions.custody import Kind, Succession, pass_custody
from services.dossier.history import Histories


class UnitSucceeded(msgspec.Struct, frozen=True):
    """directory unit.succeeded.v1"""

    code: str
    name: str
    kind: str
    authority: str
    custodian: str
    custodian_authority: str
    effective: date
    reorganisation: UUID


class ScopeSucceeded(msgspec.Struct, frozen=True):
    """campaign campaign.scope-succeeded.v1"""

    campaign: UUID
    predecessor: str
    custodian: str
    successors: tuple[str, ...]


class CustodyPassed(msgspec.Struct, frozen=True):
    """campaign campaign.custody-passed.v1"""

    campaign: UUID
    authority: str


# The streams that a unit or authority stands in, and of which kind they are.
CONCERNED = """
SELECT DISTINCT originator_id, kind FROM (
    SELECT originator_id, convert_from(state, 'UTF8')::jsonb -> 'data' AS data,
        CASE topic WHEN 'dossier.opened.v1' THEN 'dossier' WHEN 'session.convened.v1' THEN 'session'
        WHEN 'decision.drafted.v1' THEN 'decision'
        ELSE convert_from(state, 'UTF8')::jsonb -> 'data' ->> 'kind' END AS kind
    FROM log.events WHERE topic IN ('dossier.opened.v1', 'session.convened.v1',
        'decision.drafted.v1', 'custody.passed.v1')) AS told
WHERE data ->> 'unit' = %(unit)s OR data ->> 'authority' = %(authority)s ORDER BY 1
"""


class Succeeding:
    def __init__(self, histories: Histories) -> None:
        self._streams: dict[Kind, Streams[Any]] = {
            "dossier": histories.dossiers,
            "session": histories.sessions,
            "decision": histories.decisions,
        }

    def unit_succeeded(self, message: Message[UnitSucceeded], tx: Tx, at: Position) -> None:
        by = Succession(**msgspec.structs.asdict(message.data))
        tx.execute(
            "INSERT INTO following.succession VALUES (%s, %s, %s, %s) ON CONFLICT DO NOTHING",
            [by.code, by.name, by.custodian, by.effective],
        )
        lock_log(tx)  # nobody opens another dossier between our look and our record
        of = {"unit": by.code, "authority": by.authority if by.kind == "authority" else None}
        context = Context(
            at=datetime.now(UTC),
            authority=by.custodian_authority,
            command=f"directory:{at}",
            correlation=message.meta.correlation,
            causation=f"directory:{at}",
        )
        for row in tx.execute(CONCERNED, of).fetchall():
            kind: Kind = row["kind"]
            decide = partial(pass_custody, kind=kind, by=by)
            self._streams[kind].record_in(tx, row["originator_id"], decide, context)


def on_scope_succeeded(message: Message[ScopeSucceeded], tx: Tx) -> None:
    """The successors stand in scope where the unit stood."""
    told = message.data
    row = tx.execute(
        "SELECT scope, lead_unit FROM following.campaign WHERE campaign = %s", [told.campaign]
    ).fetchone()
    if row is None:
        return
    scope: list[str] = []
    for unit in row["scope"]:
        scope += told.successors if unit == told.predecessor else (unit,)
    lead = told.custodian if row["lead_unit"] == told.predecessor else row["lead_unit"]
    tx.execute(
        "UPDATE following.campaign SET scope = %s, lead_unit = %s, guests = guests || %s "
        "WHERE campaign = %s",
        [list(dict.fromkeys(scope)), lead, list(told.successors), told.campaign],
    )


def on_custody_passed(message: Message[CustodyPassed], tx: Tx) -> None:
    tx.execute(
        "UPDATE following.campaign SET authority = %s WHERE campaign = %s",
        [message.data.authority, message.data.campaign],
    )

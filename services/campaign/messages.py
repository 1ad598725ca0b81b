"""What the campaign service learns from others over NATS."""

from datetime import UTC, date, datetime
from functools import partial
from uuid import UUID

import msgspec

from libs.eventlog.events import Context
from libs.eventlog.follower import LogBroker, Message, Position, Tx
from libs.eventlog.streams import Streams, lock_log
from libs.serving.bus import follow, log_broker
from services.campaign.decisions.difficulty import Difficulty
from services.campaign.decisions.states import Campaign
from services.campaign.decisions.succeeding import Succession, pass_on, succeed
from services.campaign.difficulties_history import difficulties_of
from services.campaign.settings import Settings


class UnitEstablished(msgspec.Struct, frozen=True):
    """What we need of the directory's unit.established.v1."""

    code: str
    name: str
    kind: str
    authority: str


class UnitClosed(msgspec.Struct, frozen=True):
    """directory unit.closed.v1; `valid_to`: the first day on which it is no more."""

    code: str
    valid_to: date


class UnitRenamed(msgspec.Struct, frozen=True):
    """directory unit.renamed.v1"""

    code: str
    name: str


class Successor(msgspec.Struct, frozen=True):
    unit: str


class UnitSucceeded(msgspec.Struct, frozen=True):
    """directory unit.succeeded.v1"""

    code: str
    name: str
    kind: str
    authority: str
    successors: tuple[Successor, ...]
    custodian: str
    custodian_authority: str
    effective: date
    reorganisation: UUID

    def read(self) -> Succession:
        facts = msgspec.structs.asdict(self)
        return Succession(**facts | {"successors": tuple(s.unit for s in self.successors)})


# The streams that a unit or authority stands in, by what was recorded on them, and whose each is.
_CONCERNED = """
SELECT originator_id, (array_agg(data ->> 'authority' ORDER BY notification_id DESC)
    FILTER (WHERE data ? 'authority'))[1] AS authority
FROM (
    SELECT originator_id, notification_id, convert_from(state, 'UTF8')::jsonb -> 'data' AS data
    FROM log.events WHERE topic IN ('campaign.drafted.v1', 'campaign.written.v1',
        'campaign.launched.v1', 'campaign.scope-succeeded.v1', 'campaign.custody-passed.v1')
    ) AS told
GROUP BY originator_id
HAVING bool_or(data -> 'scope' ? %(unit)s OR data -> 'successors' ? %(unit)s
    OR data ->> 'authority' = %(authority)s) ORDER BY 1
"""


_DIFFICULTIES = """
SELECT originator_id, (array_agg(data ->> 'authority' ORDER BY notification_id DESC)
    FILTER (WHERE data ? 'authority'))[1] AS authority
FROM (
    SELECT originator_id, notification_id, convert_from(state, 'UTF8')::jsonb -> 'data' AS data
    FROM log.events WHERE topic IN ('difficulty.reported.v1', 'difficulty.assigned.v1',
        'difficulty.escalated.v1', 'difficulty.passed-on.v1')
    ) AS told
GROUP BY originator_id
HAVING bool_or(%(unit)s IN (data ->> 'unit', data ->> 'lead_unit', data ->> 'holder',
    data ->> 'assigned_unit', data ->> 'to_unit')
    OR data ->> 'authority' = %(authority)s) ORDER BY 1
"""


def unit_succeeded(
    campaigns: Streams[Campaign],
    difficulties: Streams[Difficulty],
    message: Message[UnitSucceeded],
    tx: Tx,
    position: int,
) -> None:
    """Open duties and custody pass, for every campaign that the unit stands in."""
    by = message.data.read()
    tx.execute(
        "INSERT INTO following.succession VALUES (%s, %s, %s, %s) ON CONFLICT DO NOTHING",
        [by.code, by.name, by.custodian, by.effective],
    )
    lock_log(tx)  # nobody opens another campaign between our look and our record
    of = {"unit": by.code, "authority": by.authority if by.kind == "authority" else None}
    context = Context(
        at=datetime.now(UTC),
        authority=by.custodian_authority,
        command=f"directory:{position}",
        correlation=message.meta.correlation,
        causation=f"directory:{position}",
    )

    def owned(authority: str) -> Context:
        # Told by the authority whose it is, whoever the successor belongs to.
        owner = by.custodian_authority if authority == of["authority"] else authority
        return msgspec.structs.replace(context, authority=owner)

    for row in tx.execute(_CONCERNED, of).fetchall():
        id: UUID = row["originator_id"]
        campaigns.record_in(tx, id, partial(succeed, id=id, by=by), owned(row["authority"]))
    for row in tx.execute(_DIFFICULTIES, of).fetchall():
        stream: UUID = row["originator_id"]
        difficulties.record_in(tx, stream, partial(pass_on, by=by), owned(row["authority"]))


def subscriptions(settings: Settings, campaigns: Streams[Campaign]) -> LogBroker:
    broker = log_broker(settings)
    difficulties = difficulties_of(campaigns.log)
    directory = follow(
        broker,
        settings,
        reader="campaign",
        service="directory",
        url=settings.directory_url,
    )

    @directory.on("unit.established.v1")
    def on_unit_established(message: Message[UnitEstablished], tx: Tx) -> None:
        unit = message.data
        tx.execute(
            "INSERT INTO following.unit (code, name, kind, authority) VALUES (%s, %s, %s, %s) "
            "ON CONFLICT (code) DO UPDATE SET name = excluded.name, kind = excluded.kind",
            [unit.code, unit.name, unit.kind, unit.authority],
        )

    @directory.on("unit.closed.v1")
    def on_unit_closed(message: Message[UnitClosed], tx: Tx) -> None:
        tx.execute(
            "UPDATE following.unit SET closed_on = %s WHERE code = %s",
            [message.data.valid_to, message.data.code],
        )

    @directory.on("unit.renamed.v1")
    def on_unit_renamed(message: Message[UnitRenamed], tx: Tx) -> None:
        tx.execute(
            "UPDATE following.unit SET name = %s WHERE code = %s",
            [message.data.name, message.data.code],
        )

    @directory.on("unit.succeeded.v1")
    def on_unit_succeeded(message: Message[UnitSucceeded], tx: Tx, at: Position) -> None:
        unit_succeeded(campaigns, difficulties, message, tx, at)

    return broker

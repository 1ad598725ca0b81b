"""One notice for each unit that is to be told, in the transaction of what was heard."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from functools import partial
from uuid import UUID

import msgspec

from libs.eventlog.events import Context
from libs.eventlog.message import Cursor, Later
from libs.eventlog.streams import Streams
from libs.serving.days import VIETNAM
from services.notification.decisions import Notice, queue
from services.notification.events import About, Occasion, Purpose
from services.notification.history import notice_id
from services.notification.succeeding import custodians
from services.notification.templates import render


class Heard(msgspec.Struct, frozen=True):
    """One event of another service: where it stands, whose it is, what led to it."""

    occasion: Occasion
    authority: str
    correlation: UUID


class Told(msgspec.Struct, frozen=True):
    """What one unit is to be told."""

    unit: str
    purpose: Purpose
    template: str
    facts: Mapping[str, str]


class KnownCampaign(msgspec.Struct, frozen=True):
    title: str
    scope: tuple[str, ...]
    intake_until: str


class Queueing:
    """Queues the notices of an occasion; a second hearing changes and queues nothing."""

    def __init__(self, notices: Streams[Notice]) -> None:
        self._notices = notices

    @property
    def notices(self) -> Streams[Notice]:
        return self._notices

    def tell_scope(
        self,
        tx: Cursor,
        heard: Heard,
        campaign: UUID,
        known: KnownCampaign,
        template: str,
        facts: Mapping[str, str],
    ) -> None:
        about = About("campaign", "campaign", campaign)
        told = (Told(unit, "for-action", template, facts) for unit in known.scope)
        self.tell(tx, heard, about, campaign, told)

    def tell(
        self, tx: Cursor, heard: Heard, about: About, campaign: UUID, all_told: Iterable[Told]
    ) -> None:
        all_told = list(all_told)
        now = custodians(tx, [told.unit for told in all_told])
        names = names_of(tx, [*now.values()])
        occasion = heard.occasion
        already: list[Told] = []
        for told in all_told:
            unit = now[told.unit]
            once = msgspec.structs.replace(told, unit=unit)
            if once in already:
                continue  # said to another that gave way to the same unit
            already.append(once)
            facts = {"unit": names.get(unit, unit), **told.facts}
            rendered = render(told.template, facts, purpose=told.purpose)
            self._notices.record_in(
                tx,
                notice_id(occasion.event, told.unit),
                partial(
                    queue,
                    unit=unit,
                    sender=heard.authority,
                    occasion=occasion,
                    about=about,
                    campaign=campaign,
                    purpose=told.purpose,
                    rendered=rendered,
                ),
                context_of(heard),
            )


def context_of(heard: Heard) -> Context:
    at = heard.occasion
    return Context(
        at=datetime.now(UTC),  # when we queued it; when it happened stands in the occasion
        authority=heard.authority,
        command=f"{at.service}:{at.position}",
        correlation=heard.correlation,
        causation=f"{at.service}:{at.position}",
    )


def known_campaign(tx: Cursor, id: UUID) -> KnownCampaign:
    """LookupError if its launch was never heard of."""
    row = tx.execute(
        "SELECT title, scope, intake_until FROM following.campaign WHERE id = %s", [id]
    ).fetchone()
    if row is None:
        raise LookupError(f"campaign {id} is not known")
    until = row["intake_until"]
    return KnownCampaign(row["title"], tuple(row["scope"]), "" if until is None else moment(until))


def campaign_or_later(tx: Cursor, id: UUID) -> KnownCampaign:
    """Dossiers are heard from another log than campaigns: it may be a moment ahead."""
    try:
        return known_campaign(tx, id)
    except LookupError as error:
        raise Later(str(error)) from None


def moment(at: datetime) -> str:
    return f"{at.astimezone(VIETNAM):%H:%M ngày %d/%m/%Y}"


def names_of(tx: Cursor, codes: list[str]) -> dict[str, str]:
    rows = tx.execute(
        "SELECT code, name FROM following.unit WHERE code = ANY(%s)", [codes]
    ).fetchall()
    return {row["code"]: row["name"] for row in rows}

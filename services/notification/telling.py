"""Remembers what the others tell and queues the notices that follow, in the same transaction."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from functools import partial
from typing import Any
from uuid import UUID

import msgspec

from libs.eventlog.events import Context
from libs.eventlog.message import Cursor, Later
from libs.eventlog.streams import Streams
from libs.serving.days import VIETNAM
from services.notification.decisions import Notice, queue, told_of_decision, told_of_launch
from services.notification.difficulties import told_of
from services.notification.events import About, Occasion, Purpose
from services.notification.heard import (
    CampaignAmended,
    CampaignLaunched,
    DecisionPublished,
    DossierReceived,
    DossierRechecked,
    DossierReturned,
    EndChanged,
    GuidanceIssued,
    IntakeClosed,
    IntakeDeadlineChanged,
    IntakeOpened,
    LineHeld,
    LineReleased,
    PledgeOpened,
    RegistrationApproved,
    RegistrationCalled,
    RegistrationRefused,
    RegistrationSubmitted,
    ScopeSucceeded,
    StandingChanged,
    UnitEstablished,
    UnitRelaunched,
)
from services.notification.history import notice_id
from services.notification.reminding import RUNNING
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


class Telling:
    """One method per event that we listen to; a second hearing changes and queues nothing."""

    def __init__(self, notices: Streams[Notice]) -> None:
        self._notices = notices

    @property
    def notices(self) -> Streams[Notice]:
        return self._notices

    def unit_established(self, tx: Cursor, unit: UnitEstablished) -> None:
        tx.execute(
            "INSERT INTO following.unit (code, name, authority, mailbox) VALUES (%s, %s, %s, %s) "
            "ON CONFLICT (code) DO UPDATE SET name = excluded.name, mailbox = excluded.mailbox",
            [unit.code, unit.name, unit.authority, unit.mailbox],
        )

    # ---- campaign
    def launched(self, tx: Cursor, heard: Heard, campaign: CampaignLaunched) -> None:
        tx.execute(
            "INSERT INTO following.campaign (id, title, scope) VALUES (%s, %s, %s) "
            "ON CONFLICT (id) DO UPDATE SET title = excluded.title, scope = excluded.scope",
            [campaign.campaign, campaign.title, list(campaign.scope)],
        )
        facts = {"title": campaign.title, "symbol": f"{campaign.number:02}/{campaign.symbol}"}
        told = told_of_launch(
            campaign.scope, [(line.purpose, line.units) for line in campaign.recipients]
        )
        about = About("campaign", "campaign", campaign.campaign)
        self._tell(
            tx,
            heard,
            about,
            campaign.campaign,
            (
                Told(unit, purpose, f"campaign-launched-{purpose}", facts)
                for unit, purpose in told.items()
            ),
        )

    def guidance_issued(self, tx: Cursor, heard: Heard, guidance: GuidanceIssued) -> None:
        known = _campaign(tx, guidance.campaign)
        tx.execute(
            "UPDATE following.campaign SET intake_until = %s WHERE id = %s",
            [guidance.intake_until, guidance.campaign],
        )
        facts = {
            "title": known.title,
            "intake_from": _moment(guidance.intake_from),
            "intake_until": _moment(guidance.intake_until),
        }
        template = "guidance-issued"
        if guidance.version > 1:
            template, facts = "guidance-revised", facts | _revised(guidance, known)
        self._tell_scope(tx, heard, guidance.campaign, known, template, facts)

    def intake_closed(self, tx: Cursor, heard: Heard, intake: IntakeClosed) -> None:
        known = _campaign(tx, intake.campaign)
        facts = {"title": known.title}
        self._tell_scope(tx, heard, intake.campaign, known, "intake-closed", facts)

    def intake_opened(self, tx: Cursor, heard: Heard, intake: IntakeOpened) -> None:
        known = _campaign(tx, intake.campaign)
        facts = {"title": known.title, "intake_until": known.intake_until}
        self._tell_scope(tx, heard, intake.campaign, known, "intake-opened", facts)

    def end_changed(self, tx: Cursor, heard: Heard, end: EndChanged) -> None:
        old = f"{end.old:%d/%m/%Y}" if end.old else "chưa định ngày"
        facts = {"old": old, "new": f"{end.new:%d/%m/%Y}"}
        self._tell_of_change(tx, heard, end.campaign, "campaign-end-changed", facts)

    def deadline_changed(self, tx: Cursor, heard: Heard, change: IntakeDeadlineChanged) -> None:
        tx.execute(
            "UPDATE following.campaign SET intake_until = %s WHERE id = %s",
            [change.new, change.campaign],
        )
        facts = {"old": _moment(change.old), "new": _moment(change.new)}
        self._tell_of_change(tx, heard, change.campaign, "intake-deadline-changed", facts)

    def amended(self, tx: Cursor, heard: Heard, change: CampaignAmended) -> None:
        facts = {
            "symbol": f"{change.number:02}/{change.symbol}",
            "issued_on": f"{change.issued_on:%d/%m/%Y}",
        }
        template = "campaign-corrected" if change.form == "correction" else "campaign-amended"
        self._tell_of_change(tx, heard, change.campaign, template, facts)

    def standing_changed(self, tx: Cursor, heard: Heard, change: StandingChanged) -> None:
        """Closed, reopened, cancelled, recalled, replaced, concluded: the text has that name."""
        name = heard.occasion.topic.removesuffix(".v1").removeprefix("campaign.")
        tx.execute(
            "UPDATE following.campaign SET standing = %s WHERE id = %s",
            [RUNNING if name == "reopened" else name, change.campaign],
        )
        self._tell_of_change(tx, heard, change.campaign, f"campaign-{name}", {})

    def _tell_of_change(
        self, tx: Cursor, heard: Heard, campaign: UUID, template: str, facts: Mapping[str, str]
    ) -> None:
        known = _campaign(tx, campaign)
        told = {"title": known.title, **facts}
        self._tell_scope(tx, heard, campaign, known, template, told)

    # ---- registration
    def registration_called(self, tx: Cursor, heard: Heard, call: RegistrationCalled) -> None:
        known = _campaign(tx, call.campaign)
        tx.execute(
            "INSERT INTO following.registration_call (campaign, until) VALUES (%s, %s) "
            "ON CONFLICT (campaign) DO UPDATE SET until = excluded.until",
            [call.campaign, call.until],
        )
        facts = {"title": known.title, "until": _moment(call.until)}
        self._tell_scope(tx, heard, call.campaign, known, "registration-called", facts)

    def registration_submitted(
        self, tx: Cursor, heard: Heard, submitted: RegistrationSubmitted
    ) -> None:
        _stands(tx, submitted.campaign, submitted.unit, "submitted")
        tx.execute(
            "UPDATE following.registration SET submitted_at = %s WHERE campaign = %s AND unit = %s",
            [heard.occasion.at, submitted.campaign, submitted.unit],
        )

    def registration_refused(self, tx: Cursor, heard: Heard, no: RegistrationRefused) -> None:
        _stands(tx, no.campaign, no.unit, "refused")
        self._tell_registered(tx, heard, no.campaign, no.unit, "refused", "for-action")

    def registration_approved(self, tx: Cursor, heard: Heard, yes: RegistrationApproved) -> None:
        _stands(tx, yes.campaign, yes.unit, "approved")
        self._tell_registered(tx, heard, yes.campaign, yes.unit, "approved", "for-information")

    def unit_relaunched(self, tx: Cursor, unit: UnitRelaunched) -> None:
        tx.execute(
            "INSERT INTO following.registration (campaign, unit, state, relaunched_on) "
            "VALUES (%s, %s, 'none', %s) ON CONFLICT (campaign, unit) "
            "DO UPDATE SET relaunched_on = excluded.relaunched_on",
            [unit.campaign, unit.unit, unit.on],
        )

    def pledge_opened(self, tx: Cursor, heard: Heard, pledge: PledgeOpened) -> None:
        facts = {"name": pledge.name, "year": str(pledge.year)}
        about = About("campaign", "pledge", pledge.pledge)
        told = (Told(unit, "for-action", "pledge-opened", facts) for unit in pledge.members)
        # A pledge for a year belongs to no campaign; its notices are found under its cluster.
        self._tell(tx, heard, about, pledge.campaign or pledge.cluster, told)

    def _tell_registered(
        self, tx: Cursor, heard: Heard, campaign: UUID, unit: str, outcome: str, purpose: Purpose
    ) -> None:
        facts = {"title": _campaign(tx, campaign).title}
        told = Told(unit, purpose, f"registration-{outcome}", facts)
        self._tell(tx, heard, About("campaign", "campaign", campaign), campaign, [told])

    def scope_succeeded(self, tx: Cursor, heard: Heard, passed: ScopeSucceeded) -> None:
        """The successors take part from now on and are told what they took over."""
        known = _campaign(tx, passed.campaign)
        scope: list[str] = []
        for unit in known.scope:
            scope += passed.successors if unit == passed.predecessor else (unit,)
        tx.execute(
            "UPDATE following.campaign SET scope = %s WHERE id = %s",
            [list(dict.fromkeys(scope)), passed.campaign],
        )
        facts = {"title": known.title, "former": passed.predecessor_name}
        about = About("campaign", "campaign", passed.campaign)
        told = (Told(u, "for-action", "scope-succeeded", facts) for u in passed.successors)
        self._tell(tx, heard, about, passed.campaign, told)

    def _tell_scope(
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
        self._tell(tx, heard, about, campaign, told)

    # ---- dossier
    def received(self, tx: Cursor, heard: Heard, dossier: DossierReceived) -> None:
        facts = {"slip": str(dossier.slip), "year": str(dossier.slip_year)}
        told = Told(dossier.unit, "for-information", "dossier-received", facts)
        self._tell_sender(tx, heard, dossier.campaign, told)

    def returned(self, tx: Cursor, heard: Heard, dossier: DossierReturned) -> None:
        facts = {"reasons": str(len(dossier.reasons))}
        told = Told(dossier.unit, "for-action", "dossier-returned", facts)
        self._tell_sender(tx, heard, dossier.campaign, told)

    def rechecked(self, tx: Cursor, heard: Heard, dossier: DossierRechecked) -> None:
        """Nothing is said to a unit whose dossier fits the new guidance as it is."""
        if not dossier.differences:
            return
        facts = {"version": str(dossier.guidance), "differences": str(len(dossier.differences))}
        told = Told(dossier.unit, "for-action", "dossier-rechecked", facts)
        self._tell_sender(tx, heard, dossier.campaign, told)

    def line_held(self, tx: Cursor, heard: Heard, line: LineHeld) -> None:
        told = Told(line.unit, "for-information", "line-held", {})
        self._tell_sender(tx, heard, line.campaign, told)

    def line_released(self, tx: Cursor, heard: Heard, line: LineReleased) -> None:
        told = Told(line.unit, "for-information", "line-released", {})
        self._tell_sender(tx, heard, line.campaign, told)

    def _tell_sender(self, tx: Cursor, heard: Heard, campaign: UUID, told: Told) -> None:
        known = _campaign_or_later(tx, campaign)
        titled = msgspec.structs.replace(told, facts={"title": known.title, **told.facts})
        about = About("dossier", "dossier", heard.occasion.stream)
        self._tell(tx, heard, about, campaign, [titled])

    def published(self, tx: Cursor, heard: Heard, decision: DecisionPublished) -> None:
        known = _campaign_or_later(tx, decision.campaign)
        facts = {
            "title": known.title,
            "number": decision.number,
            "issued_on": f"{decision.issued_on:%d/%m/%Y}",
        }
        tallies = told_of_decision([(line.unit, line.outcome) for line in decision.lines])
        about = About("dossier", "decision", heard.occasion.stream)
        told = (
            Told(unit, "for-information", "decision-published", facts | tally)
            for unit, tally in tallies.items()
        )
        self._tell(tx, heard, about, decision.campaign, told)

    # ---- difficulties
    def difficulty(self, tx: Cursor, heard: Heard, event: Any) -> None:
        """Any event of a difficulty."""
        known = _campaign(tx, event.campaign)
        name = _names(tx, [event.unit]).get(event.unit, event.unit)
        told = told_of(heard.occasion.topic, event, known.title, name)
        about = About("campaign", "difficulty", heard.occasion.stream)
        self._tell(tx, heard, about, event.campaign, [Told(*one) for one in told])

    # ---- notices
    def _tell(
        self, tx: Cursor, heard: Heard, about: About, campaign: UUID, all_told: Iterable[Told]
    ) -> None:
        all_told = list(all_told)
        now = custodians(tx, [told.unit for told in all_told])
        names = _names(tx, [*now.values()])
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
                _context(heard),
            )


def _context(heard: Heard) -> Context:
    at = heard.occasion
    return Context(
        at=datetime.now(UTC),  # when we queued it; when it happened stands in the occasion
        authority=heard.authority,
        command=f"{at.service}:{at.position}",
        correlation=heard.correlation,
        causation=f"{at.service}:{at.position}",
    )


def _campaign(tx: Cursor, id: UUID) -> KnownCampaign:
    """LookupError if its launch was never heard of."""
    row = tx.execute(
        "SELECT title, scope, intake_until FROM following.campaign WHERE id = %s", [id]
    ).fetchone()
    if row is None:
        raise LookupError(f"campaign {id} is not known")
    until = row["intake_until"]
    return KnownCampaign(row["title"], tuple(row["scope"]), "" if until is None else _moment(until))


def _stands(tx: Cursor, campaign: UUID, unit: str, state: str) -> None:
    tx.execute(
        "INSERT INTO following.registration (campaign, unit, state) VALUES (%s, %s, %s) "
        "ON CONFLICT (campaign, unit) DO UPDATE SET state = excluded.state",
        [campaign, unit, state],
    )


def _campaign_or_later(tx: Cursor, id: UUID) -> KnownCampaign:
    """Dossiers are heard from another log than campaigns: it may be a moment ahead."""
    try:
        return _campaign(tx, id)
    except LookupError as error:
        raise Later(str(error)) from None


CHANGED = {
    "intake_from": "ngày bắt đầu nhận hồ sơ",
    "intake_until": "hạn nhận hồ sơ",
    "who": "đối tượng",
    "form": "hình thức khen thưởng",
    "form.kinds": "đối tượng của hình thức khen thưởng",
    "form.quota": "số lượng",
    "form.papers": "giấy tờ theo hình thức",
    "group-quota": "số lượng theo khối đơn vị",
    "condition": "điều kiện",
    "criterion.individual": "tiêu chuẩn đối với cá nhân",
    "criterion.collective": "tiêu chuẩn đối với tập thể",
    "criterion.household": "tiêu chuẩn đối với hộ gia đình",
    "share": "tỷ lệ",
    "paper": "giấy tờ",
}


def _revised(guidance: GuidanceIssued, known: KnownCampaign) -> dict[str, str]:
    symbol = f"số {guidance.number:02}/{guidance.symbol}" if guidance.number else "chưa ghi số"
    return {
        "symbol": symbol,
        "version": str(guidance.version),
        "changed": ", ".join(CHANGED.get(field, field) for field in guidance.changed),
        "intake_before": known.intake_until,
    }


def _moment(at: datetime) -> str:
    return f"{at.astimezone(VIETNAM):%H:%M ngày %d/%m/%Y}"


def _names(tx: Cursor, codes: list[str]) -> dict[str, str]:
    rows = tx.execute(
        "SELECT code, name FROM following.unit WHERE code = ANY(%s)", [codes]
    ).fetchall()
    return {row["code"]: row["name"] for row in rows}

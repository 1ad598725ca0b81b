"""What the notification service learns from others over NATS."""

from typing import Annotated, Any
from uuid import UUID

from faststream import Header

from libs.eventlog.events import Meta
from libs.eventlog.follower import FollowerOptions, LogBroker, LogFollower, Message, Position, Tx
from libs.serving.bus import follow, log_broker
from services.notification.difficulties import TELLINGS
from services.notification.events import Occasion
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
from services.notification.settings import Settings
from services.notification.succeeding import (
    Succeeding,
    UnitChanged,
    UnitRenamed,
    UnitSucceeded,
)
from services.notification.telling import Telling
from services.notification.tellings.queueing import Heard

OPTIONS = FollowerOptions(per_tx=10)  # handlers append, under the lock of the log
Stream = Annotated[str, Header("Es-Stream")]
Topic = Annotated[str, Header("Es-Topic")]


def subscriptions(settings: Settings, telling: Telling) -> LogBroker:
    broker = log_broker(settings)

    def following(service: str, url: str) -> LogFollower:
        return follow(
            broker, settings, reader="notification", service=service, url=url, options=OPTIONS
        )

    _hear_directory(following("directory", settings.directory_url), telling)
    campaign = following("campaign", settings.campaign_url)
    _hear_campaign(campaign, telling)
    _hear_life_of_campaigns(campaign, telling)
    _hear_registrations(campaign, telling)
    _hear_dossier(following("dossier", settings.dossier_url), telling)
    return broker


def heard(service: str, meta: Meta, stream: str, topic: str, position: int) -> Heard:
    occasion = Occasion(service, meta.event_id, UUID(stream), topic, position, meta.recorded_at)
    return Heard(occasion, meta.authority, meta.correlation)


def _hear_directory(directory: LogFollower, telling: Telling) -> None:
    @directory.on("unit.established.v1")
    def on_unit_established(message: Message[UnitEstablished], tx: Tx) -> None:
        telling.unit_established(tx, message.data)

    succeeding = Succeeding(telling.notices)

    @directory.on("unit.renamed.v1")
    def on_unit_renamed(message: Message[UnitRenamed], tx: Tx) -> None:
        succeeding.unit_renamed(tx, message.data)

    @directory.on("unit.changed.v1")
    def on_unit_changed(message: Message[UnitChanged], tx: Tx) -> None:
        succeeding.unit_changed(tx, message.data)

    @directory.on("unit.succeeded.v1")
    def on_unit_succeeded(message: Message[UnitSucceeded], tx: Tx, at: Position) -> None:
        succeeding.unit_succeeded(
            tx, message.data, position=at, correlation=message.meta.correlation
        )


def _hear_campaign(campaign: LogFollower, telling: Telling) -> None:
    def of(meta: Meta, stream: str, topic: str, position: int) -> Heard:
        return heard("campaign", meta, stream, topic, position)

    @campaign.on("campaign.launched.v1")
    def on_launched(
        message: Message[CampaignLaunched], tx: Tx, at: Position, stream: Stream, topic: Topic
    ) -> None:
        telling.launched(tx, of(message.meta, stream, topic, at), message.data)

    @campaign.on("campaign.scope-succeeded.v1")
    def on_scope_succeeded(
        message: Message[ScopeSucceeded], tx: Tx, at: Position, stream: Stream, topic: Topic
    ) -> None:
        telling.scope_succeeded(tx, of(message.meta, stream, topic, at), message.data)

    @campaign.on("campaign.guidance-issued.v1")
    def on_guidance_issued(
        message: Message[GuidanceIssued], tx: Tx, at: Position, stream: Stream, topic: Topic
    ) -> None:
        telling.guidance_issued(tx, of(message.meta, stream, topic, at), message.data)

    @campaign.on("campaign.intake-opened.v1")
    def on_intake_opened(
        message: Message[IntakeOpened], tx: Tx, at: Position, stream: Stream, topic: Topic
    ) -> None:
        telling.intake_opened(tx, of(message.meta, stream, topic, at), message.data)

    for heard_topic, telling_of in TELLINGS.items():
        _hear_difficulty(campaign, telling, heard_topic, telling_of.heard)


def _hear_difficulty(campaign: LogFollower, telling: Telling, name: str, told: Any) -> None:
    def on_difficulty(message: Any, tx: Tx, at: Position, stream: Stream, topic: Topic) -> None:
        telling.difficulty(tx, heard("campaign", message.meta, stream, topic, at), message.data)

    on_difficulty.__annotations__["message"] = Message[told]
    campaign.on(name)(on_difficulty)


def _hear_life_of_campaigns(campaign: LogFollower, telling: Telling) -> None:
    def of(meta: Meta, stream: str, topic: str, position: int) -> Heard:
        return heard("campaign", meta, stream, topic, position)

    @campaign.on("campaign.end-changed.v1")
    def on_end_changed(
        message: Message[EndChanged], tx: Tx, at: Position, stream: Stream, topic: Topic
    ) -> None:
        telling.end_changed(tx, of(message.meta, stream, topic, at), message.data)

    @campaign.on("campaign.intake-deadline-changed.v1")
    def on_deadline_changed(
        message: Message[IntakeDeadlineChanged], tx: Tx, at: Position, stream: Stream, topic: Topic
    ) -> None:
        telling.deadline_changed(tx, of(message.meta, stream, topic, at), message.data)

    @campaign.on("campaign.amended.v1")
    def on_amended(
        message: Message[CampaignAmended], tx: Tx, at: Position, stream: Stream, topic: Topic
    ) -> None:
        telling.amended(tx, of(message.meta, stream, topic, at), message.data)

    for name in ("closed", "reopened", "cancelled", "recalled", "replaced", "concluded"):

        @campaign.on(f"campaign.{name}.v1")
        def on_standing_changed(
            message: Message[StandingChanged], tx: Tx, at: Position, stream: Stream, topic: Topic
        ) -> None:
            telling.standing_changed(tx, of(message.meta, stream, topic, at), message.data)


def _hear_registrations(campaign: LogFollower, telling: Telling) -> None:
    def of(meta: Meta, stream: str, topic: str, position: int) -> Heard:
        return heard("campaign", meta, stream, topic, position)

    @campaign.on("campaign.registration-called.v1")
    def on_registration_called(
        message: Message[RegistrationCalled], tx: Tx, at: Position, stream: Stream, topic: Topic
    ) -> None:
        telling.registration_called(tx, of(message.meta, stream, topic, at), message.data)

    @campaign.on("registration.submitted.v1")
    def on_registration_submitted(
        message: Message[RegistrationSubmitted], tx: Tx, at: Position, stream: Stream, topic: Topic
    ) -> None:
        telling.registration_submitted(tx, of(message.meta, stream, topic, at), message.data)

    @campaign.on("registration.refused.v1")
    def on_registration_refused(
        message: Message[RegistrationRefused], tx: Tx, at: Position, stream: Stream, topic: Topic
    ) -> None:
        telling.registration_refused(tx, of(message.meta, stream, topic, at), message.data)

    @campaign.on("registration.approved.v1")
    def on_registration_approved(
        message: Message[RegistrationApproved], tx: Tx, at: Position, stream: Stream, topic: Topic
    ) -> None:
        telling.registration_approved(tx, of(message.meta, stream, topic, at), message.data)

    @campaign.on("pledge.opened.v1")
    def on_pledge_opened(
        message: Message[PledgeOpened], tx: Tx, at: Position, stream: Stream, topic: Topic
    ) -> None:
        telling.pledge_opened(tx, of(message.meta, stream, topic, at), message.data)

    @campaign.on("registration.relaunched.v1")
    def on_unit_relaunched(message: Message[UnitRelaunched], tx: Tx) -> None:
        telling.unit_relaunched(tx, message.data)

    @campaign.on("campaign.intake-closed.v1")
    def on_intake_closed(
        message: Message[IntakeClosed], tx: Tx, at: Position, stream: Stream, topic: Topic
    ) -> None:
        telling.intake_closed(tx, of(message.meta, stream, topic, at), message.data)


def _hear_dossier(dossier: LogFollower, telling: Telling) -> None:
    def of(meta: Meta, stream: str, topic: str, position: int) -> Heard:
        return heard("dossier", meta, stream, topic, position)

    @dossier.on("dossier.received.v1")
    def on_received(
        message: Message[DossierReceived], tx: Tx, at: Position, stream: Stream, topic: Topic
    ) -> None:
        telling.received(tx, of(message.meta, stream, topic, at), message.data)

    @dossier.on("dossier.returned.v1")
    def on_returned(
        message: Message[DossierReturned], tx: Tx, at: Position, stream: Stream, topic: Topic
    ) -> None:
        telling.returned(tx, of(message.meta, stream, topic, at), message.data)

    @dossier.on("dossier.rechecked.v1")
    def on_rechecked(
        message: Message[DossierRechecked], tx: Tx, at: Position, stream: Stream, topic: Topic
    ) -> None:
        telling.rechecked(tx, of(message.meta, stream, topic, at), message.data)

    @dossier.on("dossier.line-held.v1")
    def on_line_held(
        message: Message[LineHeld], tx: Tx, at: Position, stream: Stream, topic: Topic
    ) -> None:
        telling.line_held(tx, of(message.meta, stream, topic, at), message.data)

    @dossier.on("dossier.line-released.v1")
    def on_line_released(
        message: Message[LineReleased], tx: Tx, at: Position, stream: Stream, topic: Topic
    ) -> None:
        telling.line_released(tx, of(message.meta, stream, topic, at), message.data)

    @dossier.on("decision.published.v1")
    def on_published(
        message: Message[DecisionPublished], tx: Tx, at: Position, stream: Stream, topic: Topic
    ) -> None:
        telling.published(tx, of(message.meta, stream, topic, at), message.data)

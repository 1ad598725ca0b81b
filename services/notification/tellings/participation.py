"""What units are told of their registrations and pledges."""

from uuid import UUID

from libs.eventlog.message import Cursor
from services.notification.events import About, Purpose
from services.notification.heard import (
    PledgeOpened,
    RegistrationApproved,
    RegistrationCalled,
    RegistrationRefused,
    RegistrationSubmitted,
    UnitRelaunched,
)
from services.notification.tellings.queueing import Heard, Queueing, Told, known_campaign, moment


class OfParticipation(Queueing):
    """Registrations and pledges of the units that take part."""

    def registration_called(self, tx: Cursor, heard: Heard, call: RegistrationCalled) -> None:
        known = known_campaign(tx, call.campaign)
        tx.execute(
            "INSERT INTO following.registration_call (campaign, until) VALUES (%s, %s) "
            "ON CONFLICT (campaign) DO UPDATE SET until = excluded.until",
            [call.campaign, call.until],
        )
        facts = {"title": known.title, "until": moment(call.until)}
        self.tell_scope(tx, heard, call.campaign, known, "registration-called", facts)

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
        self.tell(tx, heard, about, pledge.campaign or pledge.cluster, told)

    def _tell_registered(
        self, tx: Cursor, heard: Heard, campaign: UUID, unit: str, outcome: str, purpose: Purpose
    ) -> None:
        facts = {"title": known_campaign(tx, campaign).title}
        told = Told(unit, purpose, f"registration-{outcome}", facts)
        self.tell(tx, heard, About("campaign", "campaign", campaign), campaign, [told])


def _stands(tx: Cursor, campaign: UUID, unit: str, state: str) -> None:
    tx.execute(
        "INSERT INTO following.registration (campaign, unit, state) VALUES (%s, %s, %s) "
        "ON CONFLICT (campaign, unit) DO UPDATE SET state = excluded.state",
        [campaign, unit, state],
    )

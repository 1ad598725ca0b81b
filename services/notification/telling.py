"""Remembers what the others tell and queues the notices that follow, in the same transaction."""

from typing import Any

from libs.eventlog.message import Cursor
from services.notification.difficulties import told_of
from services.notification.events import About
from services.notification.heard import UnitEstablished
from services.notification.tellings.campaigns import OfCampaigns
from services.notification.tellings.dossiers import OfDossiers
from services.notification.tellings.participation import OfParticipation
from services.notification.tellings.queueing import Heard, Told, known_campaign, names_of


class Telling(OfCampaigns, OfParticipation, OfDossiers):
    """One method per event that we listen to; a second hearing changes and queues nothing."""

    def unit_established(self, tx: Cursor, unit: UnitEstablished) -> None:
        tx.execute(
            "INSERT INTO following.unit (code, name, authority, mailbox) VALUES (%s, %s, %s, %s) "
            "ON CONFLICT (code) DO UPDATE SET name = excluded.name, mailbox = excluded.mailbox",
            [unit.code, unit.name, unit.authority, unit.mailbox],
        )

    def difficulty(self, tx: Cursor, heard: Heard, event: Any) -> None:
        """Any event of a difficulty."""
        known = known_campaign(tx, event.campaign)
        name = names_of(tx, [event.unit]).get(event.unit, event.unit)
        told = told_of(heard.occasion.topic, event, known.title, name)
        about = About("campaign", "difficulty", heard.occasion.stream)
        self.tell(tx, heard, about, event.campaign, [Told(*one) for one in told])

"""What units are told of their dossiers, and of decisions."""

from uuid import UUID

import msgspec

from libs.eventlog.message import Cursor
from services.notification.decisions import told_of_decision
from services.notification.events import About
from services.notification.heard import (
    DecisionPublished,
    DossierReceived,
    DossierRechecked,
    DossierReturned,
    LineHeld,
    LineReleased,
)
from services.notification.tellings.queueing import Heard, Queueing, Told, campaign_or_later


class OfDossiers(Queueing):
    """Dossiers on their way, and decisions."""

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
        known = campaign_or_later(tx, campaign)
        titled = msgspec.structs.replace(told, facts={"title": known.title, **told.facts})
        about = About("dossier", "dossier", heard.occasion.stream)
        self.tell(tx, heard, about, campaign, [titled])

    def published(self, tx: Cursor, heard: Heard, decision: DecisionPublished) -> None:
        known = campaign_or_later(tx, decision.campaign)
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
        self.tell(tx, heard, about, decision.campaign, told)

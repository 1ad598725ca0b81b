"""What every route of this service is made from."""

from uuid import UUID

import msgspec

from libs.eventlog.log import Log
from libs.eventlog.views import Views
from libs.serving.evidence import Evidence
from services.dossier import campaigns
from services.dossier.campaigns import Unit
from services.dossier.decisions.states import Campaign
from services.dossier.history import Histories
from services.dossier.pseudonyms import Pseudonyms
from services.dossier.signers import Signers
from services.dossier.together import Together


class Parts(msgspec.Struct, frozen=True):
    histories: Histories
    together: Together
    views: Views
    evidence: Evidence
    pseudonyms: Pseudonyms
    signers: Signers

    @property
    def log(self) -> Log:
        return self.histories.log

    async def campaign(self, id_: UUID) -> Campaign | None:
        return await campaigns.campaign(self.views.pool, id_)

    async def units(self, authority: str) -> dict[str, Unit]:
        return await campaigns.units(self.views.pool, authority)

    async def up_to_date(self) -> None:
        """Waits until the views know everything recorded so far: decisions are made on them."""
        await self.views.at_least(await self.log.head())

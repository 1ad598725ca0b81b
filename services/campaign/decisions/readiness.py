"""What a plan should have before it is launched, item by item."""

from collections.abc import Sequence

import msgspec

from services.campaign.decisions.planning import NEEDED
from services.campaign.decisions.rules import Rules
from services.campaign.decisions.states import Campaign, Stage

ALWAYS = ("fields-confirmed", "numbered")  # they block whatever the configuration says


class Item(msgspec.Struct, frozen=True):
    """`have` of `need`; `fields` are those that are meant. Sentences belong to the pages."""

    code: str
    have: int
    need: int
    blocks: bool
    fields: tuple[str, ...] = ()

    @property
    def done(self) -> bool:
        return self.have >= self.need


def readiness(campaign: Campaign, rules: Rules) -> tuple[Item, ...]:
    """The list, in the order of work. The real plan of Chi Lăng is launched without criteria."""
    confirmed = campaign.confirmed & campaign.values.keys()
    open_fields = tuple(sorted(campaign.values.keys() - campaign.confirmed))
    missing = tuple(field for field in NEEDED if not campaign.of(field))
    known, funding = campaign.attributes, campaign.funding
    criteria = len(campaign.guidance.criteria) if campaign.guidance else 0
    ends = known is not None and bool(known.ends or known.ends_event)
    numbered = campaign.stage in (Stage.numbered, Stage.launched)

    def item(code: str, have: int, need: int = 1, fields: tuple[str, ...] = ()) -> Item:
        blocks = code in ALWAYS or code in rules.blocking
        return Item(code, have, need, blocks or (code == "funding" and rules.funding), fields)

    return (
        item("fields-confirmed", len(confirmed), len(campaign.values), open_fields),
        item("essentials", len(NEEDED) - len(missing), len(NEEDED), missing),
        item("legal-bases", len(campaign.of("legal_bases")), rules.legal_bases),
        item("attributes", int(known is not None and bool(known.kind and known.level))),
        item("end", int(ends)),
        item("duties", len(campaign.of("duties"))),
        item("criteria", criteria, rules.criteria),
        item("funding", int(funding is not None and funding.approved), int(rules.funding)),
        item("numbered", int(numbered)),
    )


def blocking(items: Sequence[Item]) -> list[str]:
    return [item.code for item in items if item.blocks and not item.done]

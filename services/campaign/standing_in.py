"""What somebody did for another, the other has done too: neither may approve or sign it."""

from uuid import UUID

import msgspec

from services.campaign.decisions.registering import Registration
from services.campaign.decisions.states import Amendment, Campaign, Drafting

replace = msgspec.structs.replace


def both(hands: frozenset[UUID], actor: UUID | None, on_behalf: UUID) -> frozenset[UUID]:
    return hands | {on_behalf} if actor in hands else hands


def stood_in(campaign: Campaign, actor: UUID | None, on_behalf: UUID) -> Campaign:
    """The campaign after something was done on it by `actor` on behalf of another."""
    if actor is None:
        return campaign
    return replace(
        campaign,
        prepared_by=both(campaign.prepared_by, actor, on_behalf),
        approved_for=on_behalf if actor == campaign.approved_by else campaign.approved_for,
        drafting=_guidance(campaign.drafting, actor, on_behalf),
        amendment=_amendment(campaign.amendment, actor, on_behalf),
        funding=campaign.funding
        and replace(campaign.funding, hands=both(campaign.funding.hands, actor, on_behalf)),
        reviews={
            kind: replace(review, hands=both(review.hands, actor, on_behalf))
            for kind, review in campaign.reviews.items()
        },
    )


def registered_for(registration: Registration, actor: UUID | None, on_behalf: UUID) -> Registration:
    return replace(registration, hands=both(registration.hands, actor, on_behalf))


def _guidance(drafting: Drafting | None, actor: UUID, on_behalf: UUID) -> Drafting | None:
    if drafting is None:
        return None
    if actor in drafting.prepared_by:
        drafting = replace(drafting, prepared_by=(on_behalf, *drafting.prepared_by))
    if actor == drafting.approved_by:
        drafting = replace(drafting, approved_for=on_behalf)
    return drafting


def _amendment(under_way: Amendment | None, actor: UUID, on_behalf: UUID) -> Amendment | None:
    if under_way is None:
        return None
    return replace(under_way, hands=both(under_way.hands, actor, on_behalf))

"""Clusters and blocs: members, head and deputies by year, pledges that members sign.

That there is a head with at most two deputies and a least number of members is practice, no law:
dated settings, recorded in the events they governed.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Literal
from uuid import UUID

import msgspec

from libs.eventlog.events import Event, Refused
from libs.serving.acting import Acting
from libs.serving.days import day_of
from services.campaign.decisions.access import sees_drafts
from services.campaign.decisions.registering import leads
from services.campaign.events import (
    ClusterFormed,
    ClusterLeadersChosen,
    ClusterMembersChanged,
    PledgeOpened,
    PledgeSigned,
)


class ClusterRules(msgspec.Struct, frozen=True):
    """In force from an instant."""

    since: datetime
    least_members: int
    most_deputies: int


RULES = (ClusterRules(since=datetime(2024, 1, 1, tzinfo=UTC), least_members=5, most_deputies=2),)


class Cluster(msgspec.Struct, frozen=True):
    """What the rules of a cluster read. `leaders`: head first, by year."""

    authority: str = ""
    name: str = ""
    members: tuple[str, ...] = ()
    leaders: Mapping[int, tuple[str, ...]] = {}


class Pledge(msgspec.Struct, frozen=True):
    """What the rules of a pledge read."""

    authority: str = ""
    members: tuple[str, ...] = ()
    signed: frozenset[str] = frozenset()


def rules_at(at: datetime, rules: Sequence[ClusterRules] = RULES) -> ClusterRules:
    """The setting in force; the oldest for what is older than all."""
    return next((one for one in reversed(rules) if one.since <= at), rules[0])


def form(
    cluster: Cluster,
    *,
    name: str,
    kind: Literal["cluster", "bloc"],
    members: Sequence[str],
    rules: ClusterRules,
    by: Acting,
) -> list[Event]:
    leads(by)
    if cluster.authority:
        return []
    gathered = _enough(members, rules)
    return [ClusterFormed(by.authority, name, kind, gathered, rules.least_members, by.official)]


def change_members(
    cluster: Cluster, *, members: Sequence[str], reason: str, rules: ClusterRules, by: Acting
) -> list[Event]:
    _own(cluster, by)
    leads(by)
    gathered = _enough(members, rules)
    if set(gathered) == set(cluster.members):
        return []
    return [ClusterMembersChanged(gathered, reason, rules.least_members)]


def choose_leaders(
    cluster: Cluster,
    *,
    year: int,
    head: str,
    deputies: Sequence[str],
    reason: str,
    rules: ClusterRules,
    by: Acting,
) -> list[Event]:
    """The head goes round by year: to go on for another year takes a reason."""
    _own(cluster, by)
    leads(by)
    chosen = (head, *dict.fromkeys(deputies))
    if strangers := sorted(set(chosen) - set(cluster.members)):
        raise Refused("not-a-member", units=strangers)
    if head in deputies:
        raise Refused("head-is-deputy", unit=head)
    if len(chosen) - 1 > rules.most_deputies:
        raise Refused("too-many-deputies", most=rules.most_deputies)
    if cluster.leaders.get(year) == chosen:
        return []
    if cluster.leaders.get(year - 1, ("",))[0] == head and not reason:
        raise Refused("head-again", year=year)
    return [ClusterLeadersChosen(year, head, chosen[1:], rules.most_deputies, reason)]


def open_pledge(
    cluster: Cluster,
    pledge: Pledge,
    id: UUID,
    cluster_id: UUID,
    *,
    year: int,
    campaign: UUID | None,
    text: str,
    at: datetime,
    by: Acting,
) -> list[Event]:
    """By the head unit of the year, or by who runs campaigns."""
    may_see(cluster, by)
    by.require("specialist", "leader")
    if by.unit != cluster.leaders.get(year, ("",))[0]:
        leads(by)
    if year < day_of(at).year:
        raise Refused("year-over", year=year)
    if pledge.authority:
        return []
    return [
        PledgeOpened(
            id,
            cluster_id,
            by.authority,
            cluster.name,
            year,
            campaign,
            text,
            cluster.members,
            by.official,
        )
    ]


def sign_pledge(pledge: Pledge, *, by: Acting) -> list[Event]:
    """A member binds itself by its leader."""
    see_pledge(pledge, by)
    by.require("leader")
    if by.unit not in pledge.members:
        raise Refused("not-a-member", units=[by.unit])
    return [] if by.unit in pledge.signed else [PledgeSigned(by.unit, by.official)]


def may_see(cluster: Cluster, by: Acting) -> None:
    """Its members, and those who run, decide or inspect campaigns."""
    _own(cluster, by)
    if by.unit not in cluster.members and not sees_drafts(by):
        raise Refused("not-found")


def see_pledge(pledge: Pledge, by: Acting) -> None:
    if not pledge.authority or pledge.authority != by.authority:
        raise Refused("not-found")
    if by.unit not in pledge.members and not sees_drafts(by):
        raise Refused("not-found")


def _own(cluster: Cluster, by: Acting) -> None:
    if not cluster.authority or cluster.authority != by.authority:
        raise Refused("not-found")


def _enough(members: Sequence[str], rules: ClusterRules) -> tuple[str, ...]:
    gathered = tuple(dict.fromkeys(members))
    if len(gathered) < rules.least_members:
        raise Refused("too-few-members", least=rules.least_members, members=len(gathered))
    return gathered

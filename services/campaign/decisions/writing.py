"""A plan written in the portal from a template: a draft whose fields come from a person."""

from collections.abc import Sequence

from libs.eventlog.events import Event, Refused
from libs.serving.acting import Acting
from services.campaign.decisions.access import editable, prepares
from services.campaign.decisions.states import Campaign, Stage
from services.campaign.events import PlanWritten, WrittenField


def write(
    campaign: Campaign, *, title: str, template: str, fields: Sequence[WrittenField], by: Acting
) -> list[Event]:
    prepares(by)
    if campaign.stage is not Stage.absent:
        return []
    return [PlanWritten(by.authority, by.official, title, template, tuple(fields))]


def rewrite(
    campaign: Campaign, *, title: str, template: str, fields: Sequence[WrittenField], by: Acting
) -> list[Event]:
    """The whole plan anew. One read from a text is corrected field by field, beside its text."""
    editable(campaign, by)
    if not campaign.written:
        raise Refused("read-from-text")
    if campaign.values == {field.id: field.value for field in fields}:
        return []
    return [PlanWritten(campaign.authority, by.official, title, template, tuple(fields))]

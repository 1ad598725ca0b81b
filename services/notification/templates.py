"""Texts as they are sent: the newest version of each, with its facts."""

import hashlib
from collections.abc import Mapping

import msgspec

from services.notification.events import Purpose
from services.notification.texts import campaigns, difficulties, dossiers, participation
from services.notification.texts.template import Template

_ALL = (*campaigns.TEXTS, *participation.TEXTS, *difficulties.TEXTS, *dossiers.TEXTS)


class Rendered(msgspec.Struct, frozen=True):
    """A text as it is sent."""

    template: str
    version: int
    subject: str
    text: str
    text_sha256: str
    needs_acknowledgement: bool


CURRENT: Mapping[str, Template] = {
    template.name: template for template in sorted(_ALL, key=lambda template: template.version)
}


def render(name: str, facts: Mapping[str, str], *, purpose: Purpose) -> Rendered:
    """The current version of a text with its facts; KeyError for a fact that is not given."""
    template = CURRENT[name]
    lines = {fact: " ".join(value.split()) for fact, value in facts.items()}  # a subject is a line
    text = template.text.format_map(lines)
    return Rendered(
        template=name,
        version=template.version,
        subject=template.subject.format_map(lines),
        text=text,
        text_sha256=hashlib.sha256(text.encode()).hexdigest(),
        needs_acknowledgement=template.acknowledgement and purpose == "for-action",
    )

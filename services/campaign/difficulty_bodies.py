"""Bodies of the requests about difficulties: shapes and limits, no rules."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from services.campaign.bodies import Body, Code, Name, Text

Said = Annotated[Text, Field(min_length=1)]


class Report(Body):
    kind: Literal["guidance", "conditions", "papers", "time", "coordination", "other"]
    title: Name
    description: Said
    asks_for: Text = ""


class Assignment(Body):
    unit: Code
    official: UUID | None = None
    note: Text = ""


class Escalation(Body):
    to: Literal["home-affairs", "chairman", "province"]
    unit: Annotated[str, Field(pattern=r"^[a-z0-9-]{0,60}$")] = ""
    reason: Said


class Confirmation(Body):
    reason: Text = ""

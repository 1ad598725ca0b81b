"""What may be sealed and concluded. Pure: no clock, no storage, no network."""

from collections.abc import Sequence
from uuid import UUID

import msgspec

from libs.eventlog.events import Event
from libs.serving.acting import Acting
from services.audit.events import (
    CheckpointSealed,
    DiscrepancyFound,
    VerificationFailed,
    VerificationPassed,
)

MOST_TOLD = 100  # findings with an event of their own; a log that was replaced has one a row


class Finding(msgspec.Struct, frozen=True):
    """One place where a log is not what was sealed. `position` 0: the tree as a whole."""

    service: str
    position: int
    what: str


class Compared(msgspec.Struct, frozen=True):
    """What reading every log again has shown, up to the checkpoint of `size` and `root` (hex)."""

    size: int
    root: str
    findings: Sequence[Finding]


def seal(already: bool, checkpoint: CheckpointSealed) -> list[Event]:
    """One checkpoint for one size, whoever of several replicas seals it first."""
    return [] if already else [checkpoint]


def may_verify(by: Acting) -> None:
    by.require("auditor", "administrator")


def conclude(already: bool, verification: UUID, compared: Compared, *, by: Acting) -> list[Event]:
    may_verify(by)
    if already:
        return []
    found = compared.findings
    if not found:
        return [VerificationPassed(verification, compared.size, compared.root)]
    told = [
        DiscrepancyFound(verification, finding.service, finding.position, finding.what)
        for finding in found[:MOST_TOLD]
    ]
    return [*told, VerificationFailed(verification, compared.size, compared.root, len(found))]

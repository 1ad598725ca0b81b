"""What the audit service found and sealed. Stored for ever: add fields with defaults."""

from uuid import UUID

from libs.eventlog.events import Event, Registry

events = Registry("audit")


@events.of("checkpoint.sealed")
class CheckpointSealed(Event):
    """The tree over the first `size` leaves. `note` is signed; `peaks` let the tree go on growing.

    Hashes are hexadecimal.
    """

    size: int
    root: str
    note: str
    peaks: tuple[str, ...]


@events.of("verification.passed")
class VerificationPassed(Event):
    """Every log was read again and is what was sealed, up to the checkpoint of this size."""

    verification: UUID
    size: int
    root: str


@events.of("discrepancy.found")
class DiscrepancyFound(Event):
    """A log is not what was sealed: changed, missing, inserted, moved or unreadable from there on.

    Of the tree (position 0): leaf-changed, root-differs, note-not-ours.
    """

    verification: UUID
    service: str
    position: int
    what: str


@events.of("verification.failed")
class VerificationFailed(Event):
    """`findings` counts all; only the first ones have an event each."""

    verification: UUID
    size: int
    root: str
    findings: int

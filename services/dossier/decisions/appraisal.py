"""Home affairs receives a dossier, returns it, appraises line by line, holds and releases lines."""

from collections.abc import Sequence

from libs.eventlog.events import Event, Refused
from libs.serving.acting import Acting
from services.dossier.decisions.access import home_affairs, line_of
from services.dossier.decisions.rules import Rules
from services.dossier.decisions.states import Dossier, Line
from services.dossier.events import (
    DossierReceived,
    DossierReturned,
    LineAppraised,
    LineHeld,
    LineReleased,
)
from services.dossier.terms import Duplicate, Verdict

HOLDS = ("specialist", "leader")
WAITING = frozenset({"submitted", "supplemented"})


def receive(dossier: Dossier, *, slip: int, year: int, rules: Rules, by: Acting) -> Sequence[Event]:
    """Gives the receipt slip; a supplemented dossier keeps the slip and the regime it has."""
    home_affairs(dossier, by)
    if dossier.stage == "received":
        return []
    if dossier.stage not in WAITING:
        raise Refused("not-submitted", stage=dossier.stage)
    return [
        DossierReceived(
            campaign=dossier.campaign,
            unit=dossier.unit,
            slip=dossier.slip or slip,
            slip_year=dossier.slip_year or year,
            regime=dossier.regime or rules.regime,
            received_by=by.official,
        )
    ]


def return_dossier(
    dossier: Dossier, *, reasons: Sequence[str], rules: Rules, by: Acting
) -> Sequence[Event]:
    home_affairs(dossier, by)
    if dossier.stage == "returned":
        return []
    if dossier.stage not in WAITING | {"received"}:
        raise Refused("not-submitted", stage=dossier.stage)
    if not reasons:
        raise Refused("reason-missing")
    # A revised guidance may ask for what could not be known when the dossier was sent.
    if dossier.returns >= rules.returns_allowed + dossier.rechecks:
        raise Refused("already-supplemented", allowed=rules.returns_allowed)
    if any(line.verdict for line in dossier.lines.values()):
        raise Refused("already-appraised")
    return [DossierReturned(dossier.campaign, dossier.unit, tuple(reasons), by.official)]


def appraise(
    dossier: Dossier,
    *,
    line: int,
    verdict: Verdict,
    reason: str,
    others: Sequence[Duplicate],
    duplicate_reason: str,
    by: Acting,
) -> Sequence[Event]:
    """`others`: lines of other dossiers that name the same subject; allowed, but explained."""
    home_affairs(dossier, by)
    found = _open_line(dossier, line)
    if not reason:
        raise Refused("reason-missing")
    if others and not duplicate_reason:
        raise Refused(
            "duplicate-unexplained",
            others=[
                {"dossier": str(o.dossier), "line": str(o.line), "unit": o.unit} for o in others
            ],
        )
    given = (verdict, reason, duplicate_reason)
    if not found.marked and given == (found.verdict, found.reason, found.duplicate_reason):
        return []
    return [
        LineAppraised(
            campaign=dossier.campaign,
            unit=dossier.unit,
            line=line,
            verdict=verdict,
            reason=reason,
            appraised_by=by.official,
            duplicates=tuple(others),
            duplicate_reason=duplicate_reason,
        )
    ]


def hold(dossier: Dossier, *, line: int, reason: str, by: Acting) -> Sequence[Event]:
    """Stops consideration, whatever has been said of the line so far, until released."""
    home_affairs(dossier, by, *HOLDS)
    found = _open_line(dossier, line)
    if found.held:
        return []
    if not reason:
        raise Refused("reason-missing")
    return [LineHeld(dossier.campaign, dossier.unit, line, reason, by.official)]


def release(dossier: Dossier, *, line: int, reason: str, by: Acting) -> Sequence[Event]:
    home_affairs(dossier, by, *HOLDS)
    found = _open_line(dossier, line)
    if not found.held:
        return []
    if not reason:
        raise Refused("reason-missing")
    return [LineReleased(dossier.campaign, dossier.unit, line, reason, by.official)]


def _open_line(dossier: Dossier, line: int) -> Line:
    found = line_of(dossier, line)
    if dossier.stage != "received":
        raise Refused("not-received", stage=dossier.stage)
    if found.outcome:
        raise Refused("already-decided")
    return found

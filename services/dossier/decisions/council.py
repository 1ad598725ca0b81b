"""The council meets, votes by show of hands and advises; it never awards (Luật 2022 Đ90.1)."""

from collections.abc import Mapping, Sequence
from typing import TypeVar
from uuid import UUID

from libs.eventlog.events import Event, Refused
from libs.serving.acting import Acting
from services.dossier.decisions.access import HOME_AFFAIRS, of_authority
from services.dossier.decisions.states import Dossier, Session
from services.dossier.events import LineVoted, SessionClosed, SessionConvened, SessionOpened
from services.dossier.terms import CouncilRules, LineRef, LineResult, Share

T = TypeVar("T")
PRESENTABLE = frozenset({"eligible", "refer-upward"})
Dossiers = Mapping[UUID, Dossier]


def convene(
    session: Session,
    dossiers: Dossiers,
    *,
    campaign: UUID,
    members: Sequence[UUID],
    chair: UUID,
    secretary: UUID,
    lines: Sequence[LineRef],
    rules: CouncilRules,
    by: Acting,
) -> Sequence[Event]:
    """Every line must be appraised as eligible or for referral, and not be on hold."""
    _prepares(by)
    if session.stage != "absent":
        return []
    if chair not in members:
        raise Refused("chair-not-a-member")
    if not lines:
        raise Refused("no-lines")
    for ref in lines:
        _presentable(dossiers, ref, campaign, by)
    return [
        SessionConvened(
            campaign=campaign,
            authority=by.authority,
            members=_unique(members),
            chair=chair,
            secretary=secretary,
            lines=_unique(lines),
            rules=rules,
            convened_by=by.official,
        )
    ]


def open_session(session: Session, *, present: Sequence[UUID], by: Acting) -> Sequence[Event]:
    rules = _led_by(session, by)
    if session.stage == "open":
        return []
    if session.stage != "convened":
        raise Refused("session-closed")
    here = _unique(present)
    if strangers := [str(official) for official in here if official not in session.members]:
        raise Refused("not-a-member", officials=strangers)
    if not reached(rules.quorum, len(here), members=len(session.members), present=len(here)):
        raise Refused(
            "quorum-missing",
            present=len(here),
            members=len(session.members),
            quorum=f"{rules.quorum.numerator}/{rules.quorum.denominator}",
        )
    absent = tuple(official for official in session.members if official not in here)
    return [SessionOpened(here, absent)]


def vote(
    session: Session, dossier: Dossier, *, ref: LineRef, in_favour: int, against: int, by: Acting
) -> Sequence[Event]:
    """Hands are counted; counting a line again before the session closes replaces the count."""
    _led_by(session, by)
    if session.stage != "open":
        raise Refused("session-not-open", stage=session.stage)
    if ref not in session.lines:
        raise Refused("not-found")
    if dossier.lines[ref.line].held:
        raise Refused("line-held", line=ref.line)
    if in_favour + against > len(session.present):
        raise Refused("more-votes-than-members", present=len(session.present))
    if session.votes.get(ref) == (in_favour, against):
        return []
    abstained = len(session.present) - in_favour - against
    return [LineVoted(ref.dossier, ref.line, in_favour, against, abstained)]


def close(session: Session, dossiers: Dossiers, *, by: Acting) -> Sequence[Event]:
    """Every line has been voted on, or is on hold and goes no further."""
    _led_by(session, by)
    if session.stage == "closed":
        return []
    if session.stage != "open":
        raise Refused("session-not-open", stage=session.stage)
    held = {ref for ref in session.lines if dossiers[ref.dossier].lines[ref.line].held}
    unvoted = [ref for ref in session.lines if ref not in session.votes and ref not in held]
    if unvoted:
        raise Refused(
            "lines-unvoted", lines=[{"dossier": str(r.dossier), "line": r.line} for r in unvoted]
        )
    results = tuple(_result(session, ref, ref in held) for ref in session.lines)
    return [SessionClosed(session.campaign, results, by.official)]


def reached(share: Share, count: int, *, members: int, present: int) -> bool:
    """Whether `count` makes up the share, in whole numbers."""
    whole = members if share.of == "members" else present
    left, right = count * share.denominator, share.numerator * whole
    return left > right if share.strictly else left >= right


def recommends(session: Session, in_favour: int) -> bool:
    """Whether so many votes in favour make a recommendation under the session's rules."""
    assert session.rules is not None
    return reached(
        session.rules.threshold,
        in_favour,
        members=len(session.members),
        present=len(session.present),
    )


def _result(session: Session, ref: LineRef, held: bool) -> LineResult:
    in_favour, against = session.votes.get(ref, (0, 0))
    recommended = not held and recommends(session, in_favour)
    return LineResult(ref.dossier, ref.line, in_favour, against, recommended, held)


def _presentable(dossiers: Dossiers, ref: LineRef, campaign: UUID, by: Acting) -> None:
    dossier = dossiers[ref.dossier]
    of_authority(dossier, by)
    line = dossier.lines.get(ref.line)
    if line is None or dossier.campaign != campaign:
        raise Refused("not-found")
    if line.held:
        raise Refused("line-held", line=ref.line)
    if line.outcome:
        raise Refused("already-decided", line=ref.line)
    if dossier.stage != "received" or line.verdict not in PRESENTABLE:
        raise Refused("line-not-eligible", line=ref.line, verdict=line.verdict)


def _prepares(by: Acting) -> None:
    if by.role != "council-secretary":
        by.require("specialist", duty=HOME_AFFAIRS)


def _led_by(session: Session, by: Acting) -> CouncilRules:
    """The session's own secretary keeps the minutes, nobody else."""
    of_authority(session, by)
    if by.official != session.secretary:
        raise Refused("not-allowed", needs=["council-secretary"])
    assert session.rules is not None
    return session.rules


def _unique(items: Sequence[T]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(items))

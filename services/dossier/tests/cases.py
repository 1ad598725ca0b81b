"""The cast and the past of pure tests: events in, state out."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import reduce
from typing import Any
from uuid import uuid4

import msgspec
import pytest

from libs.eventlog.events import Event, Personal, Refused
from libs.serving.tests.signing import official
from services.dossier import events as e
from services.dossier.decisions.rules import DEFAULT
from services.dossier.decisions.states import Campaign, Decision, Dossier, Form, Session
from services.dossier.history import evolve_decision, evolve_dossier, evolve_session
from services.dossier.terms import DecisionLine, LineRef, LineResult, Verdict

CAMPAIGN, DOSSIER, SESSION, DECISION, SUBJECT = (uuid4() for _ in range(5))
UNIT, HOME = "bac-thuy", "phong-noi-vu"
NOW = datetime(2024, 8, 20, 3, 0, tzinfo=UTC)
UNTIL = datetime(2024, 8, 31, 17, 0, tzinfo=UTC)
RULES = DEFAULT[0]

specialist = official("specialist", unit=UNIT, duty="commune")
leader = official("leader", unit=UNIT, duty="commune")
stranger = official("specialist", unit="mai-sao", duty="commune")
foreigner = official("specialist", unit=UNIT, duty="commune", authority="van-quan")
appraiser = official("specialist", unit=HOME, duty="home-affairs")
head = official("leader", unit=HOME, duty="home-affairs")
foreign_appraiser = official("specialist", unit=HOME, duty="home-affairs", authority="van-quan")
secretary = official("council-secretary", unit="hoi-dong", duty="council")
chairman = official("chairman", unit="chi-lang")
clerk = official("clerk", unit="van-phong", duty="office")
members = tuple(uuid4() for _ in range(3))

campaign = Campaign(
    campaign=CAMPAIGN,
    authority="chi-lang",
    title="Lập thành tích chào mừng Đại hội",
    scope=(UNIT, "mai-sao"),
    forms=(Form("giay-khen", "Giấy khen", ("individual", "collective")),),
    papers=("proposal-letter", "minutes"),
    intake_from=NOW - timedelta(days=10),
    intake_until=UNTIL,
    intake_open=True,
)

opened = e.DossierOpened(CAMPAIGN, UNIT, "chi-lang", specialist.official)


def nominee(line: int = 1, subject: Any = SUBJECT) -> e.NomineeAdded:
    named = Personal(subject, text="Hoàng Thị An")
    return e.NomineeAdded(
        line, subject, "individual", named, named, "giay-khen", "Hiến đất.", specialist.official
    )


letter = e.PaperAttached("proposal-letter", "a" * 64, "application/pdf", 10, specialist.official)
minutes = e.PaperAttached("minutes", "b" * 64, "application/pdf", 10, specialist.official)
PAPERS = ("a" * 64, "b" * 64)
complete = (opened, nominee(), letter, minutes)
submitted = e.DossierSubmitted(CAMPAIGN, UNIT, leader.official, 0, UNTIL, PAPERS)
received = e.DossierReceived(CAMPAIGN, UNIT, 1, 2024, RULES.regime, appraiser.official)
returned = e.DossierReturned(CAMPAIGN, UNIT, ("Thiếu chữ ký.",), appraiser.official)
supplemented = e.DossierSupplemented(CAMPAIGN, UNIT, leader.official, PAPERS)
in_appraisal = (*complete, submitted, received)


def appraised(line: int = 1, verdict: Verdict = "eligible") -> e.LineAppraised:
    return e.LineAppraised(CAMPAIGN, UNIT, line, verdict, "Đủ tiêu chuẩn.", appraiser.official)


held = e.LineHeld(CAMPAIGN, UNIT, 1, "Có đơn.", appraiser.official)
released = e.LineReleased(CAMPAIGN, UNIT, 1, "Không có căn cứ.", appraiser.official)
ref = LineRef(DOSSIER, 1)
convened = e.SessionConvened(
    CAMPAIGN,
    "chi-lang",
    members,
    members[0],
    secretary.official,
    (ref,),
    RULES.council,
    secretary.official,
)
session_opened = e.SessionOpened(members, ())
voted = e.LineVoted(DOSSIER, 1, 3, 0, 0)
result = LineResult(DOSSIER, 1, 3, 0, True)
closed = e.SessionClosed(CAMPAIGN, (result,), secretary.official)
award = DecisionLine(DOSSIER, 1, UNIT, "individual", "giay-khen", "recommended", "award")
drafted = e.DecisionDrafted(CAMPAIGN, "chi-lang", SESSION, (award,), appraiser.official, HOME)
signed = e.DecisionSigned(
    chairman.official, date(2024, 9, 20), Personal(chairman.official, text="Mẫu"), "Chủ tịch"
)
numbered = e.DecisionNumbered(7, "QĐ-UBND", date(2024, 9, 20), clerk.official)


def dossier(*past: Event) -> Dossier:
    return reduce(evolve_dossier, past, Dossier())


def session(*past: Event) -> Session:
    return reduce(evolve_session, past, Session())


def decision(*past: Event) -> Decision:
    return reduce(evolve_decision, past, Decision())


def refused(code: str, decide: Callable[[], object]) -> dict[str, Any]:
    """The facts with which `decide` is refused; the test fails on any other outcome."""
    with pytest.raises(Refused) as refusal:
        decide()
    assert refusal.value.code == code
    return refusal.value.facts


def differing(**changes: Any) -> Campaign:
    return msgspec.structs.replace(campaign, **changes)

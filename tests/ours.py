"""What the people's committee of Chi Lăng has recorded: something on every kind of stream.

OURS stands wherever the text is not for others; where a launched campaign says what everybody may
read, EVERYBODYS does.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from libs.eventlog.events import Event, Personal
from services.campaign import events as campaign
from services.campaign.deadlines import Clock, Limits
from services.campaign.history import register_id, registration_id, reports_id
from services.directory.events import (
    Act,
    AppointmentMade,
    Document,
    OfficialRegistered,
    ReorganisationPrepared,
)
from services.dossier.events import DecisionDrafted, DossierOpened, NomineeAdded, SessionConvened
from services.dossier.terms import CouncilRules, DecisionLine, LineRef, Share
from services.notification.events import About, NoticeQueued, Occasion

OURS = "chỉ người Chi Lăng đọc"
EVERYBODYS = "ai cũng đọc được"
AUTHORITY, UNIT = "chi-lang", "bac-thuy"
ONE, TWO, THREE, LAUNCHED, RECALLED, CLUSTER, PLEDGE = (UUID(int=n, version=4) for n in range(1, 8))
UNSEEN = (ONE, TWO, THREE, CLUSTER, PLEDGE)  # of which nothing is told to other units
EVERY = (*UNSEEN, LAUNCHED, RECALLED)
DAY, AT = date(2024, 4, 5), datetime(2024, 4, 5, tzinfo=UTC)


def recorded(service: str) -> Mapping[UUID, Sequence[Event]]:
    """By stream; nothing for the audit, whose seals belong to no authority."""
    match service:
        case "directory":
            return _directory()
        case "campaign":
            return _campaign()
        case "dossier":
            return _dossier()
        case "notification":
            return {ONE: [_notice()]}
    return {}


def _directory() -> Mapping[UUID, Sequence[Event]]:
    named = OfficialRegistered(ONE, Personal(ONE, text=OURS))
    appointed = AppointmentMade(ONE, TWO, "noi-vu", AUTHORITY, "specialist", OURS, date(2020, 1, 1))
    act = Act("rename", (UNIT,), name=OURS)
    document = Document("1", DAY, AUTHORITY, OURS)
    prepared = ReorganisationPrepared(date(2099, 1, 1), document, (act,), AUTHORITY, TWO)
    return {ONE: [named, appointed], THREE: [prepared]}


def _campaign() -> Mapping[UUID, Sequence[Event]]:
    target, members = campaign.Target(OURS), (UNIT, "van-linh")
    in_register = campaign.NumberAssigned(1, "KH-UBND", DAY, LAUNCHED, title=OURS)
    taking_part = [_taking_part(id, target) for id in (LAUNCHED, RECALLED)]
    return {
        ONE: [campaign.CampaignDrafted(AUTHORITY, TWO, OURS, OURS, "", OURS, (), ())],
        TWO: [_difficulty()],
        LAUNCHED: _launched(LAUNCHED, says=EVERYBODYS),
        RECALLED: [
            *_launched(RECALLED, says=OURS, file=campaign.SourceFile(OURS, "text/plain", 1, "0")),
            campaign.CampaignRecalled(RECALLED, "Ban hành sai thẩm quyền", TWO),
        ],
        CLUSTER: [campaign.ClusterFormed(AUTHORITY, OURS, "cluster", members, 2, TWO)],
        PLEDGE: [
            campaign.PledgeOpened(
                PLEDGE, CLUSTER, AUTHORITY, OURS, 2024, LAUNCHED, OURS, members, TWO
            )
        ],
        register_id(AUTHORITY, DAY.year, "KH"): [in_register],
        **{stream: told for one in taking_part for stream, told in one.items()},
    }


def _taking_part(id: UUID, target: campaign.Target) -> dict[UUID, Sequence[Event]]:
    drafted = campaign.RegistrationDrafted(id, UNIT, AUTHORITY, 1, (target,), OURS, ONE)
    submitted = campaign.RegistrationSubmitted(id, UNIT, 1, TWO, None, 0)
    figures = (campaign.Achieved(OURS),)
    sent = campaign.UnitReportSent(
        id, UNIT, AUTHORITY, 1, "progress", "Quý II", figures, OURS, sent_by=ONE
    )
    return {registration_id(id, UNIT): [drafted, submitted], reports_id(id, UNIT): [sent]}


def _launched(id: UUID, *, says: str, file: campaign.SourceFile | None = None) -> Sequence[Event]:
    """From draft to launch and a good way on; what is under way says OURS."""
    field = campaign.PlanField("theme.0", "theme", says, 0, len(says), 1)
    review = campaign.ReviewPrepared
    return [
        campaign.CampaignDrafted(
            AUTHORITY, ONE, "Thi đua", "plan.txt", "", says, (field,), (), source_file=file
        ),
        campaign.CampaignReturned(OURS),
        campaign.CampaignSubmitted(ONE),
        campaign.CampaignApproved(TWO, "PT-2024-001"),
        campaign.CampaignSigned(THREE, "", DAY),
        campaign.CampaignNumbered(1, "KH-UBND", DAY),
        campaign.CampaignLaunched(id, "Thi đua", "noi-vu", 1, "KH-UBND", (UNIT,), ()),
        campaign.FundingRecorded(OURS, 1, TWO),
        campaign.RegistrationCalled(id, AT),
        campaign.GuidanceIssued(
            id, *((), (), ()), who=says, intake_from=AT, intake_until=AT + timedelta(9)
        ),
        campaign.GuidanceDrafted(id, 2, _content(OURS), OURS, ONE, campaign.GuidanceRules(DAY)),
        review(id, "preliminary", OURS, (), ONE),
        review(id, "preliminary", says, (), ONE),
        campaign.ReviewApproved(id, "preliminary", TWO),
        review(id, "final", OURS, (), ONE),
        campaign.AmendmentDrafted(
            TWO, "amendment", (campaign.ChangedValue("theme.0", says, OURS),), OURS, ONE
        ),
    ]


def _content(who: str) -> campaign.GuidanceContent:
    return campaign.GuidanceContent((), (), (), who, AT, AT + timedelta(9))


def _difficulty() -> Event:
    limits = Limits(date(2024, 1, 1))
    due = datetime(2030, 1, 9, tzinfo=UTC)
    clock = Clock(1, datetime(2030, 1, 1, tzinfo=UTC), due, limits, "")
    return campaign.DifficultyReported(
        LAUNCHED, AUTHORITY, UNIT, "noi-vu", "papers", OURS, OURS, OURS, TWO, clock
    )


def _dossier() -> Mapping[UUID, Sequence[Event]]:
    personal = Personal(THREE, text=OURS)
    nominee = NomineeAdded(1, THREE, "individual", personal, personal, "giay-khen", OURS, TWO)
    ref, rules = LineRef(ONE, 1), CouncilRules(Share(1, 2), Share(1, 2))
    session = SessionConvened(ONE, AUTHORITY, (TWO,), TWO, TWO, (ref,), rules, TWO)
    line = DecisionLine(ONE, 1, UNIT, "individual", "giay-khen", "recommended", "award", OURS)
    return {
        ONE: [DossierOpened(ONE, UNIT, AUTHORITY, TWO), nominee],
        TWO: [session],
        THREE: [DecisionDrafted(ONE, AUTHORITY, TWO, (line,), TWO, "noi-vu")],
    }


def _notice() -> Event:
    return NoticeQueued(
        unit=UNIT,
        sender=AUTHORITY,
        occasion=Occasion("campaign", ONE, ONE, "campaign.launched.v1", 1, AT),
        about=About("campaign", "campaign", ONE),
        campaign=ONE,
        purpose="for-action",
        template="campaign-launched-for-action",
        template_version=1,
        subject=OURS,
        text=OURS,
        text_sha256="",
        needs_acknowledgement=True,
    )

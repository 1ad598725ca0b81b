"""What units are told of a campaign."""

from collections.abc import Mapping
from uuid import UUID

from libs.eventlog.message import Cursor
from services.notification.decisions import told_of_launch
from services.notification.events import About
from services.notification.heard import (
    CampaignAmended,
    CampaignLaunched,
    EndChanged,
    GuidanceIssued,
    IntakeClosed,
    IntakeDeadlineChanged,
    IntakeOpened,
    ScopeSucceeded,
    StandingChanged,
)
from services.notification.reminding import RUNNING
from services.notification.tellings.queueing import (
    Heard,
    KnownCampaign,
    Queueing,
    Told,
    known_campaign,
    moment,
)


class OfCampaigns(Queueing):
    """Launch, guidance, intake, and every change of a launched campaign."""

    def launched(self, tx: Cursor, heard: Heard, campaign: CampaignLaunched) -> None:
        tx.execute(
            "INSERT INTO following.campaign (id, title, scope) VALUES (%s, %s, %s) "
            "ON CONFLICT (id) DO UPDATE SET title = excluded.title, scope = excluded.scope",
            [campaign.campaign, campaign.title, list(campaign.scope)],
        )
        facts = {"title": campaign.title, "symbol": f"{campaign.number:02}/{campaign.symbol}"}
        told = told_of_launch(
            campaign.scope, [(line.purpose, line.units) for line in campaign.recipients]
        )
        about = About("campaign", "campaign", campaign.campaign)
        self.tell(
            tx,
            heard,
            about,
            campaign.campaign,
            (
                Told(unit, purpose, f"campaign-launched-{purpose}", facts)
                for unit, purpose in told.items()
            ),
        )

    def scope_succeeded(self, tx: Cursor, heard: Heard, passed: ScopeSucceeded) -> None:
        """The successors take part from now on and are told what they took over."""
        known = known_campaign(tx, passed.campaign)
        scope: list[str] = []
        for unit in known.scope:
            scope += passed.successors if unit == passed.predecessor else (unit,)
        tx.execute(
            "UPDATE following.campaign SET scope = %s WHERE id = %s",
            [list(dict.fromkeys(scope)), passed.campaign],
        )
        facts = {"title": known.title, "former": passed.predecessor_name}
        about = About("campaign", "campaign", passed.campaign)
        told = (Told(u, "for-action", "scope-succeeded", facts) for u in passed.successors)
        self.tell(tx, heard, about, passed.campaign, told)

    def guidance_issued(self, tx: Cursor, heard: Heard, guidance: GuidanceIssued) -> None:
        known = known_campaign(tx, guidance.campaign)
        tx.execute(
            "UPDATE following.campaign SET intake_until = %s WHERE id = %s",
            [guidance.intake_until, guidance.campaign],
        )
        facts = {
            "title": known.title,
            "intake_from": moment(guidance.intake_from),
            "intake_until": moment(guidance.intake_until),
        }
        template = "guidance-issued"
        if guidance.version > 1:
            template, facts = "guidance-revised", facts | _revised(guidance, known)
        self.tell_scope(tx, heard, guidance.campaign, known, template, facts)

    def intake_opened(self, tx: Cursor, heard: Heard, intake: IntakeOpened) -> None:
        known = known_campaign(tx, intake.campaign)
        facts = {"title": known.title, "intake_until": known.intake_until}
        self.tell_scope(tx, heard, intake.campaign, known, "intake-opened", facts)

    def intake_closed(self, tx: Cursor, heard: Heard, intake: IntakeClosed) -> None:
        known = known_campaign(tx, intake.campaign)
        facts = {"title": known.title}
        self.tell_scope(tx, heard, intake.campaign, known, "intake-closed", facts)

    def end_changed(self, tx: Cursor, heard: Heard, end: EndChanged) -> None:
        old = f"{end.old:%d/%m/%Y}" if end.old else "chưa định ngày"
        facts = {"old": old, "new": f"{end.new:%d/%m/%Y}"}
        self._tell_of_change(tx, heard, end.campaign, "campaign-end-changed", facts)

    def deadline_changed(self, tx: Cursor, heard: Heard, change: IntakeDeadlineChanged) -> None:
        tx.execute(
            "UPDATE following.campaign SET intake_until = %s WHERE id = %s",
            [change.new, change.campaign],
        )
        facts = {"old": moment(change.old), "new": moment(change.new)}
        self._tell_of_change(tx, heard, change.campaign, "intake-deadline-changed", facts)

    def amended(self, tx: Cursor, heard: Heard, change: CampaignAmended) -> None:
        facts = {
            "symbol": f"{change.number:02}/{change.symbol}",
            "issued_on": f"{change.issued_on:%d/%m/%Y}",
        }
        template = "campaign-corrected" if change.form == "correction" else "campaign-amended"
        self._tell_of_change(tx, heard, change.campaign, template, facts)

    def standing_changed(self, tx: Cursor, heard: Heard, change: StandingChanged) -> None:
        """Closed, reopened, cancelled, recalled, replaced, concluded: the text has that name."""
        name = heard.occasion.topic.removesuffix(".v1").removeprefix("campaign.")
        tx.execute(
            "UPDATE following.campaign SET standing = %s WHERE id = %s",
            [RUNNING if name == "reopened" else name, change.campaign],
        )
        self._tell_of_change(tx, heard, change.campaign, f"campaign-{name}", {})

    def _tell_of_change(
        self, tx: Cursor, heard: Heard, campaign: UUID, template: str, facts: Mapping[str, str]
    ) -> None:
        known = known_campaign(tx, campaign)
        told = {"title": known.title, **facts}
        self.tell_scope(tx, heard, campaign, known, template, told)


CHANGED = {
    "intake_from": "ngày bắt đầu nhận hồ sơ",
    "intake_until": "hạn nhận hồ sơ",
    "who": "đối tượng",
    "form": "hình thức khen thưởng",
    "form.kinds": "đối tượng của hình thức khen thưởng",
    "form.quota": "số lượng",
    "form.papers": "giấy tờ theo hình thức",
    "group-quota": "số lượng theo khối đơn vị",
    "condition": "điều kiện",
    "criterion.individual": "tiêu chuẩn đối với cá nhân",
    "criterion.collective": "tiêu chuẩn đối với tập thể",
    "criterion.household": "tiêu chuẩn đối với hộ gia đình",
    "share": "tỷ lệ",
    "paper": "giấy tờ",
}


def _revised(guidance: GuidanceIssued, known: KnownCampaign) -> dict[str, str]:
    symbol = f"số {guidance.number:02}/{guidance.symbol}" if guidance.number else "chưa ghi số"
    return {
        "symbol": symbol,
        "version": str(guidance.version),
        "changed": ", ".join(CHANGED.get(field, field) for field in guidance.changed),
        "intake_before": known.intake_until,
    }

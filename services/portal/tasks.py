"""What waits for a person, from the services' lists: one function for each part of the work.

Which role does what is only offered here; whether it may is decided by the services.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from libs.serving.working_days import DEFAULT, Calendar, working_days
from services.portal.parts import Task
from services.portal.present.campaigns import number_of, state_of
from services.portal.session import Hat
from services.portal.tasks_of_difficulties import tasks_of
from services.portal.vietnamese import VIETNAM, moment

Rows = Sequence[Mapping[str, Any]]
PREPARING = ("lead-office", "home-affairs", "office")
ACKNOWLEDGING = ("leader", "chairman", "clerk", "specialist")
WORKING = ("draft", "returned")


@dataclass(frozen=True)
class Lists:
    """What the services list for this person; empty where they had nothing or were away."""

    now: datetime
    notices: Rows = ()
    campaigns: Rows = ()
    intake: Rows = ()  # campaigns as the dossier service knows them
    dossiers: Rows = ()
    sessions: Rows = ()
    decisions: Rows = ()
    guidance: Rows = ()  # drafted and not yet issued
    presentable: Mapping[str, int] = field(default_factory=dict)  # by campaign
    held: Mapping[str, int] = field(default_factory=dict)  # lines on hold, by campaign
    unacknowledged: Mapping[str, int] = field(default_factory=dict)  # units, by campaign
    open_fields: Mapping[str, int] = field(default_factory=dict)  # unconfirmed, by campaign
    calendar: Calendar = DEFAULT  # as the campaign service counts
    difficulties: Rows = ()  # not yet resolved
    registrations: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)  # by campaign
    pledges: Rows = ()  # that wait for the unit's signature


def waiting(hat: Hat, lists: Lists) -> list[Task]:
    """What the person may do now."""
    parts: Sequence[Callable[[Hat, Lists], list[Task]]] = (
        _notices,
        _plans,
        _running,
        _amendments,
        _registrations,
        _pledges,
        _guidance,
        _rechecked,
        _own_dossiers,
        _new_dossiers,
        _appraisal,
        _council,
        _decisions,
        _difficulties,
    )
    return [_counted(task, lists) for part in parts for task in part(hat, lists)]


def following(hat: Hat, lists: Lists) -> list[Task]:
    """What waits for somebody else, and the person would like to follow."""
    found = []
    if hat.duty in PREPARING:
        for campaign in lists.campaigns:
            if missing := lists.unacknowledged.get(campaign["id"]):
                title = f"{missing} đơn vị chưa xác nhận đã nhận kế hoạch"
                href = f"/campaigns/{campaign['id']}/notices"
                found.append(_task(title, href, campaign["title"], campaign["launched_at"]))
    steps = {
        "submitted": "chờ Phòng Nội vụ tiếp nhận",
        "supplemented": "chờ Phòng Nội vụ tiếp nhận",
        "received": "đang thẩm định",
        "appraised": "chờ Hội đồng xét",
    }
    for dossier in lists.dossiers:
        if dossier["unit"] == hat.unit and dossier["state"] in steps:
            title = f"Hồ sơ của đơn vị {steps[dossier['state']]}"
            found.append(_of_dossier(title, dossier, lists, dossier["submitted_at"]))
    return [_counted(task, lists) for task in found]


def _counted(task: Task, lists: Lists) -> Task:
    """With the working days to the nearer of its dates."""
    dates = [day for day in (task.due, task.legal_due) if day]
    if not dates:
        return task
    today = lists.now.astimezone(VIETNAM).date()
    return replace(task, days_left=working_days(lists.calendar, today, min(dates)))


def _notices(hat: Hat, lists: Lists) -> list[Task]:
    if hat.role not in ACKNOWLEDGING:
        return []
    return [
        _task("Xác nhận đã nhận", "/inbox", notice["subject"], notice["queued_at"])
        for notice in lists.notices
    ]


def _plans(hat: Hat, lists: Lists) -> list[Task]:
    prepares = hat.role in ("specialist", "leader") and hat.duty in PREPARING
    found = []
    for campaign in lists.campaigns:
        title = ""
        match campaign["state"]:
            case "draft" if prepares:
                open_fields = lists.open_fields.get(campaign["id"], 0)
                title = (
                    f"Đối chiếu bản thảo: còn {open_fields} nội dung"
                    if open_fields
                    else "Trình duyệt bản thảo"
                )
            case "submitted" if hat.role == "leader" and hat.duty in PREPARING:
                title = "Duyệt bản thảo kế hoạch"
            case "approved" if hat.role == "chairman":
                title = "Ký kế hoạch"
            case "signed" if hat.role == "clerk":
                title = "Cấp số kế hoạch"
            case "numbered" if hat.role == "clerk" or (prepares and hat.duty == "lead-office"):
                title = f"Phát động phong trào theo kế hoạch {number_of(campaign)}"
        if title:
            found.append(_of_campaign(title, campaign, campaign["drafted_at"]))
    return found


def _running(hat: Hat, lists: Lists) -> list[Task]:
    """Guidance and intake of launched campaigns."""
    if hat.duty != "home-affairs":
        return []
    found = []
    for campaign in lists.campaigns:
        state = state_of(campaign)
        begun = any(one["campaign"] == campaign["id"] for one in lists.guidance)
        if state == "launched" and not begun and hat.role in ("leader", "specialist"):
            title = "Soạn hướng dẫn khen thưởng"
            found.append(_of_campaign(title, campaign, campaign["launched_at"]))
        if state == "guided" and hat.role in ("leader", "specialist"):
            found.append(_of_campaign("Mở nhận hồ sơ", campaign, campaign["intake_from"]))
        if held := lists.held.get(campaign["id"]):
            title = f"{held} trường hợp đang tạm dừng xét"
            href = f"/dossiers?campaign={campaign['id']}"
            found.append(_task(title, href, campaign["title"], campaign["intake_from"]))
    return found


def _amendments(hat: Hat, lists: Lists) -> list[Task]:
    """A change of a launched plan, at the desk where it waits; an end whose day is not known."""
    steps = {
        ("drafted", "leader"): "Duyệt dự thảo sửa đổi, đính chính",
        ("approved", "chairman"): "Ký văn bản sửa đổi, đính chính",
        ("signed", "clerk"): "Cấp số văn bản sửa đổi, đính chính",
    }
    found = []
    for campaign in lists.campaigns:
        if campaign["state"] != "launched" or campaign.get("standing", "running") != "running":
            continue
        title = steps.get((campaign.get("amendment") or "", hat.role))
        if title and (hat.role != "leader" or hat.duty in PREPARING):
            found.append(_of_campaign(title, campaign, campaign["launched_at"]))
        unbound = campaign.get("ends_event") and not campaign.get("ends")
        if unbound and hat.role == "leader" and hat.duty == "lead-office":
            about = f"{campaign['title']}: kéo dài đến {campaign['ends_event']}"
            href = f"/campaigns/{campaign['id']}/end/new"
            found.append(_task("Ghi ngày kết thúc khi đã biết", href, about))
    return found


def _registrations(hat: Hat, lists: Lists) -> list[Task]:
    """The unit's own to be drafted and sent; those of all units that wait for the lead office."""
    titles = {
        ("specialist", "none"): "Soạn đăng ký thi đua",
        ("specialist", "refused"): "Sửa đăng ký thi đua bị từ chối",
        ("leader", "draft"): "Xem và gửi đăng ký thi đua",
    }
    found = []
    for campaign in lists.campaigns:
        listed = lists.registrations.get(campaign["id"])
        if listed is None:
            continue
        path, rows = f"/campaigns/{campaign['id']}/registrations", listed["items"]
        until = listed["call"]["until"] if listed["call"] else None
        for row in rows:
            title = titles.get((hat.role, row["state"])) if row["unit"] == hat.unit else None
            if title and (until or row["state"] != "none"):
                href = f"{path}/{hat.unit}"
                found.append(_task(title, href, campaign["title"], due=until))
        waiting = sum(row["state"] == "submitted" for row in rows)
        if waiting and hat.duty == "lead-office" and hat.role in ("specialist", "leader"):
            title, href = f"Duyệt {waiting} đăng ký thi đua", f"{path}?state=submitted"
            found.append(_task(title, href, campaign["title"]))
    return found


def _pledges(hat: Hat, lists: Lists) -> list[Task]:
    if hat.role != "leader":
        return []
    return [
        _task(
            "Ký giao ước thi đua",
            f"/pledges/{one['id']}",
            f"{one['name']}, năm {one['year']}",
            one["opened_at"],
        )
        for one in lists.pledges
    ]


def _guidance(hat: Hat, lists: Lists) -> list[Task]:
    """Guidance that waits for this person's step on its way to being issued."""
    heads = hat.acts_as("leader", duty="home-affairs")
    found = []
    for one in lists.guidance:
        mine = str(one["prepared_by"]) == hat.official
        title = ""
        match one["stage"]:
            case "draft" if mine and one["returned"]:
                title = "Sửa dự thảo hướng dẫn bị trả lại"
            case "draft" if heads and not mine and not one["returned"]:
                title = "Duyệt dự thảo hướng dẫn khen thưởng"
            case "approved" if not mine and (
                hat.role == "chairman" if one["signer"] == "chairman" else heads
            ):
                title = "Ký hướng dẫn khen thưởng"
            case "signed" if hat.role == "clerk":
                title = "Cấp số hướng dẫn khen thưởng"
            case "numbered" if hat.role == "clerk":
                title = "Ban hành hướng dẫn khen thưởng"
        if title:
            href = f"/campaigns/{one['campaign']}/guidance"
            found.append(_task(title, href, one["title"], one["since"]))
    return found


def _rechecked(hat: Hat, lists: Lists) -> list[Task]:
    """Dossiers that a revised guidance no longer fits: for their unit and for home affairs."""
    appraises = hat.acts_as("specialist", duty="home-affairs")
    return [
        _of_dossier(f"Xem {one['differences']} điểm khác với hướng dẫn mới", one, lists, None)
        for one in lists.dossiers
        if one.get("differences")
        and one["state"] in ("submitted", "supplemented", "received", "returned", "appraised")
        and (appraises or (one["unit"] == hat.unit and hat.role in ("specialist", "leader")))
    ]


def _own_dossiers(hat: Hat, lists: Lists) -> list[Task]:
    """Those sent back first: somebody waits for them."""
    own = [one for one in lists.dossiers if one["unit"] == hat.unit and one["state"] in WORKING]
    titles = {
        ("specialist", "returned"): "Bổ sung hồ sơ bị trả lại",
        ("specialist", "draft"): "Hoàn thiện hồ sơ",
        ("leader", "returned"): "Gửi lại hồ sơ đã bổ sung",
        ("leader", "draft"): "Xem và gửi hồ sơ",
    }
    return [
        _of_dossier(titles[hat.role, one["state"]], one, lists, one["opened_at"])
        for one in sorted(own, key=lambda one: str(one["state"]), reverse=True)
        if (hat.role, one["state"]) in titles
    ]


def _new_dossiers(hat: Hat, lists: Lists) -> list[Task]:
    """Open campaigns that the unit takes part in and has not answered with a dossier."""
    answered = {one["campaign"] for one in lists.dossiers if one["unit"] == hat.unit}
    return [
        _task(
            "Lập hồ sơ đề nghị khen thưởng",
            f"/dossiers/new?campaign={one['campaign']}",
            one["title"],
            one["intake_from"],
            one["intake_until"],
        )
        for one in lists.intake
        if hat.role == "specialist"
        and one["intake_open"]
        and one.get("standing", "running") == "running"
        and moment(one["intake_until"]) > lists.now
        and hat.unit in one["scope"]
        and one["campaign"] not in answered
    ]


def _appraisal(hat: Hat, lists: Lists) -> list[Task]:
    if not hat.acts_as("specialist", duty="home-affairs"):
        return []
    titles = {
        "submitted": "Tiếp nhận hồ sơ",
        "supplemented": "Tiếp nhận hồ sơ đã bổ sung",
        "received": "Thẩm định hồ sơ",
    }
    found = [
        _of_dossier(titles[one["state"]], one, lists, one["submitted_at"])
        for one in lists.dossiers
        if one["state"] in titles
    ]
    drafted = {one["session"] for one in lists.decisions}
    for one in lists.sessions:
        if one["state"] == "closed" and one["id"] not in drafted:
            about = _title_of(one["campaign"], lists)
            href = f"/sessions/{one['id']}"
            found.append(_task("Lập dự thảo quyết định", href, about, one["closed_at"]))
    return found


def _council(hat: Hat, lists: Lists) -> list[Task]:
    if hat.role != "council-secretary":
        return []
    titles = {"convened": "Khai mạc phiên họp", "open": "Ghi kết quả biểu quyết"}
    found = [
        _task(
            titles[one["state"]],
            f"/sessions/{one['id']}",
            _title_of(one["campaign"], lists),
            one["convened_at"],
        )
        for one in lists.sessions
        if one["state"] in titles
    ]
    under_way = {one["campaign"] for one in lists.sessions if one["state"] in titles}
    undecided = {one["campaign"] for one in lists.sessions} - {
        one["campaign"] for one in lists.decisions if one["state"] == "published"
    }
    for campaign, count in lists.presentable.items():
        if count and campaign not in under_way | undecided:
            title = f"Triệu tập phiên họp: {count} trường hợp chờ xét"
            href = f"/sessions/new?campaign={campaign}"
            found.append(_task(title, href, _title_of(campaign, lists)))
    return found


def _decisions(hat: Hat, lists: Lists) -> list[Task]:
    titles = {
        ("chairman", "draft"): "Xem và ký quyết định",
        ("clerk", "signed"): "Cấp số quyết định",
        ("clerk", "numbered"): "Phát hành quyết định",
    }
    return [
        _task(
            titles[hat.role, one["state"]],
            f"/decisions/{one['id']}",
            _title_of(one["campaign"], lists),
            one["drafted_at"],
        )
        for one in lists.decisions
        if (hat.role, one["state"]) in titles
    ]


def _difficulties(hat: Hat, lists: Lists) -> list[Task]:
    return tasks_of(hat, lists.difficulties)


def _of_campaign(title: str, campaign: Mapping[str, Any], since: str | None) -> Task:
    return _task(title, f"/campaigns/{campaign['id']}", campaign["title"], since)


def _of_dossier(title: str, dossier: Mapping[str, Any], lists: Lists, since: str | None) -> Task:
    campaign = next((c for c in lists.intake if c["campaign"] == dossier["campaign"]), None)
    until = campaign["intake_until"] if campaign and dossier["state"] in WORKING else None
    about = f"{dossier['unit_name']}, {dossier['lines']} trường hợp"
    return _task(title, f"/dossiers/{dossier['id']}", about, since, until)


def _title_of(campaign: str, lists: Lists) -> str:
    found = (one["title"] for one in lists.intake if one["campaign"] == campaign)
    return str(next(found, ""))


def _task(
    title: str, href: str, about: str = "", since: str | None = None, due: str | None = None
) -> Task:
    last = moment(due).date() if due else None
    return Task(
        title,
        href,
        about,
        since=moment(since).date() if since else None,
        legal_due=last,
    )

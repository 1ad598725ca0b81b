"""Difficulties: the list or board, one difficulty."""

import asyncio
from datetime import datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from fastapi import APIRouter
from fastapi.responses import Response

from services.portal.http.working_days import calendar_of
from services.portal.pages import Difficulty, Listing
from services.portal.parts import Act, Choice, Field, State, Summary
from services.portal.present import difficulties as present
from services.portal.present.history import history
from services.portal.session import Hat
from services.portal.vietnamese import VIETNAM
from services.portal.visits import Visiting
from services.portal.words import STATES

PEOPLE = ("specialist", "leader")
PAGE = 50


def routes() -> APIRouter:
    router = APIRouter()

    @router.get("/difficulties")
    async def board(
        visit: Visiting,
        state: str = "open",
        clock: str = "",
        unit: str = "",
        campaign: str = "",
        due: str = "",
        before: str = "",
    ) -> Response:
        asked = {"state": state, "clock": clock, "unit": unit, "campaign": campaign}
        found, counted = await asyncio.gather(
            visit.get("campaign", "/difficulties", **asked, due=due, before=before, limit=PAGE),
            visit.get("campaign", "/difficulties/board"),
        )
        directory, items = await visit.directory(), found["items"]
        more = ""
        if len(items) == PAGE:
            last = {"due": items[-1]["due_at"], "before": items[-1]["position"]}
            more = "/difficulties?" + urlencode(
                {k: v for k, v in (asked | last).items() if v or k == "state"}
            )
        return await visit.page(
            Listing(
                "Khó khăn, vướng mắc",
                present.board_line(counted["counts"]),
                present.table(items, directory, "Khó khăn, vướng mắc, theo thời hạn"),
                filters=(
                    _select("state", "Trạng thái", state, "difficulty", open="Chưa xong"),
                    _select("clock", "Thời hạn", clock, "clock"),
                    *_units(visit.hat, unit, directory.units),
                ),
                more=more,
            )
        )

    @router.get("/difficulties/{id}")
    async def show(id: UUID, visit: Visiting, version: int | None = None) -> Response:
        path = f"/difficulties/{id}"
        one, steps, calendar = await asyncio.gather(
            visit.get("campaign", path, version=version),
            visit.get("campaign", f"{path}/history"),
            calendar_of(visit),
        )
        people = [entry["actor"] for entry in steps["items"]]
        directory = await visit.directory(*people)
        campaign = await visit.get("campaign", f"/campaigns/{one['campaign']}")
        told = present.what(one, calendar, datetime.now(VIETNAM).date())
        return await visit.page(
            Difficulty(
                one["title"],
                _summary(visit.hat, one, told),
                present.facts(one, campaign["title"], directory),
                present.said(one, directory),
                history(path, steps["items"], directory, version and one["version"]),
            )
        )

    return router


def _select(name: str, label: str, value: str, kind: str, **more: str) -> Field:
    words = {**more, **{code: word.label for code, word in STATES[kind].items()}}
    choices = (Choice("", "Tất cả"), *(Choice(code, word) for code, word in words.items()))
    return Field(name, label, "select", value, required=False, choices=choices)


def _units(hat: Hat, value: str, units: Any) -> tuple[Field, ...]:
    if not oversees(hat):
        return ()
    named = sorted((one["name"], code) for code, one in units.items())
    choices = (Choice("", "Tất cả"), *(Choice(code, name) for name, code in named))
    return (Field("unit", "Đơn vị báo", "select", value, required=False, choices=choices),)


def oversees(hat: Hat) -> bool:
    """Whether all of the authority's difficulties are for this person; the service decides."""
    return hat.duty in ("lead-office", "home-affairs", "office") or hat.role in (
        "chairman",
        "auditor",
    )


def manages(hat: Hat, one: dict[str, Any]) -> bool:
    office = hat.duty == "lead-office" or hat.unit == one["lead_unit"]
    return hat.role == "chairman" or (hat.role in PEOPLE and office)


def _summary(hat: Hat, one: dict[str, Any], told: str) -> Summary:
    path, version, of_unit = f"/difficulties/{one['id']}", one["version"], hat.unit == one["unit"]

    def ask(label: str, noun: str, *, grave: bool = False) -> Act:
        return Act(label, f"{path}/{noun}/new?version={version}", grave=grave)

    act: Act | None = None
    others: list[Act] = []
    cannot = ""
    if of_unit and hat.role in PEOPLE:
        act, others = _of_unit(one, ask, path)
    elif manages(hat, one) or (hat.role in PEOPLE and hat.unit == one["holder"]):
        act, others = _of_office(hat, one, ask, path)
        if act and above(hat, one):
            others, act = [act, *others], None
            cannot = "Việc đã chuyển lên cấp trên; cơ quan chủ trì vẫn trả lời được."
    return Summary(told, State("difficulty", one["state"]), act, tuple(others), cannot)


def above(hat: Hat, one: dict[str, Any]) -> bool:
    """Whether somebody above this person has to answer."""
    return one["state"] == "waiting" and (
        (one["level"] == "chairman" and hat.role != "chairman")
        or (one["level"] == "home-affairs" and hat.unit != one["holder"])
    )


def _of_unit(one: dict[str, Any], ask: Any, path: str) -> tuple[Act | None, list[Act]]:
    reopen = ask("Chưa được giải quyết", "reopening")
    match one["state"]:
        case "asked-back":
            return ask("Trả lời câu hỏi", "explanation"), [ask("Rút lại", "withdrawal", grave=True)]
        case "waiting":
            return None, [ask("Rút lại", "withdrawal", grave=True)]
        case "answered":
            done = Act(
                "Xác nhận đã được giải quyết", f"{path}/confirmation", "post", one["version"]
            )
            return done, [reopen]
        case "resolved":
            return None, [reopen]
    return None, []


def _of_office(hat: Hat, one: dict[str, Any], ask: Any, path: str) -> tuple[Act | None, list[Act]]:
    upward = ask("Chuyển lên cấp trên", "escalation", grave=True)
    match one["state"]:
        case "waiting" | "asked-back":
            others = [ask("Hỏi lại đơn vị", "question")] if one["state"] == "waiting" else []
            if not one["taken_up"] and not above(hat, one):
                taking = Act("Nhận xử lý", f"{path}/taking-up", "post", one["version"])
                others.append(taking)
            if manages(hat, one) and (one["level"] != "chairman" or hat.role == "chairman"):
                others.append(ask("Giao xử lý", "assignment"))
            if hat.role != "chairman":
                others.append(upward)
            return ask("Trả lời", "answer"), others
        case "answered" if manages(hat, one):
            return ask("Kết luận đã giải quyết", "resolution"), [ask("Mở lại", "reopening")]
        case "resolved" if manages(hat, one):
            return None, [ask("Mở lại", "reopening")]
    return None, []

"""The council's session: convened, opened, voted, closed."""

import asyncio
from typing import Any
from uuid import UUID

from fastapi import APIRouter
from fastapi.responses import Response
from starlette.datastructures import FormData

from services.portal.clients import SaidNo
from services.portal.deeds import Deed, Mistyped, Named, Went, add_deeds, add_question
from services.portal.http.campaigns_known import forms_of, titles_of
from services.portal.pages import Ask, Listing, Session
from services.portal.parts import Act, Choice, Field, Problem, State, Summary
from services.portal.present import council as present
from services.portal.present.history import history
from services.portal.session import Hat
from services.portal.visits import Visit, Visiting
from services.portal.words import nominee, state

AT = "/sessions/{id}"


def routes() -> APIRouter:
    router = APIRouter()
    add_question(router, "/sessions", _ask_to_convene, _convene)
    add_question(router, f"{AT}/opening", _ask_who_is_here, _open)
    add_question(router, f"{AT}/votes", _ask_for_votes, _vote)
    add_deeds(
        router,
        Deed(
            service="dossier",
            address=f"{AT}/closing",
            back=AT,
            label="Kết thúc phiên họp",
            done="Đã kết thúc phiên họp",
            told="Kết quả đã chốt. Phòng Nội vụ lập dự thảo quyết định.",
        ),
    )
    _add_reading(router)
    return router


def prepares(hat: Hat) -> bool:
    return hat.role == "council-secretary" or hat.acts_as("specialist", duty="home-affairs")


def _add_reading(router: APIRouter) -> None:
    @router.get("/sessions")
    async def listing(visit: Visiting, campaign: str = "") -> Response:
        found, titles = await asyncio.gather(
            visit.get("dossier", "/sessions", campaign=campaign), titles_of(visit)
        )
        convening = Act("Triệu tập phiên họp", "/sessions/new") if prepares(visit.hat) else None
        return await visit.page(
            Listing(
                "Hội đồng Thi đua, Khen thưởng",
                "Hội đồng tham mưu, tư vấn; Chủ tịch quyết định khen thưởng.",
                present.listing(found["items"], titles),
                act=convening,
            )
        )

    @router.get("/sessions/{id}")
    async def show(id: UUID, visit: Visiting, version: int | None = None) -> Response:
        path = f"/sessions/{id}"
        session, steps = await asyncio.gather(
            visit.get("dossier", path, version=version),
            visit.get("dossier", f"{path}/history"),
        )
        directory = await visit.directory(*session["members"])
        titles, forms = await asyncio.gather(titles_of(visit), forms_of(visit, session["campaign"]))
        title = titles.get(session["campaign"], "")
        return await visit.page(
            Session(
                title="Phiên họp Hội đồng Thi đua, Khen thưởng",
                summary=_summary(visit.hat, session, path, await _decision_on(visit, session)),
                facts=present.facts(session, directory, title),
                members=present.members(session, directory),
                lines=present.lines(session, forms),
                history=history(
                    path,
                    steps["items"],
                    directory,
                    version and session["version"],
                    session["lines"],
                ),
                gauges=present.gauges(session),
            )
        )


async def _decision_on(visit: Visit, session: dict[str, Any]) -> str:
    """The decision drafted from the session, empty while there is none."""
    if session["state"] != "closed":
        return ""
    found = await visit.get("dossier", "/decisions", campaign=session["campaign"])
    drafted = (one["id"] for one in found["items"] if one["session"] == session["id"])
    return next(drafted, "")


def _summary(hat: Hat, session: dict[str, Any], path: str, decision: str) -> Summary:
    count = len(session["lines"])
    act: Act | None = None
    others: tuple[Act, ...] = ()
    cannot = ""
    keeps_minutes = hat.official == session["secretary"]
    waiting = [line for line in session["lines"] if line["in_favour"] is None and not line["held"]]
    match session["state"]:
        case "convened" if keeps_minutes:
            act = Act("Khai mạc phiên họp", f"{path}/opening/new")
        case "open" if keeps_minutes and waiting:
            act = Act("Ghi kết quả biểu quyết", f"{path}/votes/new")
            cannot = f"Còn {len(waiting)} trường hợp chưa biểu quyết."
        case "open" if keeps_minutes:
            act = Act("Kết thúc phiên họp", f"{path}/closing", "post", session["version"])
            others = (Act("Sửa kết quả biểu quyết", f"{path}/votes/new"),)
        case "closed" if decision:
            others = (Act("Xem quyết định", f"/decisions/{decision}"),)
        case "closed" if hat.acts_as("specialist", duty="home-affairs"):
            act = Act("Lập dự thảo quyết định", f"/decisions/new?session={session['id']}")
    said = f"Xét {count} trường hợp."
    return Summary(said, State("session", session["state"]), act, others, cannot)


async def _ask_to_convene(visit: Visit, _: Named) -> Ask:
    titles, directory = await asyncio.gather(titles_of(visit), visit.directory())
    campaign = await _campaign_with_lines(visit, titles)
    lines = await _presentable(visit, campaign) if campaign else ()
    if not lines:
        raise SaidNo(409, "no-lines", {})
    members = directory.with_role("council-member", "chairman")
    secretaries = directory.with_role("council-secretary")
    people = tuple(Choice(one["id"], one["name"], one["title"]) for one in members)
    mine = visit.hat.official if visit.hat.role == "council-secretary" else ""
    secretary = mine or (secretaries[0]["id"] if secretaries else "")
    return Ask(
        "Triệu tập phiên họp Hội đồng",
        f"Phong trào: {titles[campaign]}.",
        (
            Field("campaign", "", "hidden", campaign),
            Field(
                "members",
                "Thành viên dự họp",
                "checkbox",
                " ".join(one["id"] for one in members if one["unit"] != visit.hat.authority),
                choices=people,
            ),
            Field("chair", "Chủ trì", "radio", choices=people),
            Field(
                "secretary",
                "Thư ký",
                "radio",
                secretary,
                choices=tuple(Choice(one["id"], one["name"], one["title"]) for one in secretaries),
            ),
            Field(
                "lines",
                "Trường hợp đưa ra xét",
                "checkbox",
                " ".join(choice.value for choice in lines),
                "Đã thẩm định, không tạm dừng, chưa có quyết định.",
                choices=lines,
            ),
        ),
        Act("Triệu tập", "/sessions", "post"),
        "/sessions",
    )


async def _campaign_with_lines(visit: Visit, titles: dict[str, str]) -> str:
    """The campaign asked for, or the first in which lines wait for the council."""
    asked = visit.request.query_params.get("campaign", "")
    if asked in titles:
        return asked
    for campaign in titles:
        if (await visit.get("dossier", f"/campaigns/{campaign}/lines"))["items"]:
            return campaign
    return ""


async def _presentable(visit: Visit, campaign: str) -> tuple[Choice, ...]:
    rows = (await visit.get("dossier", f"/campaigns/{campaign}/lines"))["items"]
    ids = list(dict.fromkeys(row["dossier"] for row in rows))
    pages = await asyncio.gather(*(visit.get("dossier", f"/dossiers/{id}") for id in ids))
    names = {(page["id"], line["line"]): line["name"] for page in pages for line in page["lines"]}
    directory = await visit.directory()
    return tuple(
        Choice(
            f"{row['dossier']}:{row['line']}",
            names.get((row["dossier"], row["line"]), ""),
            f"{nominee(row['kind'])}, {directory.unit(row['unit'])}, "
            f"{state('line', row['verdict']).label.lower()}",
        )
        for row in rows
    )


async def _convene(visit: Visit, form: FormData, _: Named) -> Went:
    lines = [str(value).partition(":") for value in form.getlist("lines")]
    members = [str(one) for one in form.getlist("members")]
    wanted = {"members": members, "chair": form.get("chair"), "secretary": form.get("secretary")}
    wrong = {
        "members": "Chọn thành viên.",
        "chair": "Chọn người chủ trì.",
        "secretary": "Chọn thư ký.",
    }
    if problems := [Problem(wrong[name], name) for name, value in wanted.items() if not value]:
        raise Mistyped(*problems)
    body = {
        "campaign": str(form.get("campaign", "")),
        "members": members,
        "chair": str(form["chair"]),
        "secretary": str(form["secretary"]),
        "lines": [{"dossier": dossier, "line": int(line)} for dossier, _, line in lines],
    }
    said = await visit.act("dossier", "/sessions", body, form=form)
    return Went(f"/sessions/{said['id']}", "Đã triệu tập phiên họp", f"{len(lines)} trường hợp.")


async def _ask_who_is_here(visit: Visit, named: Named) -> Ask:
    path = f"/sessions/{named['id']}"
    session = await visit.get("dossier", path)
    directory = await visit.directory(*session["members"])
    return Ask(
        "Khai mạc phiên họp",
        "Đánh dấu những thành viên có mặt.",
        (
            Field(
                "present",
                "Có mặt",
                "checkbox",
                " ".join(session["members"]),
                choices=tuple(Choice(id, directory.person(id)) for id in session["members"]),
            ),
        ),
        Act("Khai mạc", f"{path}/opening", "post", session["version"]),
        path,
    )


async def _open(visit: Visit, form: FormData, named: Named) -> Went:
    path = f"/sessions/{named['id']}"
    here = [str(one) for one in form.getlist("present")]
    await visit.act("dossier", f"{path}/opening", {"present": here}, form=form)
    return Went(path, "Đã khai mạc phiên họp", f"Có mặt {len(here)} thành viên.")


async def _ask_for_votes(visit: Visit, named: Named) -> Ask:
    path = f"/sessions/{named['id']}"
    session = await visit.get("dossier", path)
    return Ask(
        "Kết quả biểu quyết",
        f"Có mặt {len(session['present'])} thành viên. Ô để trống là chưa biểu quyết.",
        tuple(
            Field(
                f"{name}-{line['dossier']}:{line['line']}",
                f"{number}. {line['name']}: {label}",
                "number",
                "" if line[key] is None else str(line[key]),
            )
            for number, line in enumerate(session["lines"], 1)
            if not line["held"]
            for name, key, label in (
                ("for", "in_favour", "số đồng ý"),
                ("against", "against", "số không đồng ý"),
            )
        ),
        Act("Ghi kết quả", f"{path}/votes", "post"),
        path,
    )


async def _vote(visit: Visit, form: FormData, named: Named) -> Went:
    """One command a line; those recorded already are repeats and change nothing."""
    path = f"/sessions/{named['id']}"
    counted = 0
    for name in form:
        if not name.startswith("for-") or not str(form[name]).strip():
            continue
        line = name.removeprefix("for-")
        in_favour, against = str(form[name]), str(form.get(f"against-{line}", "") or "0")
        if not (in_favour.isdecimal() and against.isdecimal()):
            raise Mistyped(Problem("Ghi số người bằng chữ số.", name))
        dossier, _, number = line.partition(":")
        body = {
            "dossier": dossier,
            "line": int(number),
            "in_favour": int(in_favour),
            "against": int(against),
        }
        await visit.act("dossier", f"{path}/votes", body, form=form, key=f"{line}|{body}")
        counted += 1
    return Went(path, "Đã ghi kết quả biểu quyết", f"{counted} trường hợp.")

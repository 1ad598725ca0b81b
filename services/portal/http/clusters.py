"""Clusters and blocs with their heads by year, and the pledges that members sign."""

import asyncio
from typing import Any
from uuid import UUID

from fastapi import APIRouter
from fastapi.responses import Response
from starlette.datastructures import FormData

from libs.serving.command import now
from libs.serving.days import day_of
from services.portal.deeds import Deed, Mistyped, Named, Went, add_deeds, add_question
from services.portal.http.registering import leads
from services.portal.pages import Ask, Listing, Record
from services.portal.parts import Act, Choice, Fact, Field, Problem, State, Summary
from services.portal.present import clusters as present
from services.portal.present.history import history
from services.portal.refilling import missing
from services.portal.session import Hat
from services.portal.visits import Visit, Visiting

MEMBERS = ("commune", "department", "office", "external")  # kinds of units that may be members
ONE = "/clusters/{id}"


def routes() -> APIRouter:
    router = APIRouter()

    @router.get("/clusters")
    async def listing(visit: Visiting) -> Response:
        items = (await visit.get("campaign", "/clusters"))["items"]
        forming = Act("Lập cụm, khối thi đua", "/clusters/new") if leads(visit.hat) else None
        table = present.listing(items, await visit.directory())
        intro = f"{len(items)} cụm, khối."
        return await visit.page(Listing("Cụm, khối thi đua", intro, table, act=forming))

    add_question(router, "/clusters", _ask_who, _form)
    add_question(router, f"{ONE}/members", _ask_members, _change_members)
    add_question(router, f"{ONE}/leaders", _ask_leaders, _choose)
    add_question(router, f"{ONE}/pledges", _ask_pledge, _open_pledge)
    _add_pages(router)
    back = "/pledges/{id}"
    add_deeds(
        router, Deed("campaign", f"{back}/signature", back, "Ký giao ước", "Đã ký giao ước thi đua")
    )
    return router


def _add_pages(router: APIRouter) -> None:
    @router.get(ONE)
    async def show(id: UUID, visit: Visiting) -> Response:
        path = f"/clusters/{id}"
        cluster, steps = await asyncio.gather(
            visit.get("campaign", path), visit.get("campaign", f"{path}/history")
        )
        directory = await visit.directory(*(entry["actor"] for entry in steps["items"]))
        return await visit.page(
            Record(
                cluster["name"],
                _summary(visit.hat, cluster, path),
                (),
                present.tables(cluster, directory),
                history(path, steps["items"], directory),
                Act("Các cụm, khối thi đua", "/clusters"),
            )
        )

    @router.get("/pledges/{id}")
    async def pledge(id: UUID, visit: Visiting) -> Response:
        path = f"/pledges/{id}"
        found, steps = await asyncio.gather(
            visit.get("campaign", path), visit.get("campaign", f"{path}/history")
        )
        directory = await visit.directory(*(entry["actor"] for entry in steps["items"]))
        return await visit.page(
            Record(
                f"Giao ước thi đua năm {found['year']}",
                _of_pledge(visit.hat, found, path),
                (Fact("Nội dung giao ước", found["text"]),),
                (present.signatures(found, directory),),
                history(path, steps["items"], directory),
                Act(found["name"], f"/clusters/{found['cluster']}"),
            )
        )


def _summary(hat: Hat, cluster: Any, path: str) -> Summary:
    what = f"{present.KINDS[cluster['kind']]} có {len(cluster['members'])} thành viên."
    state = State("cluster", "led" if cluster["leaders"] else "leaderless")
    heads = {one["head"] for one in cluster["leaders"] if one["year"] >= day_of(now()).year}
    pledge = Act("Trình giao ước thi đua", f"{path}/pledges/new")
    if leads(hat):
        version = f"new?version={cluster['version']}"
        choose = Act("Cử trưởng và phó", f"{path}/leaders/{version}")
        change = Act("Thay đổi thành viên", f"{path}/members/{version}")
        return Summary(what, state, choose, (pledge, change))
    may_open = hat.unit in heads and hat.role in ("specialist", "leader")
    return Summary(what, state, pledge if may_open else None)


def _of_pledge(hat: Hat, pledge: Any, path: str) -> Summary:
    signed, members = pledge["signed"], pledge["members"]
    what = f"{len(signed)}/{len(members)} thành viên đã ký."
    state = State("pledge", "complete" if len(signed) == len(members) else "open")
    waits = hat.unit in members and hat.unit not in signed
    if waits and hat.role == "leader":
        act = Act("Ký giao ước", f"{path}/signature", "post", pledge["version"])
        return Summary(what, state, act)
    return Summary(what, state, cannot="Lãnh đạo đơn vị ký giao ước." if waits else "")


async def _units(visit: Visit) -> tuple[Choice, ...]:
    units = (await visit.directory()).of_kind(*MEMBERS)
    return tuple(Choice(unit["code"], unit["name"]) for unit in units)


async def _ask_who(visit: Visit, _: Named) -> Ask:
    kinds = tuple(Choice(code, word) for code, word in present.KINDS.items())
    return Ask(
        "Lập cụm, khối thi đua",
        "Số thành viên tối thiểu là thiết lập của cơ quan.",
        (
            Field("name", "Tên cụm, khối"),
            Field("kind", "Loại", "radio", "cluster", choices=kinds),
            Field("members", "Thành viên", "checkbox", choices=await _units(visit)),
        ),
        Act("Lập cụm, khối", "/clusters", "post"),
        "/clusters",
    )


async def _form(visit: Visit, form: FormData, named: Named) -> Went:
    asked = await _ask_who(visit, named)
    if problems := missing(asked.fields, form):
        raise Mistyped(*problems)
    body = {"name": str(form["name"]), "kind": str(form["kind"]), "members": _codes(form)}
    said = await visit.act("campaign", "/clusters", body, form=form)
    return Went(f"/clusters/{said['id']}", "Đã lập cụm, khối thi đua")


async def _ask_members(visit: Visit, named: Named) -> Ask:
    path = f"/clusters/{named['id']}"
    cluster = await visit.get("campaign", path)
    members = " ".join(cluster["members"])
    return Ask(
        "Thay đổi thành viên",
        cluster["name"],
        (
            Field("members", "Thành viên", "checkbox", members, choices=await _units(visit)),
            Field("reason", "Lý do", "textarea"),
        ),
        Act("Lưu thành viên", f"{path}/members", "post", cluster["version"]),
        path,
    )


async def _change_members(visit: Visit, form: FormData, named: Named) -> Went:
    path, reason = f"/clusters/{named['id']}", str(form.get("reason", "")).strip()
    if not reason:
        raise Mistyped(Problem("Ghi lý do thay đổi.", "reason"))
    body = {"members": _codes(form), "reason": reason}
    await visit.act("campaign", f"{path}/members", body, form=form)
    return Went(path, "Đã thay đổi thành viên")


async def _ask_leaders(visit: Visit, named: Named) -> Ask:
    path = f"/clusters/{named['id']}"
    cluster, directory = await asyncio.gather(visit.get("campaign", path), visit.directory())
    members = tuple(Choice(code, directory.unit(code)) for code in cluster["members"])
    return Ask(
        "Cử trưởng và phó",
        f"{cluster['name']}. Trưởng luân phiên theo năm.",
        (
            Field("year", "Năm", "number", str(day_of(now()).year)),
            Field("head", "Trưởng", "select", choices=(Choice("", "Chọn đơn vị"), *members)),
            Field("deputies", "Phó", "checkbox", required=False, choices=members),
            Field(
                "reason",
                "Lý do",
                hint="Chỉ cần khi trưởng năm trước tiếp tục làm trưởng.",
                required=False,
            ),
        ),
        Act("Cử trưởng và phó", f"{path}/leaders", "post", cluster["version"]),
        path,
    )


async def _choose(visit: Visit, form: FormData, named: Named) -> Went:
    path = f"/clusters/{named['id']}"
    head = str(form.get("head", ""))
    if not head:
        raise Mistyped(Problem("Chọn trưởng.", "head"))
    body = {
        "year": _year(form),
        "head": head,
        "deputies": _codes(form, "deputies"),
        "reason": str(form.get("reason", "")).strip(),
    }
    await visit.act("campaign", f"{path}/leaders", body, form=form)
    return Went(path, "Đã cử trưởng và phó")


async def _ask_pledge(visit: Visit, named: Named) -> Ask:
    path = f"/clusters/{named['id']}"
    cluster, known = await asyncio.gather(
        visit.get("campaign", path), visit.get("campaign", "/campaigns")
    )
    running = [one for one in known["items"] if one["state"] == "launched"]
    campaigns = (Choice("", "Cả năm"), *(Choice(one["id"], one["title"]) for one in running))
    return Ask(
        "Trình giao ước thi đua",
        f"{cluster['name']}. Mọi thành viên được thông báo; lãnh đạo từng đơn vị ký.",
        (
            Field("year", "Năm", "number", str(day_of(now()).year)),
            Field("campaign", "Cho", "select", required=False, choices=campaigns),
            Field("text", "Nội dung giao ước", "textarea"),
        ),
        Act("Trình giao ước", f"{path}/pledges", "post"),
        path,
    )


async def _open_pledge(visit: Visit, form: FormData, named: Named) -> Went:
    text = str(form.get("text", "")).strip()
    if not text:
        raise Mistyped(Problem("Ghi nội dung giao ước.", "text"))
    body = {"year": _year(form), "campaign": str(form.get("campaign") or "") or None, "text": text}
    path = f"/clusters/{named['id']}/pledges"
    said = await visit.act("campaign", path, body, form=form)
    return Went(f"/pledges/{said['id']}", "Đã trình giao ước", "Các thành viên được thông báo.")


def _codes(form: FormData, name: str = "members") -> list[str]:
    return [str(code) for code in form.getlist(name)]


def _year(form: FormData) -> int:
    typed = str(form.get("year", "")).strip()
    if not (typed.isdecimal() and 2000 <= int(typed) <= 2100):
        raise Mistyped(Problem("Năm ghi bốn chữ số, như 2024.", "year"))
    return int(typed)

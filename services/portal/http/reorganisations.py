"""A reorganisation is written down, checked, confirmed by another administrator, or withdrawn."""

import asyncio
from typing import Any
from uuid import UUID

from fastapi import APIRouter
from fastapi.responses import Response
from starlette.datastructures import FormData

from services.portal.clients import SaidNo
from services.portal.deeds import Deed, Mistyped, Named, Went, add_deeds, add_question
from services.portal.pages import Ask, Listing, Record
from services.portal.parts import Act, Fact, Field, Problem, State, Summary
from services.portal.present import units as present
from services.portal.present.history import history
from services.portal.refilling import missing
from services.portal.reorganising import HINT, Unreadable, acts_in
from services.portal.vietnamese import day, typed_day
from services.portal.visits import Visit, Visiting

HERE = "/reorganisations"
AT = "/reorganisations/{id}"
FIELDS = (
    Field("effective", "Có hiệu lực từ ngày", "date"),
    Field("number", "Số, ký hiệu văn bản"),
    Field("issued_on", "Ngày văn bản", "date"),
    Field("issuer", "Cơ quan ban hành văn bản"),
    Field("abstract", "Trích yếu", required=False),
    Field("acts", "Các việc sắp xếp", "textarea", hint=HINT),
)


def routes() -> APIRouter:
    router = APIRouter()

    @router.get(HERE)
    async def listing(visit: Visiting) -> Response:
        found = await visit.get("directory", HERE)
        return await visit.page(
            Listing(
                "Sắp xếp đơn vị",
                "Người lập phương án không tự xác nhận.",
                present.reorganisations(found["items"]),
                act=Act("Lập phương án", f"{HERE}/new"),
            )
        )

    add_question(router, HERE, _ask, _prepare)

    @router.get(AT)
    async def show(id: UUID, visit: Visiting, version: int | None = None) -> Response:
        return await visit.page(await _page_of(visit, id, version))

    add_deeds(
        router,
        Deed(
            service="directory",
            address=f"{AT}/confirmation",
            back=AT,
            label="Xác nhận phương án",
            done="Đã xác nhận phương án",
            told="Đến ngày hiệu lực, hồ sơ và việc còn dở chuyển cho đơn vị kế thừa.",
        ),
        Deed(
            service="directory",
            address=f"{AT}/withdrawal",
            back=AT,
            label="Rút phương án",
            done="Đã rút phương án",
            intro="Phương án đã rút không xác nhận được nữa.",
            fields=(Field("reason", "Lý do", "textarea"),),
            body=lambda form: {"reason": str(form["reason"]).strip()},
            grave=True,
        ),
    )
    return router


async def _ask(_: Visit, __: Named) -> Ask:
    return Ask(
        "Lập phương án sắp xếp đơn vị",
        "Mọi dòng được kiểm tra trước; còn một chỗ sai thì chưa ghi gì.",
        FIELDS,
        Act("Kiểm tra và lập phương án", HERE, "post"),
        HERE,
    )


async def _prepare(visit: Visit, form: FormData, _: Named) -> Went:
    if problems := missing(FIELDS, form):
        raise Mistyped(*problems)
    try:
        said = await visit.act("directory", HERE, _body(form), form=form)
    except SaidNo as no:
        if no.code != "reorganisation-faulty":
            raise
        faults: list[dict[str, Any]] = no.facts.get("faults", [])
        raise Mistyped(*(Problem(present.fault(one), "acts") for one in faults)) from None
    return Went(f"{HERE}/{said['id']}", "Đã lập phương án", "Người quản trị khác sẽ xác nhận.")


def _body(form: FormData) -> dict[str, Any]:
    days = {name: typed_day(str(form[name])) for name in ("effective", "issued_on")}
    for name, typed in days.items():
        if typed is None:
            raise Mistyped(Problem("Ghi ngày như 01/07/2025.", name))
    effective, issued_on = (typed.isoformat() for typed in days.values() if typed)
    try:
        acts = acts_in(str(form["acts"]), effective)
    except Unreadable as line:
        text = f"Dòng {line.row}: không đọc được. Viết theo một trong các mẫu."
        raise Mistyped(Problem(text, "acts")) from None
    names = ("number", "issuer", "abstract")
    document = {name: str(form.get(name, "")).strip() for name in names}
    return {"effective": effective, "document": document | {"issued_on": issued_on}, "acts": acts}


async def _page_of(visit: Visit, id: UUID, version: int | None) -> Record:
    path = f"{HERE}/{id}"
    found, steps = await asyncio.gather(
        visit.get("directory", path, version=version), visit.get("directory", f"{path}/history")
    )
    directory = await visit.directory(*(entry["actor"] for entry in steps["items"]))
    document = found["document"]
    return Record(
        f"Sắp xếp theo {document['number']}",
        _summary(visit, found, path),
        (
            Fact("Văn bản", f"{document['number']} ngày {day(document['issued_on'])}"),
            Fact("Cơ quan ban hành", document["issuer"]),
            Fact("Trích yếu", document["abstract"] or "không ghi"),
            Fact("Có hiệu lực từ", day(found["effective"])),
        ),
        (present.passing(found["passing"]), present.newcomers(found["acts"])),
        history(path, steps["items"], directory, version and found["version"]),
    )


def _summary(visit: Visit, found: dict[str, Any], path: str) -> Summary:
    act: Act | None = None
    others: tuple[Act, ...] = ()
    cannot = ""
    if found["stage"] == "prepared":
        others = (Act("Rút phương án", f"{path}/withdrawal/new", grave=True),)
        if found["prepared_by"] == visit.hat.official:
            cannot = "Bạn đã lập phương án này; người quản trị khác phải xác nhận."
        else:
            version = found["version"]
            act = Act("Xác nhận phương án", f"{path}/confirmation", "post", version)
    state = State("reorganisation", found["stage"])
    return Summary("Phương án sắp xếp đơn vị", state, act, others, cannot)

"""The decision: drafted from the council's result, changed and signed, numbered, published."""

import asyncio
from typing import Any
from uuid import UUID

from fastapi import APIRouter
from fastapi.responses import Response
from starlette.datastructures import FormData

from services.portal.clients import SaidNo
from services.portal.deeds import Deed, Mistyped, Named, Went, add_deeds, add_question
from services.portal.http.campaigns_known import forms_of, titles_of
from services.portal.http.plans import issued_on_field, typed_date
from services.portal.pages import Ask, Decision, Listing
from services.portal.parts import Act, Choice, Fact, Field, Paper, State, Summary
from services.portal.present import decisions as present
from services.portal.present.history import history
from services.portal.refilling import missing
from services.portal.session import Hat
from services.portal.timeline import History
from services.portal.visits import Visit, Visiting

AT = "/decisions/{id}"
OUTCOMES = (
    Choice("award", "Khen thưởng"),
    Choice("refer", "Đề nghị cấp trên khen thưởng"),
    Choice("none", "Không khen thưởng"),
)


def routes() -> APIRouter:
    router = APIRouter()
    add_question(router, "/decisions", _ask_to_draft, _draft)
    add_question(router, f"{AT}/lines/{{dossier}}/{{line}}", _ask_for_outcome, _change)
    add_question(router, f"{AT}/number", _ask_for_day, _number)
    add_deeds(
        router,
        Deed(
            service="dossier",
            address=f"{AT}/signature",
            back=AT,
            label="Ký quyết định",
            done="Đã ký quyết định",
            told="Văn thư sẽ cấp số và phát hành.",
        ),
        Deed(
            service="dossier",
            address=f"{AT}/publication",
            back=AT,
            label="Phát hành quyết định",
            done="Đã phát hành quyết định",
            told="Các đơn vị nhận thông báo kết quả từng trường hợp.",
        ),
    )
    _add_reading(router)
    _add_papers(router)
    return router


def _add_reading(router: APIRouter) -> None:
    @router.get("/decisions")
    async def listing(visit: Visiting, campaign: str = "") -> Response:
        found, titles = await asyncio.gather(
            visit.get("dossier", "/decisions", campaign=campaign), titles_of(visit)
        )
        table = present.listing(found["items"], titles)
        count = len(found["items"])
        return await visit.page(Listing("Quyết định khen thưởng", f"{count} quyết định.", table))

    @router.get("/decisions/{id}")
    async def show(id: UUID, visit: Visiting, version: int | None = None) -> Response:
        path = f"/decisions/{id}"
        decision, steps = await asyncio.gather(
            visit.get("dossier", path, version=version), _steps(visit, path)
        )
        forms = await forms_of(visit, decision["campaign"])
        directory = await visit.directory(*(entry["actor"] for entry in steps))

        def acts(line: dict[str, Any]) -> tuple[Act, ...]:
            return _acts_of_line(visit.hat, decision, line)

        return await visit.page(
            Decision(
                title=f"Quyết định khen thưởng: {decision['campaign_title']}",
                summary=_summary(visit.hat, decision, path),
                facts=present.facts(decision, directory),
                awarded=present.lines(decision, forms, acts, "award"),
                referred=present.lines(decision, forms, acts, "refer"),
                not_awarded=present.lines(decision, forms, acts, "none"),
                differing=present.differing(decision, forms),
                history=history(
                    path, steps, directory, version and decision["version"], decision["lines"]
                )
                if steps
                else History(path, (), decision["version"], decision["version"]),
                papers=_papers(decision, path),
            )
        )


def _add_papers(router: APIRouter) -> None:
    @router.get("/decisions/{id}/document.pdf")
    async def document(id: UUID, visit: Visiting) -> Response:
        return await visit.file("dossier", f"/decisions/{id}/document.pdf", "quyet-dinh.pdf")

    @router.get("/decisions/{id}/certificates.pdf")
    async def certificates(id: UUID, visit: Visiting) -> Response:
        return await visit.file("dossier", f"/decisions/{id}/certificates.pdf", "giay-khen.pdf")


async def _steps(visit: Visit, path: str) -> list[dict[str, Any]]:
    """Units see the decision without its steps: those name other units' lines."""
    try:
        items: list[dict[str, Any]] = (await visit.get("dossier", f"{path}/history"))["items"]
    except SaidNo:
        return []
    return items


def _summary(hat: Hat, decision: dict[str, Any], path: str) -> Summary:
    act: Act | None = None
    cannot = ""
    version = decision["version"]
    match decision["state"]:
        case "draft" if hat.role == "chairman":
            if decision["drafted_by"] == hat.official:
                cannot = "Bạn đã soạn dự thảo này; người khác phải ký."
            else:
                act = Act("Ký quyết định", f"{path}/signature", "post", version)
        case "signed" if hat.role == "clerk":
            act = Act("Cấp số", f"{path}/number/new")
        case "numbered" if hat.role == "clerk":
            act = Act("Phát hành quyết định", f"{path}/publication", "post", version)
    others = (Act("Xem kết quả Hội đồng", f"/sessions/{decision['session']}"),)
    from_council = hat.duty == "home-affairs" or hat.role in ("chairman", "clerk", "auditor")
    return Summary(
        present.what(decision),
        State("decision", decision["state"]),
        act,
        others if from_council else (),
        cannot,
    )


def _acts_of_line(hat: Hat, decision: dict[str, Any], line: dict[str, Any]) -> tuple[Act, ...]:
    if hat.role != "chairman" or decision["state"] != "draft":
        return ()
    path = f"/decisions/{decision['id']}/lines/{line['dossier']}/{line['line']}"
    return (Act("Quyết định khác", f"{path}/new"),)


def _papers(decision: dict[str, Any], path: str) -> tuple[Paper, ...]:
    if not decision["number"]:
        return ()
    awarded = any(line["outcome"] == "award" for line in decision["lines"])
    document = Paper("Quyết định (PDF)", f"{path}/document.pdf")
    certificates = Paper("Giấy khen của mọi trường hợp (PDF)", f"{path}/certificates.pdf")
    return (document, certificates) if awarded else (document,)


async def _ask_to_draft(visit: Visit, _: Named) -> Ask:
    session = visit.request.query_params.get("session", "")
    if not session:
        session = str((await visit.request.form()).get("session", ""))
    return Ask(
        "Lập dự thảo quyết định",
        "Dự thảo theo kết quả Hội đồng; trường hợp không đủ điều kiện được trả lời trong cùng "
        "quyết định. Chủ tịch xem và ký.",
        (Field("session", "", "hidden", session),),
        Act("Lập dự thảo", "/decisions", "post"),
        f"/sessions/{session}" if session else "/sessions",
    )


async def _draft(visit: Visit, form: FormData, _: Named) -> Went:
    said = await visit.act(
        "dossier", "/decisions", {"session": str(form.get("session", ""))}, form=form
    )
    return Went(f"/decisions/{said['id']}", "Đã lập dự thảo quyết định", "Chủ tịch xem và ký.")


async def _ask_for_day(visit: Visit, named: Named) -> Ask:
    path = f"/decisions/{named['id']}"
    decision = await visit.get("dossier", path)
    return Ask(
        "Cấp số quyết định",
        "Số tiếp theo của sổ đăng ký quyết định được cấp tự động.",
        (issued_on_field(),),
        Act("Cấp số", f"{path}/number", "post", decision["version"]),
        path,
        facts=(Fact("Phong trào", decision["campaign_title"]),),
    )


async def _number(visit: Visit, form: FormData, named: Named) -> Went:
    path = f"/decisions/{named['id']}"
    body = {"issued_on": typed_date(form, "issued_on")}
    await visit.act("dossier", f"{path}/number", body, form=form)
    return Went(path, "Đã cấp số", "Quyết định chờ phát hành.")


async def _ask_for_outcome(visit: Visit, named: Named) -> Ask:
    path = f"/decisions/{named['id']}"
    decision = await visit.get("dossier", path)
    line = next(
        (
            one
            for one in decision["lines"]
            if (one["dossier"], str(one["line"])) == (named["dossier"], named["line"])
        ),
        None,
    )
    if line is None:
        raise SaidNo(404, "not-found", {})
    shown = next(iter(present.lines({"lines": [line]}, {}, lambda _: (), line["outcome"])))
    return Ask(
        f"Quyết định khác: {shown.name}",
        "Ý kiến của Hội đồng là tham mưu; Chủ tịch quyết định và ghi lý do.",
        (
            Field("outcome", "Kết quả", "radio", line["outcome"], choices=OUTCOMES),
            Field("reason", "Lý do", "textarea", hint="Đơn vị sẽ đọc được."),
        ),
        Act("Ghi quyết định", f"{path}/lines/{named['dossier']}/{named['line']}", "post"),
        path,
        facts=(Fact("Đơn vị", line["unit_name"]),),
    )


async def _change(visit: Visit, form: FormData, named: Named) -> Went:
    asked = await _ask_for_outcome(visit, named)
    if problems := missing(asked.fields, form):
        raise Mistyped(*problems)
    path = f"/decisions/{named['id']}"
    body = {"outcome": str(form["outcome"]), "reason": str(form["reason"])}
    await visit.act("dossier", f"{path}/lines/{named['dossier']}/{named['line']}", body, form=form)
    return Went(
        path, "Đã ghi quyết định khác", "Lý do được ghi cùng quyết định; đơn vị sẽ đọc được."
    )

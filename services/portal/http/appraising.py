"""Home affairs receives, returns, appraises line by line; lines are held and released."""

from typing import Any

from fastapi import APIRouter
from starlette.datastructures import FormData

from services.portal.deeds import Deed, Mistyped, Named, Went, add_deeds, add_question
from services.portal.http.launching import lines_of
from services.portal.pages import Ask
from services.portal.parts import Act, Choice, Fact, Field
from services.portal.refilling import missing
from services.portal.session import Hat
from services.portal.visits import Visit
from services.portal.words import nominee

AT = "/dossiers/{id}"
LINE = f"{AT}/lines/{{line}}"
TO_RECEIVE = ("submitted", "supplemented")
WITH_US = ("received", "appraised")
VERDICTS = (
    Choice("eligible", "Đủ điều kiện", "Trình Hội đồng xét."),
    Choice("not-eligible", "Không đủ điều kiện", "Không trình; đơn vị được biết lý do."),
    Choice("refer-upward", "Đề nghị cấp trên", "Vượt thẩm quyền khen thưởng ở đây."),
)
REASON = Field("reason", "Lý do", "textarea")


def routes() -> APIRouter:
    router = APIRouter()
    add_question(router, f"{LINE}/appraisal", _ask_for_verdict, _appraise)
    add_deeds(
        router,
        Deed(
            service="dossier",
            address=f"{AT}/receipt",
            back=AT,
            label="Tiếp nhận hồ sơ",
            done="Đã tiếp nhận hồ sơ",
            told="Hồ sơ đã vào sổ. Thẩm định từng trường hợp.",
        ),
        Deed(
            service="dossier",
            address=f"{AT}/return",
            back=AT,
            label="Trả lại hồ sơ",
            done="Đã trả lại hồ sơ",
            told="Đơn vị nhận được thông báo kèm lý do.",
            title="Trả lại hồ sơ để bổ sung",
            intro="Đơn vị bổ sung rồi gửi lại.",
            fields=(Field("reasons", "Cần bổ sung gì?", "textarea", hint="Mỗi dòng một lý do."),),
            body=lambda form: {"reasons": lines_of(form, "reasons")},
            warning="Theo cài đặt của đơn vị, mỗi hồ sơ chỉ trả lại để bổ sung một lần.",
            grave=True,
        ),
        Deed(
            service="dossier",
            address=f"{LINE}/hold",
            back=AT,
            label="Tạm dừng xét",
            done="Đã tạm dừng xét một trường hợp",
            intro="Trường hợp này chờ cho đến khi được xét tiếp; các trường hợp khác vẫn đi tiếp.",
            fields=(REASON,),
            body=lambda form: {"reason": str(form["reason"]).strip()},
        ),
        Deed(
            service="dossier",
            address=f"{LINE}/release",
            at=f"{LINE}/hold",
            method="DELETE",
            back=AT,
            label="Xét tiếp",
            done="Trường hợp này được xét tiếp",
            fields=(REASON,),
            body=lambda form: {"reason": str(form["reason"]).strip()},
        ),
    )
    return router


def to_appraise(
    hat: Hat, dossier: dict[str, Any], path: str
) -> tuple[Act | None, tuple[Act, ...], str]:
    """The main act of home affairs, the others, and why there is none."""
    if not hat.acts_as("specialist", duty="home-affairs"):
        return None, (), ""
    back = Act("Trả lại để bổ sung", f"{path}/return/new", grave=True)
    may_return = (back,) if dossier["returns"] == 0 else ()
    if dossier["state"] in TO_RECEIVE:
        return Act("Tiếp nhận hồ sơ", f"{path}/receipt", "post", dossier["version"]), (), ""
    if dossier["state"] in WITH_US:
        waiting = [line for line in dossier["lines"] if not line["verdict"]]
        if waiting:
            left = f"Còn {len(waiting)} trường hợp chưa thẩm định."
            untouched = len(waiting) == len(dossier["lines"])
            return None, may_return if untouched else (), left
    return None, (), ""


def acts_of_line(hat: Hat, dossier: dict[str, Any], line: dict[str, Any]) -> tuple[Act, ...]:
    """What home affairs may do with a line that nobody has decided yet."""
    if dossier["state"] not in WITH_US or line["outcome"]:
        return ()
    if not hat.acts_as("specialist", "leader", duty="home-affairs"):
        return ()
    path = f"/dossiers/{dossier['id']}/lines/{line['line']}"
    if line["held"]:
        return (Act("Xét tiếp", f"{path}/release/new"),)
    hold = Act("Tạm dừng xét", f"{path}/hold/new")
    if hat.role != "specialist":
        return (hold,)
    appraise = "Thẩm định lại" if line["verdict"] else "Thẩm định"
    return (Act(appraise, f"{path}/appraisal/new"), hold)


async def _ask_for_verdict(visit: Visit, named: Named) -> Ask:
    path = f"/dossiers/{named['id']}"
    dossier = await visit.get("dossier", path)
    line = next(one for one in dossier["lines"] if str(one["line"]) == named["line"])
    directory = await visit.directory()
    others = sorted({directory.unit(one["unit"]) for one in line["duplicates"]})
    explain = Field(
        "duplicate_reason",
        "Vì sao vẫn xét ở hồ sơ này",
        "textarea",
        line["duplicate_reason"],
        f"Cũng được đề nghị bởi: {', '.join(others)}.",
    )
    return Ask(
        f"Thẩm định: {line['name']}",
        f"Trường hợp {line['line']} trong hồ sơ của {dossier['unit_name']}.",
        (
            Field("verdict", "Kết quả thẩm định", "radio", line["verdict"], choices=VERDICTS),
            Field(
                "reason",
                "Lý do",
                "textarea",
                line["reason"],
                "Đơn vị sẽ đọc được.",
                save_to=f"/drafts{path}/lines/{line['line']}/appraisal",
            ),
            *((explain,) if others else ()),
        ),
        Act("Ghi kết quả thẩm định", f"{path}/lines/{line['line']}/appraisal", "post"),
        path,
        facts=(
            Fact("Loại đối tượng", nominee(line["kind"])),
            Fact("Hình thức đề nghị", line["form_name"]),
            Fact("Thành tích", line["achievement"]),
            *((Fact("Chức vụ, nơi ở", line["position"]),) if line["position"] else ()),
        ),
    )


async def _appraise(visit: Visit, form: FormData, named: Named) -> Went:
    asked = await _ask_for_verdict(visit, named)
    if problems := missing(asked.fields, form):
        raise Mistyped(*problems)
    body = {name: str(form.get(name, "")) for name in ("verdict", "reason", "duplicate_reason")}
    path = f"/dossiers/{named['id']}"
    await visit.act("dossier", f"{path}/lines/{named['line']}/appraisal", body, form=form)
    return Went(f"{path}#line-{named['line']}", "Đã ghi kết quả thẩm định")

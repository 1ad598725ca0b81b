"""A unit prepares, sends and withdraws its dossier."""

from typing import Any

from fastapi import APIRouter
from starlette.datastructures import FormData, UploadFile

from services.portal.clients import Away
from services.portal.deeds import Deed, Mistyped, Named, Went, add_deeds, add_question
from services.portal.pages import Ask
from services.portal.parts import Act, Choice, Field, Problem
from services.portal.present.guidance import SHARES
from services.portal.refilling import missing
from services.portal.visits import Visit
from services.portal.words import NOMINEES

AT = "/dossiers/{id}"
PAPER_KINDS = (
    Choice("proposal-letter", "Tờ trình"),
    Choice("achievement-report", "Báo cáo thành tích"),
    Choice("minutes", "Biên bản xét khen thưởng"),
    Choice("other", "Giấy tờ khác"),
)
ACCEPTED = ".pdf,.docx,.xlsx,.png,.jpg,.jpeg"


def routes() -> APIRouter:
    router = APIRouter()
    add_question(router, "/dossiers", _ask_for_campaign, _open)
    add_question(router, f"{AT}/nominees", _ask_for_nominee, _add_nominee)
    add_question(router, f"{AT}/papers", _ask_for_paper, _attach)
    _add_deeds(router)
    return router


def _add_deeds(router: APIRouter) -> None:
    reason = Field("reason", "Lý do", "textarea")
    add_deeds(
        router,
        Deed(
            service="dossier",
            address=f"{AT}/submission",
            back=AT,
            label="Gửi hồ sơ",
            done="Đã gửi hồ sơ",
            told="Phòng Nội vụ sẽ tiếp nhận; đơn vị sẽ nhận được thông báo.",
        ),
        Deed(
            service="dossier",
            address=f"{AT}/withdrawal",
            at=f"{AT}/submission",
            method="DELETE",
            back=AT,
            label="Rút hồ sơ",
            done="Đã rút hồ sơ",
            intro="Chỉ rút được trước khi thẩm định. Hồ sơ đã rút không xét nữa.",
            fields=(reason,),
            body=lambda form: {"reason": str(form["reason"]).strip()},
            grave=True,
        ),
        Deed(
            service="dossier",
            address=f"{AT}/nominees/{{line}}/removal",
            at=f"{AT}/nominees/{{line}}",
            method="DELETE",
            back=AT,
            label="Bỏ trường hợp này",
            done="Đã bỏ một trường hợp",
            fields=(reason,),
            body=lambda form: {"reason": str(form["reason"]).strip()},
            grave=True,
        ),
    )


async def _ask_for_campaign(visit: Visit, _: Named) -> Ask:
    known = (await visit.get("dossier", "/campaigns"))["items"]
    choices = tuple(
        Choice(one["campaign"], one["title"])
        for one in known
        if one["intake_open"] and visit.hat.unit in one["scope"]
    )
    chosen = visit.request.query_params.get("campaign", "")
    only = choices[0].value if len(choices) == 1 else chosen
    return Ask(
        "Lập hồ sơ mới",
        "Mỗi hồ sơ gồm các trường hợp đơn vị đề nghị khen thưởng trong một phong trào."
        if choices
        else "Hiện không có phong trào nào đang nhận hồ sơ của đơn vị bạn.",
        (Field("campaign", "Phong trào", "radio", only, choices=choices),),
        Act("Lập hồ sơ", "/dossiers", "post"),
        "/dossiers",
    )


async def _open(visit: Visit, form: FormData, _: Named) -> Went:
    campaign = str(form.get("campaign", ""))
    if not campaign:
        raise Mistyped(Problem("Chọn phong trào.", "campaign"))
    said = await visit.act("dossier", "/dossiers", {"campaign": campaign}, form=form)
    return Went(
        f"/dossiers/{said['id']}",
        "Đã lập hồ sơ",
        "Thêm các trường hợp đề nghị và đính kèm giấy tờ, rồi lãnh đạo đơn vị gửi.",
    )


async def _ask_for_nominee(visit: Visit, named: Named) -> Ask:
    path = f"/dossiers/{named['id']}"
    dossier = await visit.get("dossier", path)
    campaign = await _campaign(visit, dossier["campaign"])
    forms = tuple(Choice(form["code"], form["name"]) for form in campaign.get("forms", ()))
    return Ask(
        "Thêm trường hợp đề nghị",
        f"Hồ sơ của {dossier['unit_name']}, phong trào {dossier['campaign_title']}",
        (
            Field(
                "kind",
                "Loại đối tượng",
                "radio",
                choices=tuple(Choice(code, word) for code, word in NOMINEES.items()),
            ),
            Field("name", "Họ và tên, hoặc tên tập thể, hộ gia đình"),
            Field("position", "Chức vụ, nơi công tác hoặc nơi ở", required=False),
            Field(
                "identity",
                "Số định danh",
                hint="Cá nhân: số định danh; tập thể, hộ gia đình: mã để phân biệt. "
                "Dùng để biết hai đơn vị có cùng đề nghị một trường hợp không.",
            ),
            Field("form", "Hình thức đề nghị", "select", choices=forms),
            *_belongs_fields(campaign),
            Field(
                "achievement",
                "Tóm tắt thành tích",
                "textarea",
                save_to=f"/drafts{path}/nominees",
            ),
        ),
        Act("Thêm vào hồ sơ", f"{path}/nominees", "post"),
        path,
    )


async def _campaign(visit: Visit, campaign: str) -> dict[str, Any]:
    known = (await visit.get("dossier", "/campaigns"))["items"]
    return next((one for one in known if one["campaign"] == campaign), {})


def _belongs_fields(campaign: dict[str, Any]) -> tuple[Field, ...]:
    """Asked only where the guidance has targets, for it is nobody's business otherwise."""
    choices = tuple(Choice(one["of"], SHARES[one["of"]]) for one in campaign.get("shares", ()))
    if not choices:
        return ()
    hint = "Chỉ dùng để tính tỷ lệ theo hướng dẫn; được mã hóa như họ tên."
    return (Field("belongs", "Thuộc nhóm", "checkbox", "", hint, required=False, choices=choices),)


async def _add_nominee(visit: Visit, form: FormData, named: Named) -> Went:
    asked = await _ask_for_nominee(visit, named)
    if problems := missing(asked.fields, form):
        raise Mistyped(*problems)
    path = f"/dossiers/{named['id']}"
    body = {name: str(form[name]) for name in ("kind", "name", "identity", "form", "achievement")}
    body["position"] = str(form.get("position", ""))
    belongs = [str(group) for group in form.getlist("belongs")]
    await visit.act("dossier", f"{path}/nominees", body | {"belongs": belongs}, form=form)
    return Went(path, "Đã thêm một trường hợp", body["name"])


async def _ask_for_paper(visit: Visit, named: Named) -> Ask:
    path = f"/dossiers/{named['id']}"
    try:
        lacking = (await visit.get("dossier", path))["missing_papers"]
    except Away:
        lacking = []
    return Ask(
        "Đính kèm giấy tờ",
        "Bản quét PDF, ảnh hoặc văn bản; tối đa 20 MB mỗi tệp.",
        (
            Field(
                "kind",
                "Loại giấy tờ",
                "radio",
                lacking[0] if lacking else "",
                choices=PAPER_KINDS,
            ),
            Field("file", "Tệp", "file", accept=ACCEPTED),
        ),
        Act("Đính kèm", f"{path}/papers", "post"),
        path,
    )


async def _attach(visit: Visit, form: FormData, named: Named) -> Went:
    file, path = form.get("file"), f"/dossiers/{named['id']}"
    kind = next((one for one in PAPER_KINDS if one.value == form.get("kind")), None)
    if kind is None:
        raise Mistyped(Problem("Chọn loại giấy tờ.", "kind"))
    if not isinstance(file, UploadFile) or not file.filename:
        raise Mistyped(Problem("Chọn tệp.", "file"))
    content = (file.filename, await file.read())
    await visit.act(
        "dossier",
        f"{path}/papers",
        form=form,
        files={"file": content},
        data={"kind": kind.value},
    )
    return Went(path, "Đã đính kèm giấy tờ", kind.label)

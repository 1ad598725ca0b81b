"""The campaign goes out: launch, award guidance, intake."""

import re
import unicodedata
from dataclasses import replace
from datetime import datetime, time
from typing import Any

from fastapi import APIRouter
from starlette.datastructures import FormData

from services.portal.deeds import Deed, Mistyped, Named, Went, add_deeds, add_question
from services.portal.pages import Ask
from services.portal.parts import Act, Choice, Fact, Field, Problem
from services.portal.refilling import missing
from services.portal.vietnamese import VIETNAM, typed_day
from services.portal.visits import Visit
from services.portal.words import NOMINEES, PURPOSES

AT = "/campaigns/{id}"
IN_SCOPE = ("commune", "department", "office")  # kinds of units that take part as a rule
FORMS = 2  # rows offered; a district's campaign rarely has more forms of award
REQUIRED = ("proposal-letter", "achievement-report", "minutes")
PAPERS = (
    Choice("proposal-letter", "Tờ trình của đơn vị"),
    Choice("achievement-report", "Báo cáo thành tích"),
    Choice("minutes", "Biên bản xét khen thưởng"),
)
KINDS = tuple(Choice(code, word) for code, word in NOMINEES.items())


def routes() -> APIRouter:
    router = APIRouter()
    add_question(router, f"{AT}/launch", _ask_for_launch, _launch)
    add_question(router, f"{AT}/guidance", _ask_for_guidance, _issue_guidance)
    add_deeds(
        router,
        Deed(
            service="campaign",
            address=f"{AT}/intake",
            back=AT,
            label="Mở nhận hồ sơ",
            done="Đã mở nhận hồ sơ",
            told="Các đơn vị tham gia được thông báo và bắt đầu gửi hồ sơ.",
        ),
    )
    return router


async def _ask_for_launch(visit: Visit, named: Named) -> Ask:
    """The suggestions are the service's, from the wording of "Nơi nhận"; a person settles them."""
    path = f"/campaigns/{named['id']}"
    campaign = await visit.get("campaign", path)
    lines = (await visit.get("campaign", f"{path}/recipients"))["items"]
    directory = await visit.directory()
    scope = directory.of_kind(*IN_SCOPE)
    everybody = directory.of_kind(*IN_SCOPE, "external", "council", "cluster", "authority")
    units = tuple(Choice(unit["code"], unit["name"]) for unit in everybody)
    fields = [
        Field(
            "scope",
            "Đơn vị tham gia phong trào",
            "checkbox",
            " ".join(unit["code"] for unit in scope),
            "Bỏ chọn đơn vị không tham gia.",
            choices=tuple(Choice(unit["code"], unit["name"]) for unit in scope),
        )
    ]
    archived = []
    for number, line in enumerate(lines):
        if line["purpose"] == "archive":
            archived.append(line["label"])
            continue
        label = f"{line['label']} ({PURPOSES.get(line['purpose'], '')})"
        fields += _recipient_fields(number, label, line["suggested"], units)
    return Ask(
        "Phát động phong trào",
        "Kế hoạch được gửi tới nơi nhận và các đơn vị tham gia. Phát động một lần, không rút lại.",
        tuple(fields),
        Act("Phát động phong trào", f"{path}/launch", "post", campaign["version"]),
        path,
        facts=(
            Fact("Phong trào", campaign["title"]),
            *(Fact("Lưu", ", ".join(archived)) for _ in range(bool(archived))),
        ),
        warning="Sau khi phát động, kế hoạch không sửa được nữa.",
    )


def _recipient_fields(
    number: int, label: str, suggested: list[str], units: tuple[Choice, ...]
) -> list[Field]:
    """The units that the wording seems to mean, and one more to choose."""
    found = tuple(choice for choice in units if choice.value in suggested)
    others = tuple(choice for choice in units if choice.value not in suggested)
    more = Field(
        f"units-{number}",
        f"Thêm đơn vị cho “{label}”" if found else label,
        "select",
        hint="" if found else "Hệ thống chưa nhận ra nơi nhận này là đơn vị nào; hãy chọn.",
        required=not found,
        choices=(Choice("", "Không thêm" if found else "Chọn đơn vị"), *others),
    )
    if not found:
        return [more]
    hint = "Bỏ chọn đơn vị không đúng."
    box = Field(f"units-{number}", label, "checkbox", " ".join(suggested), hint, choices=found)
    return [box, replace(more, name=f"more-{number}")]


async def _launch(visit: Visit, form: FormData, named: Named) -> Went:
    path = f"/campaigns/{named['id']}"
    lines = (await visit.get("campaign", f"{path}/recipients"))["items"]
    recipients = [
        {
            "label": line["label"],
            "purpose": line["purpose"],
            "units": _chosen(form, number),
        }
        for number, line in enumerate(lines)
    ]
    scope = [str(code) for code in form.getlist("scope")]
    body = {"scope": scope, "recipients": recipients}
    await visit.act("campaign", f"{path}/launch", body, form=form)
    return Went(
        path, "Đã phát động phong trào", f"Thông báo đang được gửi tới {len(scope)} đơn vị."
    )


def _chosen(form: FormData, number: int) -> list[str]:
    given = form.getlist(f"units-{number}") + form.getlist(f"more-{number}")
    return [str(code) for code in given if code]


async def _ask_for_guidance(visit: Visit, named: Named) -> Ask:
    path = f"/campaigns/{named['id']}"
    campaign = await visit.get("campaign", path)
    return Ask(
        "Hướng dẫn khen thưởng",
        "Hình thức, tiêu chuẩn, số lượng và thời gian nhận hồ sơ. Ban hành một lần.",
        (
            *(field for number in range(1, FORMS + 1) for field in _form_fields(number)),
            *(
                Field(
                    f"criteria-{code}",
                    f"Tiêu chuẩn đối với {word.lower()}",
                    "textarea",
                    hint="Mỗi dòng một tiêu chuẩn.",
                    required=False,
                )
                for code, word in NOMINEES.items()
            ),
            Field(
                "papers",
                "Giấy tờ phải có",
                "checkbox",
                " ".join(REQUIRED),
                "Theo Luật Thi đua, khen thưởng 2022, Điều 84.",
                choices=PAPERS,
            ),
            Field("who", "Ai được đề nghị", "textarea", required=False),
            Field("intake_from", "Nhận hồ sơ từ ngày", "date", hint="Ngày/tháng/năm"),
            Field("intake_until", "Đến hết ngày", "date", hint="Ngày/tháng/năm"),
        ),
        Act("Ban hành hướng dẫn", f"{path}/guidance", "post", campaign["version"]),
        path,
        facts=(Fact("Phong trào", campaign["title"]),),
    )


def _form_fields(number: int) -> tuple[Field, ...]:
    first = number == 1
    return (
        Field(
            f"form-{number}",
            f"Hình thức khen thưởng {number}",
            value="Giấy khen của Chủ tịch Ủy ban nhân dân" if first else "",
            required=first,
        ),
        Field(
            f"kinds-{number}",
            f"Hình thức {number} dành cho",
            "checkbox",
            " ".join(NOMINEES) if first else "",
            choices=KINDS,
            required=first,
        ),
        Field(
            f"quota-{number}", f"Số lượng tối đa của hình thức {number}", "number", required=first
        ),
    )


async def _issue_guidance(visit: Visit, form: FormData, named: Named) -> Went:
    asked = await _ask_for_guidance(visit, named)
    if problems := missing(asked.fields, form):
        raise Mistyped(*problems)
    criteria = [
        {"kind": kind, "text": text}
        for kind in NOMINEES
        for text in lines_of(form, f"criteria-{kind}")
    ]
    if not criteria:
        raise Mistyped(Problem("Ghi ít nhất một tiêu chuẩn.", "criteria-individual"))
    body = {
        "forms": _forms(form),
        "criteria": criteria,
        "papers": [str(paper) for paper in form.getlist("papers")],
        "who": str(form.get("who", "")),
        "intake_from": _moment(form, "intake_from", time(0)),
        "intake_until": _moment(form, "intake_until", time(23, 59, 59)),
    }
    path = f"/campaigns/{named['id']}"
    await visit.act("campaign", f"{path}/guidance", body, form=form)
    return Went(path, "Đã ban hành hướng dẫn khen thưởng", "Mở nhận hồ sơ khi đến ngày.")


def _forms(form: FormData) -> list[dict[str, Any]]:
    found = []
    for number in range(1, FORMS + 1):
        name = str(form.get(f"form-{number}", "")).strip()
        if not name:
            continue
        quota = str(form.get(f"quota-{number}", "")).strip()
        if not quota.isdecimal():
            raise Mistyped(Problem("Số lượng phải là một số.", f"quota-{number}"))
        kinds = [str(kind) for kind in form.getlist(f"kinds-{number}")]
        if not kinds:
            raise Mistyped(Problem("Chọn loại đối tượng.", f"kinds-{number}"))
        found.append({"code": code_of(name), "name": name, "kinds": kinds, "quota": int(quota)})
    return found


def _moment(form: FormData, name: str, at: time) -> str:
    typed = typed_day(str(form.get(name, "")))
    if typed is None:
        raise Mistyped(Problem("Ngày phải ghi như 05/04/2024.", name))
    return datetime.combine(typed, at, VIETNAM).isoformat()


def lines_of(form: FormData, name: str) -> list[str]:
    """What was typed one a line."""
    return [line.strip() for line in str(form.get(name, "")).splitlines() if line.strip()]


def code_of(name: str) -> str:
    """A code out of a name: lower case, no diacritics, hyphens; at most 60 characters."""
    plain = unicodedata.normalize("NFD", name.lower().replace("đ", "d"))
    letters = "".join(one for one in plain if not unicodedata.combining(one))
    return re.sub(r"[^a-z0-9]+", "-", letters).strip("-")[:60]

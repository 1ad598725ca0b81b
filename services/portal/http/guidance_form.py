"""The form of an award guidance: filled from what there is, read back as it is sent."""

import re
from collections.abc import Mapping
from datetime import datetime, time
from typing import Any

from starlette.datastructures import FormData

from services.portal.deeds import Mistyped
from services.portal.http.launching import code_of, lines_of
from services.portal.parts import Choice, Field, Problem
from services.portal.present.guidance import GROUPS as GROUP_NAMES
from services.portal.present.guidance import SHARES
from services.portal.vietnamese import VIETNAM, day, moment, typed_day
from services.portal.words import NOMINEES

Answer = Mapping[str, Any]
LEAST_FORMS, MOST_FORMS = 2, 50  # rows offered; one more than there are
REQUIRED = ("proposal-letter", "achievement-report", "minutes")
PAPERS = (
    Choice("proposal-letter", "Tờ trình của đơn vị"),
    Choice("achievement-report", "Báo cáo thành tích"),
    Choice("minutes", "Biên bản xét khen thưởng"),
)
MORE_PAPERS = (*PAPERS, Choice("other", "Giấy tờ khác theo hướng dẫn"))
KINDS = tuple(Choice(code, word) for code, word in NOMINEES.items())
GROUPS = ("conditions", "group_quotas", "shares")  # parts that the first guidances did not have
ASKED_GROUPS = ("commune", "department")
HOW_POINTS = (
    "Mỗi dòng một tiêu chuẩn. Chấm điểm thì ghi điểm tối đa sau dấu gạch đứng, ví dụ: "
    "Có sáng kiến | 30; không ghi điểm là xét đạt hoặc không đạt. Tổng điểm của mỗi loại đối "
    "tượng theo cài đặt của đơn vị, mặc định 100."
)
POINTS = re.compile(r"^(?P<text>.*\S)\s*\|\s*(?P<points>\d{1,4})\s*(?:điểm)?$")


def fields_of(base: Answer | None, save_to: str) -> tuple[Field, ...]:
    """`base`: what the draft goes on from; None: a first one, with what most of them say."""
    given = base or {}
    forms = list(given.get("forms", ()))
    rows = max(LEAST_FORMS, min(len(forms) + 1, MOST_FORMS))
    by_row = [*forms, *[None] * (rows - len(forms))]
    found = [
        field
        for number, form in enumerate(by_row, 1)
        for field in _form_fields(number, form, given, first=base is None and number == 1)
    ]
    found.append(
        Field(
            "conditions",
            "Điều kiện",
            "textarea",
            "\n".join(given.get("conditions", ())),
            "Mỗi dòng một điều kiện, ví dụ: không trong thời gian bị kỷ luật.",
            required=False,
            save_to=save_to,
        )
    )
    found += [_criteria_field(code, word, given, save_to) for code, word in NOMINEES.items()]
    found += _share_fields(given)
    papers = given.get("papers", REQUIRED)
    hint = "Theo Luật Thi đua, khen thưởng 2022, Điều 84."
    who = given.get("who", "")
    found += [
        Field("papers", "Giấy tờ phải có", "checkbox", " ".join(papers), hint, choices=PAPERS),
        Field("who", "Ai được đề nghị", "textarea", who, required=False, save_to=save_to),
        _day_field("intake_from", "Nhận hồ sơ từ ngày", given),
        _day_field("intake_until", "Đến hết ngày", given),
    ]
    return tuple(found)


def _form_fields(number: int, form: Answer | None, given: Answer, *, first: bool) -> list[Field]:
    there = form or {}
    name = there.get("name", "Giấy khen của Chủ tịch Ủy ban nhân dân" if first else "")
    kinds = there.get("kinds", tuple(NOMINEES) if first else ())
    quota = str(there["quota"]) if form else ""
    must = first or (form is not None and number == 1)
    found = [
        Field(f"form-{number}", f"Hình thức khen thưởng {number}", value=name, required=must),
        Field(
            f"kinds-{number}",
            f"Hình thức {number} dành cho",
            "checkbox",
            " ".join(kinds),
            choices=KINDS,
            required=must,
        ),
        Field(
            f"quota-{number}",
            f"Số lượng tối đa của hình thức {number}",
            "number",
            quota,
            required=must,
        ),
    ]
    if not (first or form):
        return found  # the rest is asked once there is such a form
    quotas = {
        (one["group"], one["each"]): str(one["quota"])
        for one in given.get("group_quotas", ())
        if form and one["form"] == form["code"]
    }
    for group in ASKED_GROUPS:
        label = GROUP_NAMES[group]
        for each, whose in ((True, "mỗi đơn vị"), (False, "cả khối")):
            found.append(
                Field(
                    f"{group}-{'each' if each else 'all'}-{number}",
                    f"{label}: tối đa {whose}, hình thức {number}",
                    "number",
                    quotas.get((group, each), ""),
                    required=False,
                )
            )
    papers = " ".join(there.get("papers", ()))
    label = f"Hình thức {number} cần thêm"
    found.append(
        Field(f"extra-{number}", label, "checkbox", papers, required=False, choices=MORE_PAPERS)
    )
    return found


def _criteria_field(kind: str, word: str, given: Answer, save_to: str) -> Field:
    lines = [
        f"{one['text']} | {one['max_points']}" if one.get("max_points") else one["text"]
        for one in given.get("criteria", ())
        if one["kind"] == kind
    ]
    return Field(
        f"criteria-{kind}",
        f"Tiêu chuẩn đối với {word.lower()}",
        "textarea",
        "\n".join(lines),
        HOW_POINTS if kind == next(iter(NOMINEES)) else "Mỗi dòng một tiêu chuẩn, ghi như trên.",
        required=False,
        save_to=save_to,
    )


def _share_fields(given: Answer) -> list[Field]:
    targets = {one["of"]: str(one["percent"]) for one in given.get("shares", ())}
    hint = "Phần trăm; mục tiêu của địa phương, chỉ nhắc, không chặn."
    return [
        Field(
            f"share-{code}",
            f"Tỷ lệ {word.lower()} ít nhất (%)",
            "number",
            targets.get(code, ""),
            hint,
            required=False,
        )
        for code, word in SHARES.items()
    ]


def _day_field(name: str, label: str, given: Answer) -> Field:
    value = day(moment(given[name])) if name in given else ""
    return Field(name, label, "date", value, hint="Ngày/tháng/năm")


def body_of(form: FormData, base: Answer | None) -> dict[str, Any]:
    """What was typed, as the service takes it. Raises Mistyped with every field that is wrong."""
    before = base or {}
    forms, quotas = _forms(form, before)
    criteria = [
        {"kind": kind, **_criterion(line)}
        for kind in NOMINEES
        for line in lines_of(form, f"criteria-{kind}")
    ]
    if not criteria:
        raise Mistyped(Problem("Ghi ít nhất một tiêu chuẩn.", "criteria-individual"))
    return {
        "forms": forms,
        "criteria": criteria,
        "papers": [str(paper) for paper in form.getlist("papers")],
        "who": str(form.get("who", "")),
        "intake_from": _moment(form, "intake_from", time(0), before),
        "intake_until": _moment(form, "intake_until", time(23, 59, 59), before),
        "conditions": lines_of(form, "conditions"),
        "group_quotas": quotas,
        "shares": [
            {"of": code, "percent": percent}
            for code in SHARES
            if (percent := _number(form, f"share-{code}")) is not None
        ],
    }


def _forms(form: FormData, before: Answer) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Forms keep the code they have, or old and new could not stand side by side."""
    codes = {one["name"]: one["code"] for one in before.get("forms", ())}
    forms, quotas = [], []
    for number in range(1, MOST_FORMS + 1):
        name = str(form.get(f"form-{number}", "")).strip()
        if not name:
            continue
        code = codes.get(name) or code_of(name)
        quota = _number(form, f"quota-{number}")
        if quota is None:
            raise Mistyped(Problem("Ghi số lượng tối đa.", f"quota-{number}"))
        kinds = [str(kind) for kind in form.getlist(f"kinds-{number}")]
        if not kinds:
            raise Mistyped(Problem("Chọn loại đối tượng.", f"kinds-{number}"))
        papers = [str(paper) for paper in form.getlist(f"extra-{number}")]
        forms.append({"code": code, "name": name, "kinds": kinds, "quota": quota, "papers": papers})
        quotas += _group_quotas(form, number, code)
    there = {one["code"] for one in forms}
    quotas += [  # of groups that this form does not ask for
        dict(one)
        for one in before.get("group_quotas", ())
        if one["group"] not in ASKED_GROUPS and one["form"] in there
    ]
    return forms, quotas


def _group_quotas(form: FormData, number: int, code: str) -> list[dict[str, Any]]:
    return [
        {"form": code, "group": group, "quota": quota, "each": which == "each"}
        for group in ASKED_GROUPS
        for which in ("each", "all")
        if (quota := _number(form, f"{group}-{which}-{number}")) is not None
    ]


def _criterion(line: str) -> dict[str, Any]:
    found = POINTS.match(line)
    if found is None:
        return {"text": line, "max_points": 0}
    return {"text": found["text"], "max_points": int(found["points"])}


def _number(form: FormData, name: str) -> int | None:
    typed = str(form.get(name, "")).strip()
    if typed and not (typed.isascii() and typed.isdecimal() and len(typed) < 7):
        raise Mistyped(Problem("Phải là một số.", name))
    return int(typed) if typed else None


def _moment(form: FormData, name: str, at: time, before: Answer) -> str:
    """A day that was not changed keeps its hour."""
    typed = typed_day(str(form.get(name, "")))
    if typed is None:
        raise Mistyped(Problem("Ngày phải ghi như 05/04/2024.", name))
    if name in before and moment(before[name]).date() == typed:
        return str(before[name])
    return datetime.combine(typed, at, VIETNAM).isoformat()

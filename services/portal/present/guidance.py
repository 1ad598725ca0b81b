"""The award guidance as pages show it: its tables, what a revision changed, what it means here."""

from collections.abc import Mapping, Sequence
from typing import Any

from services.portal.known import Directory
from services.portal.parts import Cell, Fact, Gauge, State, Table
from services.portal.vietnamese import day, instant
from services.portal.words import NOMINEES, PAPERS

Answer = Mapping[str, Any]
GROUPS = {"commune": "Khối xã, thị trấn", "department": "Khối phòng, ban", "cluster": "Cụm thi đua"}
SHARES = {
    "direct-workers": "Người lao động trực tiếp",
    "women": "Nữ",
    "ethnic-minorities": "Người dân tộc thiểu số",
}
LOCAL = "theo hướng dẫn, không phải quy định của luật"
FIELDS = {
    "intake_from": "Nhận hồ sơ từ",
    "intake_until": "Hạn nhận hồ sơ",
    "who": "Ai được đề nghị",
    "form": "Hình thức",
    "form.kinds": "Đối tượng của hình thức",
    "form.quota": "Số lượng tối đa",
    "form.papers": "Giấy tờ theo hình thức",
    "group-quota": "Số lượng theo khối",
    "condition": "Điều kiện",
    "share": "Tỷ lệ",
    "paper": "Giấy tờ phải có",
}


def guidance_facts(campaign: Answer) -> tuple[Fact, ...]:
    """For the campaign's page: what units ask first; the rest stands on the guidance's own page."""
    given = campaign.get("guidance")
    if not given:
        return ()
    forms = tuple(
        Fact("Hình thức", form["name"], f"{_kinds(form['kinds'])}; tối đa {form['quota']}")
        for form in given["forms"]
    )
    criteria = tuple(
        Fact(f"Tiêu chuẩn đối với {_kind(one['kind'])}", one["text"], _points(one))
        for one in given["criteria"]
    )
    number = f"lần {given['version']}" if given.get("version", 1) > 1 else ""
    said = Fact("Văn bản", number_of(given) or "chưa ghi số", number)
    return (said, *facts(given), *forms, *criteria)


def number_of(given: Answer) -> str:
    """05/HD-PNV ngày 01/07/2024; empty for what was issued without a number."""
    if not given.get("number"):
        return ""
    return f"{given['number']:02}/{given['symbol']} ngày {day(given['issued_on'])}"


def facts(given: Answer) -> tuple[Fact, ...]:
    window = f"từ {instant(given['intake_from'])} đến {instant(given['intake_until'])}"
    found = [Fact("Nhận hồ sơ", window)]
    if given["who"]:
        found.append(Fact("Ai được đề nghị", given["who"]))
    if given["papers"]:
        found.append(Fact("Giấy tờ phải có", _papers(given["papers"])))
    found += [
        Fact(SHARES.get(one["of"], one["of"]), f"ít nhất {one['percent']} %", LOCAL)
        for one in given.get("shares", ())
    ]
    return tuple(found)


def forms(given: Answer) -> Table:
    rows = tuple(
        (
            Cell(form["name"], note=_extra(form)),
            Cell(_kinds(form["kinds"])),
            Cell(str(form["quota"]), number=True),
        )
        for form in given["forms"]
    )
    columns = ("Hình thức", "Dành cho", "Tối đa")
    return Table("Hình thức khen thưởng", columns, rows)


def quotas(given: Answer) -> Table:
    names = _names(given)
    rows = tuple(
        (
            Cell(names.get(one["form"], one["form"])),
            Cell(GROUPS.get(one["group"], one["group"])),
            Cell("mỗi đơn vị" if one["each"] else "cả khối"),
            Cell(str(one["quota"]), number=True),
        )
        for one in given.get("group_quotas", ())
    )
    columns = ("Hình thức", "Khối", "Tính cho", "Tối đa")
    return Table("Số lượng theo khối đơn vị", columns, rows, "")


def criteria(given: Answer) -> tuple[Table, ...]:
    return tuple(
        Table(f"Đối với {word.lower()}", ("Tiêu chuẩn", "Điểm tối đa"), rows)
        for kind, word in NOMINEES.items()
        if (
            rows := tuple(
                (Cell(one["text"]), Cell(_points(one)))
                for one in given["criteria"]
                if one["kind"] == kind
            )
        )
    )


def changes(found: Sequence[Answer], given: Answer) -> Table:
    """Old beside new, field by field."""
    names = _names(given)
    rows = tuple(
        (
            Cell(_label(one), note=_about(one, names)),
            Cell(_value(one["field"], one["before"])),
            Cell(_value(one["field"], one["after"])),
        )
        for one in found
    )
    return Table("Nội dung thay đổi", ("Nội dung", "Cũ", "Mới"), rows, "")


def versions(page: Answer, directory: Directory) -> Table:
    """Newest first; each with the deadline it set, who drew it up and why."""
    rows = tuple(
        (
            Cell(
                f"Lần {one['version']}",
                f"/campaigns/{page['campaign']}/guidance?version={one['version']}",
            ),
            Cell(number_of(one) or day(one["issued_at"])),
            Cell(instant(one["intake_until"])),
            Cell(one["reason"] or "Ban hành lần đầu", note=_author(one, directory)),
        )
        for one in reversed(page["versions"])
    )
    columns = ("Lần", "Số, ngày", "Hạn nhận hồ sơ", "Lý do")
    return Table("Các lần ban hành, mới nhất ở trên cùng", columns, rows, "")


def gauges(found: Sequence[Answer], directory: Directory) -> tuple[Gauge, ...]:
    """Lines against quotas; over a quota is said, not forbidden."""
    return tuple(
        Gauge(_gauged(one, directory), one["value"], one["limit"], _room(one))
        for one in found
        if one["limit"] or one["value"]
    )


def shares(dossier: Answer) -> tuple[Gauge, ...]:
    """Each target against the people of this list."""
    return tuple(
        Gauge(
            f"{SHARES.get(one['of'], one['of'])}: ít nhất {one['percent']} %",
            one["value"],
            one["total"],
            f"{'Đạt' if one['reached'] else 'Chưa đạt'} tỷ lệ trong danh sách này; {LOCAL}, "
            "không chặn việc gửi.",
        )
        for one in dossier.get("shares", ())
        if one["total"]
    )


def differences(dossier: Answer, form_names: Mapping[str, str]) -> tuple[Fact, ...]:
    """What the recheck found, each with what is to be done; done ones say so."""
    return tuple(
        Fact(_difference(one, form_names), _step(one), "" if one["open"] else _closed(one))
        for one in dossier.get("differences", ())
    )


def _difference(one: Answer, names: Mapping[str, str]) -> str:
    form = names.get(one["of"], one["of"])
    match one["what"]:
        case "form-gone":
            return f"Trường hợp {one['line']}: không còn hình thức “{form}”"
        case "kind-gone":
            return f"Trường hợp {one['line']}: “{form}” không dành cho {_kind(one['before'])} nữa"
        case "paper-missing":
            return f"Thiếu {PAPERS.get(one['of'], one['of'])}"
        case "quota-exceeded":
            return f"“{form}”: đề nghị {one['before']}, được tối đa {one['after']}"
        case "window":
            return f"Hạn nhận: {instant(one['before'])} → {instant(one['after'])}"
    return f"Gửi muộn: {one['before']} → {one['after']} ngày"


def _step(one: Answer) -> str:
    match one["what"]:
        case "form-gone" | "kind-gone":
            return "Phòng Nội vụ thẩm định lại trường hợp này hoặc trả hồ sơ để đơn vị sửa."
        case "paper-missing":
            return "Phòng Nội vụ trả hồ sơ để đơn vị bổ sung."
        case "quota-exceeded":
            return "Đơn vị chọn lại khi hồ sơ được trả, hoặc Hội đồng xét trong số lượng."
        case "window":
            return "Để biết; hồ sơ đã gửi vẫn được xét."
    return "Để biết; số ngày muộn đã ghi khi gửi không thay đổi."


def _closed(one: Answer) -> str:
    return "" if one["what"] in ("window", "late") else "đã xử lý"


def _gauged(one: Answer, directory: Directory) -> str:
    if one["unit"]:
        return f"{one['form_name']}: {directory.unit(one['unit'])}"
    group = str(one["group"])
    whose = GROUPS.get(group, group).lower() if group else "tất cả đơn vị"
    return f"{one['form_name']}: {whose}"


def _room(one: Answer) -> str:
    left = one["limit"] - one["value"]
    return f"Còn {left}." if left >= 0 else f"Vượt {-left} so với số lượng trong hướng dẫn."


def _label(one: Answer) -> str:
    field = str(one["field"])
    if field.startswith("criterion."):
        return f"Tiêu chuẩn đối với {_kind(field.partition('.')[2])}"
    return FIELDS.get(field, field)


def _about(one: Answer, names: Mapping[str, str]) -> str:
    """Which entry of its field this is, where its value does not say it."""
    of, field = str(one["of"]), str(one["field"])
    if field.startswith("form."):
        return names.get(of, of)
    if field == "group-quota":
        form, group, each = of.split("|")
        whose = "mỗi đơn vị" if each == "each" else "cả khối"
        return f"{names.get(form, form)}, {GROUPS.get(group, group).lower()}, {whose}"
    if field == "share":
        return SHARES.get(of, of)
    return of if field.startswith("criterion.") else ""


def _value(field: str, value: Any) -> str:
    if value is None:
        return "không có"
    if field in ("intake_from", "intake_until"):
        return instant(value)
    if field == "form.kinds":
        return _kinds(value)
    if field in ("paper", "form.papers"):
        return _papers([value] if isinstance(value, str) else value)
    if field.startswith("criterion."):
        return _points({"max_points": value})
    return f"{value} %" if field == "share" else str(value) or "để trống"


def _names(given: Answer) -> dict[str, str]:
    return {form["code"]: form["name"] for form in given["forms"]}


def _kind(code: str) -> str:
    return NOMINEES.get(code, code).lower()


def _kinds(codes: Sequence[str]) -> str:
    return ", ".join(map(_kind, codes))


def _papers(codes: Sequence[str]) -> str:
    return ", ".join(PAPERS.get(code, code) for code in codes)


def _extra(form: Answer) -> str:
    return f"cần thêm {_papers(form['papers'])}" if form.get("papers") else ""


def _points(one: Answer) -> str:
    points = one.get("max_points", 0)
    return f"{points} điểm" if points else "đạt hoặc không đạt"


def _author(one: Answer, directory: Directory) -> str:
    return directory.person(one["prepared_by"]) if one.get("prepared_by") else ""


def state_of(page: Answer, shown: Answer) -> State:
    """Of a draft its step; of an issued version whether it is the one that holds."""
    if "stage" in shown:
        return State("guidance", str(shown["stage"]))
    latest = shown["version"] == len(page["versions"])
    return State("guidance", "issued" if latest else "replaced")

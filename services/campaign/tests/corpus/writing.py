"""Writes a plan of the corpus as its file: text, DOCX or PDF, with what goes wrong in real ones."""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from textwrap import wrap

from libs.officialdocs import Issuer, PlanSection, plan_document
from libs.officialdocs import Plan as Typeset
from services.campaign.tests.corpus.plans import Plan
from services.campaign.tests.files_made import docx_of

NATION = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")
CLOSING = (
    "Trong quá trình thực hiện nếu có khó khăn, vướng mắc, các đơn vị phản ánh về Phòng Nội vụ để "
    "xem xét, giải quyết./."
)
HEADINGS: Mapping[str, str] = {
    "theme": "CHỦ ĐỀ THI ĐUA",
    "content": "NỘI DUNG THI ĐUA",
    "period": "THỜI GIAN THỰC HIỆN",
    "organising": "TỔ CHỨC THỰC HIỆN",
}
ROMAN = ("I", "II", "III", "IV", "V")


def file_of(plan: Plan) -> bytes:
    match plan.kind:
        case "docx":
            return docx_of(
                (*plan.superior, *plan.authority, _number(plan)),
                (*NATION, _dated(plan)),
                ("KẾ HOẠCH", plan.subject.abstract, "", *_body(plan)),
                ("Nơi nhận:", *_recipients(plan)),
                (*plan.signature.lines, "", plan.signature.name),
            )
        case "pdf":
            return _typeset(plan)
    return _text(plan).encode()


def _text(plan: Plan) -> str:
    left, right = (*plan.superior, *plan.authority), NATION
    head = [f"{a:<40}{b}".rstrip() for a, b in zip((*left, "", ""), (*right, "", ""), strict=False)]
    head = [line for line in head if line]
    head += list(left[len(head) :])
    signing = (*plan.signature.lines, "", plan.signature.name)
    lines = ("Nơi nhận:", *_recipients(plan))
    size = max(len(lines), len(signing))
    padded = zip(
        (*lines, *[""] * (size - len(lines))),
        (*signing[:-2], *[""] * (size - len(signing)), *signing[-2:]),
        strict=True,
    )
    foot = [f"{a:<45}{b}".rstrip() for a, b in padded]
    text = "\n".join(
        (
            *head,
            f"{_number(plan):<40}{_dated(plan)}",
            "",
            "KẾ HOẠCH",
            plan.subject.abstract,
            "",
            *_body(plan),
            "",
            *foot,
        )
    )
    for hazard in plan.hazards:
        text = HAZARDS[hazard](text)
    return text


def _number(plan: Plan) -> str:
    return f"Số: {plan.number or '     '}/{plan.symbol}"


def _dated(plan: Plan) -> str:
    day, month, year = plan.day.split("/") if plan.day else ("     ", "4", "2024")
    return f"{plan.place}, ngày {day} tháng {month} năm {year}"


def _body(plan: Plan) -> list[str]:
    last = len(plan.bases) - 1
    lines = [f"{b[-1]}{'.' if at == last else ';'}" for at, b in enumerate(plan.bases)]
    acting = " ".join(plan.authority).capitalize() if plan.authority else ""
    lines += [f"{_spoken(plan) or acting} {plan.subject.acts}", ""]
    for at, topic in enumerate(plan.order.split()):
        lines += [_heading(plan, at, topic), "", *_section(plan, topic), ""]
    return [*lines, CLOSING]


def _spoken(plan: Plan) -> str:
    """The authority as it stands within a sentence."""
    words = " ".join(plan.authority).title().split()
    small = {"Ủy": "Ủy", "Ban": "ban", "Nhân": "nhân", "Dân": "dân"}
    small |= {"Huyện": "huyện", "Tỉnh": "tỉnh", "Xã": "xã", "Phường": "phường"}
    small |= {"Nội": "Nội", "Vụ": "vụ", "Tư": "Tư", "Pháp": "pháp", "Đồng": "đồng"}
    small |= {"Đua": "đua", "Khen": "khen", "Thưởng": "thưởng"}
    return " ".join(small.get(word, word) for word in words)


def _heading(plan: Plan, at: int, topic: str) -> str:
    heading = HEADINGS[topic]
    if plan.style == "bare":
        return heading
    return f"{ROMAN[at]}. {heading if plan.style == 'roman' else heading.capitalize()}"


def _section(plan: Plan, topic: str) -> list[str]:
    match topic:
        case "theme":
            return [f"“{plan.subject.theme}”."]
        case "content":
            return _points(plan, plan.subject.points)
        case "period":
            return [plan.period[0]]
    return _points(plan, tuple(duty[-1] for duty in plan.duties))


def _points(plan: Plan, points: tuple[str, ...]) -> list[str]:
    if plan.points == "-":
        return [f"- {point}" for point in points]
    return [f"{at}{plan.points[-1]} {point}" for at, point in enumerate(points, start=1)]


def _recipients(plan: Plan) -> list[str]:
    marks = {"for-information": " (B/c)", "for-action": ""}
    lines = [f"- {name}{marks[purpose]};" for name, purpose in plan.recipients]
    return [*lines, f"- Lưu: {plan.filing}."]


def _typeset(plan: Plan) -> bytes:
    """As `libs.officialdocs` sets it, which knows nothing of the reader."""
    topics = plan.order.split()
    points = {"content": plan.subject.points, "organising": tuple(d[-1] for d in plan.duties)}
    paragraphs = {
        topic: () if topic in points else tuple(_section(plan, topic)) for topic in topics
    }
    issued_on = None
    if plan.day:
        day, month, year = map(int, plan.day.split("/"))
        issued_on = date(year, month, day)
    marks = {"for-information": " (B/c)", "for-action": ""}
    issuer = Issuer(
        authority="\n".join(plan.authority),
        superior="\n".join(plan.superior),
        place=plan.place,
        signer_title="\n".join(plan.signature.lines),
        signer_name=plan.signature.name,
    )
    typeset = Typeset(
        issuer=issuer,
        number=f"{plan.number or '     '}/{plan.symbol}",
        issued_on=issued_on,
        subject=plan.subject.abstract,
        bases=[basis[-1] for basis in plan.bases],
        preamble=[f"{_spoken(plan)} {plan.subject.acts}"],
        sections=[
            PlanSection(
                heading=HEADINGS[topic],
                paragraphs=paragraphs[topic],
                points=points.get(topic, ()),
            )
            for topic in topics
        ],
        closing=[CLOSING.removesuffix("./.")],
        recipients=[f"{name}{marks[purpose]}" for name, purpose in plan.recipients],
        filing=plan.filing,
    )
    return plan_document(typeset, created_at=datetime(2024, 1, 1, tzinfo=UTC))


def _merged(text: str) -> str:
    """The gaps between two columns shrink to one space."""
    return re.sub(r"(?<=\S) {3,}(?=[^\s/])", " ", text)


def _paged(text: str) -> str:
    """A page ends within a sentence, and the next begins with its number."""
    at = text.index("chỉ tiêu phát triển")
    return f"{text[:at].rstrip()}\n\n\f\n2\n\n{text[at:]}"


def _wrapped(text: str) -> str:
    """Lines of a page's width and no blank line, as converters leave them."""
    lines: list[str] = []
    for line in text.split("\n"):
        columns = re.search(r"\S {4,}\S", line)
        lines += [line] if columns or not line.strip() else wrap(line, 78)
    return "\n".join(line for line in lines if line.strip())


HAZARDS: Mapping[str, Callable[[str], str]] = {
    "blank-number": lambda text: text.replace("Số:      /", "Số: ……/"),
    "pipes": lambda text: re.sub(r"(?<=\S) {3,}(?=\S)", " | ", text),
    "merged": _merged,
    "horn": lambda text: text.replace("ư", "ƣ").replace("Ư", "Ƣ"),
    "spaces": lambda text: re.sub(r"Số: (\d+)/KH-UBND", r"Số:\1 /KH- UBND", text),
    "ocr": lambda text: text.replace("UBND HUYỆN", "ƯBND HUYỆN").replace("KẾ HO", "KÉ HO", 1),
    "joined": lambda text: text.replace("NỘI DUNG THI ĐUA", "NỘIDUNG THIĐUA").replace(
        "Việt Nam", "ViệtNam"
    ),
    "dropped": lambda text: text.replace("TỔ CHỨC THỰC HIỆN", "TỔ CHỨC THC HIỆN"),
    "pages": _paged,
    "wrong-year": lambda text: text,  # it stands in the day already
    "wrapped": _wrapped,
    "urgent": lambda text: text.replace("KẾ HOẠCH\n", "HỎA TỐC\n\nKẾ HOẠCH\n", 1),
    "old-tones": lambda text: text.replace("HÒA", "HOÀ").replace("ủy", "uỷ").replace("Ủy", "Uỷ"),
}

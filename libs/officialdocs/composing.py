"""Every kind of portrait paper as the one `Paper` that PDF and DOCX are made from."""

from collections.abc import Iterator, Sequence

from libs.officialdocs import wording
from libs.officialdocs.blocks import (
    Block,
    Heading,
    Paragraph,
    Point,
    Table,
)
from libs.officialdocs.papers import (
    Amendment,
    Answers,
    Correction,
    Guidance,
    Paper,
    PaperChange,
    Plan,
    PlanSection,
    Report,
)

Document = Paper | Plan | Guidance | Amendment | Correction | Report | Answers


def paper_of(data: Document) -> Paper:
    match data:
        case Plan():
            return _plan(data)
        case Guidance():
            return _guidance(data)
        case Amendment():
            return _amendment(data)
        case Correction():
            return _correction(data)
        case Report():
            return _report(data)
        case Answers():
            return _answers(data)
    return data


def _plan(plan: Plan) -> Paper:
    return Paper(
        issuer=plan.issuer,
        name="KẾ HOẠCH",
        number=plan.number,
        issued_on=plan.issued_on,
        subject=plan.subject,
        bases=plan.bases,
        body=[
            *_paragraphs(plan.preamble),
            *(block for section in plan.sections for block in _section(section)),
            *_paragraphs(plan.closing),
        ],
        recipients=plan.recipients,
        filing=plan.filing,
        appendices=plan.appendices,
        draft=plan.draft,
        urgency=plan.urgency,
    )


def _section(section: PlanSection) -> Iterator[Block]:
    yield Heading(text=section.heading)
    yield from _paragraphs(section.paragraphs)
    for text in section.points:
        yield Point(text=text)


def _paragraphs(texts: Sequence[str]) -> list[Paragraph]:
    return [Paragraph(text=text) for text in texts]


def _guidance(guidance: Guidance) -> Paper:
    return Paper(
        issuer=guidance.issuer,
        name="HƯỚNG DẪN",
        number=guidance.number,
        issued_on=guidance.issued_on,
        subject=f"Khen thưởng trong {_inside(guidance.campaign)}",
        bases=[f"Thực hiện {guidance.plan}"] if guidance.plan else [],
        body=[*_guiding(guidance)],
        recipients=guidance.recipients,
        filing=guidance.filing,
        draft=guidance.draft,
    )


def _guiding(guidance: Guidance) -> Iterator[Block]:
    yield Paragraph(
        text=f"Việc khen thưởng trong {_inside(guidance.campaign)} được hướng dẫn như sau:"
    )
    if guidance.who:
        yield Heading(text="ĐỐI TƯỢNG ĐƯỢC ĐỀ NGHỊ")
        yield Paragraph(text=wording.as_sentence(guidance.who))
    yield Heading(text="HÌNH THỨC, SỐ LƯỢNG")
    yield Table(
        columns=["STT", "Hình thức khen thưởng", "Đối tượng", "Số lượng tối đa"],
        rows=[
            [str(number), line.form, line.kinds, wording.two_digits(line.quota)]
            for number, line in enumerate(guidance.forms, start=1)
        ],
        numbers=[3],
        widths=[0.5, 2, 3, 1.2],
    )
    yield Heading(text="TIÊU CHUẨN")
    for one in guidance.criteria:
        yield Point(text=f"Đối với {one.kind}:")
        for text in one.texts:
            yield Paragraph(text=f"- {wording.as_sentence(text)}")
    if guidance.papers:
        yield Heading(text="HỒ SƠ ĐỀ NGHỊ KHEN THƯỞNG")
        yield Paragraph(text="Hồ sơ gồm:")
        for text in guidance.papers:
            yield Paragraph(text=f"- {wording.as_sentence(text)}")
    yield Heading(text="THỜI GIAN, NƠI NHẬN HỒ SƠ")
    yield Paragraph(
        text=f"Hồ sơ gửi về {guidance.send_to} từ {guidance.intake_from} "
        f"đến {guidance.intake_until}. Hồ sơ gửi sau thời hạn này là hồ sơ muộn."
    )


def _inside(name: str) -> str:
    """A name within a sentence: "Đợt thi đua …" -> "đợt thi đua …"."""
    return name[:1].lower() + name[1:]


def _amendment(data: Amendment) -> Paper:
    return Paper(
        issuer=data.issuer,
        name="KẾ HOẠCH",
        number=data.number,
        issued_on=data.issued_on,
        subject=data.subject,
        bases=data.bases,
        body=[
            Paragraph(text=f"{_opening(data.reason)}{data.amended} được điều chỉnh như sau:"),
            Heading(text="NỘI DUNG ĐIỀU CHỈNH"),
            *(Point(text=_changed(change, "nay điều chỉnh thành")) for change in data.changes),
            Heading(text="TỔ CHỨC THỰC HIỆN"),
            Paragraph(
                text=f"Các nội dung khác thực hiện theo {data.amended}. Các cơ quan, đơn vị "
                "có liên quan căn cứ Kế hoạch này tổ chức thực hiện."
            ),
        ],
        recipients=data.recipients,
        filing=data.filing,
        draft=data.draft,
    )


def _opening(reason: str) -> str:
    return f"{wording.as_sentence(reason)} " if reason else ""


def _changed(change: PaperChange, now: str) -> str:
    if not change.old:
        return f"{change.where}: bổ sung “{change.new}”."
    if not change.new:
        return f"{change.where}: bỏ “{change.old}”."
    return f"{change.where}: đã ghi “{change.old}”, {now} “{change.new}”."


def _correction(data: Correction) -> Paper:
    return Paper(
        issuer=data.issuer,
        name="",
        number=data.number,
        issued_on=data.issued_on,
        subject=f"V/v đính chính {data.corrected}",
        addressees=data.addressees,
        body=[
            Paragraph(text=f"{data.corrected} có sai sót về thể thức, nay đính chính như sau:"),
            *(Point(text=_changed(change, "nay sửa thành")) for change in data.changes),
            Paragraph(text="Đề nghị các cơ quan, đơn vị biết, thực hiện."),
        ],
        recipients=data.recipients,
        filing=data.filing,
        draft=data.draft,
    )


def _report(data: Report) -> Paper:
    return Paper(
        issuer=data.issuer,
        name="BÁO CÁO",
        number=data.number,
        issued_on=data.issued_on,
        subject=data.subject,
        bases=data.bases,
        body=data.body,
        recipients=data.recipients,
        filing=data.filing,
        appendices=data.appendices,
        draft=data.draft,
    )


def _answers(data: Answers) -> Paper:
    answered = [unit for unit in data.units if unit.answered]
    silent = [unit for unit in data.units if not unit.answered]
    counted = (
        f"Tính đến {data.as_of}, {wording.two_digits(len(answered))} trên tổng số "
        f"{wording.two_digits(len(data.units))} đơn vị đã trả lời:"
    )
    left = f"{wording.two_digits(len(silent))} đơn vị" if silent else "Không có đơn vị nào"
    return Paper(
        issuer=data.issuer,
        name="DANH SÁCH",
        number=data.number,
        issued_on=data.issued_on,
        subject=f"Các đơn vị trả lời về {data.about}",
        body=[
            Paragraph(text=counted),
            Table(
                columns=["STT", "Đơn vị", "Nhận văn bản", "Trả lời", "Ghi chú"],
                rows=[
                    [
                        str(number),
                        unit.name,
                        unit.received,
                        unit.answered or "Chưa trả lời",
                        unit.note,
                    ]
                    for number, unit in enumerate([*answered, *silent], start=1)
                ],
                widths=[0.5, 2.4, 1.3, 1.3, 1.5],
            ),
            Paragraph(text=f"{left} chưa trả lời."),
        ],
        recipients=data.recipients,
        filing=data.filing,
        draft=data.draft,
    )

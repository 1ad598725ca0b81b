"""A campaign's review as the paper it goes out with: Báo cáo sơ kết or tổng kết."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

import msgspec

from libs.eventlog.log import Recorded
from libs.officialdocs import Heading, Paragraph, Report, Table, wording
from libs.officialdocs.blocks import Block
from libs.serving.days import VIETNAM
from services.campaign.papers import (
    SYMBOL,
    as_signed,
    authority_of,
    filing_of,
    issuer_of,
    plan_named,
    recipients_of,
)

NAMES = {"preliminary": "Sơ kết", "final": "Tổng kết"}
FIGURES = {  # in the order of the table; what each counts
    "units": "Đơn vị tham gia phong trào",
    "registration_approved": "Đơn vị có đăng ký thi đua đã duyệt",
    "registration_submitted": "Đơn vị có đăng ký thi đua chờ duyệt",
    "registration_refused": "Đơn vị có đăng ký thi đua bị từ chối",
    "registration_draft": "Đơn vị đang soạn đăng ký thi đua",
    "registration_none": "Đơn vị chưa lập đăng ký thi đua",
    "registered_late": "Đơn vị gửi đăng ký thi đua muộn",
    "relaunched": "Đơn vị đã phát động tại đơn vị",
    "reported_progress": "Đơn vị đã báo cáo tiến độ",
    "reported_preliminary": "Đơn vị đã báo cáo sơ kết",
    "reported_final": "Đơn vị đã báo cáo tổng kết",
}


class ReviewPaper(msgspec.Struct, frozen=True):
    """`at`: when the review was prepared, or approved."""

    paper: Report
    at: datetime


def review_paper(past: Sequence[Recorded], content: Mapping[str, Any]) -> ReviewPaper:
    """From `views.reports.report_content`; marked as a draft until another person has approved.

    Its number is left open: reports are not numbered here.
    """
    campaign, issued_on = as_signed(past)
    plan, approved_at = plan_named(campaign, issued_on), content["approved_at"]
    of_plan = campaign.symbol or SYMBOL
    paper = Report(
        issuer=msgspec.structs.replace(issuer_of(campaign), signer_name=""),
        number=wording.number_and_symbol(None, f"BC-{of_plan.partition('-')[2] or 'UBND'}"),
        issued_on=None,
        subject=f"{NAMES[content['kind']]} {_inside(content['title'])}",
        bases=[f"Thực hiện {plan}"],
        body=[*_body(content, authority_of(campaign))],
        recipients=recipients_of(campaign),
        filing=filing_of(campaign),
        draft=approved_at is None,
    )
    return ReviewPaper(paper, datetime.fromisoformat(approved_at or content["prepared_at"]))


def _body(content: Mapping[str, Any], authority: str) -> Iterator[Block]:
    yield Paragraph(text=f"{authority} báo cáo kết quả như sau:")
    yield Heading(text="SỐ LIỆU CỦA PHONG TRÀO")
    counted = content["figures"]
    rows = [(label, counted[name]) for name, label in FIGURES.items() if name in counted]
    yield Table(
        caption=f"Số liệu tính đến {_instant(content['prepared_at'])}",
        columns=["STT", "Chỉ số", "Số lượng"],
        rows=[
            [str(n), label, wording.two_digits(value)] for n, (label, value) in enumerate(rows, 1)
        ],
        numbers=[2],
        widths=[0.5, 4, 1],
    )
    yield Heading(text="NHẬN XÉT, ĐÁNH GIÁ")
    for text in content["paragraphs"]:
        yield Paragraph(text=wording.as_sentence(text))


def _inside(title: str) -> str:
    """A name within a sentence: "Đợt thi đua …" -> "đợt thi đua …"."""
    return title[:1].lower() + title[1:]


def _instant(text: str) -> str:
    local = datetime.fromisoformat(text).astimezone(VIETNAM)
    return f"{local.hour:02d} giờ {local.minute:02d} {wording.full_date(local.date())}"

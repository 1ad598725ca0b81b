"""One thing goes wrong in a plan: what it touches is read right or not at all."""

import re
from typing import Any

import pytest

from services.campaign.plan.reader import read_plan
from services.campaign.tests.corpus.plans import PLANS
from services.campaign.tests.corpus.writing import file_of

PLAN = file_of(PLANS[0]).decode()
LAW = "Căn cứ Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022;"
PROVINCE = "ngày 19/01/2024 của Ủy ban nhân dân tỉnh Lạng Sơn về phong trào thi đua năm 2024"
FOOT = "\n\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\n\nNguyễn Văn Mẫu"
ABSTRACT = "Phát động phong trào thi đua “Chung sức xây dựng nông thôn mới” năm 2024"


def read(text: str, field: str) -> list[Any]:
    return [fact.value for fact in read_plan(text).fields if fact.field == field]


def gaps(text: str) -> list[str]:
    return [gap.field for gap in read_plan(text).missing]


def test_sentence_below_the_abstract_is_no_part_of_it() -> None:
    text = PLAN.replace("2024\n\nCăn cứ", "2024\nUBND huyện ban hành kế hoạch như sau:\nCăn cứ")
    assert read(text, "abstract") == [ABSTRACT]


def test_abstract_whose_end_nobody_can_tell_is_not_read() -> None:
    sentence = "Tiếp tục phong trào thi đua\ncủa những năm trước như sau:"
    text = PLAN.replace("2024\n\nCăn cứ", f"2024\n{sentence}\nCăn cứ")
    assert read(text, "abstract") == []
    assert "abstract" in gaps(text)


def test_recipients_in_one_line_do_not_take_the_signer() -> None:
    line = f"Nơi nhận: Sở Nội vụ (B/c); UBND các xã, thị trấn; Lưu: VT, NV.{FOOT}"
    text = re.sub(r"Nơi nhận:.*", line, PLAN, flags=re.DOTALL)
    assert [one["name"] for one in read(text, "recipients")] == [
        "Sở Nội vụ",
        "UBND các xã, thị trấn",
        "VT, NV",
    ]
    assert [one["name"] for one in read(text, "signer")] == ["Nguyễn Văn Mẫu"]


def test_what_follows_the_signer_is_no_part_of_the_foot() -> None:
    text = PLAN + "\n\nBiểu mẫu số 01\nNgười Lập Biểu\nTHỦ TRƯỞNG\nTrần Văn Khác"
    assert (read(text, "signer"), read(text, "recipients")) == (
        read(PLAN, "signer"),
        read(PLAN, "recipients"),
    )


def test_body_without_an_office_signs_nothing() -> None:
    text = PLAN.replace(" CHỦ TỊCH\n", "\n")
    assert text != PLAN
    assert read(text, "signer") == []
    assert "signer" in gaps(text)


def test_date_behind_the_issuer_is_the_date() -> None:
    text = PLAN.replace(PROVINCE, "của Ban Chỉ đạo tỉnh ngày 19/01/2024 về việc phát động")
    base = read(text, "legal_bases")[-1]
    assert (base["issuer"], base["date"]) == ("Ban Chỉ đạo tỉnh", "2024-01-19")


def test_date_without_a_year_hides_nothing_behind_it() -> None:
    text = PLAN.replace(LAW, "Căn cứ Thông báo kết luận số 12-TB/HU ngày 3/4 của Huyện ủy;")
    base = read(text, "legal_bases")[0]
    assert base == {
        "kind": "Thông báo kết luận",
        "number": "12-TB/HU",
        "date": None,
        "issuer": "Huyện ủy",
        "abstract": None,
    }


def test_two_who_chair_leave_the_lead_open() -> None:
    text = PLAN.replace("Phòng Nội vụ thẩm định", "Phòng Tài chính chủ trì thẩm định")
    assert read(text, "lead_unit") == []
    assert "lead_unit" in gaps(text)


@pytest.mark.parametrize(
    "units", ["Thủ trưởng các đơn vị; Chủ tịch UBND các xã chỉ đạo việc này", "Mọi người chủ trì"]
)
def test_units_that_are_not_understood_are_not_named(units: str) -> None:
    text = PLAN.replace("UBND các xã, thị trấn tổ chức triển khai phong trào tại địa phương", units)
    assert read(text, "duties")[-1]["assigned_units"] == []
    assert "duties" in gaps(text)


@pytest.mark.parametrize("number", ["0…5", "5a", "năm"])
def test_number_that_is_not_one_is_not_read(number: str) -> None:
    text = PLAN.replace("Số: 05/", f"Số: {number}/")
    assert read(text, "document_number") == []
    assert "document_number" in gaps(text)


@pytest.mark.parametrize(
    "period", ["Trong năm 2024.", "Phát động từ tháng 4/2024, sơ kết tháng 10, tổng kết tháng 12."]
)
def test_period_without_both_ends_is_not_read(period: str) -> None:
    text = PLAN.replace("Từ ngày 01/4/2024 đến hết ngày 30/11/2024.", period)
    assert read(text, "period") == []
    assert "period" in gaps(text)

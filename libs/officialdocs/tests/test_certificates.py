import hashlib
import subprocess
import sys
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime

import msgspec
import pytest

from libs.officialdocs import Certificate, Unprintable, certificates
from libs.officialdocs.sample import CertificateBatch, sample
from libs.officialdocs.tests.papers_read import created, fonts, page_sizes, pages, pdfa
from libs.officialdocs.tests.vietnamese import EVERY_LETTER

BATCH = sample("certificates", CertificateBatch)
ISSUER = BATCH.issuer
ONE = BATCH.certificates[0]


def with_(**changes: str) -> Certificate:
    return msgspec.structs.replace(ONE, **changes)


def text_of(certificate: Certificate) -> str:
    (text,) = pages(certificates([certificate], ISSUER))
    return text


def test_page_says_all_of_the_certificate_and_nothing_else() -> None:
    assert text_of(ONE) == (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc "
        "CHỦ TỊCH ỦY BAN NHÂN DÂN HUYỆN CHI LĂNG TẶNG GIẤY KHEN Ông Lương Văn Thử "
        "Trưởng thôn Làng Mẫu, xã Thử Nghiệm, huyện Chi Lăng "
        "Đã có thành tích xuất sắc trong phong trào thi đua chào mừng Đại hội đại biểu "
        "các dân tộc thiểu số huyện Chi Lăng lần thứ IV - năm 2024 "
        "Quyết định số 1208/QĐ-UBND ngày 05 tháng 6 năm 2024 Số sổ vàng: 01/2024 "
        "Chi Lăng, ngày 05 tháng 6 năm 2024 CHỦ TỊCH Nguyễn Văn Mẫu"
    )


def test_certificates_are_pages_of_one_archivable_pdf_in_order() -> None:
    pdf = certificates(BATCH.certificates, ISSUER)

    found = [[one.recipient_line in page for one in BATCH.certificates] for page in pages(pdf)]
    assert found == [[True, False, False], [False, True, False], [False, False, True]]
    assert page_sizes(pdf) == {(297, 210)}
    assert pdfa(pdf) == ("2", "B")


def test_two_hundred_certificates_are_two_hundred_pages() -> None:
    batch = [with_(recipient_line=f"Ông Lương Văn Thử {number}") for number in range(200)]

    read = pages(certificates(batch, ISSUER))

    assert len(read) == 200
    assert [f"Lương Văn Thử {number} Trưởng" in page for number, page in enumerate(read)] == (
        [True] * 200
    )


@pytest.mark.parametrize("field", ["recipient_line", "unit_line", "achievement"])
def test_every_vietnamese_letter_is_printed_in_every_cut(field: str) -> None:
    letters = " ".join(EVERY_LETTER)
    pdf = certificates([with_(**{field: letters})], ISSUER)

    assert letters in pages(pdf)[0]
    assert fonts(pdf) == {f"LibertinusSerif-{cut}" for cut in ("Regular", "Semibold", "Italic")}


def test_decomposed_letters_are_composed() -> None:
    decomposed = unicodedata.normalize("NFD", ONE.recipient_line)

    assert certificates([with_(recipient_line=decomposed)], ISSUER) == certificates([ONE], ISSUER)


@pytest.mark.parametrize(
    "name",
    [
        '#panic("x")',
        '"); #panic("x"); ("',
        "\\u{41} \\ \\\\ \\n",
        "*đậm* _nghiêng_ $x^2$ `mã` <nhãn> @tham-chiếu",
        "= Tiêu đề // chú thích /* */",
        "'Ông' \"Bà\" -- ... ~ & < >",
        "{{ 1 }} ${x} %s",
    ],
)
def test_markup_in_a_name_is_printed_as_it_stands(name: str) -> None:
    assert f"KHEN {name} Trưởng" in text_of(with_(recipient_line=name))


def test_very_long_texts_stay_on_one_page() -> None:
    name = " ".join(["Tập thể Nhân dân và cán bộ thôn Làng Mẫu"] * 6)
    achievement = " ".join([ONE.achievement] * 5)

    text = text_of(with_(recipient_line=name, achievement=achievement))

    assert name in text
    assert achievement in text


@pytest.mark.parametrize(
    "name", ["Tập thể " * 900, "x" * 400, "Ông 😀", "漢字", "Ông \x07"], ids=lambda name: name[:9]
)
def test_what_no_page_or_font_can_show_is_refused(name: str) -> None:
    with pytest.raises(Unprintable):
        certificates([with_(recipient_line=name)], ISSUER)


def test_refusal_leaves_the_next_paper_as_it_was() -> None:
    before = certificates([ONE], ISSUER)
    with pytest.raises(Unprintable):
        certificates([with_(recipient_line="漢字")], ISSUER)

    assert certificates([ONE], ISSUER) == before


def test_no_certificates_are_refused() -> None:
    with pytest.raises(ValueError, match="no certificate given"):
        certificates([], ISSUER)


def test_another_process_makes_the_same_bytes() -> None:
    program = (
        "import hashlib; from libs.officialdocs.tests.test_certificates import *;"
        "print(hashlib.sha256(certificates(BATCH.certificates, ISSUER)).hexdigest())"
    )
    there = subprocess.run(
        [sys.executable, "-c", program], check=True, capture_output=True, text=True
    )

    here = hashlib.sha256(certificates(BATCH.certificates, ISSUER)).hexdigest()
    assert there.stdout.strip() == here


def test_creation_date_is_the_one_given() -> None:
    pdf = certificates([ONE], ISSUER, datetime(2024, 6, 7, 8, 9, 10, tzinfo=UTC))

    assert created(pdf) == datetime(2024, 6, 7, 8, 9, 10, tzinfo=UTC)


def test_creation_date_left_out_is_the_decision_day_in_viet_nam() -> None:
    assert ONE.decision_date == date(2024, 6, 5)
    assert certificates([ONE], ISSUER) == certificates(
        [ONE], ISSUER, datetime(2024, 6, 4, 17, tzinfo=UTC)
    )


def test_threads_do_not_mix_their_papers() -> None:
    batch = [with_(recipient_line=f"Ông Lương Văn Thử {number}") for number in range(12)]
    alone = [certificates([one], ISSUER) for one in batch]

    with ThreadPoolExecutor(4) as threads:
        together = list(threads.map(lambda one: certificates([one], ISSUER), batch))

    assert together == alone

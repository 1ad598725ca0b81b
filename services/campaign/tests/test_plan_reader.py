"""Plans are read into facts with their place; what is no plan is refused."""

import importlib
import json
import pkgutil
import re
import unicodedata
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from services.campaign import plan
from services.campaign.plan.draft import FIELDS, NotAPlan, PlanDraft
from services.campaign.plan.reader import LONGEST_BYTES, read_plan
from thidua.plan import main

ROOT = Path(__file__).parents[3]
EXAMPLE = ROOT / "examples" / "chi-lang-2024" / "plan.txt"
REAL = ROOT.parent / "shared" / "plans" / "chi-lang-2024.txt"
PLANS = sorted((Path(__file__).parent / "plans").glob("*.txt"))
LEAD = "Phòng Lao động, Thương binh, Xã hội - Dân tộc"


def source_of(path: Path) -> str:
    return path.read_bytes().decode()  # read_text() would change the line ends


def facts(draft: PlanDraft) -> list[tuple[str, Any]]:
    return [(fact.field, fact.value) for fact in draft.fields]


def values(draft: PlanDraft, field: str) -> list[Any]:
    return [fact.value for fact in draft.fields if fact.field == field]


def gaps(draft: PlanDraft) -> list[str]:
    return [gap.field for gap in draft.missing]


def code_for(text: str) -> str:
    with pytest.raises(NotAPlan) as refused:
        read_plan(text)
    assert refused.value.reason.endswith((".", ")."))
    return refused.value.code


@pytest.mark.parametrize("path", PLANS, ids=lambda path: path.stem)
def test_plan_is_read_in_full(path: Path) -> None:
    draft = read_plan(source_of(path))
    expected = json.loads(path.with_suffix(".json").read_text())
    assert [list(fact) for fact in facts(draft)] == expected["fields"]
    assert [[gap.field, gap.reason_vi] for gap in draft.missing] == expected["missing"]


@pytest.mark.parametrize("path", [EXAMPLE, *PLANS], ids=lambda path: path.stem)
def test_every_fact_points_at_its_own_words(path: Path) -> None:
    source = source_of(path)
    lines = source.replace("\r\n", "\n").split("\n")
    for fact in read_plan(source).fields:
        assert source[fact.span.start : fact.span.end] == fact.text
        first_words = fact.text.replace("\r\n", "\n").split("\n")[0]
        assert first_words in lines[fact.line - 1]
        assert fact.text == fact.text.strip()


def with_wide_margins(text: str) -> str:
    return "\n".join(f"  {line} \u00a0 " for line in text.split("\n"))


def with_wrapped_lines(text: str) -> str:
    return "\n".join(
        re.sub(r"(.{60,90}?) (?=[a-zà-ỹđ])", r"\1\n", line) for line in text.split("\n")
    )


@pytest.mark.parametrize(
    "alter",
    [
        lambda text: text.replace("\n", "\r\n"),
        lambda text: "\ufeff" + text,
        lambda text: unicodedata.normalize("NFD", text),
        lambda text: text.replace("ư", "ƣ"),
        lambda text: text.replace("Đ", "\u00d0"),
        lambda text: text.replace("(B/c)", "(b/c)").replace("KH-UBND", "KH- UBND", 1),
        lambda text: text.replace(" huyện", "\u00a0huyện"),
        lambda text: text.replace("I. CHỦ ĐỀ THI ĐUA", "**I. Chủ đề thi đua**"),
        lambda text: text.replace("IV. TỔ CHỨC THỰC HIỆN", "IV- TỔ CHỨC\nTHỰC HIỆN"),
        lambda text: text.replace("Số: /KH", "Số:         /KH").replace(
            "ngày tháng", "ngày … tháng"
        ),
        lambda text: text.replace("lần thứ\n\nIV - năm", "lần thứ\n\n- 2 -\n\nIV - năm"),
        with_wide_margins,
        with_wrapped_lines,
    ],
)
def test_form_of_the_text_does_not_change_what_is_read(alter: Callable[[str], str]) -> None:
    source = source_of(EXAMPLE)
    altered = alter(source)
    assert altered != source
    assert facts(read_plan(altered)) == facts(read_plan(source))


def test_example_leaves_open_what_the_paper_leaves_blank() -> None:
    draft = read_plan(source_of(EXAMPLE))
    assert gaps(draft) == ["superior_authority", "document_number", "document_date"]


def test_codes_are_those_that_are_published() -> None:
    drafts = [read_plan(source_of(path)) for path in (EXAMPLE, *PLANS)]
    used = {fact.field for draft in drafts for fact in draft.fields}
    assert used == set(FIELDS) - {"document_day"}


def test_only_the_day_of_the_date_is_known() -> None:
    draft = read_plan(source_of(EXAMPLE).replace("ngày tháng 4 năm 2024", "ngày 05 tháng năm"))
    assert values(draft, "document_day") == [5]
    assert "document_date" in gaps(draft)


@pytest.mark.parametrize(
    ("sentence", "ends"),
    [
        ("Từ ngày phát động đến hết tháng 12/2024.", ("month", "through", "2024-12", None)),
        ("Bắt đầu từ 01/5/2024 và kết thúc vào 30.6.2024.", ("date", "on", "2024-06-30", None)),
        ("Từ nay đến trước ngày 2-9-2024", ("date", "before", "2024-09-02", None)),
        ("Từ năm 2024 đến hết năm 2025.", ("year", "through", "2025", None)),
        ("Từ ngày ký cho đến khi tổng kết năm học.", ("event", "on", None, "tổng kết năm học")),
    ],
)
def test_period_ends_on_a_day_or_with_an_event(sentence: str, ends: tuple[str | None, ...]) -> None:
    [period] = values(read_plan(with_period(sentence)), "period")
    read = period["ends"]
    assert (read["kind"], read["relation"], read["date"], read["event"]) == ends


@pytest.mark.parametrize(
    ("sentence", "missing"),
    [
        ("Từ ngày 01/4/2024 đến ngày 31/4/2024.", "period.ends"),
        ("Từ ngày 30/02/2024 đến ngày 01/5/2024.", "period.starts"),
        ("Từ ngày 01/4/2024 đến ngày 30/6.", "period.ends"),
        ("Từ tháng 13/2024 đến ngày 30/6/2025.", "period.starts"),
        ("Trong quý II.", "period"),
        ("Đợt 1: từ 01/4/2024 đến 30/4/2024; đợt 2: từ 01/6/2024 đến 30/6/2024.", "period"),
    ],
)
def test_period_that_cannot_be_told_is_reported(sentence: str, missing: str) -> None:
    draft = read_plan(with_period(sentence))
    assert missing in gaps(draft)
    assert all(None in period.values() for period in values(draft, "period"))


def with_period(sentence: str) -> str:
    source = source_of(EXAMPLE)
    start, end = source.index("Từ ngày phát động"), source.index("IV. TỔ CHỨC")
    return f"{source[:start]}{sentence}\n\n{source[end:]}"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "empty"),
        ("\ufeff \r\n\u00a0\t", "empty"),
        ("đ" * (LONGEST_BYTES // 2 + 1), "too-long"),
        ("KẾ HOẠCH\0thi đua", "not-text"),
        (bytes(range(256)).decode("latin-1") * 40, "not-text"),
        ("\ud800" * 50, "not-text"),
        ("Plan\n\nThe council launches a campaign. I. THEME\nWork well.", "not-vietnamese"),
        ("KE HOACH phat dong thi dua\nI. CHU DE\nLam tot.", "not-vietnamese"),
        ("Canh rau ngót\n\n1. Nhặt rau, rửa sạch.\n2. Đun nước sôi, thả rau.", "no-title"),
        ("Chiều xuống bên nương, khói bếp bay\nMẹ về, gùi ngô nặng trên vai", "no-title"),
        ("Số: 5/QĐ-UBND\nQUYẾT ĐỊNH\nVề việc tặng Giấy khen thi đua\nĐiều 1. Tặng.", "other-kind"),
        ("Số: 6/UBND-NV\nV/v thi đua\nKính gửi: Các đơn vị.\nKẾ HOẠCH", "other-kind"),
        ("KẾ HOẠCH\nTiêm phòng cho đàn trâu\n\nI. NỘI DUNG\n\nTiêm hai đợt.", "not-emulation"),
        ("KẾ HOẠCH\nPhát động thi đua\n\nCả xã cùng làm, không ai đứng ngoài.", "no-sections"),
    ],
)
def test_text_that_is_no_plan_is_refused(text: str, code: str) -> None:
    assert code_for(text) == code


def test_two_plans_in_one_text_are_refused() -> None:
    assert code_for(source_of(EXAMPLE) * 2) == "several-plans"


def test_cut_off_plan_gives_what_it_has() -> None:
    source = source_of(EXAMPLE)
    draft = read_plan(source[: source.index("II. NỘI DUNG")])
    assert values(draft, "theme") == values(read_plan(source), "theme")
    assert {"content_points", "period", "duties", "recipients", "signer"} <= set(gaps(draft))


RUBBISH = [
    " ", "\t ", "|", "\r", "1. Ấ\n", "I. Ấ\n", "- Ả\n", "Từ ", "Từ đến ", "Số: ", "ngày tháng năm ",
    "Kế hoạch số 1/KH ", "Giao Phòng A, ", "phối hợp với Phòng ", "“", "CHỦ TỊCH\n", "Á; ", "ệA",
    "vướng mắc phản ánh a a về ", "UBND huyện A B C ", "Giấy khen của Chủ tịch UBND ", "1/1/", "đ",
]  # fmt: skip


@pytest.mark.parametrize("rubbish", RUBBISH)
def test_rubbish_in_a_plan_does_not_hide_its_head(rubbish: str) -> None:
    source = source_of(EXAMPLE)
    place = source.index("Từ ngày phát động")
    filled = source[:place] + rubbish * (200_000 // len(rubbish)) + source[place:]
    assert values(read_plan(filled), "place") == ["Chi Lăng"]


def compiled_patterns() -> list[re.Pattern[str]]:
    names = [module.name for module in pkgutil.iter_modules(plan.__path__)]
    modules = [importlib.import_module(f"{plan.__name__}.{name}") for name in names]
    return [
        value
        for module in modules
        for value in vars(module).values()
        if isinstance(value, re.Pattern)
    ]


def test_no_pattern_looks_far_from_where_it_starts() -> None:
    """Work on any text stays proportional to its length when every match has a longest length."""
    parser = importlib.import_module("re._parser")
    runs = {r"\w+", r"(?<=[^ \t])[ \t]+|\|"}  # one class repeated, taken once
    longest = {
        pattern.pattern: int(parser.parse(pattern.pattern, pattern.flags).getwidth()[1])
        for pattern in compiled_patterns()
    }
    assert len(longest) > 40
    assert {pattern for pattern, width in longest.items() if width > 2000} == runs


def test_command_prints_the_draft(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["read", str(EXAMPLE)]) == 0
    printed = json.loads(capsys.readouterr().out)
    draft = read_plan(source_of(EXAMPLE))
    assert [(row["field"], row["value"]) for row in printed["fields"]] == facts(draft)
    assert [row["field"] for row in printed["missing"]] == gaps(draft)
    assert set(printed["fields"][0]) == {"field", "value", "span", "line", "text"}


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("Nấu cơm: vo gạo, đổ nước.".encode(), "tên loại văn bản"),
        (b"\x89PNG\r\n\x1a\n\xff\xd8", "UTF-8"),
        (b"a" * (20 * 1024 * 1024 + 1), "20 MB"),
        (b"a" * 200_001, "quá dài"),
        (b"", "không có chữ nào"),
    ],
)
def test_command_says_why_a_file_is_no_plan(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes, message: str
) -> None:
    file = tmp_path / "plan.txt"
    file.write_bytes(content)
    assert main(["read", str(file)]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert message in printed.err


@pytest.mark.parametrize("argv", [[], ["read"], ["write", "x"], ["read", "no-such-file.txt"]])
def test_command_misused_ends_with_two(argv: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(argv) == 2
    assert capsys.readouterr().out == ""


if REAL.exists():

    def test_real_plan_of_chi_lang_is_read() -> None:
        draft = read_plan(source_of(REAL))
        event = "Đại hội đại biểu các dân tộc thiểu số huyện Chi Lăng lần thứ IV - năm 2024"
        [theme], [period] = values(draft, "theme"), values(draft, "period")
        assert theme == f"Thi đua chào mừng {event}."
        assert period["starts"]["event"] == "phát động phong trào thi đua"
        assert (period["ends"]["relation"], period["ends"]["event"]) == ("before", event)
        assert [base["number"] for base in values(draft, "legal_bases")] == [
            "28-CT/TU", "42/KH-BCĐ", "1302/UBND", "2117-CV/HU", "21/KH-BCĐ",
        ]  # fmt: skip
        assert [(duty["number"], duty["lead_unit"]) for duty in values(draft, "duties")] == [
            ("1", "Các cơ quan, đơn vị"),
            ("2", LEAD),
            ("3", "Phòng Nội vụ"),
            (None, "các cơ quan, đơn vị"),
        ]
        assert values(draft, "lead_unit") == [LEAD]
        assert values(draft, "appraising_unit") == ["Phòng Nội vụ"]
        assert values(draft, "council") == ["Hội đồng TĐKT huyện"]
        assert values(draft, "feedback_channel") == [{"to": "UBND huyện", "via": LEAD}]
        purposes = Counter(row["purpose"] for row in values(draft, "recipients"))
        assert purposes == {"for-information": 4, "for-action": 6, "archive": 1}
        assert len(values(draft, "content_points")) == 4
        assert gaps(draft) == ["superior_authority", "document_number", "document_date"]

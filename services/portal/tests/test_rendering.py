"""How dates, money and sizes are written; words for codes; the stylesheet's colours and weight."""

import re
from datetime import UTC, date, datetime

import pytest

from services.portal import rendering, vietnamese, words
from services.portal.pages import Frame, Home
from services.portal.parts import Task, most_urgent_first
from services.portal.refusals import explain

NIGHT = datetime(2024, 4, 4, 18, 5, tzinfo=UTC)


def test_an_instant_is_shown_on_the_vietnamese_day() -> None:
    assert vietnamese.instant(NIGHT) == "01:05 ngày 05/04/2024"
    assert vietnamese.instant("2024-04-04T18:05:00Z") == "01:05 ngày 05/04/2024"


def test_a_day_stays_the_day_it_is() -> None:
    assert [vietnamese.day(date(2024, 4, 5)), vietnamese.day("2024-04-05")] == ["05/04/2024"] * 2


@pytest.mark.parametrize("text", ["5/4/2024", " 05/04/2024 ", "05-04-2024", "05.4.2024"])
def test_a_typed_day_is_read_day_first(text: str) -> None:
    assert vietnamese.typed_day(text) == date(2024, 4, 5)


@pytest.mark.parametrize("text", ["", "31/02/2024", "2024-04-05", "5/4/24", "mai"])
def test_what_is_no_day_is_not_guessed(text: str) -> None:
    assert vietnamese.typed_day(text) is None


def test_money_and_sizes_are_written_the_vietnamese_way() -> None:
    assert vietnamese.money(1_080_000) == "1.080.000\N{NO-BREAK SPACE}đ"
    assert vietnamese.size(312_400) == "312\N{NO-BREAK SPACE}kB"
    assert vietnamese.size(1_420_000) == "1,4\N{NO-BREAK SPACE}MB"


def test_days_left_says_late_in_words() -> None:
    assert [vietnamese.days_left(days) for days in (-2, 0, 3)] == [
        "Quá hạn 2 ngày làm việc",
        "Hạn cuối là hôm nay",
        "Còn 3 ngày làm việc",
    ]


def test_texts_of_people_are_escaped() -> None:
    page = Home("<script>alert(1)</script>", (Task("<b>", "/"),))
    html = rendering.render(page, Frame("UBND"))
    assert (html.count("<script>"), html.count("<b>&lt;b&gt;"), html.count("&lt;b&gt;")) == (
        0,
        0,
        1,
    )


def test_a_late_task_stands_first_and_an_undated_one_last() -> None:
    late, soon, undated = (
        Task("late", "/", days_left=-1),
        Task("soon", "/", days_left=2),
        Task("undated", "/", since=date(2024, 1, 1)),
    )
    assert most_urgent_first([undated, soon, late]) == (late, soon, undated)


def test_an_event_is_named_with_or_without_its_version() -> None:
    assert words.event("dossier.submitted.v1") == words.event("dossier.submitted") == "Gửi hồ sơ"
    assert words.event("dossier.unheard-of.v2") == "dossier.unheard-of"


def test_a_refusal_names_what_is_missing_in_words() -> None:
    page = explain("papers-missing", {"missing": ["minutes", "proposal-letter"]})
    assert [(fact.label, fact.value) for fact in page.facts] == [
        ("Còn thiếu", "biên bản xét khen thưởng, tờ trình")
    ]


def test_an_unknown_refusal_still_shows_its_code_and_facts() -> None:
    page = explain("brand-new", {"limit": 3})
    assert (page.code, page.facts[0].value) == ("brand-new", "3")


def test_htmx_comes_from_the_installed_package() -> None:
    assert rendering.htmx_script().read_text().startswith("var htmx=")


def test_first_view_is_under_a_hundred_kilobytes() -> None:
    assert len(rendering.STYLESHEET.read_bytes()) <= 30_000
    parts = (rendering.STYLESHEET, rendering.htmx_script())
    assert sum(part.stat().st_size for part in parts) <= 90_000


def luminance(colour: str) -> float:
    """Relative luminance of #rrggbb, WCAG 2.2."""
    shares = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def palettes() -> dict[str, dict[str, str]]:
    css = rendering.STYLESHEET.read_text()
    blocks = re.findall(r":root \{([^}]*)\}", css)[:2]
    found = [dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", block)) for block in blocks]
    return dict(zip(("light", "dark"), found, strict=True))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_colours_keep_the_contrast_of_wcag_aa(scheme: str) -> None:
    colours = palettes()[scheme]
    text = ("ink", "muted", "link", "red", "good", "wait", "bad", "info")
    pairs = [(name, ground, 4.5) for name in text for ground in ("ground", "soft")]
    pairs += [("on-act", "act", 4.5), ("on-act", "act-deep", 4.5), ("on-mark", "mark", 4.5)]
    pairs += [(name, ground, 3.0) for name in ("edge", "focus") for ground in ("ground", "soft")]
    pairs += [("focus", "mark", 3.0)]
    weak = [pair for pair in pairs if contrast(colours[pair[0]], colours[pair[1]]) < pair[2]]
    assert weak == []

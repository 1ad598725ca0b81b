"""Every page, drawn from its example: one title, labelled inputs, nothing inline or foreign."""

from html.parser import HTMLParser
from itertools import pairwise

import pytest

from services.portal.pages import Frame, Page
from services.portal.rendering import render
from services.portal.tests.example_pages import EXAMPLES

VOID = {"meta", "link", "input", "br", "img", "hr"}


class Document(HTMLParser):
    """What the assertions ask of a page: its elements in order, its ids, tags left open."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.open: list[str] = []
        self.wrongly_closed: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.wrongly_closed.append(tag)

    def all(self, *tags: str) -> list[dict[str, str]]:
        return [attrs for tag, attrs in self.elements if tag in tags]

    def values(self, name: str) -> list[str]:
        return [attrs[name] for _, attrs in self.elements if name in attrs]


@pytest.fixture(params=EXAMPLES.items(), ids=lambda item: item[0])
def document(request: pytest.FixtureRequest) -> Document:
    example: tuple[str, tuple[Page, Frame]] = request.param
    page, frame = example[1]
    return Document(render(page, frame))


def test_tags_are_closed_in_order(document: Document) -> None:
    assert (document.open, document.wrongly_closed) == ([], [])


def test_language_is_vietnamese_and_there_is_one_title(document: Document) -> None:
    assert [html["lang"] for html in document.all("html")] == ["vi"]
    assert (len(document.all("h1")), len(document.all("main")), len(document.all("title"))) == (
        1,
        1,
        1,
    )


def test_headings_never_skip_a_level(document: Document) -> None:
    levels = [int(tag[1]) for tag, _ in document.elements if tag in ("h1", "h2", "h3", "h4")]
    skips = [pair for pair in pairwise(levels) if pair[1] - pair[0] > 1]
    assert skips == []


def test_ids_are_unique_and_everything_pointed_at_exists(document: Document) -> None:
    ids = document.values("id")
    assert sorted(ids) == sorted(set(ids))
    inner = [href[1:] for href in document.values("href") if href.startswith("#")]
    pointed = inner + document.values("for")
    for name in ("aria-labelledby", "aria-describedby"):
        pointed += [target for value in document.values(name) for target in value.split()]
    assert set(pointed) - set(ids) == set()


def test_every_input_has_a_label(document: Document) -> None:
    inputs = {
        attrs["id"]
        for attrs in document.all("input", "select", "textarea")
        if attrs.get("type") != "hidden"
    }
    assert inputs - set(document.values("for")) == set()


def test_every_posting_form_carries_token_and_command_key(document: Document) -> None:
    posting = [form for form in document.all("form") if form.get("method") == "post"]
    names = document.values("name")
    assert [names.count("form_token"), names.count("command_key")] == [len(posting)] * 2


def test_nothing_comes_from_another_host_and_nothing_is_inline(document: Document) -> None:
    addresses = document.values("src") + document.values("href") + document.values("action")
    assert [address for address in addresses if "//" in address or ":" in address] == []
    assert document.values("style") == []
    assert [attrs.get("src") for attrs in document.all("script")] == ["/static/htmx.js"]
    assert [name for _, attrs in document.elements for name in attrs if name[:2] == "on"] == []

"""What the browser keeps for us, and where a person may be sent."""

import base64
import os

import pytest

from libs.serving.settings import Misconfigured
from services.portal.drafts import LONGEST, Drafts
from services.portal.seal import Seal
from services.portal.session import Held
from services.portal.visits import Just, local

KEY = base64.b64encode(bytes(range(32))).decode()
HELD = Held("session", "secret", "name", "official")


def test_sealed_content_comes_back() -> None:
    seal = Seal(KEY)
    assert seal.open(seal.close(HELD), Held) == HELD


def test_sealed_content_says_nothing_and_cannot_be_changed() -> None:
    sealed = Seal(KEY).close(HELD)
    middle = len(sealed) // 2  # the last letters may hold bits that mean nothing
    changed = sealed[:middle] + ("A" if sealed[middle] != "A" else "B") + sealed[middle + 1 :]
    assert "secret" not in sealed
    assert Seal(KEY).open(changed, Held) is None


def test_what_another_key_sealed_is_not_ours() -> None:
    other = Seal(base64.b64encode(os.urandom(32)).decode())
    assert Seal(KEY).open(other.close(HELD), Held) is None


def test_one_kind_of_cookie_is_not_another() -> None:
    seal = Seal(KEY)
    assert seal.open(seal.close(Just(title="done")), Held) is None


def test_form_token_belongs_to_one_session() -> None:
    seal = Seal(KEY)
    assert seal.token("one") == Seal(KEY).token("one")
    assert seal.token("one") != seal.token("two")


@pytest.mark.parametrize("key", ["", "short", base64.b64encode(b"16 bytes too few").decode()])
def test_key_that_is_none_is_refused_at_the_start(key: str) -> None:
    with pytest.raises(Misconfigured):
        Seal(key)


@pytest.mark.parametrize(
    ("given", "led_to"),
    [
        ("/dossiers/7?version=2", "/dossiers/7?version=2"),
        ("https://evil.example/", "/"),
        ("//evil.example/", "/"),
        ("/\\evil.example/", "/"),
        ("javascript:alert(1)", "/"),
        ("", "/"),
    ],
)
def test_people_are_only_sent_to_pages_of_ours(given: str, led_to: str) -> None:
    assert local(given) == led_to


def test_draft_keeps_what_was_typed_but_no_token_and_no_password() -> None:
    drafts = Drafts()
    form = [("reason", "Thiếu"), ("kinds", "a"), ("kinds", "b"), ("form_token", "t")]
    drafts.keep("somebody", "/dossiers/7/return", [*form, ("password", "p")])
    kept = drafts.of("somebody", "/dossiers/7/return")
    assert kept == {"reason": ["Thiếu"], "kinds": ["a", "b"]}
    assert drafts.of("somebody else", "/dossiers/7/return") == {}


def test_draft_is_forgotten_when_sent_and_never_too_long() -> None:
    drafts = Drafts()
    drafts.keep("somebody", "/x", [("text", "a" * (LONGEST + 1))])
    assert drafts.of("somebody", "/x") == {}
    drafts.keep("somebody", "/x", [("text", "short")])
    drafts.forget("somebody", "/x")
    assert drafts.of("somebody", "/x") == {}

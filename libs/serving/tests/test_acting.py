"""Who a token speaks for, and which tokens speak for nobody."""

import asyncio
import base64
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import msgspec
import pytest
from joserfc.jwk import OKPKey

from libs.eventlog.events import Refused
from libs.serving.acting import Tokens, Unauthenticated, published, signed
from libs.serving.tests import signing

NOBODY = "http://directory.invalid"


def checking() -> Tokens:
    return Tokens(NOBODY, log_token=signing.LOG_TOKEN, keys=published(signing.KEY))


async def code_of(authorization: str | None) -> str:
    with pytest.raises(Unauthenticated) as refusal:
        await checking().acting(authorization)
    return refusal.value.code


async def test_signed_token_names_the_acting_official() -> None:
    by = signing.official("specialist", duty="home-affairs")
    assert await checking().acting(f"Bearer {signing.token(by)}") == by


async def test_remembered_token_still_expires() -> None:
    tokens, by = checking(), signing.official("clerk", lasts=-1)
    for _ in range(2):
        with pytest.raises(Unauthenticated) as refusal:
            await tokens.acting(f"Bearer {signing.token(by)}")
        assert refusal.value.code == "token-expired"


async def test_other_keys_and_broken_tokens_are_invalid() -> None:
    by = signing.official("chairman")
    forged = signed(by, OKPKey.generate_key("Ed25519"), issued=0)
    head, body, seal = signing.token(by).split(".")
    assert await code_of(f"Bearer {forged}") == "token-invalid"
    assert await code_of(f"Bearer {head}.{body[:-2]}AA.{seal}") == "token-invalid"
    assert await code_of("Bearer nonsense") == "token-invalid"
    odd = base64.urlsafe_b64encode(b'{"alg":"Ed25519","crit":5}').decode().rstrip("=")
    assert await code_of(f"Bearer {odd}.{body}.{seal}") == "token-invalid"


@asynccontextmanager
async def hanging_directory() -> AsyncIterator[tuple[str, asyncio.Event]]:
    """Gives its keys once, then takes requests (the event) and answers no more."""
    asked, body = asyncio.Event(), signing.KEYS.encode()

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        if answered:
            asked.set()
            await reader.read()
        answered.append(True)
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%b" % (len(body), body))
        await writer.drain()
        writer.close()

    answered: list[bool] = []
    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    host, port = server.sockets[0].getsockname()
    yield f"http://{host}:{port}", asked
    server.close()


async def test_bad_token_does_not_hold_up_good_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("libs.serving.acting.PAUSE_BETWEEN_FETCHES", 0.0)
    async with hanging_directory() as (url, asked):
        tokens = Tokens(url, log_token=signing.LOG_TOKEN)
        await tokens.acting(f"Bearer {signing.token(signing.official('clerk'))}")
        bad = asyncio.create_task(tokens.acting("Bearer nonsense"))
        await asked.wait()
        another = signing.official("leader")
        assert await tokens.acting(f"Bearer {signing.token(another)}") == another
        assert not bad.done()
        bad.cancel()
        await asyncio.wait([bad])


async def test_without_a_bearer_one_must_sign_in() -> None:
    assert await code_of(None) == "sign-in-required"
    assert await code_of("Basic cXVhbnRyaTp4") == "sign-in-required"


def test_only_the_log_token_reads_the_log() -> None:
    tokens = checking()
    assert tokens.is_log_reader(f"Bearer {signing.LOG_TOKEN}")
    assert not tokens.is_log_reader(f"Bearer {signing.LOG_TOKEN}x")


def test_role_and_duty_are_both_needed() -> None:
    by = signing.official("specialist", duty="commune")
    by.require("specialist")
    msgspec.structs.replace(by, duty="home-affairs").require("specialist", duty="home-affairs")
    with pytest.raises(Refused) as refusal:
        by.require("specialist", duty="home-affairs")
    assert refusal.value.code == "not-allowed"


async def test_token_under_a_delegation_names_both() -> None:
    leader = signing.official("leader", unit="noi-vu")
    by = signing.standing_in(leader, signing.official("specialist"), "campaign")
    read = await checking().acting(f"Bearer {signing.token(by)}")
    assert read == by
    assert read.persons == {leader.official, by.official}


async def test_token_says_post_and_units_below() -> None:
    by = msgspec.structs.replace(
        signing.official("leader", unit="huyen"), post="deputy", below=("xa-1", "xa-2")
    )
    read = await checking().acting(f"Bearer {signing.token(by)}")
    assert (read, read.units) == (by, ("huyen", "xa-1", "xa-2"))


def test_neither_of_two_persons_may_be_among_the_preparers() -> None:
    leader, deputy = signing.official("leader"), signing.official("specialist")
    by = signing.standing_in(leader, deputy)
    assert [by.among({leader.official}), by.among({deputy.official}), by.among({None})] == [
        True,
        True,
        False,
    ]

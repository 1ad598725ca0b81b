"""Letters to a real mail server: taken, refused, put off, and what a crash costs."""

import asyncio
import hashlib
from typing import Any

import msgspec

from libs.eventlog.log import Recorded
from libs.serving.tests import signing
from services.notification.events import NoticeFailed, NoticeSending, NoticeSent
from services.notification.tests.mail_server import BUSY_ONCE, UNKNOWN
from services.notification.tests.stage import LAUNCHED, MAIL_FROM, SENDER, Stage, until

MANY = 60


def scope(stage: Stage, **mailboxes: str | None) -> None:
    """Units with these mailboxes are told of a launch."""
    for unit, mailbox in mailboxes.items():
        stage.establish(unit, mailbox)
    stage.launch(msgspec.structs.replace(LAUNCHED, scope=tuple(mailboxes), recipients=()))


def of_type(found: list[Recorded], of: type) -> list[Any]:
    return [one.event for one in found if isinstance(one.event, of)]


async def test_letter_carries_the_recorded_text_and_its_proof_returns(on_stage: Stage) -> None:
    scope(on_stage, xa=None)
    async with on_stage.sending():
        await on_stage.until_none_waits()
    ((recipient, message),) = on_stage.mail.letters
    content = message.get_payload(decode=True)
    assert isinstance(content, bytes)
    by = signing.official("leader", unit="xa")
    page = await on_stage.get(by, f"/notices/{await on_stage.notice_of('xa')}")
    assert (recipient, message["From"], message["Subject"]) == (
        "xa@chi-lang.test",
        MAIL_FROM,
        page["subject"],
    )
    assert hashlib.sha256(content).hexdigest() == page["text_sha256"]
    assert (page["delivery"], page["channel"], page["receipt"], page["attempts"]) == (
        "sent",
        "smtp",
        "250 taken as 1",
        1,
    )
    assert message["Message-ID"] == f"<{page['id']}@chi-lang.test>" == page["message_id"]


async def test_many_notices_go_over_one_connection(on_stage: Stage) -> None:
    scope(on_stage, **{f"xa-{number}": None for number in range(MANY)})
    async with on_stage.sending():
        figures = await on_stage.until_none_waits()
    assert (figures["sent"], len(set(on_stage.mail.message_ids()))) == (MANY, MANY)
    assert on_stage.mail.connections == 1


async def test_unit_without_mailbox_is_recorded_as_told_in_app(on_stage: Stage) -> None:
    scope(on_stage, xa="")
    async with on_stage.sending():
        figures = await on_stage.until_none_waits()
    assert (figures["sent"], figures["in_app"], on_stage.mail.letters) == (1, 1, [])


async def test_refused_mailbox_is_an_outcome_that_stops_nobody(on_stage: Stage) -> None:
    scope(on_stage, xa=UNKNOWN, thon=None)
    async with on_stage.sending():
        figures = await on_stage.until_none_waits()
    found = await on_stage.recorded()
    assert of_type(found, NoticeFailed) == [
        NoticeFailed(1, "permanent", "550 5.1.1 no such mailbox")
    ]
    assert (figures["failed"], figures["sent"]) == (1, 1)


async def test_busy_mailbox_is_tried_again_and_gets_one_letter(on_stage: Stage) -> None:
    scope(on_stage, xa=BUSY_ONCE)
    async with on_stage.sending():
        await on_stage.until_none_waits()
    found = await on_stage.recorded()
    (failed,) = of_type(found, NoticeFailed)
    first, second = of_type(found, NoticeSending)
    assert (failed.lasting, failed.reason) == ("temporary", "451 4.3.0 try again")
    assert (first.unresolved, second.unresolved) == (False, False)
    assert on_stage.mail.message_ids() == [first.message_id] == [second.message_id]
    assert second.attempt == 2
    assert next(one for one in found if one.event == second).meta.recorded_at >= failed.retry_at


async def test_sender_killed_before_the_record_sends_one_more_copy(on_stage: Stage) -> None:
    scope(on_stage, xa=None)
    on_stage.mail.silent = True
    killed = asyncio.create_task(on_stage.sender(finish=0).run())
    await asyncio.wait_for(on_stage.mail.took.wait(), 10)
    killed.cancel()
    await asyncio.wait([killed])
    assert of_type(await on_stage.recorded(), NoticeSent) == []
    on_stage.mail.silent = False
    async with on_stage.sending():
        await on_stage.until_none_waits()
    found = await on_stage.recorded()
    (sent,) = of_type(found, NoticeSent)
    assert on_stage.mail.message_ids() == [sent.message_id, sent.message_id]
    assert [event.unresolved for event in of_type(found, NoticeSending)] == [False, True]


async def test_orderly_stop_finishes_the_letter_in_hand(on_stage: Stage) -> None:
    scope(on_stage, xa=None)
    stopped = asyncio.create_task(on_stage.sender().run())
    await asyncio.wait_for(on_stage.mail.took.wait(), 10)
    stopped.cancel()
    await asyncio.wait([stopped])
    found = await on_stage.recorded()
    assert (len(of_type(found, NoticeSent)), len(on_stage.mail.letters)) == (1, 1)


async def test_two_senders_send_each_notice_once(on_stage: Stage) -> None:
    scope(on_stage, **{f"xa-{number}": None for number in range(10)})
    async with on_stage.sending(), on_stage.sending():
        await on_stage.until_none_waits()
    assert len(on_stage.mail.message_ids()) == 10


async def test_notice_waits_for_a_unit_not_yet_established(on_stage: Stage) -> None:
    on_stage.launch(msgspec.structs.replace(LAUNCHED, scope=("xa",), recipients=()))
    async with on_stage.sending():
        figures = await on_stage.get(SENDER, "/figures")
        on_stage.establish("xa")
        await on_stage.until_none_waits()
    assert (figures["waiting"], [to for to, _ in on_stage.mail.letters]) == (
        1,
        ["xa@chi-lang.test"],
    )


async def test_mail_server_away_fails_nobodys_notice(on_stage: Stage) -> None:
    scope(on_stage, xa=None)
    port, on_stage.mail.port = on_stage.mail.port, 9
    away = on_stage.sender()
    task = asyncio.create_task(away.run())
    await until(lambda: away.error is not None)
    task.cancel()
    await asyncio.wait([task])
    assert [one.topic for one in await on_stage.recorded()] == ["notice.queued.v1"]
    on_stage.mail.port = port
    async with on_stage.sending():
        assert (await on_stage.until_none_waits())["sent"] == 1


async def test_mailbox_that_is_no_address_is_an_outcome(on_stage: Stage) -> None:
    scope(on_stage, xa="không phải địa chỉ", thon="a@b.test\r\nBcc: c@d.test", ban="é@x.test")
    async with on_stage.sending():
        figures = await on_stage.until_none_waits()
    assert (figures["failed"], on_stage.mail.letters) == (3, [])

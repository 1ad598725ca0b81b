from uuid import UUID

import pytest

from libs.eventlog import wire

STREAM = UUID("0191d4f0-1111-7000-8000-000000000001")
EVENT = "0191d4f0-0000-7000-8000-000000000001"
STATE = (
    b'{"meta":{"event_id":"0191d4f0-0000-7000-8000-000000000001","command":"launch",'
    b'"authority":"chi-lang","correlation":"0191d4f0-0000-7000-8000-000000000002",'
    b'"recorded_at":"2024-05-06T07:08:09.123456Z"},"data":{"title":"Chi L\xc4\x83ng"}}'
)
ROW = wire.Row(7, STREAM, 2, "campaign.launched.v1", STATE)


def test_row_becomes_message_with_all_headers() -> None:
    message = wire.outgoing(ROW, 4, service="campaign", epoch="e1")
    assert message.subject == "evt.campaign.chi-lang.campaign-launched-v1"
    assert message.body is STATE
    assert message.headers == {
        "Nats-Msg-Id": "campaign:7",
        "Es-Id": "7",
        "Es-Prev": "4",
        "Es-Topic": "campaign.launched.v1",
        "Es-Epoch": "e1",
        "Es-Stream": str(STREAM),
        "Es-Version": "2",
        "Es-Service": "campaign",
        "ce-specversion": "1.0",
        "ce-id": EVENT,
        "ce-source": "/campaign",
        "ce-type": "campaign.launched.v1",
        "ce-time": "2024-05-06T07:08:09.123456Z",
        "content-type": "application/json",
    }


def test_both_doors_give_the_same_delivery() -> None:
    message = wire.outgoing(ROW, 4, service="campaign", epoch="e1")
    page = wire.page([ROW], 4, service="campaign", epoch="e1", head=9)
    by_log = wire.decode_page(wire.encode_page(page))
    assert (by_log.epoch, by_log.head) == ("e1", 9)
    assert [wire.delivered(entry) for entry in by_log.events] == [
        wire.delivery(message.subject, message.headers, message.body)
    ]


def test_entries_of_a_page_point_at_each_other() -> None:
    later = wire.Row(11, STREAM, 3, "campaign.closed.v1", STATE)
    page = wire.page([ROW, later], 4, service="campaign", epoch="e1", head=11)
    assert [(entry.prev, entry.id) for entry in page.events] == [(4, 7), (7, 11)]


@pytest.mark.parametrize("state", [b"", b"{broken", b"[]", b'{"meta":{"authority":5}}', b"{}"])
def test_unreadable_state_still_travels(state: bytes) -> None:
    row = wire.Row(7, STREAM, 2, "campaign.launched.v1", state)
    message = wire.outgoing(row, 4, service="campaign", epoch="e1")
    assert message.subject == "evt.campaign.unknown.campaign-launched-v1"
    assert (message.headers["ce-id"], "ce-time" in message.headers) == ("campaign:7", False)


@pytest.mark.parametrize(
    ("authority", "token"),
    [("chi-lang", "chi-lang"), ("a.b >*", "a-b---"), ("", "unknown"), ("Lạng", "L-ng")],
)
def test_authority_is_one_token_of_the_subject(authority: str, token: str) -> None:
    assert wire.subject_of("dossier", authority, "x.y.v1") == f"evt.dossier.{token}.x-y-v1"


@pytest.mark.parametrize(
    "headers",
    [
        None,
        {},
        {"Es-Id": "1", "Es-Prev": "0", "Es-Topic": "t"},
        {"Es-Id": "x", "Es-Prev": "0", "Es-Topic": "t", "Es-Epoch": "e"},
    ],
)
def test_message_without_place_in_a_log_is_no_delivery(headers: dict[str, str] | None) -> None:
    assert wire.delivery("evt.x", headers, b"") is None


def test_entry_that_contradicts_its_headers_is_refused() -> None:
    (entry,) = wire.page([ROW], 4, service="campaign", epoch="e1", head=7).events
    forged = wire.Entry(entry.id, 5, entry.subject, entry.headers, entry.data)
    with pytest.raises(ValueError, match="contradicts"):
        wire.delivered(forged)

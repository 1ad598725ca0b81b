"""What must hold of the whole system after every fault, each read at the public doors."""

from collections import defaultdict
from collections.abc import Iterator

from libs.eventlog.wire import Entry
from tests.faults.load import Answered
from tests.faults.system import System, data, meta
from thidua.services import DATABASE_SERVICES


def check(system: System, answered: list[Answered]) -> None:
    """For a system that is quiet; `answered` is what its services have said of commands."""
    acknowledged_commands_are_recorded_once(system, answered)
    streams_hold_the_logs(system)
    nothing_is_buried(system)
    views_equal_a_clean_rebuild(system)
    everybody_is_told_once(system)
    everybody_has_one_letter(system)
    audit_verifies(system)


def acknowledged_commands_are_recorded_once(system: System, answered: list[Answered]) -> None:
    by_command: dict[tuple[str, str], list[Entry]] = defaultdict(list)
    for service, log in system.log.items():
        for entry in log:
            by_command[service, str(meta(entry)["command"])].append(entry)
    for answer in answered:
        entries = by_command[answer.service, answer.command]
        last = entries[-1]
        found = (last.headers["Es-Stream"], int(last.headers["Es-Version"]), last.id)
        assert found == (answer.id, answer.version, answer.position)
        # Appended in one piece, and nothing in it twice.
        assert [entry.prev for entry in entries[1:]] == [entry.id for entry in entries[:-1]]
        topics = [entry.headers["Es-Topic"] for entry in entries]
        assert len(set(topics)) == len(topics)


def streams_hold_the_logs(system: System) -> None:
    for service, log in system.log.items():
        recorded = [entry.id for entry in log]
        assert [entry.prev for entry in log] == [0, *recorded[:-1]]
        # The audit service may have sealed something more meanwhile.
        assert system.published(service)[: len(recorded)] == recorded


def nothing_is_buried(system: System) -> None:
    assert {name: system.ask(name, "/dead-letters") for name in DATABASE_SERVICES} == {
        name: [] for name in DATABASE_SERVICES
    }


def views_equal_a_clean_rebuild(system: System) -> None:
    for service in DATABASE_SERVICES:
        found = system.ask(service, "/views/comparison", "POST")
        assert found["equal"], (service, found["different"])


def everybody_is_told_once(system: System) -> None:
    queued = [data(entry) for entry in of_topic(system, "notification", "notice.queued.v1")]
    told = sorted((notice["occasion"]["event"], notice["unit"]) for notice in queued)
    assert told == sorted(to_be_told(system))


def to_be_told(system: System) -> Iterator[tuple[str, str]]:
    """(event, unit) of every notice that the campaigns' log calls for."""
    scopes: dict[str, list[str]] = {}
    for entry in system.log["campaign"]:
        event, stream = str(meta(entry)["event_id"]), entry.headers["Es-Stream"]
        match entry.headers["Es-Topic"]:
            case "campaign.launched.v1":
                launched = data(entry)
                scopes[stream] = launched["scope"]
                others = (line["units"] for line in launched["recipients"] if _told(line))
                yield from (
                    (event, u) for u in {*scopes[stream], *(u for of in others for u in of)}
                )
            case "campaign.guidance-issued.v1" | "campaign.intake-opened.v1":
                yield from ((event, unit) for unit in scopes[stream])


def everybody_has_one_letter(system: System) -> None:
    """A sender that was killed may repeat one letter, and has noted that it may."""
    sent = of_topic(system, "notification", "notice.sent.v1")
    copies = system.mails()
    assert set(copies) == {data(entry)["message_id"] for entry in sent}
    attempts = map(data, of_topic(system, "notification", "notice.sending.v1"))
    may_repeat = {attempt["message_id"] for attempt in attempts if attempt["unresolved"]}
    assert {letter for letter, count in copies.items() if count > 1} <= may_repeat
    assert copies.total() - len(copies) <= system.sender_kills


def audit_verifies(system: System) -> None:
    found = system.ask("audit", "/verifications", "POST")
    assert (found["result"], found["findings"]) == ("verified", [])
    sealed = sum(len(log) for service, log in system.log.items() if service != "audit")
    assert found["size"] >= sealed


def of_topic(system: System, service: str, topic: str) -> list[Entry]:
    return [entry for entry in system.log[service] if entry.headers["Es-Topic"] == topic]


def _told(line: dict[str, str]) -> bool:
    return line["purpose"] != "archive"

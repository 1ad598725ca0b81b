"""What a service has promised by its events: stored ones load for ever, contracts match the code.

A service's test calls both checks; `write` makes the files of a new event, to be looked at and
committed. A file that is there is never written again: a change of it would be a broken promise.
"""

from pathlib import Path
from typing import Any, Generic, TypeVar
from uuid import UUID

import msgspec

from libs.eventlog.events import Event, Meta, Registry, meta_of

Data = TypeVar("Data")
CONTRACTS = Path(__file__).parents[3] / "contracts"


class Envelope(msgspec.Struct, Generic[Data]):
    """A message body, which is a stored state."""

    meta: Meta
    data: Data


def check_stored_events(registry: Registry, folder: Path) -> None:
    """One stored state for every event name and version that was ever written, and each loads."""
    files = {path.name.removesuffix(".json"): path for path in folder.glob("*.json")}
    assert sorted(files) == sorted({*registry.topics(), *registry.old_topics()})
    for topic, path in files.items():
        state = path.read_bytes()
        event, meta = registry.decode(topic, state), meta_of(state)
        current = registry.topic_of(event)
        again = registry.encode(event, meta)
        assert registry.decode(current, again) == event


def check_contracts(registry: Registry, folder: Path = CONTRACTS) -> None:
    """Schema and example of every event are what the code says and reads."""
    for topic, event in registry.topics().items():
        schema = (folder / f"{topic}.schema.json").read_bytes()
        promised, coded = msgspec.json.decode(schema), schema_of(event)
        assert _unworded(promised) == _unworded(coded), f"contract of {topic}"
        example = (folder / f"{topic}.example.json").read_bytes()
        stored = registry.encode(registry.decode(topic, example), meta_of(example))
        promised, coded = msgspec.json.decode(example), msgspec.json.decode(stored)
        assert _still_says(coded, promised), f"example of {topic}"


def schema_of(event: type[Event]) -> dict[str, Any]:
    """The JSON Schema of the message that carries this event."""
    schema = msgspec.json.schema(Envelope[event])  # type: ignore[valid-type]
    plain: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(schema))
    return plain


def _still_says(coded: Any, promised: Any) -> bool:
    """Everything promised is there as promised; fields may have been added with defaults."""
    if isinstance(promised, dict):
        return all(name in coded and _still_says(coded[name], promised[name]) for name in promised)
    if isinstance(promised, list):
        pairs = zip(coded, promised, strict=True)
        return len(coded) == len(promised) and all(_still_says(*pair) for pair in pairs)
    return bool(coded == promised)


def _unworded(schema: Any) -> Any:
    """Without descriptions: explaining better breaks no promise."""
    if isinstance(schema, dict):
        return {name: _unworded(part) for name, part in schema.items() if name != "description"}
    return [_unworded(part) for part in schema] if isinstance(schema, list) else schema


def write(registry: Registry, event: Event, meta: Meta, stored_events: Path) -> None:
    """The missing ones of stored state, example and schema."""
    topic = registry.topic_of(event)
    state = msgspec.json.format(registry.encode(event, meta), indent=2) + b"\n"
    schema = msgspec.json.format(msgspec.json.encode(schema_of(type(event))), indent=2) + b"\n"
    for path, content in (
        (stored_events / f"{topic}.json", state),
        (CONTRACTS / f"{topic}.example.json", state),
        (CONTRACTS / f"{topic}.schema.json", schema),
    ):
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)


def id_of(number: int) -> UUID:
    """Ids for examples that are plainly made up."""
    return UUID(f"00000000-0000-4000-8000-{number:012d}")

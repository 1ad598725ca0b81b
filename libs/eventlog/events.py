"""What an event is, under which name it is stored, and how stored bytes become events again.

An event is stored as JSON ``{"meta": {…}, "data": {…}}`` under an explicit topic,
``<name>.v<version>``, never under a Python path. Decoding goes through a `Registry` alone: a row
or a message that names anything else is refused, so stored data never makes Python import a module.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any, Generic, TypeVar, get_args, get_origin, get_type_hints
from uuid import UUID

import msgspec
from typing_extensions import dataclass_transform

from libs.eventlog.ids import new_id

Data = TypeVar("Data")
EventClass = TypeVar("EventClass", bound="type[Event]")
Upcaster = Callable[[dict[str, Any]], dict[str, Any]]


class Refused(Exception):
    """A rule said no. `code` is part of the API, `facts` say why; sentences belong to the pages."""

    def __init__(self, code: str, **facts: Any) -> None:
        super().__init__(code)
        self.code, self.facts = code, facts


class UnknownEvent(Exception):
    """The topic is not on this service's list, or its version is newer than this software."""


@dataclass_transform(frozen_default=True, field_specifiers=(msgspec.field,))
class Event(msgspec.Struct, frozen=True):
    """Base of all events: frozen, typed, past tense. Add fields with defaults; never rename."""


class Personal(msgspec.Struct, frozen=True, omit_defaults=True):
    """A value that belongs to a person, named by a pseudonym.

    Before an append and after `Vault.open` it holds `text`; stored, it holds only `box`
    (base64 of nonce and AES-GCM ciphertext). Erasing the person's key leaves `box` unreadable.
    """

    subject: UUID
    text: str | None = None
    box: str | None = None


class Meta(msgspec.Struct, frozen=True, omit_defaults=True):
    """Who did it, in which role and for whom, when, because of what. Times are UTC."""

    event_id: UUID
    command: str
    authority: str
    correlation: UUID
    recorded_at: datetime
    actor: UUID | None = None  # None: the system itself
    appointment: UUID | None = None
    role: str = ""
    unit: str = ""
    on_behalf: UUID | None = None
    causation: str | None = None
    effective_at: datetime | None = None  # only where it differs: back-captured paper records


class Context(msgspec.Struct, frozen=True):
    """What one command brings to all its events, and the key that makes a repeat harmless."""

    at: datetime
    authority: str
    command: str
    correlation: UUID
    actor: UUID | None = None
    appointment: UUID | None = None
    role: str = ""
    unit: str = ""
    on_behalf: UUID | None = None
    causation: str | None = None
    effective_at: datetime | None = None
    key: str | None = None
    fingerprint: bytes = b""

    def meta(self) -> Meta:
        return Meta(
            event_id=new_id(),
            command=self.command,
            authority=self.authority,
            correlation=self.correlation,
            recorded_at=self.at,
            actor=self.actor,
            appointment=self.appointment,
            role=self.role,
            unit=self.unit,
            on_behalf=self.on_behalf,
            causation=self.causation,
            effective_at=self.effective_at,
        )


class _Stored(msgspec.Struct, frozen=True):
    meta: Meta
    data: Any


class _DataOnly(msgspec.Struct, Generic[Data]):
    data: Data


class _MetaOnly(msgspec.Struct):
    meta: Meta


class _Loose(msgspec.Struct):
    data: dict[str, Any]


_encode = msgspec.json.Encoder().encode
_decode_meta = msgspec.json.Decoder(_MetaOnly).decode
_decode_loose = msgspec.json.Decoder(_Loose).decode


def meta_of(state: bytes) -> Meta:
    """The metadata of a stored event; the data is skipped unread."""
    return _decode_meta(state).meta


class Registry:
    """The one table of a service's event names: classes, topics, old versions, upcasters."""

    def __init__(self, service: str) -> None:
        self.service = service
        self._decoders: dict[str, Callable[[bytes], Any]] = {}
        self._topics: dict[type[Event], str] = {}
        self._current: dict[str, tuple[int, type[Event]]] = {}
        self._upcasters: dict[str, Upcaster] = {}  # by old topic
        self._personal: set[type[Event]] = set()

    def of(self, name: str, version: int = 1) -> Callable[[EventClass], EventClass]:
        """Class decorator: store this event as `name` in `version`."""

        def register(cls: EventClass) -> EventClass:
            topic = f"{name}.v{version}"
            if name in self._current:
                raise ValueError(f"{name} is registered twice")
            self._current[name] = (version, cls)
            self._topics[cls] = topic
            envelope = _DataOnly[cls]  # type: ignore[valid-type]  # built at run time, once per event
            self._decoders[topic] = msgspec.json.Decoder(envelope).decode
            if holds_personal(cls):
                self._personal.add(cls)
            return cls

        return register

    def upcast(self, name: str, from_version: int) -> Callable[[Upcaster], Upcaster]:
        """Decorator of a function that turns the data of `from_version` into the next version's."""

        def register(upcaster: Upcaster) -> Upcaster:
            self._upcasters[f"{name}.v{from_version}"] = upcaster
            return upcaster

        return register

    def topic_of(self, event: Event | type[Event]) -> str:
        return self._topics[event if isinstance(event, type) else type(event)]

    def topics(self) -> Mapping[str, type[Event]]:
        """Current topics and their classes."""
        return {topic: cls for cls, topic in self._topics.items()}

    def old_topics(self) -> Iterator[str]:
        """Topics that are only read: they are upcast."""
        return iter(self._upcasters)

    def is_personal(self, event: Event) -> bool:
        return type(event) in self._personal

    def encode(self, event: Event, meta: Meta) -> bytes:
        return _encode(_Stored(meta, event))

    def decode(self, topic: str, state: bytes) -> Event:
        """The event behind a row; UnknownEvent, or msgspec.ValidationError for foreign data."""
        decoder = self._decoders.get(topic)
        if decoder is not None:
            event: Event = decoder(state).data
            return event
        return self._upcasted(topic, state)

    def _upcasted(self, topic: str, state: bytes) -> Event:
        if topic not in self._upcasters:
            raise UnknownEvent(topic)
        name, _, number = topic.rpartition(".v")
        current, cls = self._current[name]
        data = _decode_loose(state).data
        for version in range(int(number), current):
            data = self._upcasters[f"{name}.v{version}"](data)
        return msgspec.convert(data, cls)


def holds_personal(of: Any) -> bool:
    """Whether a type contains a `Personal` anywhere: as a field, in a tuple, in a nested struct.

    Raises TypeError where `vault.map_personal` would not find it, so it would be stored in clear.
    """
    if of is Personal:
        return True
    if isinstance(of, type) and issubclass(of, msgspec.Struct):
        return True in {holds_personal(hint) for hint in get_type_hints(of).values()}  # asks all
    holds = True in {holds_personal(argument) for argument in get_args(of)}
    if holds and get_origin(of) in (list, dict, set, frozenset):
        raise TypeError(f"{of}: personal values stand in tuples")
    return holds

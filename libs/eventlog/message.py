"""What a handler of another service's events gets, and what it may raise.

    @campaign.on("campaign.launched.v1")
    def on_launched(message: Message[CampaignLaunched], tx: Tx, position: Position) -> None:
        tx.execute("INSERT …", [message.data.campaign_id, message.meta.recorded_at])

Handlers are plain `def` and may block: a batch runs in a worker thread. They publish nothing and
reach outside through `tx` only, because their transaction may be rolled back and run again.
"""

from contextvars import ContextVar
from typing import Annotated, Any, Generic, TypeVar

import msgspec
import psycopg
from faststream import Depends
from pydantic import BaseModel, ConfigDict, GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, core_schema

from libs.eventlog.events import Meta

Data = TypeVar("Data")
Cursor = psycopg.Cursor[dict[str, Any]]

CURRENT: ContextVar[tuple[Any, int]] = ContextVar("current")


class Poison(Exception):
    """Raised by a handler: no retry can help, dead-letter the message now."""


class Later(Exception):
    """Raised by a handler: something outside is down, wait for it however long it takes."""


# FastStream runs every synchronous dependency in a worker thread, hence async.
async def _tx() -> Any:
    return CURRENT.get()[0]


async def _position() -> int:
    return CURRENT.get()[1]


# The transaction that also moves the follower's position: a cursor, so nobody commits half of it.
Tx = Annotated[Cursor, Depends(_tx, cast=False)]
# Of the event in its producer's log.
Position = Annotated[int, Depends(_position, cast=False)]


def _plain(value: msgspec.Struct) -> Any:
    return msgspec.to_builtins(value)


def _inlined(struct: type[msgspec.Struct]) -> dict[str, Any]:
    """The struct's JSON schema without references; payloads do not recurse."""
    (schema,), components = msgspec.json.schema_components([struct], ref_template="{name}")

    def resolve(node: Any) -> Any:
        if isinstance(node, dict):
            if "$ref" in node:
                return resolve(components[node["$ref"]])
            return {key: resolve(value) for key, value in node.items()}
        return [resolve(item) for item in node] if isinstance(node, list) else node

    resolved: dict[str, Any] = resolve(schema)
    return resolved


class _StructSchema:
    """Lets Pydantic validate and describe a msgspec struct by msgspec's own rules."""

    def __init__(self, struct: type[msgspec.Struct]) -> None:
        self.struct = struct

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(
            self._convert, serialization=core_schema.plain_serializer_function_ser_schema(_plain)
        )

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        return _inlined(self.struct)

    def _convert(self, value: Any) -> msgspec.Struct:
        if isinstance(value, self.struct):
            return value
        try:
            return msgspec.convert(value, self.struct)
        except msgspec.ValidationError as error:
            raise ValueError(str(error)) from None


class Message(BaseModel, Generic[Data]):
    """The body of an event on the wire. `Data` is a Pydantic model or a msgspec struct."""

    model_config = ConfigDict(frozen=True)

    meta: Annotated[Meta, _StructSchema(Meta)]
    data: Data

    def __class_getitem__(cls, parameter: Any) -> Any:
        if isinstance(parameter, type) and issubclass(parameter, msgspec.Struct):
            parameter = Annotated[parameter, _StructSchema(parameter)]
        return super().__class_getitem__(parameter)

    @classmethod
    def model_parametrized_name(cls, params: tuple[Any, ...]) -> str:
        # The name becomes a key of the AsyncAPI document, where brackets are not allowed.
        of = getattr(params[0], "__origin__", params[0])
        return f"{of.__name__}Message"

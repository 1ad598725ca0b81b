"""What a route gets from a request: who acts, the command's context, the moment asked about."""

import hashlib
import re
from datetime import UTC, datetime
from typing import Annotated, Any
from uuid import UUID, uuid5

import msgspec
from fastapi import Depends, Header, Query, Request, Response
from fastapi.exceptions import RequestValidationError

from libs.eventlog.events import Context
from libs.eventlog.ids import new_id
from libs.eventlog.log import Receipt
from libs.serving.acting import Acting, Tokens

COMMANDS = UUID("6d0f5b38-3d1a-5a5e-9f67-2f1c2a52c7a1")  # namespace of ids made from command keys
LONGEST_KEY = 200  # characters
LARGEST = 2**63 - 1  # version or position that the database can be asked for
SIGNING = "signature"  # the noun of every act of signing, and the kind of act it is
ENTITY_TAG = re.compile(r'(?:W/)?"?([0-9]{1,9})"?')


def now() -> datetime:
    return datetime.now(UTC)


async def acting(request: Request) -> Acting:
    """Reads the header itself: binding declared ones cost a third of a command (`describing`)."""
    tokens: Tokens = request.app.state.tokens
    return await tokens.acting(request.headers.get("authorization"))


By = Annotated[Acting, Depends(acting)]


class CommandContext(msgspec.Struct, frozen=True):
    """One request to change something."""

    by: Acting
    context: Context
    expected: int | None

    @property
    def at(self) -> datetime:
        return self.context.at

    def context_of(self, authority: str) -> Context:
        """For what stays an authority's own, though another's unit acts on it; "": as it is."""
        return msgspec.structs.replace(self.context, authority=authority or self.context.authority)

    def new_id(self, kind: str) -> UUID:
        """The id of what this command creates: the same for a repeat with the same key."""
        return uuid5(COMMANDS, f"{kind}|{self.context.command}")


async def command(request: Request) -> CommandContext:
    """Who acts, and the headers of `describing.COMMAND_HEADERS`."""
    by = await acting(request)
    _within_delegation(by, request)
    headers = request.headers
    given_key, correlation = headers.get("idempotency-key"), headers.get("x-correlation-id")
    key, fingerprint = None, b""
    if given_key is not None:
        if len(given_key) > LONGEST_KEY:
            raise _misformed("idempotency-key", f"at most {LONGEST_KEY} characters")
        key = f"{by.official}:{given_key}"
        called = f"{request.method} {request.url.path}\n".encode()
        fingerprint = hashlib.sha256(called + await request.body()).digest()
    id = new_id()
    context = Context(
        at=now(),
        authority=by.authority,
        command=key or str(id),
        correlation=id if correlation is None else _correlation(correlation),
        actor=by.official,
        appointment=by.appointment,
        role=by.post or by.role,
        unit=by.unit,
        on_behalf=by.on_behalf,
        key=key,
        fingerprint=fingerprint,
    )
    return CommandContext(by, context, _expected(headers.get("if-match")))


def _within_delegation(by: Acting, request: Request) -> None:
    """A delegation names the services acted in, and whether it holds for signing."""
    if by.delegation is None:
        return
    signing = request.url.path.endswith(f"/{SIGNING}")
    by.require_kinds(request.app.state.service.name, *((SIGNING,) if signing else ()))


def _correlation(given: str) -> UUID:
    try:
        return UUID(given)
    except ValueError:
        raise _misformed("x-correlation-id", "a UUID") from None


def _expected(if_match: str | None) -> int | None:
    if if_match is None:
        return None
    tag = ENTITY_TAG.fullmatch(if_match)
    if tag is None:
        raise _misformed("if-match", "the ETag of an earlier answer")
    return int(tag[1])


def _misformed(header: str, form: str) -> RequestValidationError:
    return RequestValidationError([{"loc": ("header", header), "msg": f"should be {form}"}])


Command = Annotated[CommandContext, Depends(command)]


def accepted(receipt: Receipt, response: Response) -> dict[str, Any]:
    """The answer to every command: what changed, its version now, the position to read at least."""
    response.headers["ETag"] = f'"{receipt.version}"'
    response.headers["X-Position"] = str(receipt.position)
    if receipt.replayed:
        response.headers["Idempotency-Replayed"] = "true"
    return {"id": str(receipt.id), "version": receipt.version, "position": receipt.position}


class Moment(msgspec.Struct, frozen=True):
    """Which state of a stream is asked for: now, unless a version or an instant is named."""

    version: int | None = None
    at: datetime | None = None


def moment(
    version: Annotated[int | None, Query(ge=0, le=LARGEST)] = None,
    at: Annotated[datetime | None, Query()] = None,
) -> Moment:
    if at is not None and at.tzinfo is None:
        at = at.replace(tzinfo=UTC)
    return Moment(version, at)


AsOf = Annotated[Moment, Depends(moment)]


def at_least(
    after: Annotated[int, Query(ge=0)] = 0,
    x_at_least_position: Annotated[int, Header(ge=0)] = 0,
) -> int:
    """The position a view must have reached before it answers: people see what they just did."""
    return max(after, x_at_least_position)


AtLeast = Annotated[int, Depends(at_least)]

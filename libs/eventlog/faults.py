"""Which faults are a message's own, which are the world's, and how they are told."""

import json

import httpx
import psycopg
from pydantic import ValidationError

from libs.eventlog.message import Later, Poison


class Gap(Exception):
    """The next message does not follow our position: something is missing in between."""


class Diverged(Exception):
    """The producer's log contradicts what we have already applied: a person must look."""


PERMANENT = (Poison, ValidationError, UnicodeDecodeError, json.JSONDecodeError)
_WAITS = (
    Later,
    Diverged,
    psycopg.OperationalError,
    psycopg.InterfaceError,
    httpx.HTTPError,
    ConnectionError,
    TimeoutError,
)


def waits(error: BaseException) -> bool:
    """Whether the fault lies outside of the message, so that no try is counted against it."""
    if isinstance(error, psycopg.errors.QueryCanceled):
        return False  # an OperationalError, but it is our own statement that was too slow
    return isinstance(error, _WAITS)


def told(error: BaseException) -> str:
    """The error in words that may be kept: what a person wrote is not quoted."""
    if isinstance(error, psycopg.Error) and error.diag.message_primary:
        return f"{type(error).__name__}({error.diag.message_primary!r})"  # its detail quotes rows
    if not isinstance(error, ValidationError):
        return repr(error)
    wrong = error.errors(include_input=False, include_url=False, include_context=False)
    places = (f"{'.'.join(str(part) for part in one['loc'])}: {one['msg']}" for one in wrong)
    return f"ValidationError({'; '.join(places)})"

"""Names of officials: sealed in the log, opened when somebody entitled reads."""

from uuid import UUID

from libs.eventlog.log import Log, Recorded
from services.directory.events import AccountOpened, OfficialRegistered


async def name_of(log: Log, official: UUID) -> str:
    """The name an official was registered under; empty for nobody."""
    first = await log.read(official, upto=1)
    return await _name(log, first[0]) if first else ""


async def name_at(log: Log, position: int) -> str:
    """The name that the event at a position holds; empty if it holds none."""
    recorded = await log.at_position(position)
    return await _name(log, recorded) if recorded is not None else ""


async def username_at(log: Log, position: int) -> str:
    """The name an account was opened under, told to who administers it."""
    recorded = await log.at_position(position)
    event = await log.opened(recorded) if recorded is not None else None
    return (event.username.text or "") if isinstance(event, AccountOpened) else ""


async def _name(log: Log, recorded: Recorded) -> str:
    event = await log.opened(recorded)
    return (event.name.text or "") if isinstance(event, OfficialRegistered) else ""

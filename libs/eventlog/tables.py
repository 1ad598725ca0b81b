"""Where a log lives in its database: the names of its tables, and SQL written against them."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from psycopg.sql import SQL, Composed, Identifier
from psycopg.sql import Literal as Quoted

SQL_FOLDER = Path(__file__).parent / "sql"
LONGEST_NAME = 63  # bytes of an identifier or channel that PostgreSQL keeps


def notify_channel(schema: str = "log", table: str = "events") -> str:
    """The channel on which every commit of this log sends an empty NOTIFY: LISTEN to it."""
    channel = f"{schema}.{table}"
    if len(channel.encode()) >= LONGEST_NAME:
        raise ValueError(f"channel name too long: {channel}")
    return channel


@dataclass(frozen=True)
class Tables:
    """The names of one log. Everything that is not named here is derived from `events`."""

    schema: str = "log"
    events: str = "events"
    tracking: str = "tracking"
    id_type: Literal["uuid", "text"] = "uuid"

    @property
    def channel(self) -> str:
        return notify_channel(self.schema, self.events)

    def sql(self, statement: str, **more: Any) -> Composed:
        """Fills `{events}`, `{keys}`, `{append}`, … (and what `more` names) into a statement."""
        return SQL(statement).format(**self._names(), **more)

    def text(self, statement: str) -> str:
        """The same as plain text, for drivers that know no composed SQL."""
        return self.sql(statement).as_string(None)

    def file(self, name: str, **more: Any) -> Composed:
        """The same for a file of the folder `sql`."""
        return self.sql((SQL_FOLDER / name).read_text(encoding="utf-8"), **more)

    def _names(self) -> dict[str, Any]:
        events = Identifier(self.schema, self.events)
        return {
            "schema": Identifier(self.schema),
            "events": events,
            "events_name": Quoted(events.as_string(None)),
            "tracking": Identifier(self.schema, self.tracking),
            "keys": Identifier(self.schema, f"{self.events}_keys"),
            "epoch": Identifier(self.schema, "epoch"),
            "append": Identifier(self.schema, f"{self.events}_append"),
            "sequence": Identifier(self.schema, f"{self.events}_notification_id_seq"),
            "id_type": Identifier(self.id_type),
            "channel": Quoted(self.channel),
        }

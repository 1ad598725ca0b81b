"""Message DB, an event store in SQL: fetched when the benchmark runs, never kept in the project."""

import shutil
import subprocess
import tarfile
from pathlib import Path

import psycopg
from psycopg.sql import SQL, Identifier

PACKAGE = "@eventide/message-db@1.3.1"
WITHIN = 60.0  # seconds
# Its own install.sh needs psql, which the PostgreSQL we run lacks; same files, same order.
FUNCTIONS = (
    "message-store-version",
    "hash-64",
    "acquire-lock",
    "category",
    "is-category",
    "id",
    "cardinal-id",
    "stream-version",
    "write-message",
)
INDEXES = ("messages-id", "messages-stream", "messages-category")


def fetch(folder: Path) -> Path:
    """The package's folder `database`; LookupError says why it cannot be had."""
    npm = shutil.which("npm")
    if npm is None:
        raise LookupError("npm is not installed, so Message DB was not fetched")
    done = subprocess.run(
        [npm, "pack", "--silent", PACKAGE],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        timeout=WITHIN,
    )
    if done.returncode:
        raise LookupError(f"npm could not fetch {PACKAGE}")
    with tarfile.open(folder / done.stdout.split()[-1]) as archive:
        archive.extractall(folder / "message-db", filter="data")
    return folder / "message-db" / "package" / "database"


def install(database: Path, dsn: str, name: str) -> None:
    """Into an empty database. pgcrypto is left out: what it was for is in PostgreSQL since 13."""
    files = ["schema/message-store", "tables/messages", "types/message"]
    files += [f"functions/{function}" for function in FUNCTIONS]
    files += [f"indexes/{index}" for index in INDEXES]
    path = SQL("ALTER DATABASE {} SET search_path TO message_store, public").format(
        Identifier(name)
    )
    with psycopg.connect(dsn, autocommit=True) as owner:
        owner.execute("SET client_min_messages = warning; SET search_path = message_store, public")
        owner.execute(path)
        for file in files:
            owner.execute((database / f"{file}.sql").read_bytes())

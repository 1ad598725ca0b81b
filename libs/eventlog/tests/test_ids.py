"""Identifiers nobody else has."""

import os
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

from libs.eventlog.ids import AT_ONCE, new_id


def test_ids_are_random_uuids_of_version_four() -> None:
    assert {new_id().version for _ in range(AT_ONCE + 1)} == {4}


def test_threads_never_get_the_same_id() -> None:
    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(lambda _: new_id(), range(20_000)))
    assert len(set(found)) == len(found)


def test_child_process_does_not_repeat_its_parent() -> None:
    new_id()  # so that the parent has some left
    reading, writing = os.pipe()
    if (child := os.fork()) == 0:
        os.write(writing, new_id().bytes)
        os._exit(0)
    os.waitpid(child, 0)
    assert UUID(bytes=os.read(reading, 16)) != new_id()

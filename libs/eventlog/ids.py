"""Random identifiers: UUIDs of version 4 (RFC 9562)."""

import os
from collections import deque
from uuid import UUID

SIZE, AT_ONCE = 16, 256  # bytes of one, how many are drawn from the system at a time

_drawn: deque[bytes] = deque()
os.register_at_fork(after_in_child=_drawn.clear)  # else parent and child would give out the same


def new_id() -> UUID:
    """An identifier nobody has. Any thread may ask.

    The system is asked for many at once: asking for each takes as long as encoding the event.
    """
    while True:
        try:
            return UUID(bytes=_drawn.pop(), version=4)
        except IndexError:
            entropy = os.urandom(SIZE * AT_ONCE)
            _drawn.extend(entropy[at : at + SIZE] for at in range(0, len(entropy), SIZE))

"""What people have typed and not yet sent: kept while they type, and when a session ends under it.

In memory, for as long as the process lives: an unfinished sentence is nobody's record.
"""

from collections import OrderedDict
from collections.abc import Iterable

REMEMBERED = 5000
LONGEST = 300_000  # characters of one form
NOT_TYPED = frozenset({"form_token", "command_key", "version", "password"})


class Drafts:
    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[str, str], dict[str, list[str]]] = OrderedDict()

    def keep(self, official: str, action: str, form: Iterable[tuple[str, object]]) -> None:
        """Keeps what was typed into the form that posts to `action`; files are not kept."""
        typed: dict[str, list[str]] = {}
        for name, value in form:
            if isinstance(value, str) and name not in NOT_TYPED:
                typed.setdefault(name, []).append(value)
        if sum(len(value) for values in typed.values() for value in values) > LONGEST:
            return
        self._kept[(official, action)] = typed
        self._kept.move_to_end((official, action))
        if len(self._kept) > REMEMBERED:
            self._kept.popitem(last=False)

    def of(self, official: str, action: str) -> dict[str, list[str]]:
        return self._kept.get((official, action), {})

    def forget(self, official: str, action: str) -> None:
        self._kept.pop((official, action), None)

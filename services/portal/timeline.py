"""The steps of a stream as a page shows them, and the moment that is looked at."""

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from services.portal.parts import Paper

LONGEST_UNFOLDED = 3  # steps of one kind in a row


@dataclass(frozen=True)
class Step:
    """One event of a history. `href` shows the page as it was right after this step."""

    version: int
    at: datetime
    event: str
    who: str
    role: str
    unit: str
    href: str
    on_behalf: str = ""
    detail: str = ""
    why: str = ""
    papers: tuple[Paper, ...] = ()
    effective_at: datetime | None = None


@dataclass(frozen=True)
class History:
    """The steps so far, newest first, and the version that is looked at.

    `href` is the page itself without a query; `first` and `last` the versions that the reader may
    look at.
    """

    href: str
    steps: tuple[Step, ...]
    version: int
    last: int
    first: int = 1

    @property
    def runs(self) -> tuple[tuple[Step, ...], ...]:
        """The steps, those together in which one person did the same thing many times over."""
        same = groupby(self.steps, key=lambda step: (step.event, step.who))
        runs = [tuple(steps) for _, steps in same]
        return tuple(
            part
            for run in runs
            for part in ((run,) if len(run) > LONGEST_UNFOLDED else tuple((step,) for step in run))
        )

    @property
    def past(self) -> Step | None:
        """The step looked at when it is not the newest one."""
        if self.version == self.last:
            return None
        return next((step for step in self.steps if step.version == self.version), None)

"""Names of units and people, from the directory, remembered for a minute."""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from services.portal.clients import Away, Services
from services.portal.session import Hat

FRESH_FOR = 60.0  # seconds
LOOK_AGAIN_AFTER = 2.0  # for a name that is not there: it may be new


@dataclass(frozen=True)
class Directory:
    """Units by code and people by id, of one authority."""

    units: Mapping[str, dict[str, Any]] = field(default_factory=dict)
    people: Mapping[str, dict[str, Any]] = field(default_factory=dict)
    read_at: float = 0.0
    former: Mapping[str, str] = field(default_factory=dict)  # names of units that gave way, with
    # the one that stands there now; and of those that took over, from whatever authority

    def unit(self, code: str | None) -> str:
        found = self.units.get(code or "")
        return str(found["name"]) if found else self.former.get(code or "", code or "")

    def person(self, id: str | None) -> str:
        if not id:
            return "Hệ thống"
        found = self.people.get(id)
        return str(found["name"]) if found else "Người ngoài cơ quan"

    def with_role(self, *roles: str) -> list[dict[str, Any]]:
        """People with such an appointment, and its title, in order of names."""
        found = [
            {"id": id, "name": person["name"], "title": held["title"], "unit": held["unit"]}
            for id, person in self.people.items()
            for held in person["appointments"]
            if held["role"] in roles and not held["valid_to"]
        ]
        return sorted(found, key=lambda person: str(person["name"]))

    def of_kind(self, *kinds: str) -> list[dict[str, Any]]:
        return [unit for unit in self.units.values() if unit["kind"] in kinds]


class Known:
    def __init__(self, services: Services) -> None:
        self._services = services
        self._of: dict[str, Directory] = {}

    async def directory(self, hat: Hat, *mentioned: str | None) -> Directory:
        """What the person may know of the own authority; read anew for somebody unknown."""
        known = self._of.get(hat.authority, Directory())
        age = time.monotonic() - known.read_at
        strange = any(id and id not in known.people for id in mentioned)
        if known.read_at and age < (LOOK_AGAIN_AFTER if strange else FRESH_FOR):
            return known
        try:
            units = await self._items(hat, "/units")
            people = await self._items(hat, "/officials")
            former = former_names(await self._items(hat, "/units/successions"))
        except Away:
            if known.read_at:
                return known  # names of a minute ago are better than no page
            raise
        read = Directory(
            {unit["code"]: unit for unit in units},
            {person["id"]: person for person in people},
            time.monotonic(),
            former,
        )
        self._of[hat.authority] = read
        return read

    async def _items(self, hat: Hat, path: str) -> list[dict[str, Any]]:
        answer = await self._services.ask(
            "directory",
            "GET",
            path,
            params={"authority": hat.authority},
            headers=hat.authorization,
        )
        items: list[dict[str, Any]] = answer.json()["items"]
        return items


def former_names(successions: list[dict[str, Any]]) -> dict[str, str]:
    """Old names stay, with what stands there now: "Xã A (nay là Xã B)"."""
    names = {s["unit"]: s["name"] for one in successions for s in one["successors"]}
    custodians = {one["predecessor"]: one["custodian"] for one in successions}
    for one in successions:
        now = one["custodian"]
        while now in custodians:
            now = custodians[now]
        names[one["predecessor"]] = f"{one['name']} (nay là {names.get(now, now)})"
    return names

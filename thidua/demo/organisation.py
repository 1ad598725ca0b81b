"""The units and officials that a plan speaks of, set up through the directory like any others.

Names of units come from the plan. Where it names none (the communes of another district, the
people), the entry says that it is sample data: the demo invents no real unit and no real person.
"""

import asyncio
import json
import re
import secrets
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from thidua.demo.client import DemoFailed, Person, Services

KNOWN_COMMUNES = Path(__file__).parents[2] / "examples/chi-lang-2024/communes.json"
SINCE = "2020-01-01"
PROPOSING = 6  # units that send dossiers
SAMPLE_COMMUNES = 8
COUNCIL_SEATS = 5


@dataclass(frozen=True)
class Plan:
    """The plan as `thidua plan read` prints it."""

    draft: dict[str, Any]

    def all(self, field: str) -> list[Any]:
        return [found["value"] for found in self.draft["fields"] if found["field"] == field]

    def one(self, field: str, otherwise: str) -> str:
        values = self.all(field)
        return str(values[0]) if values else otherwise


@dataclass
class Organisation:
    """Codes of the units and the people who act, all signed in."""

    authority: str
    units: dict[str, str]  # code -> name
    communes: list[str]
    departments: list[str]
    people: dict[str, Person]
    usernames: dict[str, str]

    def __getitem__(self, who: str) -> Person:
        return self.people[who]

    @property
    def scope(self) -> list[str]:
        return [*self.departments, *self.communes]

    @property
    def proposing(self) -> list[str]:
        return self.communes[:PROPOSING]


async def set_up(services: Services, plan: Plan, *, password: str | None = None) -> Organisation:
    """Units, officials, appointments and accounts; everybody signs in.

    Everybody has a password of their own that is forgotten at the end, or the one given.
    """
    administrator = await services.sign_in("quantri", services.addresses.administrator_password)
    authority_name = plan.one("issuing_authority", "Cơ quan ban hành kế hoạch")
    authority = await _free_code(administrator, slug(authority_name))
    kinds = _units(plan, authority)
    await administrator.post(
        "directory",
        "/units",
        _unit(authority, authority_name, "authority", authority, duties=[]),
    )
    for code, (name, kind, duties) in kinds.items():
        unit = _unit(code, name, kind, authority, duties=duties)
        await administrator.post("directory", "/units", unit | {"parent": authority})
    organisation = Organisation(
        authority=authority,
        units={code: name for code, (name, _, _) in kinds.items()},
        communes=[code for code, (_, kind, _) in kinds.items() if kind == "commune"],
        departments=[code for code, (_, kind, _) in kinds.items() if kind == "department"],
        people={"administrator": administrator},
        usernames={},
    )
    await _people(services, administrator, organisation, password)
    return organisation


def _units(plan: Plan, authority: str) -> dict[str, tuple[str, str, list[str]]]:
    """code -> (name, kind, duties), the code beginning with the authority's."""
    units: dict[str, tuple[str, str, list[str]]] = {}

    def add(code: str, name: str, kind: str, *duties: str) -> None:
        units[f"{authority}-{code}"[:60]] = (name, kind, list(duties))

    add("office", "Văn phòng HĐND và UBND (dữ liệu mẫu)", "office", "office")
    add("lead", plan.one("lead_unit", "Cơ quan chủ trì (dữ liệu mẫu)"), "department", "lead-office")
    home = plan.one("appraising_unit", "Phòng Nội vụ (dữ liệu mẫu)")
    add("home", home, "department", "home-affairs")
    add("council", plan.one("council", "Hội đồng TĐKT (dữ liệu mẫu)"), "council", "council")
    add("cluster", "Cụm thi đua (dữ liệu mẫu)", "cluster")
    for number, name in enumerate(_communes(authority), 1):
        add(f"commune-{number}", name, "commune", "commune")
    return units


def _communes(authority: str) -> list[str]:
    known = json.loads(KNOWN_COMMUNES.read_text(encoding="utf-8"))
    if authority.startswith(known["authority"]):
        return [f"UBND {name}" for name in known["communes"]]
    return [f"UBND xã (dữ liệu mẫu {n})" for n in range(1, SAMPLE_COMMUNES + 1)]


async def _people(
    services: Services, administrator: Person, organisation: Organisation, common: str | None
) -> None:
    a = organisation.authority
    posts = {
        "office": (f"{a}-office", "specialist", "Chuyên viên Văn phòng"),
        "lead": (f"{a}-lead", "specialist", "Chuyên viên cơ quan chủ trì"),
        "lead-head": (f"{a}-lead", "leader", "Trưởng phòng chủ trì"),
        "home": (f"{a}-home", "specialist", "Chuyên viên nội vụ"),
        "home-head": (f"{a}-home", "leader", "Trưởng phòng nội vụ"),
        "secretary": (f"{a}-home", "council-secretary", "Thư ký Hội đồng"),
        "chairman": (a, "chairman", "Chủ tịch"),
        "clerk": (f"{a}-office", "clerk", "Văn thư"),
        "auditor": (a, "auditor", "Thanh tra"),
    }
    for seat in range(1, COUNCIL_SEATS + 1):
        posts[f"member-{seat}"] = (f"{a}-council", "council-member", f"Ủy viên Hội đồng {seat}")
    for number, commune in enumerate(organisation.proposing, 1):
        posts[f"unit-{number}"] = (commune, "specialist", f"Cán bộ thi đua đơn vị {number}")
        posts[f"unit-{number}-head"] = (commune, "leader", f"Chủ tịch đơn vị {number}")

    async def appoint(who: str, unit: str, role: str, title: str) -> None:
        password = common or secrets.token_urlsafe(12)
        username = f"{a}.{who}"[-60:].lstrip("-.")
        official = {"name": f"{title} (mẫu)", "unit": unit, "role": role, "title": title}
        official |= {"username": username, "password": password}
        await administrator.post("directory", "/officials", official)
        organisation.people[who] = await services.sign_in(username, password)
        organisation.usernames[who] = username

    await asyncio.gather(*(appoint(who, *post) for who, post in posts.items()))


async def add_recipient(organisation: Organisation, name: str) -> None:
    """A recipient of the plan that is no unit yet: outside the district, or a medium."""
    a = organisation.authority
    number = sum(code.startswith(f"{a}-recipient-") for code in organisation.units) + 1
    code = f"{a}-recipient-{number}"
    unit = _unit(code, name, "external", a, duties=["external"]) | {"parent": a}
    await organisation["administrator"].post("directory", "/units", unit)
    organisation.units[code] = name


async def _free_code(administrator: Person, wanted: str) -> str:
    """The code itself, or with a number if an earlier run on this system has taken it."""
    taken = {unit["code"] for unit in (await administrator.get("directory", "/units"))["items"]}
    for number in range(1, 1000):
        code = wanted if number == 1 else f"{wanted}-{number}"
        if code not in taken:
            return code
    raise DemoFailed(f"no free code like {wanted}")


def _unit(code: str, name: str, kind: str, authority: str, *, duties: list[str]) -> dict[str, Any]:
    return {
        "code": code,
        "name": name,
        "kind": kind,
        "authority": authority,
        "duties": duties,
        "mailbox": f"{code}@thidua.example",
        "valid_from": SINCE,
    }


def slug(name: str) -> str:
    """A code out of a name: lower case, no diacritics, hyphens, at most 30 characters."""
    plain = unicodedata.normalize("NFD", name.replace("đ", "d").replace("Đ", "D"))
    letters = "".join(c for c in plain if not unicodedata.combining(c)).lower()
    words = re.sub(r"[^a-z0-9]+", "-", letters).strip("-")
    for long, short in (("uy-ban-nhan-dan", "ubnd"),):
        words = words.replace(long, short)
    return words[:30].strip("-")

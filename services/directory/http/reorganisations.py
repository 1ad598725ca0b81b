"""Reorganisations: prepared, checked, confirmed by another, withdrawn."""

from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

import msgspec
from fastapi import APIRouter, Response
from pydantic import BaseModel, Field

from libs.eventlog.events import Refused
from libs.serving.acting import SYSTEM
from libs.serving.command import AsOf, AtLeast, By, Command, accepted
from libs.serving.history import history_of
from services.directory import succession
from services.directory.bodies import Code, NewUnit, Paper, Reason
from services.directory.decisions import reorganising
from services.directory.decisions.faults import predecessors
from services.directory.events import Act, UnitEstablished
from services.directory.http.doors import Parts
from services.directory.reorganisations import Reorganisations


class Into(BaseModel):
    unit: Code
    part: Annotated[str, Field(max_length=300)] = ""


class NewAct(BaseModel):
    """`units` give way to `into`; `custodian`: the first of them unless another is named."""

    act: Literal["establish", "merge", "split", "rename", "abolish"]
    units: Annotated[list[Code], Field(max_length=300)] = []
    into: Annotated[list[Into], Field(max_length=100)] = []
    custodian: Code | None = None
    name: Annotated[str, Field(max_length=300, pattern=r"^[^\x00]*$")] = ""
    new: NewUnit | None = None

    def read(self) -> Act:
        first = self.into[0].unit if self.into else ""
        new = None
        if self.new is not None:
            new = UnitEstablished(**self.new.model_dump() | {"duties": tuple(self.new.duties)})
        into = tuple((each.unit, each.part) for each in self.into)
        return Act(
            self.act, tuple(self.units), into, self.custodian or first, self.name.strip(), new
        )


class NewReorganisation(BaseModel):
    effective: date
    document: Paper
    acts: Annotated[list[NewAct], Field(max_length=500)]


class Withdrawal(BaseModel):
    reason: Reason


def routes(parts: Parts, together: Reorganisations) -> APIRouter:
    router = APIRouter(prefix="/reorganisations", tags=["reorganisations"])
    _add_commands(router, together)

    @router.get("")
    async def all_of_them(by: By, after: AtLeast) -> dict[str, Any]:
        by.require("administrator")
        await parts.views.at_least(after)
        mine = None if by.authority == SYSTEM else by.authority
        items = await succession.reorganisations(parts.views.pool, mine)
        return {"items": items, "position": parts.views.position}

    @router.get("/{id}")
    async def one(id: UUID, by: By, moment: AsOf, response: Response) -> dict[str, Any]:
        """The acts, and whom they reach: units that end with their authority are named too."""
        loaded = await together.streams.load(id, version=moment.version, at=moment.at)
        reorganising.may_see(loaded.state, by)
        response.headers["ETag"] = f'"{loaded.version}"'
        units = await together.units(loaded.state.acts)
        passing = _passing(loaded.state.acts, units, loaded.state.effective)
        shown = msgspec.to_builtins(loaded.state)
        return {"id": id, **shown, "passing": passing, "version": loaded.version}

    @router.get("/{id}/history")
    async def history(id: UUID, by: By) -> dict[str, Any]:
        reorganising.may_see((await together.streams.load(id)).state, by)
        return {"items": await history_of(parts.log, id)}

    return router


def _add_commands(router: APIRouter, together: Reorganisations) -> None:
    @router.post("", status_code=201)
    async def prepare(
        body: NewReorganisation, command: Command, response: Response
    ) -> dict[str, Any]:
        id = command.new_id("reorganisation")
        acts = [act.read() for act in body.acts]
        receipt = await together.prepare(id, acts, body.effective, body.document.read(), command)
        response.headers["Location"] = f"/reorganisations/{id}"
        return accepted(receipt, response)

    @router.post("/check")
    async def check(body: NewReorganisation, by: By) -> dict[str, Any]:
        """The dry run: what is wrong, line by line, and what would pass to whom."""
        by.require("administrator")
        acts = [act.read() for act in body.acts]
        units = await together.units(acts)
        try:
            reorganising.check(acts, units, body.effective, by=by)
        except Refused as refused:
            if refused.code != "reorganisation-faulty":
                raise
            return {"faults": refused.facts["faults"], "passing": []}
        return {"faults": [], "passing": _passing(acts, units, body.effective)}

    @router.post("/{id}/confirmation")
    async def confirm(id: UUID, command: Command, response: Response) -> dict[str, Any]:
        return accepted(await together.confirm(id, command), response)

    @router.post("/{id}/withdrawal")
    async def withdraw(
        id: UUID, body: Withdrawal, command: Command, response: Response
    ) -> dict[str, Any]:
        receipt = await together.streams.record(
            id,
            lambda act: reorganising.withdraw(act, body.reason, by=command.by),
            command.context,
            expected=command.expected,
        )
        return accepted(receipt, response)


def _passing(acts: Any, units: Any, effective: date) -> list[dict[str, Any]]:
    names = {code: unit.name for code, unit in units.items()}
    names |= {act.new.code: act.new.name for act in acts if act.new is not None}
    return [
        {
            "unit": code,
            "name": names.get(code, code),
            "act": act.kind,
            "custodian": act.custodian,
            "custodian_name": names.get(act.custodian, act.custodian),
            "successors": [{"unit": u, "name": names.get(u, u), "part": p} for u, p in act.into],
        }
        for act in reorganising.whole(acts, units, effective)
        for code in predecessors(act)
    ]

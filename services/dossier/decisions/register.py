"""One running number per authority, series and year, from 1, without gaps (NĐ 30/2020 Đ15)."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID, uuid5

from libs.eventlog.events import Event, Refused
from services.dossier.decisions.states import Register
from services.dossier.events import NumberAssigned

REGISTERS = UUID("0d9f7c51-6f3e-5b0e-8a53-0a4c0d6f2b17")  # namespace of register streams
SLIPS = "phieu-tiep-nhan"  # series of receipt slips


def register_id(authority: str, series: str, year: int) -> UUID:
    return uuid5(REGISTERS, f"{authority}|{series}|{year}")


def assign_next(
    register: Register, *, authority: str, series: str, to: UUID, issued_on: date
) -> Sequence[Event]:
    """The next number; days in a register never run backwards."""
    if register.last_on is not None and issued_on < register.last_on:
        raise Refused("number-out-of-order", last_on=register.last_on, last=register.last)
    return [NumberAssigned(authority, series, issued_on.year, register.last + 1, to, issued_on)]


def written(number: int, symbol: str) -> str:
    """5, "QĐ-UBND" -> "05/QĐ-UBND"."""
    return f"{number:02d}/{symbol}"

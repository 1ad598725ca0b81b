"""The papers a decision becomes: data for `libs.officialdocs`, worded from the events."""

from collections.abc import Mapping, Sequence
from uuid import UUID

import msgspec

from libs.officialdocs import (
    Annex,
    AnnexGroup,
    AnnexLine,
    Certificate,
    Issuer,
    wording,
)
from libs.officialdocs import Decision as DecisionPaper
from services.dossier.campaigns import Unit
from services.dossier.decisions.decision import books_of, document_number
from services.dossier.decisions.states import Campaign, Decision, Dossier
from services.dossier.history import Nominee
from services.dossier.terms import DecisionLine, LineRef

HEADINGS = {"collective": "TẬP THỂ", "individual": "CÁ NHÂN", "household": "HỘ GIA ĐÌNH"}
WORDS = {"collective": "tập thể", "individual": "cá nhân", "household": "hộ gia đình"}
LAW = "Căn cứ Luật Thi đua, khen thưởng số 06/2022/QH15"
AWARDING = "Tặng Giấy khen cho {counted} đã có thành tích trong “{title}” (có Danh sách kèm theo)."
CARRIED_OUT_BY = (
    "Các cơ quan, đơn vị có liên quan và các tập thể, cá nhân, hộ gia đình có tên tại Điều 1 "
    "chịu trách nhiệm thi hành Quyết định này."
)


class Matter(msgspec.Struct, frozen=True):
    """Everything the papers of one decision are made from. `signer` is printed as it stands."""

    decision: Decision
    campaign: Campaign | None
    dossiers: Mapping[UUID, Dossier]
    nominees: Mapping[LineRef, Nominee]
    units: Mapping[str, Unit]
    signer: str

    def unit_name(self, code: str) -> str:
        unit = self.units.get(code)
        return unit.name if unit is not None else code

    @property
    def authority_name(self) -> str:
        return self.unit_name(self.decision.authority)

    def awarded(self) -> list[DecisionLine]:
        """The awarded lines in the order of the decision."""
        return [line for line in self.decision.lines if line.outcome == "award"]


def issuer(matter: Matter) -> Issuer:
    name = matter.authority_name
    return Issuer(
        authority=name.upper(),
        place=wording.place_of(name),
        signer_title=(matter.decision.title or "Chủ tịch").upper(),
        signer_name=matter.signer,
        decider=f"CHỦ TỊCH {name.upper()}",
    )


def certificate_data(matter: Matter) -> list[Certificate]:
    """One certificate for each awarded line, in the order of the decision's list."""
    issued_on = matter.decision.issued_on
    assert issued_on is not None
    books = books_of(matter.decision)
    return [
        Certificate(
            recipient_line=_titled(line, matter),
            unit_line=_unit_line(line, matter),
            achievement=matter.dossiers[line.dossier].lines[line.line].achievement,
            book_number=f"{books[LineRef(line.dossier, line.line)]:02d}",
            decision_number=document_number(matter.decision),
            decision_date=issued_on,
        )
        for line in matter.awarded()
    ]


def decision_data(matter: Matter) -> DecisionPaper:
    awarded = matter.awarded()
    title = matter.campaign.title if matter.campaign is not None else ""
    return DecisionPaper(
        issuer=issuer(matter),
        number=document_number(matter.decision),
        issued_on=matter.decision.issued_on,
        subject=f"Về việc tặng Giấy khen trong “{title}”",
        bases=[
            LAW,
            *_plan(matter),
            "Căn cứ kết quả họp Hội đồng Thi đua, Khen thưởng",
            f"Theo đề nghị của {matter.unit_name(matter.decision.proposing_unit)}",
        ],
        articles=[
            AWARDING.format(counted=_counted(awarded), title=title),
            CARRIED_OUT_BY,
        ],
        recipients=["Như Điều 2", "Hội đồng Thi đua, Khen thưởng"],
        filing="VT, NV",
        annex=_annex(matter, awarded),
    )


def _plan(matter: Matter) -> list[str]:
    if matter.campaign is None or not matter.campaign.number:
        return []
    return [f"Căn cứ Kế hoạch số {matter.campaign.number} của {matter.authority_name}"]


def _annex(matter: Matter, awarded: Sequence[DecisionLine]) -> Annex:
    groups = []
    for kind, heading in HEADINGS.items():
        lines = [
            AnnexLine(name=_titled(line, matter), unit=_unit_line(line, matter))
            for line in awarded
            if line.kind == kind
        ]
        if lines:
            groups.append(AnnexGroup(heading=heading, lines=lines))
    return Annex(title="TẬP THỂ, CÁ NHÂN, HỘ GIA ĐÌNH ĐƯỢC TẶNG GIẤY KHEN", groups=groups)


def _titled(line: DecisionLine, matter: Matter) -> str:
    name = matter.nominees[LineRef(line.dossier, line.line)].name
    return f"Ông (bà) {name}" if line.kind == "individual" else name


def _unit_line(line: DecisionLine, matter: Matter) -> str:
    position = matter.nominees[LineRef(line.dossier, line.line)].position
    unit = matter.unit_name(line.unit)
    return f"{position}, {unit}" if position else unit


def _counted(awarded: Sequence[DecisionLine]) -> str:
    counts = {kind: sum(line.kind == kind for line in awarded) for kind in WORDS}
    parts = [f"{count:02d} {WORDS[kind]}" for kind, count in counts.items() if count]
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} và {parts[-1]}"

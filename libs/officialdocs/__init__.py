"""Official Vietnamese papers as PDF/A-2b, laid out after Decree 30/2020, from plain data.

    certificates(data, issuer)   Giấy khen, A4 landscape, one page each, all in one PDF
    decision(data)               Quyết định with its annex list, A4 portrait
    plan_document(data)          Kế hoạch, A4 portrait

The same data gives the same bytes on every machine with the same `typst` wheel, because the hash
of a paper is recorded when it is signed. Fonts follow from that: only those embedded in the wheel
are used and the machine's own are ignored, so text is set in Libertinus Serif (SIL Open Font
License), whose regular, italic and semibold cuts draw every Vietnamese letter well. The decree
names Times New Roman. The one packaged font with its metrics and a free licence, TeX Gyre Termes,
was last released in 2016 and requires a whole typesetter; and taking Times where a machine happens
to have it would give each its own hash.
"""

from libs.officialdocs.compiler import Unprintable
from libs.officialdocs.papers import (
    Annex,
    AnnexGroup,
    AnnexLine,
    Certificate,
    Decision,
    Issuer,
    Plan,
    PlanSection,
)
from libs.officialdocs.render import certificates, decision, plan_document

__all__ = [
    "Annex",
    "AnnexGroup",
    "AnnexLine",
    "Certificate",
    "Decision",
    "Issuer",
    "Plan",
    "PlanSection",
    "Unprintable",
    "certificates",
    "decision",
    "plan_document",
]

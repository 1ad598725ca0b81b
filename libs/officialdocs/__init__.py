"""Official Vietnamese papers laid out after Decree 30/2020, from plain data.

    as_pdf(data), as_docx(data)  Kế hoạch, hướng dẫn, kế hoạch điều chỉnh, công văn đính chính, báo
                                 cáo, danh sách: `Plan`, `Guidance`, … or a `Paper` of any kind
    register_book, register_docx Sổ đăng ký văn bản đi, A4 landscape
    certificates(data, issuer)   Giấy khen, A4 landscape, one page each, all in one PDF
    decision(data)               Quyết định with its annex list

PDFs are PDF/A-2b. The same data gives the same bytes on every machine with the same `typst` wheel,
because the hash of a paper is recorded. Fonts follow from that: only those embedded in the wheel
are used and the machine's own are ignored, so text is set in Libertinus Serif (SIL Open Font
License), whose regular, italic and semibold cuts draw every Vietnamese letter well. The decree
names Times New Roman. The one packaged font with its metrics and a free licence, TeX Gyre Termes,
was last released in 2016 and requires a whole typesetter; and taking Times where a machine happens
to have it would give each its own hash. A DOCX is drawn by its reader's machine and names Times New
Roman.
"""

from libs.officialdocs.blocks import (
    Heading,
    Paragraph,
    Point,
    Table,
)
from libs.officialdocs.book import (
    RegisterBook,
    RegisterEntry,
)
from libs.officialdocs.compiler import Unprintable
from libs.officialdocs.composing import Document, paper_of
from libs.officialdocs.docx import as_docx, register_docx
from libs.officialdocs.papers import (
    Amendment,
    Annex,
    AnnexGroup,
    AnnexLine,
    AnsweringUnit,
    Answers,
    Appendix,
    AwardLine,
    Certificate,
    Correction,
    Criteria,
    Decision,
    Guidance,
    Issuer,
    Paper,
    PaperChange,
    Plan,
    PlanSection,
    Report,
)
from libs.officialdocs.render import (
    as_pdf,
    as_picture,
    certificates,
    decision,
    plan_document,
    register_book,
)

__all__ = [
    "Amendment",
    "Annex",
    "AnnexGroup",
    "AnnexLine",
    "AnsweringUnit",
    "Answers",
    "Appendix",
    "AwardLine",
    "Certificate",
    "Correction",
    "Criteria",
    "Decision",
    "Document",
    "Guidance",
    "Heading",
    "Issuer",
    "Paper",
    "PaperChange",
    "Paragraph",
    "Plan",
    "PlanSection",
    "Point",
    "RegisterBook",
    "RegisterEntry",
    "Report",
    "Table",
    "Unprintable",
    "as_docx",
    "as_pdf",
    "as_picture",
    "certificates",
    "decision",
    "paper_of",
    "plan_document",
    "register_book",
    "register_docx",
]

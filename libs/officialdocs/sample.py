"""Render one sample of each paper: python -m libs.officialdocs.sample OUT_DIR

The data stands in samples/; its people and numbers are made up.
"""

import sys
from pathlib import Path
from typing import TypeVar

import msgspec

from libs.officialdocs.book import (
    RegisterBook,
)
from libs.officialdocs.composing import Document
from libs.officialdocs.docx import as_docx, register_docx
from libs.officialdocs.papers import (
    Amendment,
    Answers,
    Certificate,
    Correction,
    Decision,
    Guidance,
    Issuer,
    Plan,
    Report,
)
from libs.officialdocs.render import as_pdf, certificates, decision, register_book

T = TypeVar("T")
SAMPLES = Path(__file__).parent / "samples"
# file in samples/: its kind, and what the paper is called
PAPERS: dict[str, tuple[type[Document], str]] = {
    "plan": (Plan, "ke-hoach"),
    "guidance": (Guidance, "huong-dan"),
    "amendment": (Amendment, "ke-hoach-dieu-chinh"),
    "correction": (Correction, "cong-van-dinh-chinh"),
    "report": (Report, "bao-cao"),
    "answers": (Answers, "danh-sach-tra-loi"),
}


class CertificateBatch(msgspec.Struct, frozen=True):
    issuer: Issuer
    certificates: list[Certificate]


def sample(name: str, kind: type[T]) -> T:
    return msgspec.json.decode((SAMPLES / f"{name}.json").read_bytes(), type=kind)


def paper_sample(name: str) -> Document:
    return sample(name, PAPERS[name][0])


def main(out: Path) -> None:
    out.mkdir(parents=True, exist_ok=True)
    batch = sample("certificates", CertificateBatch)
    (out / "giay-khen.pdf").write_bytes(certificates(batch.certificates, batch.issuer))
    (out / "quyet-dinh.pdf").write_bytes(decision(sample("decision", Decision)))
    for name, (_, called) in PAPERS.items():
        (out / f"{called}.pdf").write_bytes(as_pdf(paper_sample(name)))
        (out / f"{called}.docx").write_bytes(as_docx(paper_sample(name)))
    book = sample("register", RegisterBook)
    (out / "so-dang-ky-van-ban-di.pdf").write_bytes(register_book(book))
    (out / "so-dang-ky-van-ban-di.docx").write_bytes(register_docx(book))


if __name__ == "__main__":
    main(Path(sys.argv[1]))

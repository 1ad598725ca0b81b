"""Files made for tests: plans as DOCX, and files that must not be read."""

import io
import zipfile
import zlib
from collections.abc import Sequence

import docx
from pypdf import PdfReader, PdfWriter

TYPES = "[Content_Types].xml"
RELATIONS = "word/_rels/document.xml.rels"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def saved(document: docx.document.Document) -> bytes:
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def docx_of(
    left: Sequence[str],
    right: Sequence[str],
    body: Sequence[str],
    foot_left: Sequence[str],
    foot_right: Sequence[str],
) -> bytes:
    """A plan as offices write it: head and foot are tables of two columns without lines."""
    document = docx.Document()
    _columns(document, left, right)
    for paragraph in body:
        document.add_paragraph(paragraph)
    _columns(document, foot_left, foot_right)
    return saved(document)


def _columns(document: docx.document.Document, left: Sequence[str], right: Sequence[str]) -> None:
    cells = document.add_table(rows=1, cols=2).rows[0].cells
    for cell, lines in zip(cells, (left, right), strict=True):
        cell.paragraphs[0].text = lines[0]
        for line in lines[1:]:
            cell.add_paragraph(line)


def plain_docx(*paragraphs: str) -> bytes:
    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    return saved(document)


def changed(content: bytes, parts: dict[str, bytes]) -> bytes:
    """The archive with parts put in place of, or beside, its own."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(written, "w") as new:
        for name in old.namelist():
            new.writestr(name, parts.get(name, old.read(name)), zipfile.ZIP_DEFLATED)
        for name in parts.keys() - set(old.namelist()):
            new.writestr(name, parts[name], zipfile.ZIP_DEFLATED)
    return written.getvalue()


def part(content: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(name)


def related(content: bytes, kind: str, target: str, *, external: bool) -> bytes:
    """The document with one more relationship."""
    mode = ' TargetMode="External"' if external else ""
    one = f'<Relationship Id="rId99" Type="{OFFICE}/{kind}" Target="{target}"{mode}/>'
    relations = part(content, RELATIONS).replace(
        b"</Relationships>", f"{one}</Relationships>".encode()
    )
    return changed(content, {RELATIONS: relations})


def scanned_pdf() -> bytes:
    """Pages without a letter."""
    writer = PdfWriter()
    writer.add_blank_page(595, 842)
    return _written(writer)


def encrypted_pdf(content: bytes) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(content)))
    writer.encrypt("mat-khau", algorithm="RC4-128")
    return _written(writer)


def endless_pdf() -> bytes:
    """A page whose content takes a reader longer than anybody waits."""
    stream = b"BT /F1 12 Tf " + b"(a) Tj 1 0 0 1 1 1 Tm " * 1_000_000 + b"ET"
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        (
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R"
            b"/Resources<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Times-Roman>>>>>>>>"
        ),
    )
    return _numbered(objects, stream)


def _numbered(objects: Sequence[bytes], stream: bytes) -> bytes:

    packed = zlib.compress(stream)
    head = f"<</Length {len(packed)}/Filter/FlateDecode>>stream\n".encode()
    pdf, places = b"%PDF-1.4\n", []
    for number, one in enumerate((*objects, head + packed + b"\nendstream"), start=1):
        places.append(len(pdf))
        pdf += f"{number} 0 obj".encode() + one + b"endobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    at = len(pdf)
    size = len(places) + 1
    pdf += f"xref\n0 {size}\n0000000000 65535 f \n{table}".encode()
    return pdf + f"trailer<</Size {size}/Root 1 0 R>>\nstartxref\n{at}\n%%EOF".encode()


def _written(writer: PdfWriter) -> bytes:
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()

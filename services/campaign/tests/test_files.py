"""Files of plans become text; what must not be read is refused by name."""

import io
import zipfile
from pathlib import Path

import docx
import pytest

from libs.officialdocs import Plan, plan_document
from libs.officialdocs.sample import sample
from libs.serving.evidence import DOCX, PDF
from services.campaign.files.archive import Archive
from services.campaign.files.docx import text_of
from services.campaign.files.reading import Reader
from services.campaign.files.refusal import FileRefused
from services.campaign.tests import files_made as made

EXAMPLE = Path(__file__).parents[3] / "examples/chi-lang-2024/plan.txt"
WORDS = "KẾ HOẠCH phát động phong trào thi đua của toàn huyện năm 2024"
READER = Reader(largest=20 * 1024 * 1024, seconds=20)
PLAN_DOCX = made.plain_docx(WORDS)
PLAN_PDF = plan_document(sample("plan", Plan))


async def refused(content: bytes, reader: Reader = READER) -> str:
    with pytest.raises(FileRefused) as no:
        await reader.read(content)
    return no.value.code


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
async def test_text_is_read_in_every_unicode_form(encoding: str) -> None:
    read = await READER.read(WORDS.encode(encoding))
    assert (read.text, read.media_type) == (WORDS, "text/plain")


async def test_kind_is_told_by_content() -> None:
    assert (await READER.read(PLAN_DOCX)).media_type == DOCX
    assert (await READER.read(PLAN_PDF)).media_type == PDF


async def test_columns_of_a_pdf_stay_apart() -> None:
    lines = [line.strip() for line in (await READER.read(PLAN_PDF)).text.split("\n")]
    assert lines[0] == "ỦY BAN NHÂN DÂN\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"


def test_columns_of_a_layout_table_follow_each_other() -> None:
    content = made.docx_of(
        ["ỦY BAN NHÂN DÂN", "HUYỆN CHI LĂNG"],
        ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập"],
        ["KẾ HOẠCH"],
        ["Nơi nhận:", "- Như trên;"],
        ["CHỦ TỊCH"],
    )
    assert [line for line in text_of(content).split("\n") if line] == [
        "ỦY BAN NHÂN DÂN",
        "HUYỆN CHI LĂNG",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập",
        "KẾ HOẠCH",
        "Nơi nhận:",
        "- Như trên;",
        "CHỦ TỊCH",
    ]


def test_other_tables_are_read_row_by_row_where_they_stand() -> None:
    document = docx.Document()
    document.add_paragraph("Trước")
    table = document.add_table(rows=2, cols=2)
    for at, word in enumerate(("Việc", "Hạn", "Sơ kết", "6/2024")):
        table.cell(at // 2, at % 2).text = word
    document.add_paragraph("Sau")
    text = text_of(made.saved(document))
    assert text == "Trước\nViệc\tHạn\nSơ kết\t6/2024\nSau"


def test_numbers_that_word_draws_are_part_of_the_text() -> None:
    document = docx.Document()
    for text, style in (
        ("Một", "List Number"),
        ("Hai", "List Number"),
        ("Gạch", "List Bullet"),
        ("Ba", "List Number"),
    ):
        document.add_paragraph(text, style)
    assert text_of(made.saved(document)) == "1. Một\n2. Hai\n- Gạch\n3. Ba"


def test_deleted_and_hidden_words_are_not_read() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("Năm 2024")
    paragraph.add_run(" hidden").font.hidden = True
    content = made.saved(document)
    xml = made.part(content, "word/document.xml")
    struck = b"<w:del><w:r><w:delText>2023</w:delText></w:r></w:del></w:p>"
    content = made.changed(content, {"word/document.xml": xml.replace(b"</w:p>", struck, 1)})
    assert text_of(content) == "Năm 2024"


def test_words_in_a_text_box_are_read_once() -> None:
    box = (
        b'<w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-'
        b'compatibility/2006"><mc:Choice Requires="wps"><w:txbxContent><w:p><w:r><w:t>TRONG KHUNG'
        b"</w:t></w:r></w:p></w:txbxContent></mc:Choice><mc:Fallback><w:txbxContent><w:p><w:r><w:t>"
        b"TRONG KHUNG</w:t></w:r></w:p></w:txbxContent></mc:Fallback></mc:AlternateContent></w:r>"
    ).replace(b"TRONG KHUNG", b"TRONG KHUNG")
    content = made.plain_docx("Ngoài")
    xml = made.part(content, "word/document.xml")
    content = made.changed(
        content, {"word/document.xml": xml.replace(b"</w:p>", box + b"</w:p>", 1)}
    )
    assert text_of(content) == "Ngoài\nTRONG KHUNG"


LINKED = {
    "attachedTemplate": "file-links",
    "image": "file-links",
    "oleObject": "file-links",
    "frame": "file-links",
}


@pytest.mark.parametrize(("kind", "code"), LINKED.items())
async def test_document_that_fetches_something_is_refused(kind: str, code: str) -> None:
    content = made.related(PLAN_DOCX, kind, "http://example.test/x", external=True)
    assert await refused(content) == code


async def test_hyperlink_is_only_a_link() -> None:
    content = made.related(PLAN_DOCX, "hyperlink", "http://example.test/", external=True)
    assert (await READER.read(content)).text == WORDS


MACROS = made.changed(PLAN_DOCX, {"word/vbaProject.bin": b"x"})
OBJECTS = made.changed(PLAN_DOCX, {"word/embeddings/oleObject1.bin": b"x"})
CONTROLS = made.changed(PLAN_DOCX, {"word/activeX/activeX1.xml": b"<x/>"})
ENTITIES = made.changed(
    PLAN_DOCX,
    {"word/document.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'},
)
BOMB = made.changed(PLAN_DOCX, {"word/media/bomb.bin": b"\0" * (25 * 1024 * 1024)})
MANY = made.changed(PLAN_DOCX, {f"word/media/{n}": b"" for n in range(2_001)})
NO_PARTS = made.changed(PLAN_DOCX, {"word/document.xml": b"<broken"})
OLD_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
LOCKED_DOCX = OLD_WORD + "EncryptedPackage".encode("utf-16-le")


def sheet() -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        archive.writestr("[Content_Types].xml", "<x/>")
        archive.writestr("xl/workbook.xml", "<x/>")
    return written.getvalue()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file-empty"),
        (MACROS, "file-macros"),
        (OBJECTS, "file-objects"),
        (CONTROLS, "file-objects"),
        (ENTITIES, "file-broken"),
        (BOMB, "file-bomb"),
        (MANY, "file-bomb"),
        (NO_PARTS, "file-broken"),
        (PLAN_DOCX[:-30], "file-other-kind"),
        (OLD_WORD, "file-old-word"),
        (LOCKED_DOCX, "file-encrypted"),
        (made.encrypted_pdf(PLAN_PDF), "file-encrypted"),
        (made.scanned_pdf(), "file-scanned"),
        (b"%PDF-1.7\nno more of it", "file-broken"),
        (sheet(), "file-other-kind"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "file-other-kind"),
        (b"{\\rtf1 Ke hoach}", "file-other-kind"),
        ("KẾ HOẠCH".encode("utf-16-le"), "file-encoding"),
        (WORDS.encode("cp1258", "replace"), "file-encoding"),
        (("đ" * 200_001).encode(), "file-text-too-long"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
async def test_file_that_cannot_be_a_plan_is_refused_by_name(content: bytes, code: str) -> None:
    assert await refused(content) == code


async def test_file_above_the_limit_is_not_looked_at() -> None:
    assert await refused(b"%PDF-", Reader(largest=4, seconds=1)) == "file-too-large"


def test_size_told_by_an_archive_is_not_believed() -> None:
    content = bytearray(made.changed(PLAN_DOCX, {"word/x.xml": b"\0" * (10 * 1024 * 1024)}))
    told = (10 * 1024 * 1024).to_bytes(4, "little")
    assert content.count(told) == 2
    lying = bytes(content).replace(told, (1000).to_bytes(4, "little"))
    with pytest.raises(FileRefused) as no:
        Archive(lying).read("word/x.xml")
    assert no.value.code in ("file-bomb", "file-broken")


async def test_endless_pdf_is_given_up() -> None:
    assert await refused(made.endless_pdf(), Reader(largest=2**25, seconds=1)) == "file-too-hard"

"""Which files are taken as papers, and that they stay what they were."""

import io
import zipfile
from datetime import date
from pathlib import Path

import msgspec
import pytest

from libs.serving.evidence import DOCX, XLSX, Evidence
from services.dossier.decisions.rules import DEFAULT, Rules, read_rules, rules_on
from services.dossier.evidence import LARGEST, inspect
from services.dossier.pseudonyms import Pseudonyms
from services.dossier.tests.cases import refused
from services.dossier.tests.story import PDF


def archive(*parts: str) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as made:
        for part in parts:
            made.writestr(part, "<x/>")
    return written.getvalue()


TYPES = "[Content_Types].xml"


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (PDF, "application/pdf"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "image/png"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF\0", "image/jpeg"),
        (archive(TYPES, "word/document.xml"), DOCX),
        (archive(TYPES, "xl/workbook.xml"), XLSX),
    ],
)
def test_type_is_told_by_content(content: bytes, media_type: str) -> None:
    assert inspect(content).media_type == media_type


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"MZ\x90\0 a program",
        b"<html><script>1</script></html>",
        archive("a.txt"),
        archive("word/document.xml"),
        archive(TYPES, "ppt/presentation.xml"),
        b"PK\x03\x04 not an archive at all",
    ],
)
def test_other_files_are_refused(content: bytes) -> None:
    refused("file-refused", lambda: inspect(content))


def test_paper_of_full_size_is_taken() -> None:
    assert inspect(PDF.ljust(LARGEST)).size == LARGEST
    refused("too-large", lambda: inspect(PDF.ljust(LARGEST + 1)))


def test_kept_paper_is_read_back(tmp_path: Path) -> None:
    evidence, found = Evidence(tmp_path), inspect(PDF)
    evidence.keep(PDF, found.sha256)
    evidence.keep(PDF, found.sha256)
    assert evidence.read(found.sha256) == PDF
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == [found.sha256]


def test_changed_or_missing_paper_is_not_given_out(tmp_path: Path) -> None:
    evidence, found = Evidence(tmp_path), inspect(PDF)
    refused("paper-lost", lambda: evidence.read(found.sha256))
    evidence.keep(PDF, found.sha256)
    (tmp_path / found.sha256[:2] / found.sha256).write_bytes(b"%PDF-1.4 forged")
    refused("paper-lost", lambda: evidence.read(found.sha256))


def test_pseudonym_ignores_spelling_not_kind() -> None:
    pseudonyms = Pseudonyms("k" * 32)
    assert pseudonyms.of("individual", "079 123-456") == pseudonyms.of("individual", "079123456")
    assert pseudonyms.of("individual", "079123456") != pseudonyms.of("household", "079123456")
    assert pseudonyms.of("individual", "1") != Pseudonyms("o" * 32).of("individual", "1")


def test_short_pseudonym_key_is_refused() -> None:
    with pytest.raises(ValueError, match="32 characters"):
        Pseudonyms("short")


def test_rules_hold_from_their_day(tmp_path: Path) -> None:
    later = Rules(valid_from=date(2026, 10, 1), regime="later", returns_allowed=2)
    path = tmp_path / "rules.json"
    path.write_bytes(msgspec.json.encode([later, *DEFAULT]))
    rules = read_rules(str(path))
    assert rules_on(rules, date(2026, 9, 30)) == DEFAULT[0]
    assert rules_on(rules, date(2026, 10, 1)) == later
    assert rules_on(rules, date(2020, 1, 1)) == DEFAULT[0]

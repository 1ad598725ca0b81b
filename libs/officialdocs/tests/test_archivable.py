"""What PDF/A-2b asks for, as far as it can be read without an outside validator (ISO 19005-2)."""

from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader
from pypdf.generic import DictionaryObject, IndirectObject

from libs.officialdocs import as_pdf, register_book
from libs.officialdocs.book import (
    RegisterBook,
)
from libs.officialdocs.sample import PAPERS, paper_sample, sample


@pytest.fixture(params=[*PAPERS, "register"])
def reader(request: pytest.FixtureRequest) -> PdfReader:
    if request.param == "register":
        return PdfReader(BytesIO(register_book(sample("register", RegisterBook))))
    return PdfReader(BytesIO(as_pdf(paper_sample(request.param))))


def objects(reader: PdfReader) -> list[Any]:
    numbers = reader.xref[0].keys() | reader.xref_objStm.keys()
    return [reader.get_object(IndirectObject(number, 0, reader)) for number in numbers if number]


def dictionaries(reader: PdfReader) -> list[DictionaryObject]:
    return [one for one in objects(reader) if isinstance(one, DictionaryObject)]


def test_metadata_declares_part_two_conformance_b(reader: PdfReader) -> None:
    told = reader.xmp_metadata
    assert told is not None
    assert (told.pdfaid_part, told.pdfaid_conformance) == ("2", "B")
    assert reader.metadata is not None
    assert reader.metadata.title == (told.dc_title or {}).get("x-default", reader.metadata.title)


def test_colours_have_an_embedded_output_intent(reader: PdfReader) -> None:
    intents: Any = reader.root_object["/OutputIntents"]
    (intent,) = [one.get_object() for one in intents]
    assert intent["/S"] == "/GTS_PDFA1"
    assert len(intent["/DestOutputProfile"].get_object().get_data()) > 100


def test_every_font_is_embedded_with_a_map_to_unicode(reader: PdfReader) -> None:
    described = [one for one in dictionaries(reader) if one.get("/Type") == "/FontDescriptor"]
    assert described != []
    assert [one for one in described if not {"/FontFile2", "/FontFile3"} & one.keys()] == []
    composite = [one for one in dictionaries(reader) if one.get("/Subtype") == "/Type0"]
    assert [one for one in composite if "/ToUnicode" not in one] == []


def test_nothing_is_encrypted_run_or_attached(reader: PdfReader) -> None:
    assert reader.is_encrypted is False
    names = {key for one in dictionaries(reader) for key in one}
    kinds = {str(one.get("/S")) for one in dictionaries(reader)}
    assert names & {"/JS", "/AA", "/OpenAction", "/EmbeddedFiles", "/XFA", "/Launch"} == set()
    assert kinds & {"/JavaScript", "/Launch", "/Sound", "/Movie"} == set()

"""XML parts of a DOCX, parsed without entities, and what a DOCX may not carry."""

from typing import Any

from lxml import etree

from services.campaign.files.archive import Archive
from services.campaign.files.refusal import FileRefused

RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
OBJECTS = ("/embeddings/", "/activeX/")


def parsed(content: bytes) -> Any:
    """The root element. A document type, which alone can declare entities, is refused."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError:
        raise FileRefused("file-broken") from None
    if root.getroottree().docinfo.doctype:
        raise FileRefused("file-broken")
    return root


def refuse_what_acts(archive: Archive) -> None:
    """Macros, embedded objects, and links by which a file fetches something from elsewhere."""
    types = archive.read("[Content_Types].xml").lower()
    names = {f"/{name}" for name in archive.names}
    if b"macroenabled" in types or any("vbaproject" in name.lower() for name in names):
        raise FileRefused("file-macros")
    if any(mark in name for name in names for mark in OBJECTS):
        raise FileRefused("file-objects")
    for name in sorted(archive.names):
        if name.endswith(".rels"):
            _refuse_links(parsed(archive.read(name)))


def _refuse_links(relations: Any) -> None:
    for relation in relations.iter(RELATION):
        kind = str(relation.get("Type", "")).rpartition("/")[2]
        if relation.get("TargetMode") == "External" and kind != "hyperlink":
            raise FileRefused("file-links")
        if kind in ("oleObject", "control", "attachedTemplate", "package"):
            raise FileRefused("file-objects")

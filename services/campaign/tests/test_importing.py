"""A plan's file over HTTP on a real PostgreSQL: drafted, kept, given back, or refused whole."""

import hashlib
from pathlib import Path
from typing import Any

import httpx
import psycopg
import pytest

from libs.serving.acting import Acting
from libs.serving.evidence import DOCX
from libs.serving.tests import signing
from libs.serving.tests.databases import ServiceDatabases
from services.campaign.tests import files_made as made
from services.campaign.tests.test_service import (
    HOME,
    LEAD,
    PLAN,
    STRANGER,
    databases,
    get,
    http,
    post,
)

__all__ = ["databases", "http"]  # fixtures
UNIT = signing.official("specialist", unit="bac-thuy")
PLAN_DOCX = made.plain_docx(*PLAN.split("\n"))


async def upload(
    http: httpx.AsyncClient,
    content: bytes,
    *,
    by: Acting = LEAD,
    key: str = "",
) -> httpx.Response:
    headers = signing.bearer(by) | ({"Idempotency-Key": key} if key else {})
    sent = {"file": ("ke-hoach.docx", content)}
    return await http.post("/campaigns/files", files=sent, headers=headers)


async def test_file_becomes_a_draft_and_is_kept_as_it_was_given(http: httpx.AsyncClient) -> None:
    answer = await upload(http, PLAN_DOCX)
    assert answer.status_code == 201
    path = answer.headers["Location"]
    page, source = await get(http, LEAD, path), await get(http, LEAD, f"{path}/source")
    assert page["source"]["file"] == {
        "name": "ke-hoach.docx",
        "media_type": DOCX,
        "size": len(PLAN_DOCX),
        "sha256": hashlib.sha256(PLAN_DOCX).hexdigest(),
    }
    text = source["text"]
    assert [text[f["span"]["start"] : f["span"]["end"]] for f in page["fields"]] == [
        f["text"] for f in page["fields"]
    ]
    given = await http.get(f"{path}/source/file", headers=signing.bearer(HOME))
    assert (given.content, given.headers["Content-Type"]) == (PLAN_DOCX, DOCX)


async def test_file_and_text_give_the_same_values(http: httpx.AsyncClient) -> None:
    of_file = await get(http, LEAD, (await upload(http, PLAN_DOCX)).headers["Location"])
    pasted = await post(http, LEAD, "/campaigns", {"text": PLAN})
    of_text = await get(http, LEAD, pasted.headers["Location"])
    assert _values(of_file) == _values(of_text)


def _values(page: dict[str, Any]) -> list[tuple[str, Any]]:
    return [(field["id"], field["value"]) for field in page["fields"]]


async def test_file_of_a_draft_is_seen_by_those_who_see_the_draft(http: httpx.AsyncClient) -> None:
    path = (await upload(http, PLAN_DOCX)).headers["Location"] + "/source/file"
    for by in (STRANGER, UNIT):
        assert (await http.get(path, headers=signing.bearer(by))).status_code == 404


async def test_pasted_text_has_no_file(http: httpx.AsyncClient) -> None:
    pasted = await post(http, LEAD, "/campaigns", {"text": PLAN})
    path = pasted.headers["Location"] + "/source/file"
    assert (await http.get(path, headers=signing.bearer(LEAD))).status_code == 404


async def test_repeated_upload_is_one_draft(http: httpx.AsyncClient) -> None:
    first, again = [await upload(http, PLAN_DOCX, key="one-upload") for _ in range(2)]
    assert first.json() == again.json()
    assert again.headers["Idempotency-Replayed"] == "true"


async def test_unit_that_only_takes_part_uploads_nothing(http: httpx.AsyncClient) -> None:
    assert (await upload(http, b"", by=UNIT)).json()["code"] == "not-allowed"


@pytest.mark.parametrize(
    ("content", "status", "code"),
    [
        (b"%PDF-" + b"0" * (21 * 1024 * 1024), 413, "file-too-large"),
        (b"%PDF-" + b"0" * (26 * 1024 * 1024), 413, "too-large"),
        (made.scanned_pdf(), 422, "file-scanned"),
        (made.plain_docx("Công thức nấu phở bò, món ngon mỗi ngày."), 422, "plan-no-title"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
async def test_refused_file_leaves_nothing_behind(
    http: httpx.AsyncClient,
    databases: ServiceDatabases,
    tmp_path: Path,
    content: bytes,
    status: int,
    code: str,
) -> None:
    def stored() -> Any:
        with psycopg.connect(databases.owner_dsn) as db:
            return db.execute("SELECT count(*) FROM log.events").fetchone()

    before = stored()
    answer = await upload(http, content)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert (stored(), list(tmp_path.rglob("*"))) == (before, [])

"""The portal by itself: no service answers, and people are told so."""

import base64
from collections.abc import AsyncIterator

import httpx
import pytest

from libs.serving.settings import Secret
from services.portal.app import create_app
from services.portal.seal import Seal
from services.portal.session import Held
from services.portal.settings import Settings
from services.portal.visits import SESSION

NOWHERE = "http://127.0.0.1:9"  # the discard port: nothing listens there
KEY = base64.b64encode(bytes(32)).decode()
SETTINGS = Settings(
    directory_url=NOWHERE,
    campaign_url=NOWHERE,
    dossier_url=NOWHERE,
    notification_url=NOWHERE,
    audit_url=NOWHERE,
    session_key=Secret(KEY),
)


@pytest.fixture
async def http() -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(create_app(SETTINGS))
    async with httpx.AsyncClient(transport=transport, base_url="http://portal") as client:
        yield client


async def test_health_does_not_depend_on_the_services(http: httpx.AsyncClient) -> None:
    answers = [(await http.get(f"/health/{kind}")).json()["status"] for kind in ("live", "ready")]
    assert answers == ["live", "ready"]


async def test_nobody_signed_in_is_led_to_the_sign_in_and_back(http: httpx.AsyncClient) -> None:
    answer = await http.get("/dossiers?state=draft")
    led_to = answer.headers["Location"]
    assert (answer.status_code, led_to) == (303, "/sign-in?here=/dossiers%3Fstate%3Ddraft")
    page = (await http.get(led_to)).text
    assert '<input type="hidden" name="here" value="/dossiers?state=draft">' in page


async def test_sign_in_says_that_the_directory_is_away_and_keeps_the_name(
    http: httpx.AsyncClient,
) -> None:
    answer = await http.post("/sign-in", data={"username": "mau", "password": "p", "here": "/"})
    assert "tạm thời không trả lời" in answer.text
    assert 'value="mau"' in answer.text


async def test_page_of_a_service_that_is_away_says_which(http: httpx.AsyncClient) -> None:
    held = Held("session", "secret", "mau", "official")
    http.cookies.set(SESSION, Seal(KEY).close(held))
    answer = await http.get("/dossiers")
    assert answer.status_code == 503
    assert "Danh bạ, đăng nhập" in answer.text
    assert '<a class="button" href="/dossiers">Thử lại</a>' in answer.text


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/static/thidua.css", "text/css; charset=utf-8"),
        ("/static/htmx.js", "text/javascript; charset=utf-8"),
        ("/static/emblem.svg", "image/svg+xml"),
    ],
)
async def test_what_pages_are_made_of_is_served(
    http: httpx.AsyncClient, path: str, kind: str
) -> None:
    answer = await http.get(path)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, kind)


async def test_pages_may_load_nothing_from_elsewhere(http: httpx.AsyncClient) -> None:
    headers = (await http.get("/sign-in")).headers
    assert headers["Content-Security-Policy"].startswith("default-src 'self'")
    assert headers["Cache-Control"] == "private, no-store"


async def test_request_of_many_megabytes_is_answered_with_a_page(http: httpx.AsyncClient) -> None:
    answer = await http.post("/campaigns", content=b"0" * (26 * 1024 * 1024))
    assert answer.status_code == 413
    assert "Tệp quá lớn" in answer.text

"""`thidua reorganise` on the whole running system: looked at, prepared, confirmed by another."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from deploy.local.environments import free_ports
from deploy.local.supervisor import Supervisor
from thidua.command_line import main

SAMPLE = Path(__file__).parents[2] / "examples/lang-son-2025"
PLAN, UNITS = str(SAMPLE / "reorganisation.json"), str(SAMPLE / "units-before.json")
PASSWORD = "mot-cau-dai-de-nho-1"


@pytest.fixture(scope="module")
def system() -> Iterator[tuple[str, Path]]:
    """The directory's address and the file with the first administrator's password."""
    data = Path(tempfile.mkdtemp(prefix="thidua-journey-"))
    try:
        with Supervisor(data, free_ports(), say=lambda _: None) as supervisor:
            environments = supervisor.environments
            yield environments.url("directory"), environments.administrator_password()
    finally:
        shutil.rmtree(data, ignore_errors=True)


def test_lang_son_is_reorganised_by_two_administrators(
    system: tuple[str, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    url, password = system
    access = ["--directory", url, "--password-file", str(password)]

    def said(*arguments: str) -> tuple[int, list[str], str]:
        code = main(["reorganise", *arguments])
        told = capsys.readouterr()
        return code, told.out.splitlines(), told.err

    early = said(PLAN, *access, "--dry-run")
    assert (early[0], early[2]) == (1, "thidua: phương án còn chỗ sai, chưa ghi gì\n")
    assert said("--units", UNITS, *access) == (0, ["Đã có 31 đơn vị cũ."], "")
    code, dry, _ = said(PLAN, *access, "--dry-run")
    assert (code, listed(url, password)) == (0, [])
    code, prepared, _ = said(PLAN, *access)
    assert (code, prepared[:-1]) == (0, dry)
    ((id, stage),) = listed(url, password)
    assert (stage, prepared[-1]) == (
        "prepared",
        f"Đã lập phương án {id}; một người quản trị khác xác nhận.",
    )
    own = said("--confirm", id, *access)
    assert (own[0], "same-person" in own[2]) == (1, True)
    other = tmp_path / "password"
    other.write_text(second_administrator(url, password), encoding="utf-8")
    access = ["--directory", url, "--user", "quantri.hai", "--password-file", str(other)]
    assert said("--confirm", id, *access) == (0, ["Đã xác nhận phương án."], "")
    assert listed(url, password) == [(id, "in-force")]


@pytest.mark.parametrize(
    ("arguments", "answer"),
    [
        ([], "thiếu tệp phương án"),
        ([PLAN, "--units", UNITS, "--dry-run"], "--units ghi đơn vị vào danh bạ"),
    ],
)
def test_command_says_what_it_was_not_told(
    arguments: list[str], answer: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as refused:
        main(["reorganise", *arguments, "--password-file", "x"])
    assert (refused.value.code, answer in capsys.readouterr().err) == (2, True)


def signed_in(url: str, password: Path) -> dict[str, str]:
    body = {"username": "quantri", "password": password.read_text().strip()}
    return {"Authorization": f"Bearer {httpx.post(f'{url}/sessions', json=body).json()['token']}"}


def listed(url: str, password: Path) -> list[tuple[str, str]]:
    found = httpx.get(f"{url}/reorganisations", headers=signed_in(url, password)).json()
    return [(one["id"], one["stage"]) for one in found["items"]]


def second_administrator(url: str, password: Path) -> str:
    body = {"name": "Quản trị Hai (mẫu)", "unit": "system", "role": "administrator"}
    body |= {"title": "Mẫu", "username": "quantri.hai", "password": PASSWORD}
    headers = signed_in(url, password) | {"Idempotency-Key": "second-administrator"}
    answer = httpx.post(f"{url}/officials", json=body, headers=headers)
    assert answer.status_code == 201, answer.text
    return PASSWORD

"""The command line says in Vietnamese what it can do and what it did not understand."""

import pytest

from thidua.command_line import main
from thidua.services import DATABASE_SERVICES, SERVICES


def test_without_arguments_it_shows_its_commands(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 0
    assert "chạy toàn bộ hệ thống trên máy này" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "answer"),
    [
        (["fly"], "thidua: không có lệnh fly; có: run, serve, migrate"),
        (["serve", "payroll"], f"không có payroll; có: {', '.join(SERVICES)}"),
        (["migrate", "portal"], f"không có portal; có: {', '.join(DATABASE_SERVICES)}"),
    ],
)
def test_what_it_does_not_know_it_names_with_what_it_knows(
    arguments: list[str], answer: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as refused:
        main(arguments)
    assert refused.value.code == 2
    assert answer in capsys.readouterr().err


def test_migration_names_the_variable_it_lacks(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("THIDUA_OWNER_DSN", raising=False)
    assert main(["migrate", "dossier"]) == 1
    assert capsys.readouterr().err == "thidua: thiếu biến môi trường THIDUA_OWNER_DSN\n"

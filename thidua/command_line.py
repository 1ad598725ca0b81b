"""`python -m thidua …`: finds the command and hands over to the part that knows it."""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from thidua.services import DATABASE_SERVICES, SERVICES

if TYPE_CHECKING:
    from deploy.local.supervisor import Supervisor

COMMANDS = ("run", "serve", "migrate")
# Commands that are modules of their own, `thidua.<name>` with `main(arguments) -> exit code`.
DELEGATED = {
    "plan": "đọc một kế hoạch: plan read TỆP",
    "demo": "chạy trọn một phong trào, từ kế hoạch đến giấy khen",
    "reorganise": "sắp xếp đơn vị theo một tệp: reorganise TỆP --dry-run",
    "replay": "dựng lại mọi khung nhìn từ nhật ký sự kiện rồi so sánh",
    "verify": "kiểm tra nhật ký kiểm toán",
}


class Parser(argparse.ArgumentParser):
    """Refuses in Vietnamese."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {message}. Gõ `thidua --help` để xem các lệnh.\n")


def main(arguments: Sequence[str]) -> int:
    """Runs one command; returns the exit code: 0 done, 1 refused or failed, 2 not understood."""
    parser = build_parser()
    if not arguments:
        parser.print_help()
        return 0
    if arguments[0] in DELEGATED and _exists(arguments[0]):
        return int(import_module(f"thidua.{arguments[0]}").main(list(arguments[1:])) or 0)
    known = (*COMMANDS, *filter(_exists, DELEGATED))
    if arguments[0] not in known and not arguments[0].startswith("-"):
        parser.error(f"không có lệnh {arguments[0]}; có: {', '.join(known)}")
    chosen = parser.parse_args(arguments)
    act: Callable[[argparse.Namespace], int] = chosen.act
    return act(chosen)


def build_parser() -> Parser:
    parser = Parser(prog="thidua", description="Phong trào thi đua, từ phát động đến khen thưởng.")
    commands = parser.add_subparsers(metavar="LỆNH", required=True, parser_class=Parser)

    run = commands.add_parser("run", help="chạy toàn bộ hệ thống trên máy này")
    run.add_argument(
        "--data", type=Path, metavar="THƯ_MỤC", help="nơi giữ dữ liệu (mặc định: var của bản mã)"
    )
    run.set_defaults(act=_run)

    serve = commands.add_parser("serve", help="chạy một dịch vụ, cấu hình qua biến THIDUA_…")
    serve.add_argument("service", type=_one_of(SERVICES), metavar="DỊCH_VỤ")
    serve.set_defaults(act=_serve)

    migrate = commands.add_parser("migrate", help="đưa cơ sở dữ liệu của một dịch vụ lên bản mới")
    migrate.add_argument("service", type=_one_of(DATABASE_SERVICES), metavar="DỊCH_VỤ")
    migrate.set_defaults(act=_migrate)

    for name, meaning in DELEGATED.items():
        if _exists(name):
            commands.add_parser(name, help=meaning, add_help=False)
    return parser


def _run(chosen: argparse.Namespace) -> int:
    from deploy.local import environments, layout, processes, supervisor

    try:
        supervisor.run(chosen.data or layout.default_data(), on_ready=_show_sample_accounts)
    except (
        supervisor.Refused,
        processes.NotReady,
        environments.PortUnreadable,
        PermissionError,
    ) as error:
        return _fail(str(error))
    return 0


def _show_sample_accounts(running: "Supervisor") -> None:
    from thidua.sample import provide

    environments, secrets = running.environments, running.layout.secrets
    urls = {name: environments.url(name) for name in SERVICES}
    password = environments.administrator_password().read_text()
    for line in provide(urls, password, secrets / "sample-accounts.json"):
        print(line, flush=True)


def _serve(chosen: argparse.Namespace) -> int:
    from libs.serving.settings import Misconfigured

    try:
        import_module(f"services.{chosen.service}.app").main()
    except Misconfigured as error:
        return _fail(str(error))
    return 0


def _migrate(chosen: argparse.Namespace) -> int:
    from thidua.migration import migrate_from

    try:
        migrate_from(chosen.service, os.environ)
    except KeyError as error:
        return _fail(f"thiếu biến môi trường {error.args[0]}")
    return 0


def _one_of(services: Sequence[str]) -> Callable[[str], str]:
    def check(name: str) -> str:
        if name not in services:
            raise argparse.ArgumentTypeError(f"không có {name}; có: {', '.join(services)}")
        return name

    return check


def _exists(command: str) -> bool:
    return find_spec(f"thidua.{command}") is not None


def _fail(message: str) -> int:
    print(f"thidua: {message}", file=sys.stderr)
    return 1

"""`make run` begins with work at every desk: each sample account finds something to do at home."""

import re
import shutil
import tempfile
from pathlib import Path

import httpx

from deploy.local.environments import free_ports
from deploy.local.supervisor import Supervisor
from thidua.demo.client import GLANCE, PATIENCE
from thidua.sample import SHOWN, provide

TASK = re.compile(r'<ol class="tasks">.*?</ol>', re.DOTALL)
TITLE = re.compile(r"<a href=\"[^\"]+\">([^<]+)</a>")
EXPECTED = {
    "lead": {"Trả lời khó khăn, vướng mắc", "Duyệt 1 đăng ký thi đua"},
    "lead-head": {"Duyệt 1 đăng ký thi đua", "Ghi ngày kết thúc khi đã biết"},
    "home": {"Tiếp nhận hồ sơ"},
    "home-head": {"Duyệt dự thảo hướng dẫn khen thưởng"},
    "secretary": {"Triệu tập phiên họp: 1 trường hợp chờ xét"},
    "chairman": {"Ký kế hoạch", "Giải quyết khó khăn, vướng mắc chuyển lên"},
    "clerk": {"Cấp số kế hoạch"},
    "auditor": {"Kiểm tra nhật ký"},
    "unit-1": {"Sửa đăng ký thi đua bị từ chối", "Lập hồ sơ đề nghị khen thưởng"},
    "unit-1-head": {"Xác nhận đã nhận", "Xem trả lời và xác nhận đã được giải quyết"},
}


def test_each_sample_account_finds_its_work_at_home() -> None:
    data = Path(tempfile.mkdtemp(prefix="thidua-sample-"))
    try:
        with Supervisor(data, free_ports(), say=lambda _: None) as supervisor:
            environments = supervisor.environments
            urls = {name: environments.url(name) for name in environments.ports}
            password = environments.administrator_password().read_text()
            told = provide(urls, password, data / "accounts.json")
            assert provide(urls, "not asked again", data / "accounts.json") == told
            common = told[0].rpartition(" ")[2].rstrip(":")
            usernames = [line.split()[0] for line in told[1:]]
            found = {
                who: _titles(urls["portal"], username, common, EXPECTED[who])
                for who, username in zip(SHOWN, usernames, strict=True)
            }
            assert {who: EXPECTED[who] - titles for who, titles in found.items()} == {
                who: set() for who in SHOWN
            }
    finally:
        shutil.rmtree(data, ignore_errors=True)


def _titles(portal: str, username: str, password: str, expected: set[str]) -> set[str]:
    """Titles of what waits for the person; looked for again while the services still tell."""
    with httpx.Client(base_url=portal, follow_redirects=True, timeout=30) as http:
        http.post("/sign-in", data={"username": username, "password": password}).raise_for_status()
        titles: set[str] = set()
        for _ in range(int(PATIENCE / GLANCE)):
            lists = TASK.findall(http.get("/").raise_for_status().text)
            titles = {title for one in lists for title in TITLE.findall(one)}
            if expected <= titles:
                break
        return titles

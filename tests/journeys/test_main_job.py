"""The main job, as anybody runs it: a plan's text in, certificates and a verified log out."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import docx
import pypdf
import pytest

ROOT = Path(__file__).parents[2]
OWN = ROOT / "examples/chi-lang-2024/plan.txt"
REAL = ROOT.parent / "shared/plans/chi-lang-2024.txt"
ELSEWHERE = ROOT / "services/campaign/tests/plans/trang-dinh-2024.txt"
# Of the units that were asked to acknowledge, those that had not.
SILENT = {OWN: 20, REAL: 20, ELSEWHERE: 6}
PLANS = [path for path in SILENT if path.exists()]
PAPERS = {"plan", "guidance", "decision", "certificates", "conclusion", "register"}
OUTCOME = {
    "dossiers": 6,
    "nominees": 11,
    "awarded": 7,
    "referred": 1,
    "not_awarded": 2,
    "returned": 1,
    "withdrawn": 1,
    "held": 1,
    "acknowledged": 6,
    "registered": 6,
    "difficulties": 1,
    "rechecked": 5,
    "concluded": True,
    "replay": "equal",
    "audit": "verified",
}


def demo(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "thidua", "demo", *map(str, arguments)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=400,
        check=False,
    )


@pytest.mark.parametrize("plan", PLANS, ids=lambda path: path.stem)
def test_plan_becomes_awards_that_verify(plan: Path, tmp_path: Path) -> None:
    run = demo(plan, "--keep", tmp_path)
    assert run.returncode == 0, run.stdout + run.stderr
    summary: dict[str, Any] = json.loads(run.stdout.splitlines()[-1])
    assert {name: summary[name] for name in OUTCOME} == OUTCOME
    assert summary["reminded"] == SILENT[plan]
    # Each unit in scope was told of the launch, twice of guidance, of registration and of the end.
    assert summary["notices_sent"] >= 5 * (summary["units"] - 8) + summary["reminded"]
    pages = {path.stem: len(pypdf.PdfReader(path).pages) for path in tmp_path.glob("*.pdf")}
    assert set(pages) == PAPERS
    assert pages["certificates"] == OUTCOME["awarded"]


def test_plan_as_docx_is_taken_like_its_text(tmp_path: Path) -> None:
    plan = tmp_path / "ke-hoach.docx"
    document = docx.Document()
    for line in ELSEWHERE.read_text(encoding="utf-8").splitlines():
        document.add_paragraph(line)
    document.save(str(plan))
    run = demo(plan)
    assert run.returncode == 0, run.stdout + run.stderr
    assert f"tệp {plan.name}, tệp gốc được giữ nguyên" in run.stdout


def test_text_that_is_no_plan_is_refused_before_anything_starts(tmp_path: Path) -> None:
    rubbish = tmp_path / "recipe.txt"
    rubbish.write_text("Phở bò: ninh xương sáu giờ, nêm nước mắm.\n" * 30, encoding="utf-8")
    run = demo(rubbish)
    said = "Không thấy tên loại văn bản “KẾ HOẠCH” trong văn bản này. [no-title]\n"
    assert (run.returncode, run.stdout, run.stderr) == (2, "", said)

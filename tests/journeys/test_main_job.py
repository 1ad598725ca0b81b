"""The main job, as anybody runs it: a plan's text in, certificates and a verified log out."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pypdf
import pytest

ROOT = Path(__file__).parents[2]
OWN = ROOT / "examples/chi-lang-2024/plan.txt"
REAL = ROOT.parent / "shared/plans/chi-lang-2024.txt"
ELSEWHERE = ROOT / "services/campaign/tests/plans/trang-dinh-2024.txt"
PLANS = [path for path in (OWN, REAL, ELSEWHERE) if path.exists()]
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
    "replay": "equal",
    "audit": "verified",
}


def demo(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "thidua", "demo", *map(str, arguments)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )


@pytest.mark.parametrize("plan", PLANS, ids=lambda path: path.stem)
def test_plan_becomes_awards_that_verify(plan: Path, tmp_path: Path) -> None:
    run = demo(plan, "--keep", tmp_path)
    assert run.returncode == 0, run.stdout + run.stderr
    summary: dict[str, Any] = json.loads(run.stdout.splitlines()[-1])
    assert {name: summary[name] for name in OUTCOME} == OUTCOME
    assert summary["notices_sent"] >= summary["units"] - 4
    pages = len(pypdf.PdfReader(tmp_path / "certificates.pdf").pages)
    assert pages == OUTCOME["awarded"]


def test_text_that_is_no_plan_is_refused_before_anything_starts(tmp_path: Path) -> None:
    rubbish = tmp_path / "recipe.txt"
    rubbish.write_text("Phở bò: ninh xương sáu giờ, nêm nước mắm.\n" * 30, encoding="utf-8")
    run = demo(rubbish)
    said = "Không thấy tên loại văn bản “KẾ HOẠCH” trong văn bản này. [no-title]\n"
    assert (run.returncode, run.stdout, run.stderr) == (2, "", said)

"""The real case as sample data: Lạng Sơn on 1 July 2025."""

import json
from pathlib import Path
from typing import Any

from services.directory.tests.conftest import Directory
from services.directory.tests.test_reorganisations import SECOND

LANG_SON = Path(__file__).parents[3] / "examples/lang-son-2025"


def read(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((LANG_SON / name).read_text(encoding="utf-8"))
    assert found.pop("note").startswith("DỮ LIỆU MẪU, không phải văn bản pháp luật")
    return found


async def test_lang_son_gives_way_to_its_65_communes_and_wards(directory: Directory) -> None:
    await directory.establish(*read("units-before.json")["units"])
    await directory.http.post("/officials", json=SECOND, headers=directory.admin)
    prepared = await directory.http.post(
        "/reorganisations", json=read("reorganisation.json"), headers=directory.admin
    )
    assert prepared.status_code == 201, prepared.text
    other = await directory.bearer("quantri.hai")
    done = await directory.http.post(
        f"/reorganisations/{prepared.json()['id']}/confirmation", headers=other
    )
    counted = {}
    for day in ("2025-06-30", "2025-07-01"):
        params = {"at": day, "after": done.json()["position"]}
        answer = await directory.http.get("/units", params=params, headers=other)
        units = [unit for unit in answer.json()["items"] if unit["code"] != "system"]
        named = sorted(u["code"] for u in units if u["name"].endswith("Chi Lăng"))
        counted[day] = len(units), named
    assert counted == {
        "2025-06-30": (
            31,
            ["chi-lang-thi-tran-chi-lang", "chi-lang-xa-chi-lang", "huyen-chi-lang"],
        ),
        "2025-07-01": (65, ["xa-chi-lang-2025"]),
    }
    answer = await directory.http.get("/units/successions", headers=other)
    into_six = {one["custodian"] for one in answer.json()["items"] if one["act"] == "merge"}
    assert (len(answer.json()["items"]), len(into_six)) == (31, 6)

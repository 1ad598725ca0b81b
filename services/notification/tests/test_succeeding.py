"""What was told to a unit that gave way, and is still open, is its custodian's to deal with."""

from datetime import date
from uuid import UUID, uuid4

from libs.serving.tests import signing
from services.notification.heard import ScopeSucceeded
from services.notification.succeeding import Succeeding, UnitSucceeded
from services.notification.tests.stage import CAMPAIGN, COMMUNE, Stage, occasion

DAY = date(2025, 7, 1)
XA = signing.official("leader", unit="xa-moi", duty="commune", authority="xa-moi")


def gives_way(stage: Stage, code: str, kind: str = "commune") -> None:
    by = UnitSucceeded(code, kind, "chi-lang", "xa-moi", "xa-moi", DAY, uuid4())
    for _ in range(2):  # heard twice, passed once
        stage.tell(
            lambda tx, telling: Succeeding(telling.notices).unit_succeeded(
                tx, by, position=3, correlation=UUID(int=1)
            )
        )


async def test_open_notices_pass_and_finished_ones_stay(on_stage: Stage) -> None:
    for code in ("bac-thuy", "van-linh", "so-noi-vu", "xa-moi"):
        on_stage.establish(code)
    on_stage.launch()
    done = await on_stage.notice_of("bac-thuy")
    await on_stage.post(COMMUNE, f"/notices/{done}/acknowledgement")
    waiting = await on_stage.notice_of("van-linh")
    gives_way(on_stage, "bac-thuy")
    gives_way(on_stage, "van-linh")
    inbox = (await on_stage.get(XA, "/inbox"))["items"]
    assert [item["id"] for item in inbox] == [waiting]
    assert (await on_stage.post(XA, f"/notices/{waiting}/acknowledgement")).status_code == 200
    topics = [one.topic for one in await on_stage.recorded("notice.passed-on.v1")]
    assert topics == ["notice.passed-on.v1"]


async def test_successor_authority_sees_the_board(on_stage: Stage) -> None:
    for code in ("bac-thuy", "van-linh", "so-noi-vu", "xa-moi"):
        on_stage.establish(code)
    on_stage.launch()
    gives_way(on_stage, "chi-lang", kind="authority")
    heir = signing.official("specialist", unit="xa-moi", duty="home-affairs", authority="xa-moi")
    board = (await on_stage.get(heir, "/notices", about=str(CAMPAIGN)))["items"]
    assert {item["unit"] for item in board} == {"bac-thuy", "van-linh", "so-noi-vu"}


async def test_successor_is_told_what_it_took_over(on_stage: Stage) -> None:
    for code in ("bac-thuy", "van-linh", "so-noi-vu", "xa-moi"):
        on_stage.establish(code)
    on_stage.launch()
    passed = ScopeSucceeded(CAMPAIGN, "van-linh", "Xã van-linh", "xa-moi", ("xa-moi",))
    heard = occasion("campaign", CAMPAIGN, "campaign.scope-succeeded.v1")
    on_stage.tell(lambda tx, telling: telling.scope_succeeded(tx, heard, passed))
    (item,) = (await on_stage.get(XA, "/inbox"))["items"]
    assert (item["subject"], item["needs_acknowledgement"]) == (
        "Kế thừa nhiệm vụ của Xã van-linh: Phát động đợt thi đua năm 2024",
        True,
    )
    sender = signing.official("specialist", unit="noi-vu", duty="home-affairs")
    board = (await on_stage.get(sender, f"/campaigns/{CAMPAIGN}/board"))["items"]
    owing = {row["unit"] for row in board if row["takes_part"] and not row["registered_at"]}
    assert owing == {"bac-thuy", "xa-moi"}


async def test_what_comes_later_for_the_old_unit_reaches_its_custodian(on_stage: Stage) -> None:
    for code in ("bac-thuy", "van-linh", "so-noi-vu", "xa-moi"):
        on_stage.establish(code)
    gives_way(on_stage, "bac-thuy")
    gives_way(on_stage, "van-linh")
    on_stage.launch()
    items = (await on_stage.get(XA, "/inbox"))["items"]
    assert [item["subject"] for item in items] == [
        "Triển khai Kế hoạch số 45/KH-UBND: Phát động đợt thi đua năm 2024"
    ]  # once, though it stands for two of them

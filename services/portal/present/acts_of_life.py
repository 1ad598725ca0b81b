"""What this person may do about a campaign beside its next step; the main act comes first."""

from collections.abc import Mapping
from typing import Any

from services.portal.parts import Act
from services.portal.session import Hat

PREPARING = ("lead-office", "home-affairs", "office")
Answer = Mapping[str, Any]


def acts_of_life(hat: Hat, campaign: Answer, path: str) -> list[Act]:
    """Offered only; the service decides."""
    if campaign["state"] != "launched":
        return _before_launch(hat, campaign, path)
    match campaign.get("standing", "running"):
        case "running":
            return [*_amending(hat, campaign, path), *_running(hat, campaign, path)]
        case "closed" if hat.role == "chairman":
            return [
                Act("Mở lại phong trào", f"{path}/reopening/new"),
                Act("Thu hồi kế hoạch", f"{path}/recall/new", grave=True),
            ]
    return []


def _before_launch(hat: Hat, campaign: Answer, path: str) -> list[Act]:
    found = []
    version, funding = campaign["version"], campaign.get("funding") or {}
    state = campaign["state"]
    if _prepares(hat) and state in ("draft", "submitted"):
        found.append(Act("Ghi loại, cấp, thời gian", f"{path}/attributes/new"))
        found.append(Act("Ghi kinh phí", f"{path}/funding/new"))
    approves = hat.role == "chairman" or (hat.role == "leader" and _prepares(hat))
    open_funding = funding and not funding["approved"]
    if open_funding and approves and funding["recorded_by"] != hat.official:
        found.append(Act("Duyệt kinh phí", f"{path}/funding/approval", "post", version))
    if state == "numbered" and hat.role == "clerk":
        found.append(Act("Hủy số đã cấp", f"{path}/number/voiding/new", grave=True))
    return found


def _amending(hat: Hat, campaign: Answer, path: str) -> list[Act]:
    version, under_way = campaign["version"], campaign.get("amendment") or {}
    back = Act("Trả lại dự thảo sửa đổi", f"{path}/amendment/return/new", grave=True)
    match under_way.get("state"):
        case "drafted" if hat.role == "leader" and _prepares(hat):
            if under_way["by"] == hat.official:
                return []
            approve = f"{path}/amendment/approval"
            return [Act("Duyệt dự thảo sửa đổi", approve, "post", version), back]
        case "approved" if hat.role == "chairman":
            sign = f"{path}/amendment/signature"
            return [Act("Ký văn bản sửa đổi", sign, "post", version), back]
        case "signed" if hat.role == "clerk":
            return [Act("Cấp số văn bản sửa đổi", f"{path}/amendment/number/new")]
        case None if _prepares(hat):
            return [Act("Sửa đổi, đính chính kế hoạch", f"{path}/amended-field/new")]
    return []


def _running(hat: Hat, campaign: Answer, path: str) -> list[Act]:
    found = []
    if hat.role == "leader" and _prepares(hat):
        bound = (campaign.get("attributes") or {}).get("ends")
        label = "Đổi thời gian kết thúc" if bound else "Ghi ngày kết thúc"
        found.append(Act(label, f"{path}/end/new"))
    if hat.role == "chairman":
        found += [
            Act("Kết thúc sớm", f"{path}/closing/new", grave=True),
            Act("Thay thế kế hoạch", f"{path}/replacement/new", grave=True),
            Act("Thu hồi kế hoạch", f"{path}/recall/new", grave=True),
            Act("Hủy phong trào", f"{path}/cancellation/new", grave=True),
        ]
    return found


def _prepares(hat: Hat) -> bool:
    return hat.role in ("specialist", "leader") and hat.duty in PREPARING

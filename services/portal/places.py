"""The left column and the hats of a person."""

from collections.abc import Sequence
from typing import Any

from services.portal.known import Directory
from services.portal.pages import Place
from services.portal.parts import Choice
from services.portal.session import Hat
from services.portal.words import role

COUNCIL_ROLES = ("council-secretary", "council-member", "chairman", "auditor", "clerk")


def places(hat: Hat, here: str, unread: int) -> tuple[Place, ...]:
    """Where this person has business; `unread` notices wait in the inbox."""
    entries = [("Việc cần làm", "/")]
    if hat.role == "administrator":
        entries.append(("Sắp xếp đơn vị", "/reorganisations"))
    else:
        entries.append(("Thông báo", "/inbox"))
        entries.append(("Phong trào thi đua", "/campaigns"))
        entries.append(("Cụm, khối thi đua", "/clusters"))
        entries.append(("Hồ sơ khen thưởng", "/dossiers"))
        if sees_sessions(hat):
            entries.append(("Hội đồng", "/sessions"))
        entries.append(("Quyết định", "/decisions"))
        if hat.role in ("clerk", "chairman", "auditor"):
            entries.append(("Sổ đăng ký văn bản", "/registers"))
        entries.append(("Khó khăn, vướng mắc", "/difficulties"))
    entries.append(("Đơn vị", "/units"))
    if hat.role == "administrator":
        entries.append(("Cán bộ, tài khoản", "/officials"))
    if hat.role in ("auditor", "administrator"):
        entries.append(("Thay đổi quyền", "/permission-changes"))
        entries.append(("Tình trạng nhật ký", "/audit"))
    return tuple(
        Place(label, href, _current(here, href), unread if href == "/inbox" else 0)
        for label, href in entries
    )


def sees_sessions(hat: Hat) -> bool:
    """Whether the list of council sessions is for this person; the service decides."""
    return hat.duty == "home-affairs" or hat.role in COUNCIL_ROLES


def choices_of(
    hats: Sequence[dict[str, Any]], hat: Hat, directory: Directory
) -> tuple[Choice, ...]:
    """The hats but the one worn: own appointments, and those of others who have delegated them."""
    return tuple(
        Choice(one["id"], f"{role(one['role'])}, {directory.unit(one['unit'])}{_for(one)}")
        for one in hats
        if one["id"] != (hat.delegation or hat.appointment)
    )


def _for(hat: dict[str, Any]) -> str:
    return f" (thay {hat['on_behalf_name']})" if hat.get("on_behalf_name") else ""


def _current(here: str, href: str) -> bool:
    return here == href or (href != "/" and here.startswith(f"{href}/"))

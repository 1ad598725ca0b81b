"""The left column and the hats of a person."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from services.portal.known import Directory
from services.portal.pages import Place
from services.portal.parts import Choice
from services.portal.session import Hat
from services.portal.vietnamese import VIETNAM
from services.portal.words import role

COUNCIL_ROLES = ("council-secretary", "council-member", "chairman", "auditor", "clerk")


def places(hat: Hat, here: str, unread: int) -> tuple[Place, ...]:
    """Where this person has business; `unread` notices wait in the inbox."""
    entries = [("Việc cần làm", "/"), ("Phong trào thi đua", "/campaigns")]
    if hat.role == "administrator":
        entries = [("Việc cần làm", "/")]
        entries.append(("Sắp xếp đơn vị", "/reorganisations"))
    else:
        entries.append(("Cụm, khối thi đua", "/clusters"))
        entries.append(("Hồ sơ khen thưởng", "/dossiers"))
        if sees_sessions(hat):
            entries.append(("Hội đồng", "/sessions"))
        entries.append(("Quyết định", "/decisions"))
        if hat.role in ("clerk", "chairman", "auditor"):
            entries.append(("Sổ đăng ký văn bản", "/registers"))
        entries.append(("Khó khăn, vướng mắc", "/difficulties"))
        entries.append(("Thông báo", "/inbox"))
    entries.append(("Đơn vị", "/units"))
    if hat.role in ("auditor", "administrator"):
        entries.append(("Tình trạng nhật ký", "/audit"))
    return tuple(
        Place(label, href, _current(here, href), unread if href == "/inbox" else 0)
        for label, href in entries
    )


def sees_sessions(hat: Hat) -> bool:
    """Whether the list of council sessions is for this person; the service decides."""
    return hat.duty == "home-affairs" or hat.role in COUNCIL_ROLES


def choices_of(
    appointments: Sequence[dict[str, Any]], hat: Hat, directory: Directory
) -> tuple[Choice, ...]:
    """The person's other appointments that hold today."""
    today = datetime.now(VIETNAM).date().isoformat()
    return tuple(
        Choice(held["id"], f"{role(held['role'])}, {directory.unit(held['unit'])}")
        for held in appointments
        if held["id"] != hat.appointment
        and held["valid_from"] <= today
        and (held["valid_to"] is None or today < held["valid_to"])
    )


def _current(here: str, href: str) -> bool:
    return here == href or (href != "/" and here.startswith(f"{href}/"))

"""Notices as they stand in the inbox."""

from collections.abc import Mapping, Sequence
from typing import Any

from services.portal.known import Directory
from services.portal.parts import Act, Notice
from services.portal.vietnamese import moment

Answer = Mapping[str, Any]
PAGES = {
    "campaign": "/campaigns",
    "dossier": "/dossiers",
    "decision": "/decisions",
    "difficulty": "/difficulties",
    "pledge": "/pledges",
}


def notices(
    items: Sequence[Answer], directory: Directory, *, acknowledges: bool
) -> tuple[Notice, ...]:
    return tuple(_notice(item, directory, acknowledges) for item in items)


def page_about(notice: Answer) -> str:
    """The page of what the notice is about."""
    about = notice["about"]
    return f"{PAGES[about['kind']]}/{about['id']}" if about["kind"] in PAGES else "/inbox"


def _notice(item: Answer, directory: Directory, acknowledges: bool) -> Notice:
    done, asked = item["acknowledged_at"], item["needs_acknowledgement"]
    act = Act("Xác nhận đã nhận", f"/inbox/{item['id']}/acknowledgement", "post")
    return Notice(
        title=item["subject"],
        text=item["text"],
        sender=directory.unit(item["authority"]),
        at=moment(item["queued_at"]),
        href=f"/inbox/{item['id']}",
        read=bool(item["opened_at"] or done),
        acknowledge=act if asked and not done and acknowledges else None,
        acknowledged_at=moment(done) if done else None,
    )

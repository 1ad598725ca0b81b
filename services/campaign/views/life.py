"""A campaign's attributes and its life after launch, as people see them."""

from datetime import date
from typing import Any

import msgspec

from services.campaign.duration import duration_class
from services.campaign.events import (
    AmendmentApproved,
    AmendmentDrafted,
    AmendmentReturned,
    AmendmentSigned,
    AttributesSet,
    CampaignAmended,
    CampaignCancelled,
    CampaignClosed,
    CampaignNumberVoided,
    CampaignRecalled,
    CampaignReopened,
    CampaignReplaced,
    EndChanged,
    FundingApproved,
    FundingRecorded,
    IntakeDeadlineChanged,
)
from services.campaign.naming import name_of

STANDING: dict[type, str] = {
    CampaignClosed: "closed",
    CampaignReopened: "running",
    CampaignCancelled: "cancelled",
    CampaignRecalled: "recalled",
    CampaignReplaced: "replaced",
}
NOTHING_SAID: dict[str, Any] = {
    **dict.fromkeys(("kind", "level", "ends_event", "note"), ""),
    **dict.fromkeys(("starts", "ends", "parent", "higher")),
}
UNDER_WAY = frozenset({"guidance_draft", "amendment", "amendment_returned", "returned"})
KEPT = ("id", "state", "authority", "title", "code", "number", "symbol", "issued_on", "scope")
SAID = ("launched_at", "lead_unit", "standing", "standing_reason", "standing_at", "drafted_at")


def lived(page: dict[str, Any], event: Any, at: str) -> dict[str, Any]:
    """What the event changes on the page of a campaign; nothing if it is of another kind."""
    if type(event) in STANDING:
        changed = {"standing": STANDING[type(event)], "standing_reason": event.reason}
        successor = {"successor": str(getattr(event, "successor", "")) or None}
        return changed | {"standing_at": at} | successor
    match event:
        case AttributesSet():
            return _described(event)
        case FundingRecorded() | FundingApproved():
            approved = isinstance(event, FundingApproved)
            told = msgspec.to_builtins(event) | {"approved": approved}
            recorded_by = (page.get("funding") or told)["by"] if approved else told["by"]
            return {"funding": told | {"recorded_by": recorded_by}}
        case EndChanged():
            known = page.get("attributes") or NOTHING_SAID
            starts = date.fromisoformat(known["starts"]) if known.get("starts") else None
            return {
                "attributes": known | {"ends": event.new.isoformat()},
                "duration_class": duration_class(starts, event.new),
                "changes": _more(page, "end", event, at),
            }
        case IntakeDeadlineChanged():
            until = msgspec.to_builtins(event)["new"]
            return {
                "guidance": page["guidance"] | {"intake_until": until},
                "changes": _more(page, "intake-deadline", event, at),
            }
        case CampaignNumberVoided():
            return {"state": "signed", "number": None, "symbol": None, "issued_on": None}
    return _amended(page, event, at)


def _amended(page: dict[str, Any], event: Any, at: str) -> dict[str, Any]:
    under_way = page.get("amendment") or {}
    match event:
        case AmendmentDrafted():
            told = msgspec.to_builtins(event)
            return {"amendment": told | {"state": "drafted", "at": at}, "amendment_returned": None}
        case AmendmentReturned(reason=reason):
            return {"amendment": None, "amendment_returned": {"reason": reason, "at": at}}
        case AmendmentApproved(by=by):
            return {"amendment": under_way | {"state": "approved", "approved_by": str(by)}}
        case AmendmentSigned(by=by):
            return {"amendment": under_way | {"state": "signed", "signed_by": str(by)}}
        case CampaignAmended():
            fields = dict(page["fields"])
            for change in event.changes:
                fields[change.id] = fields[change.id] | {"value": change.after}
            values = {id: field["value"] for id, field in fields.items()}
            return {
                "amendment": None,
                "fields": fields,
                "title": name_of(values),
                "changes": _more(page, event.form, event, at),
            }
    return {}


def without_content(page: dict[str, Any]) -> dict[str, Any]:
    """What is left to see of a recalled plan: that it was, and that and why it was recalled."""
    kept = {name: page[name] for name in (*KEPT, *SAID, "version", "position") if name in page}
    return kept | {"fields": [], "recipients": [], "missing": [], "hidden": True}


def without_drafts(page: dict[str, Any]) -> dict[str, Any]:
    """A launched campaign as those see it who only take part in it: nothing that is under way."""
    kept = {name: value for name, value in page.items() if name not in UNDER_WAY}
    if not (kept.get("funding") or {}).get("approved"):
        kept.pop("funding", None)
    if "reviews" in kept:
        said = kept["reviews"].items()
        kept["reviews"] = {kind: review for kind, review in said if review["approved_at"]}
    return kept


def _described(event: AttributesSet) -> dict[str, Any]:
    return {
        "attributes": msgspec.to_builtins(event),
        "parent_id": str(event.parent) if event.parent else None,
        "duration_class": duration_class(event.starts, event.ends),
    }


def _more(page: dict[str, Any], kind: str, event: Any, at: str) -> list[dict[str, Any]]:
    """Every change with old, new, reason and author stays on the page for everybody."""
    told = msgspec.to_builtins(event) | {"kind": kind, "at": at}
    return [*page.get("changes", ()), told]

"""One campaign as people see it, as of any version."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import msgspec

from libs.eventlog.log import Recorded
from services.campaign.decisions.succeeding import succeeded
from services.campaign.events import (
    CampaignApproved,
    CampaignConcluded,
    CampaignDrafted,
    CampaignLaunched,
    CampaignNumbered,
    CampaignReturned,
    CampaignSigned,
    CampaignSubmitted,
    CustodyPassed,
    FieldAdded,
    FieldConfirmed,
    GuidanceApproved,
    GuidanceDrafted,
    GuidanceIssued,
    GuidanceNumbered,
    GuidanceReturned,
    GuidanceSigned,
    IntakeClosed,
    IntakeOpened,
    PaperIssued,
    PlanWritten,
    RegistrationCalled,
    ReviewApproved,
    ReviewPrepared,
    ScopeSucceeded,
)
from services.campaign.naming import name_of
from services.campaign.views.guidance import drafted_guidance, guidance_step
from services.campaign.views.life import lived


def picture(id: UUID, past: Sequence[Recorded]) -> dict[str, Any]:
    """One campaign as people see it after these events; without the source text."""
    page: dict[str, Any] = {"id": str(id), "state": "absent", "fields": {}}
    for recorded in past:
        _paint(page, recorded)
    page["fields"] = list(page["fields"].values())
    page["version"] = past[-1].version if past else 0
    page["position"] = past[-1].position if past else 0
    return page


def _paint(page: dict[str, Any], recorded: Recorded) -> None:
    at, event = recorded.meta.recorded_at.isoformat(), recorded.event
    match event:
        case CampaignDrafted():
            page |= {
                "state": "draft",
                "authority": event.authority,
                "title": event.title,
                "prepared_by": str(event.prepared_by),
                "drafted_at": at,
                "source": {
                    "name": event.source_name,
                    "sha256": event.source_sha256,
                    "file": msgspec.to_builtins(event.source_file),
                },
                "missing": msgspec.to_builtins(event.missing),
                "fields": {f.id: _field(f, event.source_text) for f in event.fields},
                "intake_open": False,
            }
        case PlanWritten():
            page |= {
                "state": "draft",
                "authority": event.authority,
                "title": event.title,
                "prepared_by": page.get("prepared_by") or str(event.written_by),
                "drafted_at": page.get("drafted_at") or at,
                "source": None,
                "template": event.template,
                "missing": [],
                "fields": {f.id: _written(f) for f in event.fields},
                "intake_open": False,
            }
        case PaperIssued():
            issued = {"sha256": event.sha256, "size": event.size, "at": at}
            page["papers"] = page.get("papers", {}) | {event.paper: issued}
        case FieldConfirmed(id=id, value=value, corrected=corrected, by=by):
            field = page["fields"][id]
            page["fields"] |= {
                id: field
                | {
                    "value": value,
                    "confirmed": True,
                    "corrected": corrected or field["corrected"],
                    "by": str(by) if by else None,
                    "at": at,
                }
            }
            if id == "abstract.0":
                page["title"] = name_of({id: value})
        case FieldAdded(id=id, field=name, value=value, by=by):
            added = {"id": id, "field": name, "value": value, "span": None, "text": None}
            added |= {"by": str(by) if by else None, "at": at}
            page["fields"] |= {id: added | {"confirmed": True, "corrected": False}}
        case CampaignNumbered(number=number, symbol=symbol, issued_on=issued_on):
            page |= {"state": "numbered", "number": number, "symbol": symbol}
            page["issued_on"] = issued_on.isoformat()
        case CampaignLaunched():
            page |= {
                "state": "launched",
                "launched_at": at,
                "lead_unit": event.lead_unit,
                "scope": list(event.scope),
                "recipients": msgspec.to_builtins(event.recipients),
                "standing": "running",
                "open_items": msgspec.to_builtins(event.open_items),
            }
        case _:
            page |= _step(event, at) or lived(page, event, at)
            _paint_guidance(page, event, at)
            _paint_participation(page, event, at)


def _paint_guidance(page: dict[str, Any], event: Any, at: str) -> None:
    match event:
        case GuidanceIssued():
            page["guidance"] = msgspec.to_builtins(event) | {"issued_at": at}
            page["guidance_draft"] = None
        case GuidanceDrafted():
            page["guidance_draft"] = drafted_guidance(event, page.get("guidance_draft"))
        case GuidanceReturned() | GuidanceApproved() | GuidanceSigned() | GuidanceNumbered():
            page["guidance_draft"] = page["guidance_draft"] | guidance_step(event)
        case IntakeOpened():
            page |= {"intake_open": True, "intake_opened_at": at, "intake_closed": None}
        case IntakeClosed(reason=reason):
            page |= {"intake_open": False, "intake_closed": {"reason": reason, "at": at}}


def _paint_participation(page: dict[str, Any], event: Any, at: str) -> None:
    match event:
        case ScopeSucceeded():
            page["scope"] = list(succeeded(page["scope"], event))
            if page["lead_unit"] == event.predecessor:
                page["lead_unit"] = event.custodian
            told: dict[str, Any] = {"unit": event.predecessor, "name": event.predecessor_name}
            told |= {"now": list(event.successors), "since": event.effective.isoformat()}
            page["succeeded"] = [*page.get("succeeded", []), told]
        case CustodyPassed():
            page |= {"authority": event.authority, "former_authority": event.from_authority}
        case RegistrationCalled(until=until, required=required):
            page["registration"] = {"until": until.isoformat(), "required": required}
        case ReviewPrepared(kind=kind):
            page.setdefault("reviews", {})[kind] = msgspec.to_builtins(event) | {
                "prepared_at": at,
                "approved_at": None,
            }
        case ReviewApproved(kind=kind, approved_by=by):
            page["reviews"][kind] |= {"approved_at": at, "approved_by": str(by)}
        case CampaignConcluded():
            page |= {"state": "concluded", "concluded_at": at}


def _step(event: Any, at: str) -> dict[str, Any]:
    match event:
        case CampaignSubmitted(submitted_by=by):
            return {"state": "submitted", "submitted_by": str(by), "returned": None}
        case CampaignReturned(reason=reason):
            return {"state": "draft", "returned": {"reason": reason, "at": at}}
        case CampaignApproved(approved_by=by, code=code):
            coded = {"code": code} if code else {}
            return {"state": "approved", "approved_by": str(by), "approved_at": at} | coded
        case CampaignSigned(signed_by=by, content_sha256=digest):
            return {
                "state": "signed",
                "signed_by": str(by),
                "signed_at": at,
                "content_sha256": digest,
            }
    return {}


def _written(field: Any) -> dict[str, Any]:
    """A field that a person wrote: no place in a text, and nothing left to confirm."""
    said = {"id": field.id, "field": field.field, "value": field.value, "span": None, "text": None}
    return said | {"confirmed": True, "corrected": False, "provenance": "written"}


def _field(field: Any, source: str) -> dict[str, Any]:
    return {
        "id": field.id,
        "field": field.field,
        "value": field.value,
        "span": {"start": field.start, "end": field.end, "line": field.line},
        "text": source[field.start : field.end],
        "confirmed": False,
        "corrected": False,
        "by": None,
        "at": None,
    }

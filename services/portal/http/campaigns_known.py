"""What the dossier service knows of campaigns: titles and forms of award, by id."""

from typing import Any

from services.portal.visits import Visit


async def known_campaigns(visit: Visit) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = (await visit.get("dossier", "/campaigns"))["items"]
    return items


async def titles_of(visit: Visit) -> dict[str, str]:
    return {one["campaign"]: one["title"] for one in await known_campaigns(visit)}


async def forms_of(visit: Visit, campaign: str) -> dict[str, str]:
    """Names of a campaign's forms of award by code."""
    for one in await known_campaigns(visit):
        if one["campaign"] == campaign:
            return {form["code"]: form["name"] for form in one["forms"]}
    return {}

"""What pages are made of (style sheet, script, emblem) and the health of the portal."""

from fastapi import APIRouter
from fastapi.responses import FileResponse

from services.portal.rendering import FOLDER, STYLESHEET, htmx_script

A_DAY = {"Cache-Control": "public, max-age=86400", "X-Content-Type-Options": "nosniff"}


def routes() -> APIRouter:
    router = APIRouter()

    @router.get("/static/thidua.css")
    async def style() -> FileResponse:
        # Asked for anew after an update: its name does not change with its content.
        return FileResponse(STYLESHEET, headers={**A_DAY, "Cache-Control": "no-cache"})

    @router.get("/static/htmx.js")
    async def script() -> FileResponse:
        return FileResponse(htmx_script(), media_type="text/javascript", headers=A_DAY)

    @router.get("/static/emblem.svg")
    async def emblem() -> FileResponse:
        return FileResponse(FOLDER / "static" / "emblem.svg", headers=A_DAY)

    @router.get("/health/live")
    async def live() -> dict[str, str]:
        return {"status": "live", "service": "portal"}

    @router.get("/health/ready")
    async def ready() -> dict[str, str]:
        """Ready by itself: when a service is away, its pages say so."""
        return {"status": "ready", "service": "portal"}

    return router

"""The unit's inbox: what it is told, and that it has received it."""

from uuid import UUID

from fastapi import APIRouter
from fastapi.responses import RedirectResponse, Response

from services.portal.clients import SaidNo
from services.portal.deeds import Deed, add_deeds
from services.portal.pages import Inbox
from services.portal.present import notices as present
from services.portal.session import Hat
from services.portal.visits import Visiting

PAGE = 50
ACKNOWLEDGING = ("leader", "chairman", "clerk", "specialist")


def routes() -> APIRouter:
    router = APIRouter()

    @router.get("/inbox")
    async def inbox(visit: Visiting, before: str = "") -> Response:
        items = (await visit.get("notification", "/inbox", before=before, limit=PAGE))["items"]
        directory = await visit.directory()
        shown = present.notices(items, directory, acknowledges=acknowledges(visit.hat))
        more = f"/inbox?before={items[-1]['position']}" if len(items) == PAGE else ""
        return await visit.page(Inbox("Thông báo", shown, more))

    @router.get("/inbox/{id}")
    async def read(id: UUID, visit: Visiting) -> Response:
        """Opens the notice (once, however often it is looked at) and leads to what it is about."""
        notice = await visit.get("notification", f"/notices/{id}")
        if notice["opened_at"] is None:
            try:
                await visit.act("notification", f"/notices/{id}/opening")
            except SaidNo:
                return RedirectResponse(present.page_about(notice), 303)
        return visit.go(present.page_about(notice))

    add_deeds(
        router,
        Deed(
            service="notification",
            address="/inbox/{id}/acknowledgement",
            at="/notices/{id}/acknowledgement",
            back="/inbox",
            label="Xác nhận đã nhận",
            done="Đã xác nhận đã nhận",
        ),
    )
    return router


def acknowledges(hat: Hat) -> bool:
    return hat.role in ACKNOWLEDGING

"""The board of a campaign: who was told, who has answered; one act reminds the others."""

import asyncio
from uuid import UUID

from fastapi import APIRouter
from fastapi.responses import Response

from services.portal.deeds import Deed, add_deeds
from services.portal.pages import Listing
from services.portal.parts import Act, Choice, Field
from services.portal.present import boards as present
from services.portal.session import Hat
from services.portal.visits import Visiting

SENDING = ("lead-office", "home-affairs", "office")  # duties that may remind; the service decides
SHOWN = (
    Choice("", "Tất cả"),
    Choice("unanswered", "Chưa trả lời"),
    Choice("answered", "Đã xác nhận"),
    Choice("unregistered", "Chưa đăng ký thi đua"),
    Choice("registered", "Đã gửi đăng ký thi đua"),
)


def routes() -> APIRouter:
    router = APIRouter()

    @router.get("/campaigns/{id}/notices")
    async def board(id: UUID, visit: Visiting, state: str = "") -> Response:
        path = f"/campaigns/{id}"
        campaign, everyone = await asyncio.gather(
            visit.get("campaign", path),
            visit.get("notification", f"{path}/board"),
        )
        rows = everyone["items"]
        if state:
            found = await visit.get("notification", f"{path}/board", state=state)
            shown = found["items"]
        else:
            shown = rows
        silent = sum(not row["answered"] for row in rows)
        remind = Act(f"Nhắc {silent} đơn vị chưa trả lời", f"{path}/reminders/new")
        return await visit.page(
            Listing(
                "Đơn vị nào đã trả lời",
                present.intro(rows, campaign["title"]),
                present.board(shown, await visit.directory()),
                filters=(Field("state", "Xem", "select", state, required=False, choices=SHOWN),),
                act=remind if silent and reminds(visit.hat) else None,
                others=present.papers(path) if rows else (),
                back=Act("Về phong trào", path),
            )
        )

    add_deeds(router, _reminding())
    return router


def reminds(hat: Hat) -> bool:
    return hat.role in ("specialist", "leader") and hat.duty in SENDING


def _reminding() -> Deed:
    return Deed(
        service="notification",
        address="/campaigns/{id}/reminders",
        back="/campaigns/{id}/notices",
        label="Gửi lời nhắc",
        done="Đã nhắc các đơn vị chưa trả lời",
        told="Mỗi đơn vị nhận một thông báo trên hệ thống và qua thư. "
        "Đơn vị vừa trả lời thì không bị nhắc.",
        title="Nhắc các đơn vị chưa trả lời",
        intro="Một lần bấm nhắc tất cả đơn vị còn thiếu; ai đã trả lời không nhận lời nhắc.",
        fields=(
            Field(
                "awaited",
                "Nhắc về việc gì",
                "radio",
                "acknowledgement",
                choices=(
                    Choice("acknowledgement", "Xác nhận đã tiếp nhận chỉ đạo"),
                    Choice("registration", "Gửi đăng ký thi đua"),
                ),
            ),
            Field(
                "reason",
                "Lý do",
                "textarea",
                hint="Chỉ cần ghi khi hôm nay đã nhắc một lần. Không ghi tên cá nhân.",
                required=False,
            ),
        ),
        body=lambda form: {
            "awaited": str(form["awaited"]),
            "reason": str(form.get("reason", "")).strip(),
        },
    )

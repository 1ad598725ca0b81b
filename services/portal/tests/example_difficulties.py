"""A difficulty that was asked back and answered."""

from services.portal.pages import Difficulty
from services.portal.parts import Act, Fact, State, Summary
from services.portal.tests.example_frames import at
from services.portal.timeline import History, Step

STEPS = tuple(
    Step(
        number,
        at(8, number),
        event,
        who,
        role,
        "UBND xã Y Tịch",
        f"/difficulties/1?version={number}",
    )
    for number, event, who, role in (
        (3, "difficulty.answered", "Người mẫu", "specialist"),
        (2, "difficulty.reminded", "Hệ thống", ""),
        (1, "difficulty.reported", "Người mẫu", "specialist"),
    )
)

difficulty_page = Difficulty(
    "Hộ gia đình có kê khai chung được không?",
    Summary(
        "",
        State("difficulty", "answered"),
        Act("Xác nhận đã được giải quyết", "/difficulties/1/confirmation", "post", 3),
        (Act("Chưa được giải quyết", "/difficulties/1/reopening/new?version=3"),),
    ),
    (Fact("Nội dung", "Hai hộ cùng sản xuất chung."), Fact("Loại", "Tiêu chuẩn, đối tượng")),
    (Fact("Trả lời", "Mỗi hộ kê khai riêng.", "Người mẫu, 09:30 ngày 06/08/2024"),),
    History("/difficulties/1", STEPS, 3, 3),
)

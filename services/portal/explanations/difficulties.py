"""Difficulties of units."""

from services.portal.explanations.kinds import Explanation, mend, out_of_turn

DIFFICULTIES = {
    "difficulty-out-of-turn": out_of_turn("Khó khăn, vướng mắc này không ở bước đó"),
    "own-difficulty": Explanation(
        "Đơn vị không tự trả lời khó khăn, vướng mắc của mình",
        "Người khác đơn vị báo phải trả lời hoặc kết luận (quy tắc của hệ thống, không phải luật).",
        ("Giao cho đơn vị khác, hoặc chuyển lên cấp trên.",),
    ),
    "unknown-unit": mend(
        "Không có đơn vị này", "Đơn vị không thuộc cơ quan của bạn.", "Chọn một đơn vị khác."
    ),
    "not-a-superior": mend(
        "Không chuyển được tới cấp này",
        "Việc đang ở cấp đó, hoặc đó không phải cấp trên.",
        "Chọn cấp khác.",
    ),
}

"""Units take part: reminders, registration, clusters, progress, model cases, reviews."""

from services.portal.explanations.kinds import Explanation, mend

PARTICIPATION = {
    "everybody-answered": Explanation(
        "Không còn đơn vị nào phải nhắc",
        "Từ lúc bạn mở trang, các đơn vị còn lại đã trả lời. Không có thông báo nào được gửi.",
        ("Mở lại bảng theo dõi để xem tình trạng hiện tại.",),
    ),
    "reminded-today": mend(
        "Hôm nay đã nhắc rồi",
        "Theo thiết lập của cơ quan, nhắc lần nữa trong cùng một ngày phải ghi lý do.",
        "Ghi lý do nhắc lại, hoặc chờ sang ngày khác.",
    ),
}

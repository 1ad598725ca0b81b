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
    "deadline-passed": mend(
        "Hạn đăng ký đã qua", "Hạn mới phải sau lúc này.", "Chọn một ngày sắp tới."
    ),
    "targets-missing": mend(
        "Chưa có chỉ tiêu nào", "Đăng ký thi đua cần ít nhất một chỉ tiêu.", "Nhập các chỉ tiêu."
    ),
    "change-reason-missing": mend(
        "Chưa ghi lý do",
        "Đăng ký đã duyệt vẫn có hiệu lực; bản thay đổi phải nói vì sao.",
        "Ghi lý do thay đổi.",
    ),
    "registration-submitted": Explanation(
        "Đăng ký đang chờ duyệt",
        "Bản đã gửi không sửa được khi cơ quan chủ trì đang xem.",
        ("Chờ kết quả; nếu bị từ chối hoặc đã duyệt, đơn vị lập được bản mới.",),
    ),
    "nothing-drafted": Explanation(
        "Chưa có bản đăng ký để gửi",
        "Chuyên viên của đơn vị soạn, lãnh đạo đơn vị gửi.",
        ("Soạn các chỉ tiêu trước rồi gửi.",),
    ),
}

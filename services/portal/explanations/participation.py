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
    "too-few-members": mend(
        "Chưa đủ số thành viên tối thiểu",
        "Số thành viên tối thiểu của một cụm, khối là thiết lập của cơ quan, không phải luật.",
        "Chọn thêm đơn vị.",
    ),
    "not-a-member": mend(
        "Có đơn vị không phải thành viên",
        "Trưởng, phó và người ký giao ước phải là thành viên của cụm, khối.",
        "Chọn trong số các thành viên.",
    ),
    "head-is-deputy": mend(
        "Một đơn vị vừa là trưởng vừa là phó", "Trưởng và phó phải khác nhau.", "Chọn lại phó."
    ),
    "too-many-deputies": mend(
        "Quá số phó cho phép",
        "Số phó nhiều nhất là thiết lập của cơ quan, không phải luật.",
        "Bớt phó.",
    ),
    "head-again": mend(
        "Đơn vị này vừa làm trưởng năm trước",
        "Trưởng luân phiên theo năm; tiếp tục làm trưởng phải ghi lý do.",
        "Chọn đơn vị khác, hoặc ghi lý do.",
    ),
    "year-over": mend("Năm đã qua", "Giao ước chỉ lập cho năm nay trở đi.", "Sửa lại năm."),
    "report-empty": mend(
        "Báo cáo còn trống", "Cần có số liệu hoặc nội dung.", "Ghi kết quả của đơn vị."
    ),
    "review-missing": Explanation(
        "Chưa có báo cáo để duyệt",
        "Báo cáo sơ kết, tổng kết do cơ quan chủ trì lập, người khác duyệt.",
        ("Lập báo cáo trước.",),
    ),
    "review-approved": Explanation(
        "Báo cáo đã được duyệt",
        "Báo cáo đã duyệt không sửa được.",
        ("Mở phong trào để xem báo cáo.",),
    ),
}

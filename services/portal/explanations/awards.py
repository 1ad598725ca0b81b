"""Dossiers, their lines, the council and the decision."""

from services.portal.explanations.kinds import Explanation, mend

AWARDS = {
    "form-unknown": mend(
        "Phong trào không có hình thức này",
        "Hình thức khen thưởng do hướng dẫn của phong trào quy định.",
        "Chọn một hình thức trong hướng dẫn.",
    ),
    "kind-not-allowed": mend(
        "Hình thức này không dành cho loại đối tượng đó",
        "Hướng dẫn khen thưởng quy định đối tượng của từng hình thức.",
        "Chọn hình thức khác hoặc sửa loại đối tượng.",
    ),
    "subject-erased": mend(
        "Dữ liệu của trường hợp này đã xóa theo yêu cầu",
        "Tên và số định danh của người này không còn đọc được, nên không đề nghị lại được.",
        "Liên hệ Phòng Nội vụ.",
    ),
    "unprintable": Explanation(
        "Văn bản này không in được",
        "Có ký tự mà phông chữ của văn bản không có.",
        ("Gửi mã bên dưới cho người quản trị.",),
    ),
    "nominee-already-there": mend(
        "Trường hợp này đã có trong hồ sơ",
        "Mỗi người, tập thể hoặc hộ chỉ nêu một lần trong một hồ sơ.",
        "Xem lại danh sách trường hợp.",
    ),
    "papers-missing": Explanation(
        "Hồ sơ còn thiếu giấy tờ",
        "Hồ sơ đề nghị khen thưởng phải có tờ trình, báo cáo thành tích và biên bản xét "
        "khen thưởng (Luật Thi đua, khen thưởng 2022, Điều 84 khoản 2).",
        ("Đính kèm các giấy tờ còn thiếu.", "Gửi lại hồ sơ."),
    ),
    "no-nominees": Explanation(
        "Hồ sơ chưa có trường hợp nào",
        "Một hồ sơ cần ít nhất một cá nhân, tập thể hoặc hộ gia đình được đề nghị.",
        ("Thêm trường hợp đề nghị.", "Gửi lại hồ sơ."),
    ),
    "intake-not-open": Explanation(
        "Chưa đến thời gian nhận hồ sơ",
        "Thời gian nhận hồ sơ do hướng dẫn khen thưởng của phong trào quy định.",
        ("Hồ sơ vẫn được giữ nguyên ở dạng chưa gửi.", "Gửi lại khi mở nhận hồ sơ."),
    ),
    "intake-closed": Explanation(
        "Đã kết thúc nhận hồ sơ",
        "Phòng Nội vụ đã kết thúc nhận hồ sơ của phong trào này, kể cả hồ sơ gửi muộn.",
        ("Hồ sơ vẫn được giữ nguyên ở dạng chưa gửi.", "Liên hệ Phòng Nội vụ nếu cần gửi."),
    ),
    "lines-not-offered": Explanation(
        "Có trường hợp không còn theo hướng dẫn",
        "Hướng dẫn khen thưởng đã sửa đổi: hình thức hoặc đối tượng của các trường hợp này không "
        "còn nữa.",
        (
            "Xem điểm khác ghi ở từng trường hợp.",
            "Bỏ trường hợp đó, hoặc thêm lại với hình thức khác, rồi gửi.",
        ),
    ),
    "already-supplemented": Explanation(
        "Hồ sơ đã được trả lại đủ số lần",
        "Số lần yêu cầu bổ sung theo cài đặt của đơn vị.",
        ("Thẩm định từng trường hợp và ghi rõ lý do nếu không đủ điều kiện.",),
    ),
    "reason-missing": Explanation(
        "Chưa ghi lý do",
        "Việc này ảnh hưởng đến người khác nên phải có lý do; lý do được lưu cùng lịch sử.",
        ("Quay lại và ghi lý do.",),
    ),
    "line-held": Explanation(
        "Trường hợp này đang tạm dừng xét",
        "Đang chờ kết luận của cơ quan có thẩm quyền.",
        ("Xem lý do tạm dừng trong lịch sử.", "Cho xét tiếp khi đã có kết luận."),
    ),
    "no-lines": mend(
        "Chưa có trường hợp nào", "Cần ít nhất một trường hợp.", "Chọn các trường hợp cần xét."
    ),
    "not-a-member": mend(
        "Có người không phải thành viên Hội đồng",
        "Chỉ thành viên Hội đồng được ghi là có mặt.",
        "Sửa danh sách có mặt.",
    ),
    "chair-not-a-member": mend(
        "Người chủ trì không phải thành viên Hội đồng",
        "Người chủ trì phải là thành viên.",
        "Chọn lại người chủ trì.",
    ),
    "quorum-missing": Explanation(
        "Chưa đủ số thành viên tối thiểu",
        "Số thành viên tối thiểu do quy chế làm việc của Hội đồng quy định.",
        ("Chờ đủ thành viên rồi khai mạc.",),
    ),
    "more-votes-than-members": mend(
        "Số phiếu nhiều hơn số người có mặt",
        "Tổng số đồng ý, không đồng ý và không có ý kiến phải bằng số có mặt trở xuống.",
        "Đếm lại và sửa số phiếu.",
    ),
    "lines-unvoted": Explanation(
        "Còn trường hợp chưa biểu quyết",
        "Phiên họp chỉ kết thúc khi mọi trường hợp đã có kết quả.",
        ("Ghi kết quả biểu quyết của các trường hợp còn lại.",),
    ),
    "duplicate-unexplained": Explanation(
        "Trường hợp này cũng được đề nghị ở nơi khác",
        "Không khen thưởng nhiều lần cho một thành tích (Luật Thi đua, khen thưởng 2022, "
        "Điều 5 khoản 2). Hệ thống không chặn, nhưng cần có lý do.",
        ("Xem trường hợp trùng.", "Ghi lý do nếu vẫn thấy đủ điều kiện."),
    ),
    "paper-lost": Explanation(
        "Không mở được giấy tờ này",
        "Tệp trong kho không còn, hoặc nội dung không khớp với mã băm đã ghi.",
        ("Báo người quản trị: có thể lấy lại từ bản sao lưu.",),
    ),
    "nobody-awarded": Explanation(
        "Quyết định này không khen thưởng ai",
        "Chỉ in được Giấy khen cho trường hợp được khen thưởng.",
        ("Xem lại kết quả từng trường hợp trong quyết định.",),
    ),
    "no-acknowledgement-asked": Explanation(
        "Thông báo này không cần xác nhận",
        "Chỉ một số thông báo yêu cầu đơn vị xác nhận đã nhận.",
        ("Không cần làm gì thêm.",),
    ),
}

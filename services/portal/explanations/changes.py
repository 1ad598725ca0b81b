"""What a campaign is, whether it is ready, and its life after launch."""

from services.portal.explanations.kinds import Explanation, mend, out_of_turn

OPEN_PAGE = "Mở trang phong trào để xem trạng thái hiện tại."

CHANGES = {
    "not-ready": Explanation(
        "Chưa phát động được",
        "Danh sách chuẩn bị còn mục bắt buộc chưa xong. Mục nào bắt buộc là cài đặt của cơ quan.",
        ("Mở trang phong trào, xem “Chuẩn bị phát động” và làm các mục còn thiếu.",),
    ),
    "reason-too-short": mend(
        "Lý do còn quá ngắn",
        "Người nhận cần hiểu vì sao; độ dài tối thiểu là cài đặt của cơ quan.",
        "Ghi rõ hơn lý do.",
    ),
    "unknown-campaign-kind": mend(
        "Loại phong trào không đúng",
        "Có thi đua thường xuyên và thi đua theo chuyên đề "
        "(Luật Thi đua, khen thưởng 2022, Điều 16).",
        "Chọn một trong hai loại.",
    ),
    "unknown-level": mend("Cấp phát động không đúng", "Cấp này không có.", "Chọn lại cấp."),
    "no-such-level": mend(
        "Không còn cấp huyện", "Từ 01/7/2025 không còn đơn vị cấp huyện.", "Chọn cấp khác."
    ),
    "end-before-start": mend(
        "Ngày kết thúc trước ngày bắt đầu", "Hai ngày bị ngược.", "Sửa lại ngày kết thúc."
    ),
    "end-in-past": mend(
        "Ngày kết thúc đã qua",
        "Muốn dừng ngay thì dùng “Kết thúc sớm”.",
        "Chọn hôm nay hoặc ngày sau đó.",
    ),
    "parent-not-launched": mend(
        "Phong trào cấp trên chưa phát động",
        "Chỉ phát động lại theo phong trào đã phát động mà bạn được xem.",
        "Chọn phong trào khác, hoặc ghi số, ngày, cơ quan ban hành của kế hoạch cấp trên.",
    ),
    "funding-missing": out_of_turn("Chưa ghi nguồn kinh phí"),
    "campaign-not-running": Explanation(
        "Phong trào không còn thực hiện",
        "Phong trào đã tổng kết, kết thúc sớm, bị hủy, thu hồi hoặc thay thế; việc này không làm "
        "được nữa.",
        (OPEN_PAGE, "Nếu vẫn cần, liên hệ cơ quan chủ trì."),
    ),
    "campaign-not-closed": out_of_turn("Chỉ mở lại được phong trào đã kết thúc sớm"),
    "successor-not-launched": mend(
        "Kế hoạch thay thế chưa phát động",
        "Chỉ thay thế bằng một phong trào khác đã phát động và đang thực hiện.",
        "Chọn phong trào khác.",
    ),
    "amendment-under-way": out_of_turn("Đang có một dự thảo sửa đổi, đính chính"),
    "no-amendment": out_of_turn("Không có dự thảo sửa đổi, đính chính nào"),
    "amendment-not-approved": out_of_turn("Dự thảo sửa đổi chưa được duyệt"),
    "nothing-changed": mend(
        "Nội dung không thay đổi", "Nội dung mới giống nội dung cũ.", "Sửa nội dung."
    ),
    "correction-of-content": mend(
        "Nội dung không đính chính được bằng công văn",
        "Sai về nội dung thì sửa đổi bằng văn bản cùng hình thức; chỉ sai thể thức, kỹ thuật "
        "trình bày mới đính chính bằng công văn (Nghị định 30/2020/NĐ-CP, Điều 18).",
        "Chọn “Sửa đổi nội dung”.",
    ),
    "number-is-the-registers": mend(
        "Số, ký hiệu không sửa ở đây", "Số do sổ đăng ký cấp.", "Chọn nội dung khác."
    ),
}

"""Units that change, give way to others, and the acts that order it."""

from services.portal.explanations.kinds import Explanation, mend, out_of_turn

UNITS = {
    "authority-without-successor": mend(
        "Cơ quan kết thúc hoạt động mà chưa có nơi tiếp nhận",
        "Phong trào, hồ sơ đang mở phải có cơ quan khác kế thừa nhiệm vụ.",
        "Lập phương án sắp xếp, ghi rõ đơn vị kế thừa.",
    ),
    "change-in-future": mend(
        "Chưa đến ngày thay đổi",
        "Thay đổi từng đơn vị được ghi vào đúng ngày hoặc sau ngày có hiệu lực.",
        "Lập phương án sắp xếp nếu muốn ghi trước.",
    ),
    "change-before-last": mend(
        "Đã có thay đổi sau ngày này",
        "Các thay đổi của một đơn vị đi theo thứ tự thời gian.",
        "Chọn ngày sau lần thay đổi gần nhất.",
    ),
    "parent-below": mend(
        "Đơn vị cấp trên lại thuộc chính đơn vị này",
        "Cây đơn vị không được khép vòng.",
        "Chọn đơn vị cấp trên khác.",
    ),
    "reorganisation-faulty": Explanation(
        "Phương án sắp xếp còn chỗ sai",
        "Chưa có gì được ghi. Các chỗ sai được nêu theo từng dòng.",
        ("Sửa các dòng được nêu.", "Kiểm tra lại rồi gửi."),
    ),
    "reorganisation-empty": mend(
        "Phương án chưa có dòng nào", "Cần ít nhất một việc sắp xếp.", "Ghi các dòng cần thực hiện."
    ),
    "reorganisation-confirmed": out_of_turn("Phương án đã được xác nhận"),
    "reorganisation-withdrawn": out_of_turn("Phương án đã rút"),
}

"""Delegations, passwords and the rights of administrators."""

from services.portal.explanations.kinds import Explanation, mend

RIGHTS = {
    "outside-delegation": Explanation(
        "Việc này không được ủy quyền",
        "Bạn đang làm thay người khác; ủy quyền chỉ cho những loại việc đã ghi.",
        ("Đổi về phân công của chính bạn ở đầu trang.", "Hoặc đề nghị người ủy quyền mở rộng."),
    ),
    "delegation-of-delegation": mend(
        "Không ủy quyền lại",
        "Người được ủy quyền không ủy quyền tiếp cho người khác.",
        "Đổi về phân công của chính bạn rồi ủy quyền việc của mình.",
    ),
    "delegate-is-oneself": mend(
        "Không tự ủy quyền", "Người được ủy quyền phải là người khác.", "Chọn người khác."
    ),
    "delegation-in-the-past": mend(
        "Ngày kết thúc đã qua", "Ủy quyền chỉ cho thời gian tới.", "Chọn ngày kết thúc sau hôm nay."
    ),
    "beyond-appointment": mend(
        "Ngoài thời gian phân công",
        "Chỉ ủy quyền trong thời gian phân công chức vụ còn hiệu lực.",
        "Chọn lại ngày.",
    ),
    "delegate-without-appointment": mend(
        "Người này chưa có phân công trong cơ quan",
        "Chỉ ủy quyền cho người đang công tác trong cùng cơ quan.",
        "Chọn người khác.",
    ),
    "duties-not-separate": mend(
        "Hai vai trò này phải tách nhau",
        "Người ký không cấp số; người kiểm tra, người quản trị không làm thay việc chuyên môn. "
        "Đây là quy định nội bộ.",
        "Ủy quyền cho người khác.",
    ),
    "role-not-delegable": mend(
        "Vai trò này không ủy quyền được",
        "Việc của Hội đồng, kiểm tra và quản trị phải do chính người đó làm.",
        "Đề nghị người quản trị phân công người khác.",
    ),
    "no-kind-of-act": mend(
        "Chưa chọn việc ủy quyền", "Ủy quyền phải nói rõ việc gì.", "Chọn ít nhất một loại việc."
    ),
    "kind-of-act-unknown": mend(
        "Không có loại việc này", "Loại việc không đúng.", "Chọn trong danh sách."
    ),
    "last-administrators": mend(
        "Phải luôn còn ít nhất hai người quản trị",
        "Nếu thôi phân công này, cơ quan chỉ còn một người quản trị hoặc không còn ai.",
        "Phân công thêm người quản trị trước, hoặc dùng “Bàn giao quản trị”.",
    ),
    "already-administrator": mend(
        "Người này đã là quản trị", "Bàn giao không tăng số người.", "Chọn người khác."
    ),
    "not-an-administration": mend(
        "Chỉ bàn giao được việc quản trị",
        "Phân công này không phải quản trị, hoặc người nhận là chính người giao.",
        "Chọn phân công quản trị và người nhận khác.",
    ),
    "password-wrong": mend(
        "Mật khẩu hiện tại không đúng",
        "Sau nhiều lần sai liên tiếp, tài khoản tạm khóa.",
        "Kiểm tra bộ gõ tiếng Việt và phím Caps Lock.",
    ),
    "password-unchanged": mend(
        "Mật khẩu mới trùng mật khẩu cũ", "Mật khẩu mới phải khác.", "Chọn mật khẩu khác."
    ),
    "password-must-change": mend(
        "Cần đổi mật khẩu",
        "Mật khẩu được cấp chỉ dùng một lần.",
        "Đặt mật khẩu mới của riêng bạn.",
    ),
}

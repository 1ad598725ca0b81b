"""Who may act, signing in, units, and what goes wrong on the way to a service."""

from services.portal.explanations.kinds import Explanation, mend, out_of_turn

SESSION_OVER = Explanation(
    "Phiên làm việc đã hết",
    "Bạn đã lâu không thao tác. Nội dung đang nhập vẫn được giữ.",
    ("Đăng nhập lại; bạn sẽ trở về đúng trang này.",),
)

ENDED = (
    "appointment-ended",
    "delegation-ended",
    "session-ended",
    "session-unknown",
    "sign-in-required",
    "token-expired",
    "token-invalid",
)

ACCESS = {
    "not-allowed": Explanation(
        "Bạn không có quyền làm việc này",
        "Việc này thuộc vai trò hoặc đơn vị khác. "
        "Quyền được xét theo phân công chức vụ tại thời điểm bạn bấm nút.",
        (
            "Nếu bạn có nhiều phân công, hãy chọn đúng phân công ở đầu trang rồi làm lại.",
            "Nếu chưa được phân công, hãy liên hệ người quản trị của đơn vị.",
        ),
    ),
    "same-person": Explanation(
        "Người soạn không được tự duyệt",
        "Người đã soạn hoặc thẩm định không được duyệt, ký chính việc đó.",
        ("Đề nghị một người khác có thẩm quyền xem và duyệt.",),
    ),
    "not-found": Explanation(
        "Không tìm thấy trang này",
        "Địa chỉ không đúng, hoặc hồ sơ không thuộc phạm vi bạn được xem.",
        ("Kiểm tra lại địa chỉ.", "Vào “Việc cần làm” để tìm lại hồ sơ."),
    ),
    "no-appointment": Explanation(
        "Bạn chưa có phân công chức vụ nào còn hiệu lực",
        "Mọi việc trên hệ thống được làm theo vai trò và đơn vị trong phân công chức vụ.",
        ("Liên hệ người quản trị của đơn vị để được phân công.",),
    ),
    "password": mend(
        "Tên đăng nhập hoặc mật khẩu không đúng",
        "Sau nhiều lần sai liên tiếp, tài khoản tạm khóa.",
        "Kiểm tra bộ gõ tiếng Việt và phím Caps Lock.",
    ),
    "account-locked": Explanation(
        "Tài khoản tạm khóa",
        "Mật khẩu đã sai nhiều lần liên tiếp.",
        ("Chờ hết thời gian khóa rồi thử lại.", "Nếu quên mật khẩu, liên hệ người quản trị."),
    ),
    "password-too-short": mend(
        "Mật khẩu quá ngắn", "Mật khẩu dài khó đoán hơn.", "Chọn một câu dài mà bạn dễ nhớ."
    ),
    "username-taken": mend(
        "Tên đăng nhập đã có người dùng", "Mỗi tên chỉ cho một người.", "Chọn tên khác."
    ),
    "code-taken": mend("Mã đơn vị đã dùng", "Mỗi đơn vị có một mã riêng.", "Chọn mã khác."),
    "unit-unknown": mend("Không có đơn vị này", "Mã đơn vị không đúng.", "Kiểm tra mã đơn vị."),
    "parent-unknown": mend(
        "Không có đơn vị cấp trên này", "Mã đơn vị không đúng.", "Kiểm tra mã đơn vị."
    ),
    "unit-not-valid": mend(
        "Đơn vị không tồn tại vào ngày này",
        "Đơn vị có ngày thành lập và ngày kết thúc.",
        "Chọn ngày hoặc đơn vị khác.",
    ),
    "role-not-of-unit": mend(
        "Vai trò không thuộc loại đơn vị này",
        "Chủ tịch thuộc cơ quan ban hành, văn thư thuộc văn phòng.",
        "Chọn đơn vị hoặc vai trò khác.",
    ),
    "dates-reversed": mend(
        "Ngày kết thúc trước ngày bắt đầu", "Hai ngày bị ngược.", "Sửa lại hai ngày."
    ),
    "version-changed": Explanation(
        "Có người vừa thay đổi trước bạn",
        "Trang bạn xem không còn là bản mới nhất, nên việc của bạn chưa được ghi.",
        ("Mở lại trang để xem thay đổi.", "Làm lại nếu vẫn còn cần."),
    ),
    "outcome-unknown": Explanation(
        "Chưa rõ việc của bạn đã được ghi hay chưa",
        "Kết nối tới kho dữ liệu bị ngắt đúng lúc ghi.",
        ("Bấm lại; nếu đã ghi rồi thì sẽ không ghi lần nữa.",),
    ),
    "idempotency-key-reused": out_of_turn("Trang này đã dùng cho một việc khác"),
    "view-behind": Explanation(
        "Trang đang cập nhật",
        "Việc vừa làm đã được ghi, nhưng danh sách chưa kịp hiện.",
        ("Mở lại trang sau vài giây.",),
    ),
    "invalid-request": mend("Nội dung gửi lên chưa đúng", "Có ô chưa đúng dạng.", "Sửa các ô."),
    "too-large": mend("Tệp quá lớn", "Tệp vượt dung lượng cho phép.", "Giảm dung lượng tệp."),
    "file-refused": mend(
        "Không nhận được tệp này",
        "Chỉ nhận PDF, ảnh hoặc văn bản; loại tệp được kiểm tra theo nội dung.",
        "Xuất lại tệp thành PDF.",
    ),
    "database-away": Explanation(
        "Cơ sở dữ liệu tạm thời không trả lời",
        "Chưa chắc việc của bạn đã được ghi; làm lại không tạo việc trùng.",
        ("Thử lại sau ít phút.",),
    ),
    "service-away": Explanation(
        "Một phần của hệ thống tạm thời không trả lời",
        "Việc của bạn chưa được ghi. Không có dữ liệu nào bị mất.",
        ("Thử lại sau ít phút; bấm lại nhiều lần không tạo việc trùng.",),
    ),
    "foreign-form": Explanation(
        "Không nhận được yêu cầu này",
        "Yêu cầu không gửi từ trang của bạn, hoặc bạn đã đăng nhập lại từ lúc mở trang.",
        ("Mở lại trang rồi làm lại; nội dung đang nhập có thể phải nhập lại.",),
    ),
    "busy": Explanation(
        "Hệ thống đang bận",
        "Việc của bạn chưa được ghi.",
        ("Thử lại sau ít giây.",),
    ),
    "conflict": Explanation(
        "Nhiều người đang cùng làm việc này",
        "Việc của bạn chưa được ghi.",
        ("Mở lại trang để xem trạng thái hiện tại rồi làm lại.",),
    ),
    "choose-appointment": Explanation(
        "Chọn phân công để làm việc",
        "Bạn có nhiều phân công chức vụ; mỗi việc được ghi theo một vai trò và một đơn vị.",
        ("Chọn phân công ở đầu trang rồi làm lại.",),
    ),
}

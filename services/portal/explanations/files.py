"""Files of plans that are not read: what is wrong with each and what to do next."""

from services.portal.explanations.kinds import Explanation

_PASTE = "Hoặc dán toàn văn kế hoạch vào ô bên dưới."
_SAVE_DOCX = "Mở tệp bằng Word, chọn “Lưu thành” dạng .docx rồi tải lên lại."


def _file(title: str, why: str, *steps: str) -> Explanation:
    return Explanation(title, f"{why} Không có gì được lưu lại.", steps)


DRAFTS = {
    "field-changed": Explanation(
        "Người khác vừa sửa nội dung này",
        "Nội dung của bạn chưa được ghi, để không đè lên việc của người kia. Cả hai ở bên dưới.",
        ("Quay lại bản thảo, xem nội dung hiện tại.", "Nếu vẫn cần, sửa lại và lưu."),
    ),
}

FILES = {
    "file-absent": _file("Chưa chọn tệp", "Yêu cầu không kèm tệp nào.", "Chọn tệp kế hoạch."),
    "file-empty": _file("Tệp rỗng", "Tệp không có nội dung.", "Chọn lại đúng tệp kế hoạch."),
    "file-too-large": _file(
        "Tệp quá lớn",
        "Một kế hoạch có chữ thường dưới 1 MB.",
        "Bỏ hình ảnh hoặc phụ lục khỏi tệp rồi tải lên lại.",
        _PASTE,
    ),
    "file-text-too-long": _file(
        "Văn bản trong tệp quá dài",
        "Một kế hoạch thường có khoảng 10.000 ký tự.",
        "Tách riêng kế hoạch khỏi các phụ lục rồi tải lên lại.",
    ),
    "file-too-many-pages": _file(
        "Tệp có quá nhiều trang",
        "Một kế hoạch thường dưới 20 trang.",
        "Tách riêng kế hoạch khỏi các phụ lục rồi tải lên lại.",
    ),
    "file-bomb": _file(
        "Tệp nén bất thường",
        "Nội dung bên trong phình ra lớn hơn nhiều so với tệp, nên không được mở.",
        _SAVE_DOCX,
        _PASTE,
    ),
    "file-macros": _file(
        "Tệp có macro",
        "Tệp Word có macro có thể tự chạy chương trình, nên không được đọc.",
        "Lưu lại dạng .docx không có macro rồi tải lên lại.",
        _PASTE,
    ),
    "file-links": _file(
        "Tệp lấy nội dung từ nơi khác",
        "Tệp liên kết tới mẫu, hình ảnh hoặc đối tượng nằm ngoài tệp, nên không được đọc.",
        "Trong Word, ngắt các liên kết đó (Tệp → Thông tin → Sửa liên kết) rồi tải lên lại.",
        _PASTE,
    ),
    "file-objects": _file(
        "Tệp có đối tượng nhúng",
        "Tệp chứa đối tượng của chương trình khác, nên không được đọc.",
        "Xóa đối tượng nhúng khỏi tệp rồi tải lên lại.",
        _PASTE,
    ),
    "file-encrypted": _file(
        "Tệp có mật khẩu",
        "Tệp được khóa nên không đọc được.",
        "Bỏ mật khẩu của tệp rồi tải lên lại.",
    ),
    "file-scanned": _file(
        "Tệp là bản chụp, không có chữ",
        "Các trang của tệp chỉ là hình ảnh.",
        "Hãy dùng bản có chữ (Word hoặc PDF xuất từ Word).",
        _PASTE,
    ),
    "file-old-word": _file(
        "Tệp Word kiểu cũ (.doc)", "Chỉ đọc được .docx, .pdf và .txt.", _SAVE_DOCX, _PASTE
    ),
    "file-other-kind": _file(
        "Tệp không phải văn bản",
        "Chỉ đọc được tệp Word (.docx), PDF có chữ và văn bản (.txt); đuôi tệp không quyết định.",
        "Chọn đúng tệp kế hoạch.",
        _PASTE,
    ),
    "file-encoding": _file(
        "Không đọc được bảng mã của tệp",
        "Tệp văn bản phải là Unicode (UTF-8 hoặc UTF-16).",
        "Lưu lại dạng .txt với bảng mã UTF-8 rồi tải lên lại.",
        _PASTE,
    ),
    "file-broken": _file(
        "Tệp bị hỏng",
        "Cấu trúc bên trong tệp không đúng.",
        "Mở tệp, lưu lại thành tệp mới rồi tải lên.",
        _PASTE,
    ),
    "file-too-hard": _file(
        "Tệp đọc mãi không xong",
        "Việc đọc tệp đã vượt thời gian hoặc bộ nhớ cho phép nên bị dừng.",
        "Mở tệp, lưu lại thành tệp mới rồi tải lên.",
        _PASTE,
    ),
}

"""Workbooks that cannot be imported."""

from services.portal.explanations.kinds import mend

AGAIN = "Tải tệp mẫu, chép dữ liệu sang rồi tải lên lại."
IMPORTS = {
    "not-a-workbook": mend(
        "Tệp này không phải tệp Excel (.xlsx)", "Tệp hỏng hoặc thuộc loại khác.", AGAIN
    ),
    "workbook-with-macros": mend(
        "Tệp có macro", "Tệp có macro không được nhận.", "Lưu lại dạng .xlsx, không macro."
    ),
    "workbook-with-links": mend(
        "Tệp có liên kết sang tệp khác",
        "Giá trị lấy từ tệp khác không kiểm tra được.",
        "Dán lại thành giá trị rồi lưu.",
    ),
    "workbook-too-large": mend("Tệp nở ra quá lớn", "Nội dung nén trong tệp vượt giới hạn.", AGAIN),
    "workbook-too-long": mend(
        "Tệp có quá nhiều dòng", "Mỗi tệp không quá 1.000 dòng.", "Chia thành nhiều tệp."
    ),
    "workbook-of-another-shape": mend("Tệp không theo mẫu", "Thiếu bảng hoặc cột của mẫu.", AGAIN),
    "rows-faulty": mend(
        "Còn dòng phải sửa", "Chưa ghi gì cả.", "Tải tệp lên lại để xem từng chỗ phải sửa."
    ),
    "nothing-to-import": mend(
        "Không có gì để nhập", "Tệp trống, hoặc mọi dòng đã có sẵn.", "Điền tệp mẫu rồi tải lên."
    ),
}

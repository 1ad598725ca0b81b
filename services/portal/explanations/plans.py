"""Campaigns: drafts, recipients, guidance; and the numbering of any document."""

from services.portal.explanations.kinds import Explanation, mend, out_of_turn

PLANS = {
    "unconfirmed-fields": Explanation(
        "Còn nội dung chưa xác nhận",
        "Nội dung đọc từ văn bản phải được một người đối chiếu và xác nhận trước khi trình.",
        ("Mở bản thảo và xác nhận từng nội dung còn lại.", "Trình lại bản thảo."),
    ),
    "fields-missing": Explanation(
        "Còn thiếu nội dung bắt buộc",
        "Kế hoạch cần đủ các nội dung này trước khi trình duyệt.",
        ("Nhập các nội dung còn thiếu.", "Trình lại bản thảo."),
    ),
    "value-empty": mend("Chưa nhập nội dung", "Ô này còn trống.", "Nhập nội dung."),
    "unknown-field": out_of_turn("Không có nội dung này trong bản thảo"),
    "not-a-plan": Explanation(
        "Văn bản này không phải kế hoạch phát động",
        "Không đọc được cơ quan ban hành, loại văn bản và chủ đề phong trào. "
        "Không có gì được lưu lại.",
        ("Kiểm tra đúng tệp kế hoạch.", "Nếu là bản chụp, hãy dùng bản có chữ."),
    ),
    "read-from-text": Explanation(
        "Kế hoạch này đọc từ văn bản",
        "Nội dung được đối chiếu và sửa từng mục bên cạnh văn bản, không viết lại theo mẫu.",
        ("Mở bản thảo và sửa từng nội dung.",),
    ),
    "paper-differs": Explanation(
        "Bản PDF đã ban hành không còn ở đây",
        "Bản tạo lại khác bản đã ghi mã băm khi cấp số, nên không được phát ra thay cho bản đó.",
        ("Báo quản trị khôi phục bản lưu từ bản sao dữ liệu.", "Dùng bản Word nếu cần đọc."),
    ),
    "scope-empty": mend(
        "Chưa chọn đơn vị thực hiện",
        "Phong trào cần ít nhất một đơn vị tham gia.",
        "Chọn các đơn vị thực hiện.",
    ),
    "recipient-unresolved": mend(
        "Có nơi nhận chưa gắn với đơn vị",
        "Thông báo chỉ gửi được khi biết dòng nơi nhận là đơn vị nào.",
        "Chọn đơn vị cho dòng nơi nhận.",
    ),
    "recipient-left-out": mend(
        "Bỏ sót nơi nhận",
        "Mọi dòng trong phần “Nơi nhận” của kế hoạch phải được gửi.",
        "Thêm các nơi nhận còn sót.",
    ),
    "guidance-missing": Explanation(
        "Chưa có hướng dẫn khen thưởng",
        "Hướng dẫn quy định hình thức, số lượng, tiêu chuẩn và thời gian nhận hồ sơ.",
        ("Chờ hướng dẫn; bạn sẽ nhận thông báo khi có.",),
    ),
    "guidance-incomplete": mend(
        "Hướng dẫn khen thưởng chưa đủ",
        "Cần ít nhất một hình thức khen thưởng và một tiêu chuẩn.",
        "Bổ sung hình thức hoặc tiêu chuẩn.",
    ),
    "window-ends-before-it-begins": mend(
        "Thời gian nhận hồ sơ bị ngược", "Ngày hết hạn trước ngày mở nhận.", "Sửa lại hai ngày."
    ),
    "form-twice": mend(
        "Một hình thức khen thưởng ghi hai lần",
        "Mỗi hình thức chỉ ghi một lần, với một số lượng.",
        "Gộp hai dòng hoặc đổi tên hình thức.",
    ),
    "points-do-not-add-up": mend(
        "Tổng điểm chưa đúng",
        "Khi chấm điểm, tổng điểm tối đa các tiêu chuẩn của mỗi loại đối tượng phải bằng mức theo "
        "cài đặt của đơn vị (mặc định 100); tiêu chuẩn không ghi điểm được xét đạt hoặc không đạt.",
        "Sửa điểm tối đa của từng tiêu chuẩn.",
    ),
    "quota-of-no-form": mend(
        "Số lượng của một hình thức không có",
        "Số lượng theo khối phải thuộc một hình thức trong hướng dẫn.",
        "Sửa hình thức hoặc bỏ số lượng này.",
    ),
    "quota-beyond-form": mend(
        "Số lượng theo khối nhiều hơn số lượng chung",
        "Một khối hoặc một đơn vị không thể được nhiều hơn số lượng của cả hình thức.",
        "Giảm số lượng theo khối hoặc tăng số lượng chung.",
    ),
    "quota-twice": mend(
        "Số lượng của một khối ghi hai lần", "Mỗi khối chỉ ghi một lần.", "Bỏ một dòng."
    ),
    "unknown-share": mend(
        "Tỷ lệ không đúng",
        "Tỷ lệ ghi được cho người lao động trực tiếp, nữ và người dân tộc thiểu số, mỗi nhóm "
        "một lần.",
        "Sửa lại tỷ lệ.",
    ),
    "nothing-revised": mend(
        "Chưa sửa nội dung nào",
        "Bản này giống hướng dẫn đang áp dụng.",
        "Sửa nội dung cần thay đổi rồi gửi lại.",
    ),
    "guidance-under-way": mend(
        "Đang có bản hướng dẫn sửa đổi đã được duyệt",
        "Bản đó ghi thời hạn nhận hồ sơ riêng và sẽ thay thời hạn vừa đổi.",
        "Trả lại bản sửa đổi để ghi thời hạn mới, hoặc ban hành bản đó trước.",
    ),
    "deadline-changed-since": mend(
        "Thời hạn nhận hồ sơ đã đổi sau khi lập dự thảo",
        "Dự thảo được lập theo thời hạn cũ nên không thể duyệt.",
        "Trả lại để người lập xem thời hạn đang áp dụng rồi trình lại.",
    ),
    "no-guidance-draft": out_of_turn("Không có dự thảo hướng dẫn nào đang chờ"),
    "unknown-kind": mend(
        "Loại đối tượng không đúng",
        "Chỉ có cá nhân, tập thể và hộ gia đình.",
        "Chọn lại loại đối tượng.",
    ),
    "already-signed": Explanation(
        "Văn bản đã được ký",
        "Sau khi ký, nội dung không sửa được; chỉ có thể sửa đổi, đính chính hoặc thu hồi "
        "bằng văn bản khác (Nghị định 30/2020/NĐ-CP, Điều 18).",
        ("Mở văn bản đã ký để xem.", "Nếu có sai sót, lập văn bản sửa đổi hoặc đính chính."),
    ),
    "number-out-of-order": mend(
        "Ngày cấp số không theo thứ tự",
        "Số văn bản tăng dần theo ngày trong sổ đăng ký.",
        "Chọn ngày không sớm hơn văn bản liền trước.",
    ),
    "issued-in-future": mend(
        "Ngày ban hành ở tương lai", "Chưa đến ngày đó.", "Chọn hôm nay hoặc ngày trước đó."
    ),
    "issued-before-signed": mend(
        "Ngày ban hành trước ngày ký", "Số được cấp sau khi ký.", "Chọn ngày ký hoặc sau đó."
    ),
    "unit-not-in-scope": Explanation(
        "Đơn vị của bạn không thuộc phạm vi phong trào",
        "Phạm vi do kế hoạch phát động quy định.",
        ("Liên hệ cơ quan chủ trì nếu đơn vị của bạn lẽ ra phải tham gia.",),
    ),
}

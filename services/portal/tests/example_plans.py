"""Examples of the campaign page: a launched campaign, and a draft read from a plan."""

from services.portal.pages import Campaign
from services.portal.parts import (
    Act,
    Cell,
    DraftField,
    Excerpt,
    Fact,
    Field,
    Gauge,
    Paper,
    Piece,
    State,
    Summary,
    Table,
)
from services.portal.tests.example_frames import (
    APPRAISER,
    CHAIRMAN,
    DIGEST,
    at,
    history,
    told,
)

TITLE = "Phong trào thi đua chào mừng Đại hội đại biểu các dân tộc thiểu số huyện lần thứ IV"
STEPS = told(
    "/campaigns/1",
    ("campaign.drafted", at(4, 4, 1), APPRAISER, "từ tệp kế hoạch", ""),
    ("campaign.field-added", at(4, 4, 2), APPRAISER, "Ngày ban hành", "Văn bản để trống ngày"),
    ("campaign.approved", at(4, 4, 8), CHAIRMAN, "", ""),
    ("campaign.signed", at(4, 5, 1), CHAIRMAN, "", ""),
    ("campaign.numbered", at(4, 5, 2), APPRAISER, "05/KH-UBND", ""),
    ("campaign.launched", at(4, 5, 3), APPRAISER, "30 đơn vị nhận", ""),
)
DUTIES = Table(
    "Ai làm gì theo kế hoạch",
    ("Đơn vị", "Vai trò", "Việc"),
    (
        (
            Cell("Phòng Lao động, Thương binh, Xã hội - Dân tộc"),
            Cell("chủ trì"),
            Cell("đôn đốc, hướng dẫn việc triển khai"),
        ),
        (
            Cell("Phòng Nội vụ"),
            Cell("phối hợp"),
            Cell("xây dựng hướng dẫn khen thưởng; tiếp nhận, thẩm định hồ sơ"),
        ),
    ),
)
RECIPIENTS = Table(
    "Ai được gửi kế hoạch và đã xác nhận chưa",
    ("Nơi nhận", "Mục đích", "Thông báo"),
    (
        (
            Cell("Sở Nội vụ"),
            Cell("để báo cáo"),
            Cell("", state=State("notice", "acknowledged"), note="09:12 ngày 06/04/2024"),
        ),
        (
            Cell("UBND các xã, thị trấn"),
            Cell("thực hiện"),
            Cell("", state=State("notice", "sent"), note="18/20 đã xác nhận"),
        ),
    ),
)

campaign_page = Campaign(
    title=TITLE,
    summary=Summary(
        "Kế hoạch số 05/KH-UBND ngày 05/04/2024 của UBND huyện Chi Lăng.",
        State("campaign", "intake-open"),
        Act("Lập hồ sơ đề nghị khen thưởng", "/dossiers/new?campaign=1"),
        (Act("Phản ánh khó khăn, vướng mắc", "/campaigns/1/difficulties/new"),),
    ),
    facts=(
        Fact("Thời gian thi đua", "từ ngày phát động đến trước Đại hội", "chưa định ngày"),
        Fact("Người ký", "Lương Văn Mẫu, Chủ tịch"),
        Fact("Phản ánh về", "Phòng Lao động, Thương binh, Xã hội - Dân tộc"),
        Fact("Căn cứ", "5 văn bản", href="/campaigns/1/legal-bases"),
    ),
    contents=(
        "Tuyên truyền mục đích, ý nghĩa của Đại hội đến từng thôn, bản.",
        "Thực hiện các phong trào thi đua yêu nước, giảm nghèo bền vững, xây dựng nông thôn mới.",
        "Tăng cường đoàn kết giữa các dân tộc, phát huy vai trò người có uy tín.",
    ),
    duties=DUTIES,
    recipients=RECIPIENTS,
    history=history("/campaigns/1", STEPS),
    guidance=(
        Fact("Nhận hồ sơ", "từ 01/07/2024 đến hết 15/08/2024"),
        Fact("Hình thức", "Giấy khen của Chủ tịch UBND huyện"),
        Fact("Tiêu chuẩn cá nhân", "có thành tích tiêu biểu, được thôn, đơn vị bình xét"),
    ),
    gauges=(
        Gauge("Cá nhân", 14, 20, "14 trường hợp đã đề nghị, còn 6.", "/dossiers?kind=individual"),
        Gauge("Tập thể", 6, 10, "6 trường hợp đã đề nghị, còn 4."),
    ),
    about=(
        Fact("Mã phong trào", "PT-2024-001"),
        Fact("Phát động theo", "Kế hoạch của UBND tỉnh", "10/KH-UBND", "/campaigns/2"),
    ),
    changes=Table(
        "Mới nhất ở trên cùng",
        ("Thay đổi", "Trước", "Sau", "Lý do"),
        (
            (
                Cell("Thời gian kết thúc"),
                Cell("trước Đại hội"),
                Cell("15/10/2024"),
                Cell("Đại hội đã định ngày", note="Nông Văn Thí Dụ, 09:12 ngày 01/06/2024"),
            ),
        ),
    ),
    amendment=Table(
        "Sửa đổi kế hoạch, chờ duyệt",
        ("Nội dung", "Hiện nay", "Sửa thành"),
        ((Cell("Chủ đề thi đua"), Cell("Chủ đề cũ"), Cell("Chủ đề mới")),),
    ),
    papers=(Paper("Kế hoạch 05-KH-UBND.pdf", "/papers/1", 312_000, DIGEST),),
    difficulties=Table(
        "Đơn vị phản ánh, cơ quan chủ trì trả lời",
        ("Phản ánh", "Đơn vị", "Tình trạng"),
        (
            (
                Cell("Hộ gia đình có kê khai chung được không?", "/campaigns/1/difficulties/1"),
                Cell("UBND xã Bằng Mạc"),
                Cell("", state=State("difficulty", "waiting"), note="còn 2 ngày làm việc"),
            ),
        ),
    ),
)

THEME = "Thi đua chào mừng Đại hội đại biểu các dân tộc thiểu số huyện lần thứ IV"

draft_page = Campaign(
    title="Bản thảo từ kế hoạch chưa có số",
    summary=Summary(
        "Hệ thống đã đọc kế hoạch; bạn đối chiếu từng nội dung với văn bản.",
        State("campaign", "draft"),
        cannot="Chưa trình duyệt được: còn 2 nội dung chưa xác nhận.",
        others=(Act("Bỏ bản thảo này", "/campaigns/1/abandonment/new", grave=True),),
    ),
    facts=(),
    contents=(),
    duties=DUTIES,
    recipients=RECIPIENTS,
    history=history("/campaigns/1", STEPS[:2]),
    banner=(Fact("Bị trả lại", "Chưa ghi cơ quan phối hợp.", "09:12 ngày 03/04/2024"),),
    readiness=Table(
        "Mục nào bắt buộc, bao nhiêu là đủ: theo cài đặt của cơ quan từ 01/01/2024",
        ("Mục", "Có/cần", "Việc cần làm"),
        (
            (
                Cell("Đủ căn cứ", note="bắt buộc"),
                Cell("1/2", number=True),
                Cell("Nhập thêm văn bản làm căn cứ."),
            ),
        ),
    ),
    warnings=("Căn cứ 2 viện dẫn Nghị định số 91/2017/NĐ-CP, hết hiệu lực sau 31/12/2023.",),
    fields=(
        DraftField(
            "theme",
            "Chủ đề thi đua",
            f"{THEME}.",
            "found",
            Excerpt("I. CHỦ ĐỀ THI ĐUA\n", f"{THEME}.", "\nII. NỘI DUNG THI ĐUA", 11, "span-theme"),
            Act("Đúng, xác nhận", "/campaigns/1/fields/theme", "post", 2),
            (Field("theme-value", "Chủ đề thi đua", "textarea", THEME),),
        ),
        DraftField(
            "signer",
            "Người ký",
            "Lương Văn Mẫu, Chủ tịch",
            "confirmed",
            Excerpt("CHỦ TỊCH\n", "Lương Văn Mẫu", "", 54, "span-signer"),
        ),
    ),
    missing=(
        DraftField(
            "number",
            "Số, ký hiệu",
            "",
            "missing",
            Excerpt("", "Số: /KH-UBND", "\nChi Lăng, ngày tháng 4 năm 2024", 3),
            Act("Nhập", "/campaigns/1/fields/number", "post", 2),
            (Field("number-value", "Số, ký hiệu", required=False, hint="Văn thư cấp sau khi ký"),),
            note="Văn bản để trống; văn thư cấp số sau khi ký.",
        ),
    ),
    papers=(Paper("Tải PDF kế hoạch", "/campaigns/1/plan.pdf", note="dự thảo"),),
    preview="/campaigns/1/plan.png",
    text=(
        Piece("Số: /KH-UBND\n\nKẾ HOẠCH\n\nI. CHỦ ĐỀ THI ĐUA\n\n"),
        Piece(f"{THEME}.", "span-theme", "Chủ đề thi đua"),
        Piece("\n\nII. NỘI DUNG THI ĐUA\n\n…\n\nCHỦ TỊCH\n\n"),
        Piece("Lương Văn Mẫu", "span-signer", "Người ký"),
    ),
)

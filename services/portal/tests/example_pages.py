"""One example of every page, so that each can be drawn and looked at without any service."""

from datetime import date

from services.portal.pages import Audit, Frame, Home, Inbox, Listing, Page
from services.portal.parts import (
    Act,
    Cell,
    Check,
    Choice,
    Done,
    Field,
    Gauge,
    Notice,
    Paper,
    State,
    Table,
    Task,
    most_urgent_first,
)
from services.portal.tests.example_difficulties import difficulty_page
from services.portal.tests.example_dossiers import (
    decision_page,
    dossier_page,
    old_dossier_page,
    session_page,
)
from services.portal.tests.example_forms import ask, refusal, sign_in, sign_in_wrong
from services.portal.tests.example_frames import (
    APPRAISER,
    AUDITOR,
    AUTHORITY,
    CHAIRMAN,
    DIGEST,
    OFFICER,
    at,
    frame,
)
from services.portal.tests.example_guidance import guidance_form, guidance_page
from services.portal.tests.example_plans import campaign_page, draft_page
from services.portal.tests.example_rights import account_page, changes_page, import_page
from services.portal.tests.example_units import unit_page, units_page

home_officer = Home(
    "Việc bạn cần làm",
    most_urgent_first(
        (
            Task(
                "Xác nhận đã nhận kế hoạch phát động",
                "/campaigns/1",
                "Phong trào thi đua chào mừng Đại hội đại biểu các dân tộc thiểu số huyện",
                since=date(2024, 4, 6),
                due=date(2024, 4, 12),
                days_left=3,
            ),
            Task(
                "Bổ sung hồ sơ HS-0007 bị trả lại",
                "/dossiers/7",
                "Thiếu biên bản xét khen thưởng",
                since=date(2024, 8, 2),
                due=date(2024, 8, 9),
                legal_due=date(2024, 8, 12),
                days_left=-2,
            ),
            Task(
                "Gửi hồ sơ HS-0009",
                "/dossiers/9",
                "2 trường hợp, đủ giấy tờ",
                since=date(2024, 8, 1),
                legal_due=date(2024, 8, 15),
                days_left=0,
            ),
            Task("Đọc hướng dẫn khen thưởng", "/campaigns/1#guidance", since=date(2024, 7, 1)),
        )
    ),
    following=(
        Task(
            "HS-0004 đang được Phòng Nội vụ thẩm định",
            "/dossiers/4",
            "Tiếp nhận ngày 01/08/2024",
            legal_due=date(2024, 8, 15),
            days_left=5,
        ),
    ),
    gauges=(
        Gauge("Cá nhân đã đề nghị", 3, 5, "Đơn vị còn được đề nghị 2 cá nhân."),
        Gauge("Tập thể đã đề nghị", 3, 2, "Vượt 1 tập thể so với hướng dẫn.", "/dossiers"),
    ),
    acts=(Act("Lập hồ sơ mới", "/dossiers/new"),),
)

home_chairman = Home("Việc bạn cần làm", ())

campaigns = Listing(
    "Phong trào thi đua",
    "Có 2 phong trào đang diễn ra.",
    Table(
        "Phong trào trong năm 2024",
        ("Phong trào", "Trạng thái", "Chủ trì", "Hạn nhận hồ sơ", "Hồ sơ"),
        (
            (
                Cell("Chào mừng Đại hội đại biểu các dân tộc thiểu số huyện lần thứ IV", "/c/1"),
                Cell("", state=State("campaign", "intake-open")),
                Cell("Phòng Lao động, Thương binh, Xã hội - Dân tộc"),
                Cell("15/08/2024", note="còn 4 ngày làm việc"),
                Cell("11", "/dossiers?campaign=1", number=True),
            ),
            (
                Cell("Xây dựng nông thôn mới", "/c/2"),
                Cell("", state=State("campaign", "draft")),
                Cell("Phòng Nông nghiệp"),
                Cell("chưa có"),
                Cell("0", number=True),
            ),
        ),
    ),
    filters=(
        Field("q", "Tìm theo tên", "search", required=False, hint="Có dấu hay không dấu đều được"),
        Field(
            "state",
            "Trạng thái",
            "select",
            required=False,
            choices=(Choice("", "Tất cả"), Choice("intake-open", "Đang nhận hồ sơ")),
        ),
    ),
    act=Act("Nhập kế hoạch mới", "/campaigns/new"),
    others=(Act("Viết kế hoạch theo mẫu", "/campaigns/written/new"),),
)

dossiers = Listing(
    "Hồ sơ khen thưởng",
    "11 hồ sơ, 26 trường hợp đề nghị.",
    Table(
        "Hồ sơ của phong trào chào mừng Đại hội",
        ("Hồ sơ", "Đơn vị", "Trạng thái", "Trường hợp", "Gửi ngày"),
        tuple(
            (
                Cell(f"HS-{number:04}", f"/dossiers/{number}"),
                Cell(unit),
                Cell("", state=State("dossier", code), note=note),
                Cell(str(lines), number=True),
                Cell(sent),
            )
            for number, unit, code, note, lines, sent in (
                (4, "UBND xã Vạn Linh", "received", "", 3, "30/07/2024"),
                (7, "UBND xã Y Tịch", "returned", "thiếu biên bản", 2, "29/07/2024"),
                (8, "UBND thị trấn Đồng Mỏ", "withdrawn", "", 1, "28/07/2024"),
                (9, "Trường PTDTNT huyện", "draft", "", 2, ""),
            )
        ),
    ),
    filters=(Field("q", "Tìm theo tên, đơn vị, mã hồ sơ", "search", required=False),),
    act=Act("Lập hồ sơ mới", "/dossiers/new"),
    more="/dossiers?before=9",
    export="/dossiers.xlsx",
)

inbox = Inbox(
    "Thông báo",
    (
        Notice(
            "Kế hoạch phát động phong trào thi đua",
            "UBND huyện đã phát động phong trào. Đề nghị đơn vị xác nhận đã nhận kế hoạch.",
            "UBND huyện Chi Lăng",
            at(4, 6, 2),
            "/campaigns/1",
            acknowledge=Act("Xác nhận đã nhận", "/inbox/1/acknowledgement", "post", 1),
            acknowledge_by=date(2024, 4, 12),
        ),
        Notice(
            "Hồ sơ HS-0007 bị trả lại",
            "Thiếu biên bản xét khen thưởng. Bổ sung trước ngày 09/08/2024.",
            "Phòng Nội vụ",
            at(8, 2, 9, 30),
            "/dossiers/7",
        ),
        Notice(
            "Hướng dẫn khen thưởng",
            "Phòng Nội vụ đã ban hành hướng dẫn: số lượng, tiêu chuẩn, thời gian nhận hồ sơ.",
            "Phòng Nội vụ",
            at(7, 1),
            read=True,
            acknowledged_at=at(7, 2, 1, 5),
        ),
    ),
    more="/inbox?before=1",
)

audit = Audit(
    "Tình trạng nhật ký",
    Check("verified", at(8, 21, 1), 1_284, DIGEST, "Đã đối chiếu cả 1.284 sự kiện trong 0,4 giây."),
    Table(
        "Mỗi phần giữ nhật ký riêng; nhật ký niêm phong phải theo kịp",
        ("Phần", "Sự kiện", "Đã niêm phong", "Tình trạng"),
        tuple(
            (
                Cell(name),
                Cell(events, number=True),
                Cell(sealed, number=True),
                Cell("", state=State("check", "verified")),
            )
            for name, events, sealed in (
                ("Danh bạ", "212", "212"),
                ("Phong trào", "310", "310"),
                ("Hồ sơ", "702", "702"),
                ("Thông báo", "60", "60"),
            )
        ),
    ),
    Table(
        "Việc bất thường hệ thống tự tìm thấy",
        ("Thời điểm", "Việc", "Tình trạng"),
        (
            (
                Cell("22:14 ngày 19/08/2024"),
                Cell("Thẩm định ngoài giờ làm việc", "/dossiers/4?version=9"),
                Cell("", state=State("finding", "open")),
            ),
        ),
        empty="Không có điểm nào.",
    ),
    verify=Act("Kiểm tra lại ngay", "/audit/verification", "post"),
    papers=(Paper("Gói chứng cứ ngoại tuyến.zip", "/audit/bundle", 1_420_000, DIGEST),),
)

SENT = Done(
    "Đã gửi hồ sơ",
    "Phòng Nội vụ sẽ tiếp nhận chậm nhất ngày làm việc tiếp theo. Bạn sẽ nhận thông báo.",
    "Mã hồ sơ: HS-0004",
    Act("Xem các hồ sơ của đơn vị", "/dossiers"),
)

EXAMPLES: dict[str, tuple[Page, Frame]] = {
    "sign-in": (sign_in, Frame(AUTHORITY, here="/dossiers/7")),
    "sign-in-wrong": (sign_in_wrong, Frame(AUTHORITY)),
    "home-officer": (home_officer, frame(OFFICER, "/")),
    "home-chairman": (home_chairman, frame(CHAIRMAN, "/", tasks=0)),
    "campaigns": (campaigns, frame(OFFICER, "/campaigns")),
    "campaign": (campaign_page, frame(OFFICER, "/campaigns")),
    "campaign-draft": (draft_page, frame(APPRAISER, "/campaigns")),
    "guidance": (guidance_page, frame(OFFICER, "/campaigns")),
    "guidance-form": (guidance_form, frame(APPRAISER, "/campaigns")),
    "dossiers": (dossiers, frame(OFFICER, "/dossiers")),
    "dossier": (dossier_page, frame(APPRAISER, "/dossiers", SENT)),
    "dossier-past": (old_dossier_page, frame(APPRAISER, "/dossiers")),
    "session": (session_page, frame(APPRAISER, "/sessions")),
    "decision": (decision_page, frame(CHAIRMAN, "/decisions")),
    "inbox": (inbox, frame(OFFICER, "/inbox")),
    "difficulty": (difficulty_page, frame(OFFICER, "/difficulties")),
    "audit": (audit, frame(AUDITOR, "/audit")),
    "ask": (ask, frame(APPRAISER, "/dossiers")),
    "unit": (unit_page, frame(AUDITOR, "/units")),
    "units": (units_page, frame(AUDITOR, "/units")),
    "account": (account_page, frame(APPRAISER, "/account")),
    "permission-changes": (changes_page, frame(AUDITOR, "/permission-changes")),
    "import": (import_page, frame(APPRAISER, "/officials")),
    "refusal": (refusal, frame(OFFICER, "/dossiers")),
}

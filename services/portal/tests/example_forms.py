"""Examples of pages that ask or answer one thing: sign-in, a question before an act, a refusal."""

from services.portal.pages import Ask, SignIn
from services.portal.parts import Act, Choice, Fact, Field, Problem
from services.portal.refusals import explain

USER = Field("username", "Tên đăng nhập", autocomplete="username")
PASSWORD = Field("password", "Mật khẩu", "password", autocomplete="current-password")

sign_in = SignIn("Đăng nhập", (USER, PASSWORD), "/sign-in", expired=True)

sign_in_wrong = SignIn(
    "Đăng nhập",
    (
        USER,
        Field(
            "password",
            "Mật khẩu",
            "password",
            error="Nhập lại mật khẩu",
            autocomplete="current-password",
        ),
    ),
    "/sign-in",
    (Problem("Tên đăng nhập hoặc mật khẩu không đúng. Còn 3 lần thử.", "password"),),
)

ask = Ask(
    "Trả lại hồ sơ HS-0007",
    "Đơn vị sẽ nhận thông báo kèm lý do và được bổ sung rồi gửi lại.",
    (
        Field(
            "missing",
            "Cần bổ sung gì?",
            "checkbox",
            value="minutes",
            choices=(
                Choice("minutes", "Biên bản xét khen thưởng"),
                Choice("achievement-report", "Báo cáo thành tích", "có xác nhận của đơn vị"),
            ),
        ),
        Field("reason", "Lý do", "textarea", error="Ghi lý do trả lại", save_to="/drafts/7"),
        Field("due", "Hạn bổ sung", "date", value="09/08/2024", hint="Ngày/tháng/năm"),
        Field("days", "Số ngày gia hạn", "number", required=False),
        Field(
            "letter", "Phiếu trả", "file", required=False, accept=".pdf", hint="PDF, tối đa 20 MB"
        ),
    ),
    Act("Trả lại hồ sơ", "/dossiers/7/return", "post", 6, grave=True),
    "/dossiers/7",
    facts=(Fact("Đơn vị", "UBND xã Y Tịch"), Fact("Tiếp nhận", "01/08/2024")),
    problems=(Problem("Ghi lý do trả lại", "reason"),),
    warning="Theo cài đặt của đơn vị, mỗi hồ sơ chỉ trả lại để bổ sung một lần.",
    preview=Act("Xem bản in thử (PDF)", "/dossiers/7/return/preview", "post"),
)

refusal = explain(
    "papers-missing",
    {"missing": ["minutes", "achievement-report"]},
    act=Act("Đính kèm giấy tờ còn thiếu", "/dossiers/9/papers/new"),
    reference="018f-4c1d",
)

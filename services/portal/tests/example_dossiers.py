"""Examples of a dossier now and in the past, a council session and a decision."""

from dataclasses import replace

from services.portal.pages import Decision, Dossier, Session
from services.portal.parts import Act, Cell, Fact, Gauge, Line, Paper, State, Summary, Table
from services.portal.tests.example_frames import (
    APPRAISER,
    CHAIRMAN,
    DIGEST,
    OFFICER,
    at,
    history,
    told,
)

FORM = "Giấy khen của Chủ tịch UBND huyện"
STEPS = told(
    "/dossiers/4",
    ("dossier.opened", at(7, 20, 2), OFFICER, "", ""),
    ("dossier.nominee-added", at(7, 20, 2, 10), OFFICER, "3 trường hợp", ""),
    ("dossier.paper-attached", at(7, 24, 3), OFFICER, "Biên bản", ""),
    ("dossier.submitted", at(7, 30, 1), OFFICER, "", ""),
    ("dossier.received", at(8, 1, 1), APPRAISER, "vào sổ số 118", ""),
    ("dossier.line-held", at(8, 5, 8), APPRAISER, "trường hợp 3", "Chờ kết luận xác minh đơn"),
)

COLLECTIVE = Line(
    1,
    "Nhân dân và cán bộ thôn Mẫu",
    "collective",
    "xã Vạn Linh",
    FORM,
    appraisal=State("line", "eligible"),
    appraisal_reason="Đủ giấy tờ, đạt tiêu chuẩn 1 và 2.",
)
PERSON = Line(
    2,
    "Hoàng Thị Ví Dụ",
    "individual",
    "Trưởng thôn, xã Vạn Linh",
    FORM,
    appraisal=State("line", "proposed"),
    warning="Trường THCS Vạn Linh cũng đề nghị người này (HS-0011). Cần chọn một nơi đề nghị.",
    acts=(
        Act("Đủ điều kiện", "/dossiers/4/lines/2/appraisal?result=eligible"),
        Act("Không đủ điều kiện", "/dossiers/4/lines/2/appraisal?result=not-eligible"),
        Act("Tạm dừng xét", "/dossiers/4/lines/2/hold"),
    ),
)
HOUSEHOLD = Line(
    3,
    "Hộ gia đình ông Nông Văn Mẫu",
    "household",
    "thôn Mẫu, xã Vạn Linh",
    FORM,
    appraisal=State("line", "held"),
    appraisal_reason="Chờ kết luận xác minh đơn.",
)

dossier_page = Dossier(
    title="Hồ sơ HS-0004 của UBND xã Vạn Linh",
    summary=Summary(
        "Đề nghị khen thưởng 3 trường hợp trong phong trào chào mừng Đại hội.",
        State("dossier", "received"),
        cannot="Chưa kết thúc thẩm định được: trường hợp 2 chưa có kết quả.",
        others=(
            Act("Trả lại để bổ sung", "/dossiers/4/return/new", grave=True),
            Act("Lấy ý kiến (hiệp y)", "/dossiers/4/consultations/new"),
        ),
    ),
    facts=(
        Fact("Phong trào", "Chào mừng Đại hội các dân tộc thiểu số huyện", href="/campaigns/1"),
        Fact("Tờ trình", "12/TTr-UBND ngày 29/07/2024"),
        Fact("Tiếp nhận", "01/08/2024, số đến 118"),
        Fact("Hạn thẩm định", "15/08/2024", "10 ngày làm việc, theo cài đặt của đơn vị"),
    ),
    lines=(COLLECTIVE, PERSON, HOUSEHOLD),
    papers=(
        Paper("Tờ trình 12-TTr-UBND.pdf", "/papers/1", 181_000, DIGEST),
        Paper("Biên bản xét khen thưởng.pdf", "/papers/2", 214_000, DIGEST),
    ),
    history=history("/dossiers/4", STEPS),
    missing_papers=("Báo cáo thành tích của trường hợp 2",),
    attach=Act("Đính kèm giấy tờ", "/dossiers/4/papers/new"),
)

old_dossier_page = replace(
    dossier_page,
    summary=replace(dossier_page.summary, state=State("dossier", "submitted")),
    facts=dossier_page.facts[:2],
    lines=tuple(
        replace(line, appraisal=State("line", "proposed"), appraisal_reason="", warning="")
        for line in dossier_page.lines
    ),
    history=history("/dossiers/4", STEPS, version=4),
)


def voted(line: Line, votes: str, outcome: str, reason: str = "") -> Line:
    return replace(
        line,
        votes=votes,
        appraisal=State("line", "eligible"),
        outcome=State("line", outcome),
        outcome_reason=reason,
        acts=(),
        warning="",
    )


session_page = Session(
    title="Phiên họp Hội đồng Thi đua, Khen thưởng ngày 20/08/2024",
    summary=Summary(
        "Xét 3 trường hợp của phong trào chào mừng Đại hội.",
        State("session", "closed"),
        Act("Lập tờ trình và dự thảo quyết định", "/decisions/new?session=1"),
    ),
    facts=(
        Fact("Thời gian", "14:00 đến 16:30 ngày 20/08/2024"),
        Fact("Địa điểm", "Phòng họp UBND huyện"),
        Fact("Chủ trì", "Lương Văn Mẫu"),
        Fact("Thư ký", "Nông Văn Thí Dụ"),
        Fact("Cách biểu quyết", "giơ tay", "theo quy chế làm việc của Hội đồng"),
    ),
    members=Table(
        "Tham dự 8/9, vắng 1",
        ("Thành viên", "Chức vụ", "Tham dự"),
        (
            (
                Cell("Lương Văn Mẫu"),
                Cell("Chủ tịch Hội đồng"),
                Cell("", state=State("member", "present")),
            ),
            (
                Cell("Vi Văn Thí Dụ"),
                Cell("Thành viên"),
                Cell("", state=State("member", "recused"), note="với trường hợp 1"),
            ),
            (Cell("Hứa Thị Mẫu"), Cell("Thành viên"), Cell("", state=State("member", "written"))),
        ),
    ),
    lines=(
        voted(COLLECTIVE, "8/9 đồng ý (88,9 %), 1 không tham gia", "recommended"),
        voted(PERSON, "9/9 đồng ý (100 %)", "referred", "Đề nghị Chủ tịch tỉnh tặng Bằng khen."),
        voted(HOUSEHOLD, "3/9 đồng ý (33,3 %)", "not-recommended", "Thành tích chưa rõ."),
    ),
    history=history(
        "/sessions/1",
        told(
            "/sessions/1",
            ("session.convened", at(8, 14, 2), APPRAISER, "9 thành viên", ""),
            ("session.opened", at(8, 20, 7), CHAIRMAN, "có mặt 8/9", ""),
            ("session.closed", at(8, 20, 9, 30), CHAIRMAN, "", ""),
        ),
    ),
    papers=(Paper("Biên bản họp Hội đồng.pdf", "/papers/5", 240_000, DIGEST),),
    gauges=(Gauge("Thành viên dự họp", 8, 9, "Tối thiểu 6 theo quy chế làm việc."),),
)

decision_page = Decision(
    title="Quyết định tặng Giấy khen phong trào chào mừng Đại hội",
    summary=Summary(
        "Tặng Giấy khen cho 1 tập thể; 1 trường hợp không khen thưởng, 1 đề nghị cấp trên.",
        State("decision", "draft"),
        Act("Xem lại và ký", "/decisions/1/signature/new"),
        (
            Act("Đưa một trường hợp ra", "/decisions/1/strike/new"),
            Act("Không ký, trả lại", "/decisions/1/refusal/new", grave=True),
        ),
    ),
    facts=(
        Fact("Theo đề nghị của", "Trưởng Phòng Nội vụ, Tờ trình 41/TTr-NV ngày 21/08/2024"),
        Fact("Hội đồng họp", "20/08/2024", href="/sessions/1"),
        Fact("Tiền thưởng", "1.410.000 đ", "0,6 × 2.340.000 đ, làm tròn lên 10.000 đ"),
    ),
    awarded=(replace(voted(COLLECTIVE, "8/9 đồng ý", "awarded"), money=1_410_000),),
    referred=(voted(PERSON, "9/9 đồng ý", "referred"),),
    not_awarded=(voted(HOUSEHOLD, "3/9 đồng ý", "not-awarded", "Thành tích chưa rõ."),),
    differing=(voted(HOUSEHOLD, "", "struck", "Chờ kết luận xác minh."),),
    history=history(
        "/decisions/1",
        told("/decisions/1", ("decision.drafted", at(8, 21, 3), APPRAISER, "3 trường hợp", "")),
    ),
    papers=(Paper("Dự thảo quyết định.pdf", "/papers/6", 120_000),),
)

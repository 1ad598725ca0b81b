"""Plans written for the score, each with its truth. Every person in them is invented."""

from dataclasses import dataclass, field
from typing import Any

Basis = tuple[str, str | None, str | None, str | None, str]  # kind, number, day, issuer, as written
Duty = tuple[tuple[str, ...], tuple[str, ...], str]  # units, coordinating, sentence
Recipient = tuple[str, str]  # name, purpose


@dataclass(frozen=True)
class Subject:
    """What a campaign is about: abstract, theme, points, and the words of its preamble."""

    abstract: str
    theme: str
    points: tuple[str, ...]
    acts: str


@dataclass(frozen=True)
class Signature:
    lines: tuple[str, ...]
    form: str
    title: str
    name: str


@dataclass(frozen=True)
class Plan:
    """One plan. `order`: sections by topic; `hazards`: names of `writing.HAZARDS`; `kind`: file."""

    name: str
    superior: tuple[str, ...]
    authority: tuple[str, ...]
    number: str
    symbol: str
    place: str
    day: str  # as written, "05/4/2024", or "" for blank
    subject: Subject
    bases: tuple[Basis, ...]
    period: tuple[str, dict[str, Any]]
    duties: tuple[Duty, ...]
    recipients: tuple[Recipient, ...]
    filing: str
    signature: Signature
    lead: str | None
    appraiser: str | None
    order: str = "theme content period organising"
    style: str = "roman"  # roman, bare, mixed: how headings look
    points: str = "1."  # how points are listed: "1.", "1)" or "-"
    kind: str = "text"  # text, docx or pdf
    hazards: tuple[str, ...] = field(default=())


SUBJECTS = (
    Subject(
        "Phát động phong trào thi đua “Chung sức xây dựng nông thôn mới” năm 2024",
        "Chung sức xây dựng nông thôn mới",
        (
            "Mỗi thôn làm ít nhất một đoạn đường bê tông.",
            "Mỗi hộ có vườn rau và chuồng trại hợp vệ sinh.",
            "Giữ gìn an ninh trật tự ở cơ sở.",
        ),
        "phát động phong trào thi đua với những nội dung sau:",
    ),
    Subject(
        "Phát động phong trào thi đua “Cả tỉnh thi đua chuyển đổi số” giai đoạn 2025 - 2030",
        "Cả tỉnh thi đua chuyển đổi số",
        (
            "Nâng tỷ lệ hồ sơ nộp trực tuyến ở bộ phận một cửa.",
            "Hướng dẫn người dân dùng tài khoản định danh điện tử.",
        ),
        "ban hành Kế hoạch phát động phong trào thi đua như sau:",
    ),
    Subject(
        "Tổ chức đợt thi đua đặc biệt chào mừng Đại hội Đảng bộ các cấp",
        "Đoàn kết, sáng tạo, lập thành tích chào mừng Đại hội",
        (
            "Hoàn thành các chỉ tiêu phát triển kinh tế - xã hội năm 2025.",
            "Giải quyết dứt điểm đơn thư còn tồn đọng.",
            "Đăng ký và hoàn thành công trình chào mừng Đại hội.",
            "Biểu dương gương người tốt, việc tốt.",
        ),
        "xây dựng Kế hoạch tổ chức đợt thi đua như sau:",
    ),
    Subject(
        "Phát động phong trào thi đua yêu nước năm 2026",
        "Kỷ cương, trách nhiệm, vì Nhân dân phục vụ",
        (
            "Chấp hành nghiêm giờ giấc làm việc.",
            "Trả kết quả đúng hẹn cho người dân và doanh nghiệp.",
        ),
        "phát động phong trào thi đua yêu nước năm 2026 như sau:",
    ),
)

LAW: Basis = (
    "Luật",
    None,
    "2022-06-15",
    None,
    "Căn cứ Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022",
)
DECREE: Basis = (
    "Nghị định",
    "98/2023/NĐ-CP",
    "2023-12-31",
    "Chính phủ",
    (
        "Căn cứ Nghị định số 98/2023/NĐ-CP ngày 31 tháng 12 năm 2023 của Chính phủ quy định chi "
        "tiết thi hành một số điều của Luật Thi đua, khen thưởng"
    ),
)
PROVINCE: Basis = (
    "Kế hoạch",
    "15/KH-UBND",
    "2024-01-19",
    "Ủy ban nhân dân tỉnh Lạng Sơn",
    (
        "Thực hiện Kế hoạch số 15/KH-UBND ngày 19/01/2024 của Ủy ban nhân dân tỉnh Lạng Sơn về "
        "phong trào thi đua năm 2024"
    ),
)
PARTY: Basis = (
    "Chỉ thị",
    "34-CT/TW",
    "2014-04-07",
    "Bộ Chính trị",
    (
        "Thực hiện Chỉ thị số 34-CT/TW ngày 07 tháng 4 năm 2014 của Bộ Chính trị về tiếp tục đổi "
        "mới công tác thi đua, khen thưởng"
    ),
)
THREE_PARTS: Basis = (
    "Công văn",
    "7/SNV-TĐKT-VP",
    "2024-02-20",
    "Sở Nội vụ",
    "Theo Công văn số 7/SNV-TĐKT-VP ngày 20-02-2024 của Sở Nội vụ về việc phát động thi đua",
)
QUOTED: Basis = (
    "Quyết định",
    "17/2024/QĐ-UBND",
    "2024-05-09",
    "Ủy ban nhân dân tỉnh Lạng Sơn",
    (
        "Căn cứ Quyết định số 17/2024/QĐ-UBND ngày 09/5/2024 của Ủy ban nhân dân tỉnh Lạng Sơn ban "
        "hành Quy định về công tác thi đua, khen thưởng"
    ),
)
IMPOSSIBLE: Basis = (
    "Quyết định",
    None,
    "2020-03-11",
    "Ủy ban nhân dân tỉnh",
    "Căn cứ Quyết định số 18/20202QĐ-UBND ngày 11/3/2020 của Ủy ban nhân dân tỉnh ban hành quy chế",
)
NO_SUCH_DAY: Basis = (
    "Hướng dẫn",
    "43/HD-SNV",
    None,
    "Sở Nội vụ",
    "Thực hiện Hướng dẫn số 43/HD-SNV ngày 31/4/2024 của Sở Nội vụ về thi đua",
)


def _moment(kind: str, relation: str, day: str | None, event: str | None) -> dict[str, Any]:
    return {"kind": kind, "relation": relation, "date": day, "event": event}


def _period(starts: dict[str, Any] | None, ends: dict[str, Any] | None) -> dict[str, Any]:
    return {"starts": starts, "ends": ends}


PERIODS = (
    (
        "Từ ngày 01/4/2024 đến hết ngày 30/11/2024.",
        _period(
            _moment("date", "on", "2024-04-01", None),
            _moment("date", "through", "2024-11-30", None),
        ),
    ),
    (
        "Từ tháng 3 năm 2025 đến tháng 12 năm 2030.",
        _period(_moment("month", "on", "2025-03", None), _moment("month", "on", "2030-12", None)),
    ),
    (
        "Từ ngày phát động đến trước ngày khai mạc Đại hội.",
        _period(
            _moment("event", "on", None, "phát động"),
            _moment("event", "before", None, "khai mạc Đại hội"),
        ),
    ),
    (
        "Phong trào bắt đầu từ ngày 15 tháng 02 năm 2026 và kết thúc ngày 30 tháng 11 năm 2026.",
        _period(
            _moment("date", "on", "2026-02-15", None), _moment("date", "on", "2026-11-30", None)
        ),
    ),
    (
        "Từ ngày 01/4/2024 đến ngày 31/4/2024.",
        _period(_moment("date", "on", "2024-04-01", None), None),
    ),
)
HOME, CULTURE = "Phòng Nội vụ", "Phòng Văn hóa và Thông tin"
LABOUR = "Phòng Lao động, Thương binh, Xã hội - Dân tộc"
DISTRICT_DUTIES: tuple[Duty, ...] = (
    (
        (HOME,),
        (CULTURE,),
        f"Giao {HOME} chủ trì, phối hợp với {CULTURE} theo dõi, đôn đốc phong trào.",
    ),
    (
        (HOME,),
        (),
        f"{HOME} thẩm định hồ sơ khen thưởng, trình Hội đồng Thi đua - Khen thưởng huyện.",
    ),
    (
        ("UBND các xã, thị trấn",),
        (),
        "UBND các xã, thị trấn tổ chức triển khai phong trào tại địa phương.",
    ),
)
LABOUR_DUTIES: tuple[Duty, ...] = (
    (
        (LABOUR,),
        (HOME, CULTURE),
        f"Giao {LABOUR} chủ trì phối hợp với {HOME}, {CULTURE} hướng dẫn việc thực hiện.",
    ),
    ((HOME,), (), f"Giao {HOME} thẩm định hồ sơ đề nghị khen thưởng."),
)
COMMUNE_DUTIES: tuple[Duty, ...] = (
    (
        ("Phòng Văn hóa - Xã hội",),
        ("Văn phòng HĐND và UBND",),
        (
            "Giao Phòng Văn hóa - Xã hội chủ trì, phối hợp với Văn phòng HĐND và UBND hướng dẫn "
            "các thôn thực hiện."
        ),
    ),
    (("Phòng Kinh tế",), (), "Phòng Kinh tế bố trí kinh phí khen thưởng."),
)
PROVINCE_DUTIES: tuple[Duty, ...] = (
    (
        ("Sở Nội vụ",),
        ("Sở Tài chính", "Sở Khoa học và Công nghệ"),
        (
            "Sở Nội vụ chủ trì, phối hợp với Sở Tài chính, Sở Khoa học và Công nghệ theo dõi phong "
            "trào và thẩm định hồ sơ khen thưởng."
        ),
    ),
    (
        ("Báo và Phát thanh, Truyền hình Lạng Sơn",),
        (),
        "Báo và Phát thanh, Truyền hình Lạng Sơn tuyên truyền về phong trào.",
    ),
)
DISTRICT_RECIPIENTS: tuple[Recipient, ...] = (
    ("Sở Nội vụ", "for-information"),
    ("Thường trực Huyện ủy", "for-information"),
    ("Chủ tịch, các PCT UBND huyện", "for-action"),
    ("Các cơ quan, đơn vị thuộc huyện", "for-action"),
    ("UBND các xã, thị trấn", "for-action"),
)
COMMUNE_RECIPIENTS: tuple[Recipient, ...] = (
    ("UBND tỉnh", "for-information"),
    ("Thường trực Đảng ủy xã", "for-information"),
    ("Các thôn, tổ dân phố", "for-action"),
)
PROVINCE_RECIPIENTS: tuple[Recipient, ...] = (
    ("Ban Thi đua - Khen thưởng Trung ương", "for-information"),
    ("Các sở, ban, ngành", "for-action"),
    ("UBND các xã, phường", "for-action"),
)


def _signed(*lines: str, form: str, name: str) -> Signature:
    title = lines[-1].removeprefix(form).strip() if len(lines) == 1 else lines[-1]
    return Signature(lines, form, title, name)


COMMITTEE = "TM. ỦY BAN NHÂN DÂN"
SIGNATURES = (
    _signed(COMMITTEE, "CHỦ TỊCH", form="TM.", name="Nguyễn Văn Mẫu"),
    _signed(COMMITTEE, "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", form="KT.", name="Trần Thị Ví Dụ"),
    _signed("TL. CHỦ TỊCH", "TRƯỞNG PHÒNG NỘI VỤ", form="TL.", name="Lê Văn Thí Dụ"),
    _signed("TUQ. CHỦ TỊCH", "CHÁNH VĂN PHÒNG", form="TUQ.", name="Hoàng Thị Giả Định"),
    _signed("GIÁM ĐỐC", form="personal", name="Phạm Văn Minh Họa"),
    _signed("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", form="KT.", name="Vi Thị Làm Mẫu"),
    _signed("Q. CHỦ TỊCH", form="Q.", name="Nông Văn Tạm Đặt"),
    _signed("TM. HỘI ĐỒNG", "CHỦ TỊCH", form="TM.", name="Lương Thị Hư Cấu"),
)


def _district(name: str, huyen: str, number: str, day: str, about: int, **more: Any) -> Plan:
    given: dict[str, Any] = {
        "superior": (),
        "authority": ("ỦY BAN NHÂN DÂN", f"HUYỆN {huyen.upper()}"),
        "symbol": "KH-UBND",
        "place": huyen,
        "bases": (LAW, DECREE, PROVINCE),
        "period": PERIODS[about],
        "duties": DISTRICT_DUTIES,
        "recipients": DISTRICT_RECIPIENTS,
        "filing": "VT, NV",
        "signature": SIGNATURES[0],
        "lead": HOME,
        "appraiser": HOME,
    }
    return Plan(name, number=number, day=day, subject=SUBJECTS[about], **(given | more))


def _commune(name: str, xa: str, number: str, day: str, about: int, **more: Any) -> Plan:
    given: dict[str, Any] = {
        "authority": ("ỦY BAN NHÂN DÂN", xa.upper()),
        "place": xa.partition(" ")[2],
        "duties": COMMUNE_DUTIES,
        "recipients": COMMUNE_RECIPIENTS,
        "filing": "VT, VHXH",
        "lead": "Phòng Văn hóa - Xã hội",
        "appraiser": None,
    }
    return _district(name, "", number, day, about, **(given | more))


def _office(
    name: str, superior: tuple[str, ...], authority: str, symbol: str, about: int, **more: Any
) -> Plan:
    given: dict[str, Any] = {
        "superior": superior,
        "authority": (authority,),
        "symbol": symbol,
        "place": "Lạng Sơn",
        "duties": PROVINCE_DUTIES,
        "recipients": PROVINCE_RECIPIENTS,
        "filing": "VT, TĐKT",
        "signature": SIGNATURES[4],
        "lead": "Sở Nội vụ",
        "appraiser": "Sở Nội vụ",
    }
    numbered = given | more
    number, day = numbered.pop("number", "31"), numbered.pop("day", "14/02/2026")
    return _district(name, "", number, day, about, **numbered)


PROVINCIAL = ("ỦY BAN NHÂN DÂN", "TỈNH LẠNG SƠN")
OCR_AUTHORITY = ("UBND HUYỆN ĐÌNH LẬP",)
LABOURED: dict[str, Any] = {
    "duties": LABOUR_DUTIES,
    "lead": LABOUR,
    "filing": "VT, LĐTBXH-DT_(HVT)",
}

PLANS = (
    _district("huyện, đủ phần", "Chi Lăng", "05", "05/4/2024", 0),
    _district("số để trống", "Văn Quan", "", "05/4/2024", 1, hazards=("blank-number",)),
    _district("ngày để trống", "Bình Gia", "12", "", 2, **LABOURED),
    _district("cả số và ngày để trống", "Đình Lập", "", "", 2, hazards=("blank-number",)),
    _district("Phó Chủ tịch ký thay", "Cao Lộc", "118", "01/3/2024", 0, signature=SIGNATURES[1]),
    _district("Trưởng phòng thừa lệnh", "Bắc Sơn", "9", "9/2/2024", 0, signature=SIGNATURES[2]),
    _district("thừa ủy quyền", "Văn Lãng", "77", "20/5/2024", 3, signature=SIGNATURES[3]),
    _district("quyền Chủ tịch", "Lộc Bình", "45", "11/10/2024", 0, signature=SIGNATURES[6]),
    _district("mục không số La Mã", "Hữu Lũng", "63", "07/6/2024", 1, style="bare"),
    _district("mục chữ thường", "Tràng Định", "64", "08/6/2024", 2, style="mixed", points="1)"),
    _district("gạch đầu dòng", "Chi Lăng", "65", "09/6/2024", 3, points="-"),
    _district(
        "thời gian đứng trước",
        "Chi Lăng",
        "66",
        "10/6/2024",
        0,
        order="period theme content organising",
    ),
    _district("bảng bị ép phẳng", "Cao Lộc", "67", "11/6/2024", 0, hazards=("pipes",)),
    _district("hai cột dính một dòng", "Bắc Sơn", "68", "12/6/2024", 1, hazards=("merged",)),
    _district("chữ ƣ", "Văn Quan", "69", "13/6/2024", 2, hazards=("horn",), **LABOURED),
    _district("khoảng trắng trong ký hiệu", "Bình Gia", "70", "14/6/2024", 0, hazards=("spaces",)),
    _district(
        "chữ OCR",
        "Đình Lập",
        "71",
        "15/6/2024",
        0,
        authority=OCR_AUTHORITY,
        hazards=("ocr",),
    ),
    _district("dính chữ", "Hữu Lũng", "72", "16/6/2024", 0, hazards=("joined",)),
    _district("rụng chữ", "Tràng Định", "73", "17/6/2024", 0, hazards=("dropped",)),
    _district("hết trang giữa câu", "Chi Lăng", "74", "18/6/2024", 2, hazards=("pages",)),
    _district(
        "căn cứ viết sai",
        "Chi Lăng",
        "75",
        "19/6/2024",
        0,
        bases=(LAW, IMPOSSIBLE, NO_SUCH_DAY),
    ),
    _district(
        "số ba phần, số có năm",
        "Chi Lăng",
        "76",
        "20/6/2024",
        0,
        bases=(THREE_PARTS, QUOTED, PARTY),
    ),
    _district("ngày không có trong lịch", "Chi Lăng", "78", "20/6/2024", 0, period=PERIODS[4]),
    _district("năm viết sai", "Chi Lăng", "79", "31/6/20244", 0, hazards=("wrong-year",)),
    _district("dòng gãy, không dòng trống", "Bắc Sơn", "81", "24/6/2024", 0, hazards=("wrapped",)),
    _district("hỏa tốc", "Văn Lãng", "82", "25/6/2024", 3, hazards=("urgent",)),
    _office(
        "trường học",
        ("PHÒNG GIÁO DỤC VÀ ĐÀO TẠO", "HUYỆN CHI LĂNG"),
        "TRƯỜNG TIỂU HỌC XÃ MẪU",
        "KH-THXM",
        0,
        signature=Signature(("HIỆU TRƯỞNG",), "personal", "HIỆU TRƯỞNG", "Lý Thị Thí Dụ"),
    ),
    _district("bỏ dấu kiểu cũ", "Văn Lãng", "80", "21/6/2024", 1, hazards=("old-tones",)),
    _commune("xã sau 2025", "Xã Vạn Linh", "04", "12/01/2026", 3),
    _commune("phường sau 2025", "Phường Tam Thanh", "115", "20/02/2026", 3, kind="docx"),
    _commune("xã, bản PDF", "Xã Quan Sơn", "21", "06/3/2026", 3, kind="pdf"),
    _office("tỉnh", (), "ỦY BAN NHÂN DÂN TỈNH LẠNG SƠN", "KH-UBND", 1, signature=SIGNATURES[1]),
    _office("sở", PROVINCIAL, "SỞ NỘI VỤ", "KH-SNV", 1),
    _office("sở, phó ký", PROVINCIAL, "SỞ TƯ PHÁP", "KH-STP", 3, signature=SIGNATURES[5]),
    _office(
        "hội đồng",
        ("UBND HUYỆN CHI LĂNG",),
        "HỘI ĐỒNG THI ĐUA - KHEN THƯỞNG",
        "KH-HĐTĐKT",
        2,
        signature=SIGNATURES[7],
    ),
    _office("sở, DOCX", PROVINCIAL, "SỞ NỘI VỤ", "KH-SNV", 3, kind="docx"),
    _office("sở, PDF", PROVINCIAL, "SỞ NỘI VỤ", "KH-SNV", 1, kind="pdf"),
    _district("huyện, DOCX", "Chi Lăng", "85", "22/6/2024", 0, kind="docx"),
    _district("huyện, DOCX, số trống", "Chi Lăng", "", "", 2, kind="docx", **LABOURED),
    _district("huyện, PDF, số trống", "Chi Lăng", "", "", 2, kind="pdf", signature=SIGNATURES[1]),
    _district("huyện, PDF", "Cao Lộc", "86", "23/6/2024", 0, kind="pdf", **LABOURED),
)

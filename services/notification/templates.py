"""The texts of notices, by name and version. A text that was ever sent is never changed: add one.

Placeholders are named facts of the occasion. No text takes a person's name, nor a reason that an
official has typed, which may name people: reasons stay in the dossier, behind its access rules.
"""

import hashlib
from collections.abc import Mapping
from string import Formatter

import msgspec

from services.notification.events import Purpose


class Template(msgspec.Struct, frozen=True):
    """`acknowledgement`: who is told for action confirms having taken note."""

    name: str
    version: int
    subject: str
    text: str
    acknowledgement: bool = False

    def facts(self) -> set[str]:
        """The names of the placeholders."""
        parsed = (*Formatter().parse(self.subject), *Formatter().parse(self.text))
        return {name for _, name, _, _ in parsed if name is not None}


class Rendered(msgspec.Struct, frozen=True):
    """A text as it is sent."""

    template: str
    version: int
    subject: str
    text: str
    text_sha256: str
    needs_acknowledgement: bool


_FOOT = """

Thông báo này được gửi tới cơ quan, đơn vị, không gửi riêng cá nhân. Nội dung đầy đủ xem trên hệ \
thống, mục "Thông báo".
"""

_ALL = (
    Template(
        "campaign-launched-for-action",
        1,
        "Triển khai Kế hoạch số {symbol}: {title}",
        """Kính gửi: {unit}

Kế hoạch số {symbol} “{title}” đã được ban hành và phát động. Đề nghị đơn vị tổ chức triển \
khai thực hiện theo phân công trong Kế hoạch và xác nhận đã tiếp nhận chỉ đạo trên hệ thống."""
        + _FOOT,
        acknowledgement=True,
    ),
    Template(
        "campaign-launched-for-information",
        1,
        "Kế hoạch số {symbol}: {title}",
        """Kính gửi: {unit}

Kế hoạch số {symbol} “{title}” đã được ban hành và phát động. Xin gửi để quý cơ quan, đơn vị \
biết, theo dõi."""
        + _FOOT,
    ),
    Template(
        "scope-succeeded",
        1,
        "Kế thừa nhiệm vụ của {former}: {title}",
        """Kính gửi: {unit}

Từ khi thực hiện sắp xếp, đơn vị kế thừa nhiệm vụ của {former} trong phong trào “{title}”. \
Đề nghị đơn vị tiếp tục các việc, hồ sơ còn dở và xác nhận đã tiếp nhận trên hệ thống."""
        + _FOOT,
        acknowledgement=True,
    ),
    Template(
        "guidance-issued",
        1,
        "Hướng dẫn khen thưởng: {title}",
        """Kính gửi: {unit}

Đã ban hành hướng dẫn khen thưởng theo Kế hoạch “{title}”. Thời gian nhận hồ sơ đề nghị khen \
thưởng: từ {intake_from} đến {intake_until}. Đề nghị đơn vị nghiên cứu tiêu chuẩn, số lượng \
và thành phần hồ sơ trong hướng dẫn và xác nhận đã tiếp nhận trên hệ thống."""
        + _FOOT,
        acknowledgement=True,
    ),
    Template(
        "guidance-revised",
        1,
        "Sửa đổi hướng dẫn khen thưởng: {title}",
        """Kính gửi: {unit}

Hướng dẫn khen thưởng theo Kế hoạch “{title}” đã được sửa đổi ({symbol}, lần {version}). Nội \
dung thay đổi: {changed}. Thời gian nhận hồ sơ: từ {intake_from} đến {intake_until}; trước đó \
đến {intake_before}. Hồ sơ đã gửi được đối chiếu lại với hướng dẫn mới. Đề nghị đơn vị xem nội \
dung cũ và mới trên hệ thống và xác nhận đã tiếp nhận."""
        + _FOOT,
        acknowledgement=True,
    ),
    Template(
        "intake-closed",
        1,
        "Kết thúc nhận hồ sơ đề nghị khen thưởng: {title}",
        """Kính gửi: {unit}

Đã kết thúc nhận hồ sơ đề nghị khen thưởng theo Kế hoạch “{title}”. Lý do ghi trên hệ thống."""
        + _FOOT,
    ),
    Template(
        "dossier-rechecked",
        1,
        "Hồ sơ đề nghị khen thưởng cần xem lại theo hướng dẫn mới: {title}",
        """Kính gửi: {unit}

Hồ sơ đề nghị khen thưởng theo Kế hoạch “{title}” của đơn vị đã được đối chiếu với hướng dẫn \
khen thưởng lần {version}: {differences} điểm khác. Không trường hợp nào bị bỏ khỏi hồ sơ. Đề \
nghị đơn vị xem từng điểm và việc cần làm trong hồ sơ."""
        + _FOOT,
    ),
    Template(
        "intake-opened",
        1,
        "Bắt đầu nhận hồ sơ đề nghị khen thưởng: {title}",
        """Kính gửi: {unit}

Hệ thống đã mở nhận hồ sơ đề nghị khen thưởng theo Kế hoạch “{title}”, đến \
{intake_until}. Đề nghị đơn vị lập hồ sơ và gửi đúng thời hạn."""
        + _FOOT,
    ),
    Template(
        "campaign-end-changed",
        1,
        "Thay đổi thời gian thi đua: {title}",
        """Kính gửi: {unit}

Thời gian kết thúc phong trào thi đua theo Kế hoạch “{title}” thay đổi từ {old} thành \
{new}. Lý do ghi tại trang của phong trào trên hệ thống."""
        + _FOOT,
        acknowledgement=True,
    ),
    Template(
        "intake-deadline-changed",
        1,
        "Thay đổi thời hạn nhận hồ sơ: {title}",
        """Kính gửi: {unit}

Thời hạn nhận hồ sơ đề nghị khen thưởng theo Kế hoạch “{title}” thay đổi từ {old} thành \
{new}. Lý do ghi tại trang của phong trào trên hệ thống."""
        + _FOOT,
        acknowledgement=True,
    ),
    Template(
        "campaign-amended",
        1,
        "Sửa đổi Kế hoạch theo văn bản số {symbol}: {title}",
        """Kính gửi: {unit}

Kế hoạch “{title}” được sửa đổi theo văn bản số {symbol} ngày {issued_on}. Nội dung trước \
và sau khi sửa đổi xem tại trang của phong trào trên hệ thống."""
        + _FOOT,
        acknowledgement=True,
    ),
    Template(
        "campaign-corrected",
        1,
        "Đính chính Kế hoạch theo công văn số {symbol}: {title}",
        """Kính gửi: {unit}

Kế hoạch “{title}” được đính chính theo công văn số {symbol} ngày {issued_on}. Nội dung \
trước và sau khi đính chính xem tại trang của phong trào trên hệ thống."""
        + _FOOT,
        acknowledgement=True,
    ),
    Template(
        "campaign-closed",
        1,
        "Kết thúc sớm phong trào thi đua: {title}",
        """Kính gửi: {unit}

Phong trào thi đua theo Kế hoạch “{title}” kết thúc trước thời hạn. Hồ sơ đã gửi vẫn được \
xét; không nhận hồ sơ mới. Lý do ghi tại trang của phong trào trên hệ thống."""
        + _FOOT,
        acknowledgement=True,
    ),
    Template(
        "campaign-reopened",
        1,
        "Mở lại phong trào thi đua: {title}",
        """Kính gửi: {unit}

Phong trào thi đua theo Kế hoạch “{title}” được mở lại và tiếp tục thực hiện. \
Lý do ghi tại trang của phong trào trên hệ thống."""
        + _FOOT,
        acknowledgement=True,
    ),
    Template(
        "campaign-cancelled",
        1,
        "Hủy phong trào thi đua: {title}",
        """Kính gửi: {unit}

Phong trào thi đua theo Kế hoạch “{title}” đã bị hủy; không nhận hồ sơ đề nghị khen thưởng. \
Lý do ghi tại trang của phong trào trên hệ thống."""
        + _FOOT,
        acknowledgement=True,
    ),
    Template(
        "campaign-recalled",
        1,
        "Thu hồi Kế hoạch: {title}",
        """Kính gửi: {unit}

Kế hoạch “{title}” đã bị thu hồi và không còn hiệu lực; không nhận hồ sơ đề nghị khen \
thưởng. Lý do ghi tại trang của phong trào trên hệ thống."""
        + _FOOT,
        acknowledgement=True,
    ),
    Template(
        "campaign-replaced",
        1,
        "Thay thế Kế hoạch: {title}",
        """Kính gửi: {unit}

Kế hoạch “{title}” được thay thế bằng kế hoạch khác, xem tại trang của phong trào trên hệ \
thống; không nhận hồ sơ theo kế hoạch cũ. Lý do ghi tại trang của phong trào trên hệ thống."""
        + _FOOT,
        acknowledgement=True,
    ),
    Template(
        "dossier-received",
        1,
        "Đã tiếp nhận hồ sơ đề nghị khen thưởng, phiếu số {slip}/{year}",
        """Kính gửi: {unit}

Hồ sơ đề nghị khen thưởng theo Kế hoạch “{title}” của đơn vị đã được tiếp nhận, phiếu tiếp \
nhận số {slip}/{year}."""
        + _FOOT,
    ),
    Template(
        "dossier-returned",
        1,
        "Hồ sơ đề nghị khen thưởng bị trả lại: {title}",
        """Kính gửi: {unit}

Hồ sơ đề nghị khen thưởng theo Kế hoạch “{title}” của đơn vị bị trả lại ({reasons} lý do, \
ghi trong hồ sơ). Đề nghị đơn vị bổ sung và gửi lại."""
        + _FOOT,
    ),
    Template(
        "line-held",
        1,
        "Tạm dừng xét một trường hợp đề nghị khen thưởng: {title}",
        """Kính gửi: {unit}

Một trường hợp trong hồ sơ đề nghị khen thưởng theo Kế hoạch “{title}” của đơn vị tạm dừng \
xét. Lý do ghi trong hồ sơ."""
        + _FOOT,
    ),
    Template(
        "line-released",
        1,
        "Xét tiếp một trường hợp đề nghị khen thưởng: {title}",
        """Kính gửi: {unit}

Một trường hợp tạm dừng xét trong hồ sơ đề nghị khen thưởng theo Kế hoạch “{title}” của đơn \
vị được xét tiếp. Lý do ghi trong hồ sơ."""
        + _FOOT,
    ),
    Template(
        "decision-published",
        1,
        "Quyết định khen thưởng số {number}: {title}",
        """Kính gửi: {unit}

Quyết định số {number} ngày {issued_on} về khen thưởng theo Kế hoạch “{title}” đã được công \
bố. Kết quả các trường hợp do đơn vị đề nghị: {awarded} được khen thưởng, {referred} được đề \
nghị cấp trên khen thưởng, {not_awarded} không được khen thưởng. Lý do của từng trường hợp \
ghi trong hồ sơ."""
        + _FOOT,
    ),
    Template(
        "difficulty-reported",
        1,
        "Khó khăn, vướng mắc chờ trả lời: {title}",
        """Kính gửi: {unit}

{reporting} báo một khó khăn, vướng mắc trong phong trào “{title}”. Hạn trả lời theo quy \
định nội bộ: {due}. Đề nghị xem nội dung và trả lời."""
        + _FOOT,
    ),
    Template(
        "difficulty-assigned",
        1,
        "Được giao xử lý khó khăn, vướng mắc: {title}",
        """Kính gửi: {unit}

Đơn vị được giao xử lý một khó khăn, vướng mắc của {reporting} trong phong trào “{title}”. \
Hạn trả lời theo quy định nội bộ: {due}."""
        + _FOOT,
    ),
    Template(
        "difficulty-asked",
        1,
        "Câu hỏi về khó khăn, vướng mắc: {title}",
        """Kính gửi: {unit}

Khó khăn, vướng mắc của đơn vị trong phong trào “{title}” cần được giải thích thêm. Thời hạn \
trả lời tạm dừng đến khi đơn vị trả lời câu hỏi."""
        + _FOOT,
    ),
    Template(
        "difficulty-explained",
        1,
        "Đơn vị đã giải thích khó khăn, vướng mắc: {title}",
        """Kính gửi: {unit}

{reporting} đã trả lời câu hỏi về khó khăn, vướng mắc trong phong trào “{title}”. Hạn trả lời theo \
quy định nội bộ: {due}."""
        + _FOOT,
    ),
    Template(
        "difficulty-answered",
        1,
        "Trả lời khó khăn, vướng mắc: {title}",
        """Kính gửi: {unit}

Khó khăn, vướng mắc của đơn vị trong phong trào “{title}” đã có trả lời. Đề nghị đơn vị xác nhận \
đã được giải quyết hoặc cho biết vì sao chưa."""
        + _FOOT,
    ),
    Template(
        "difficulty-answered-known",
        1,
        "Đơn vị được giao đã trả lời khó khăn, vướng mắc: {title}",
        """Kính gửi: {unit}

Khó khăn, vướng mắc của {reporting} trong phong trào “{title}” đã được đơn vị khác trả lời."""
        + _FOOT,
    ),
    Template(
        "difficulty-escalated",
        1,
        "Khó khăn, vướng mắc được chuyển lên: {title}",
        """Kính gửi: {unit}

Một khó khăn, vướng mắc của {reporting} trong phong trào “{title}” được chuyển lên để giải quyết. \
Hạn trả lời theo quy định nội bộ: {due}. Lý do ghi trên hệ thống."""
        + _FOOT,
    ),
    Template(
        "difficulty-escalated-overdue",
        1,
        "Khó khăn, vướng mắc quá hạn được chuyển lên: {title}",
        """Kính gửi: {unit}

Một khó khăn, vướng mắc của {reporting} trong phong trào “{title}” quá hạn chưa được trả lời nên \
được chuyển lên để giải quyết. Hạn trả lời theo quy định nội bộ: {due}."""
        + _FOOT,
    ),
    Template(
        "difficulty-escalated-known",
        1,
        "Khó khăn, vướng mắc đã chuyển cấp trên: {title}",
        """Kính gửi: {unit}

Khó khăn, vướng mắc của {reporting} trong phong trào “{title}” đã được chuyển lên \
cấp trên giải quyết."""
        + _FOOT,
    ),
    Template(
        "difficulty-resolved",
        1,
        "Khó khăn, vướng mắc đã được giải quyết: {title}",
        """Kính gửi: {unit}

Khó khăn, vướng mắc của {reporting} trong phong trào “{title}” đã được xác nhận là đã giải quyết."""
        + _FOOT,
    ),
    Template(
        "difficulty-reopened",
        1,
        "Khó khăn, vướng mắc được mở lại: {title}",
        """Kính gửi: {unit}

Khó khăn, vướng mắc của {reporting} trong phong trào “{title}” được mở lại vì chưa được giải \
quyết. Hạn trả lời theo quy định nội bộ: {due}."""
        + _FOOT,
    ),
    Template(
        "difficulty-withdrawn",
        1,
        "Khó khăn, vướng mắc đã rút lại: {title}",
        """Kính gửi: {unit}

{reporting} đã rút lại một khó khăn, vướng mắc trong phong trào “{title}”. Không cần trả lời nữa."""
        + _FOOT,
    ),
    Template(
        "difficulty-reminded",
        1,
        "Nhắc trả lời khó khăn, vướng mắc: {title}",
        """Kính gửi: {unit}

Một khó khăn, vướng mắc của {reporting} trong phong trào “{title}” chưa được trả lời. Hạn trả lời \
theo quy định nội bộ: {due}."""
        + _FOOT,
    ),
    Template(
        "difficulty-overdue",
        1,
        "Quá hạn trả lời khó khăn, vướng mắc: {title}",
        """Kính gửi: {unit}

Một khó khăn, vướng mắc của {reporting} trong phong trào “{title}” đã quá hạn trả lời ({due}). Nếu \
vẫn chưa trả lời, việc này được chuyển lên cấp trên."""
        + _FOOT,
    ),
    # ---- reminders, registration
    Template(
        "pledge-opened",
        1,
        "Ký giao ước thi đua năm {year}: {name}",
        """Kính gửi: {unit}

Giao ước thi đua năm {year} của {name} đã được trình. Đề nghị lãnh đạo đơn vị xem và ký trên hệ \
thống."""
        + _FOOT,
    ),
    Template(
        "registration-called",
        1,
        "Mời đăng ký thi đua: {title}",
        """Kính gửi: {unit}

Đề nghị đơn vị đăng ký thi đua theo Kế hoạch “{title}” trên hệ thống trước {until}: chuyên viên \
soạn các chỉ tiêu, lãnh đạo đơn vị gửi."""
        + _FOOT,
    ),
    Template(
        "registration-approved",
        1,
        "Đã duyệt đăng ký thi đua: {title}",
        """Kính gửi: {unit}

Đăng ký thi đua của đơn vị theo Kế hoạch “{title}” đã được duyệt."""
        + _FOOT,
    ),
    Template(
        "registration-refused",
        1,
        "Đăng ký thi đua chưa được duyệt: {title}",
        """Kính gửi: {unit}

Đăng ký thi đua của đơn vị theo Kế hoạch “{title}” chưa được duyệt. Lý do ghi trong bản đăng ký \
trên hệ thống. Đề nghị đơn vị sửa và gửi lại."""
        + _FOOT,
    ),
    Template(
        "reminder-acknowledgement",
        1,
        "Nhắc xác nhận đã tiếp nhận chỉ đạo: {title}",
        """Kính gửi: {unit}

Đơn vị chưa xác nhận đã tiếp nhận chỉ đạo theo Kế hoạch “{title}”. Đề nghị đơn vị xem các thông \
báo đã gửi và xác nhận trên hệ thống. Nếu đơn vị vừa xác nhận, xin bỏ qua thư này."""
        + _FOOT,
    ),
    Template(
        "reminder-registration",
        1,
        "Nhắc đăng ký thi đua: {title}",
        """Kính gửi: {unit}

Đơn vị chưa gửi đăng ký thi đua theo Kế hoạch “{title}”. Đề nghị đơn vị lập và gửi đăng ký trên \
hệ thống {until}. Nếu đơn vị vừa gửi, xin bỏ qua thư này."""
        + _FOOT,
    ),
)
CURRENT: Mapping[str, Template] = {
    template.name: template for template in sorted(_ALL, key=lambda template: template.version)
}


def render(name: str, facts: Mapping[str, str], *, purpose: Purpose) -> Rendered:
    """The current version of a text with its facts; KeyError for a fact that is not given."""
    template = CURRENT[name]
    lines = {fact: " ".join(value.split()) for fact, value in facts.items()}  # a subject is a line
    text = template.text.format_map(lines)
    return Rendered(
        template=name,
        version=template.version,
        subject=template.subject.format_map(lines),
        text=text,
        text_sha256=hashlib.sha256(text.encode()).hexdigest(),
        needs_acknowledgement=template.acknowledgement and purpose == "for-action",
    )

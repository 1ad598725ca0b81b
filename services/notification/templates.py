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
        "intake-opened",
        1,
        "Bắt đầu nhận hồ sơ đề nghị khen thưởng: {title}",
        """Kính gửi: {unit}

Hệ thống đã mở nhận hồ sơ đề nghị khen thưởng theo Kế hoạch “{title}”, đến \
{intake_until}. Đề nghị đơn vị lập hồ sơ và gửi đúng thời hạn."""
        + _FOOT,
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

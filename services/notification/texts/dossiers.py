"""Texts of dossiers and decisions."""

from services.notification.texts.template import FOOT, Template

TEXTS = (
    Template(
        "dossier-rechecked",
        1,
        "Hồ sơ đề nghị khen thưởng cần xem lại theo hướng dẫn mới: {title}",
        """Kính gửi: {unit}

Hồ sơ đề nghị khen thưởng theo Kế hoạch “{title}” của đơn vị đã được đối chiếu với hướng dẫn \
khen thưởng lần {version}: {differences} điểm khác. Không trường hợp nào bị bỏ khỏi hồ sơ. Đề \
nghị đơn vị xem từng điểm và việc cần làm trong hồ sơ."""
        + FOOT,
    ),
    Template(
        "dossier-received",
        1,
        "Đã tiếp nhận hồ sơ đề nghị khen thưởng, phiếu số {slip}/{year}",
        """Kính gửi: {unit}

Hồ sơ đề nghị khen thưởng theo Kế hoạch “{title}” của đơn vị đã được tiếp nhận, phiếu tiếp \
nhận số {slip}/{year}."""
        + FOOT,
    ),
    Template(
        "dossier-returned",
        1,
        "Hồ sơ đề nghị khen thưởng bị trả lại: {title}",
        """Kính gửi: {unit}

Hồ sơ đề nghị khen thưởng theo Kế hoạch “{title}” của đơn vị bị trả lại ({reasons} lý do, \
ghi trong hồ sơ). Đề nghị đơn vị bổ sung và gửi lại."""
        + FOOT,
    ),
    Template(
        "line-held",
        1,
        "Tạm dừng xét một trường hợp đề nghị khen thưởng: {title}",
        """Kính gửi: {unit}

Một trường hợp trong hồ sơ đề nghị khen thưởng theo Kế hoạch “{title}” của đơn vị tạm dừng \
xét. Lý do ghi trong hồ sơ."""
        + FOOT,
    ),
    Template(
        "line-released",
        1,
        "Xét tiếp một trường hợp đề nghị khen thưởng: {title}",
        """Kính gửi: {unit}

Một trường hợp tạm dừng xét trong hồ sơ đề nghị khen thưởng theo Kế hoạch “{title}” của đơn \
vị được xét tiếp. Lý do ghi trong hồ sơ."""
        + FOOT,
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
        + FOOT,
    ),
)

"""Texts of difficulties."""

from services.notification.texts.template import FOOT, Template

TEXTS = (
    Template(
        "difficulty-reported",
        1,
        "Khó khăn, vướng mắc chờ trả lời: {title}",
        """Kính gửi: {unit}

{reporting} báo một khó khăn, vướng mắc trong phong trào “{title}”. Hạn trả lời theo quy \
định nội bộ: {due}. Đề nghị xem nội dung và trả lời."""
        + FOOT,
    ),
    Template(
        "difficulty-assigned",
        1,
        "Được giao xử lý khó khăn, vướng mắc: {title}",
        """Kính gửi: {unit}

Đơn vị được giao xử lý một khó khăn, vướng mắc của {reporting} trong phong trào “{title}”. \
Hạn trả lời theo quy định nội bộ: {due}."""
        + FOOT,
    ),
    Template(
        "difficulty-asked",
        1,
        "Câu hỏi về khó khăn, vướng mắc: {title}",
        """Kính gửi: {unit}

Khó khăn, vướng mắc của đơn vị trong phong trào “{title}” cần được giải thích thêm. Thời hạn \
trả lời tạm dừng đến khi đơn vị trả lời câu hỏi."""
        + FOOT,
    ),
    Template(
        "difficulty-explained",
        1,
        "Đơn vị đã giải thích khó khăn, vướng mắc: {title}",
        """Kính gửi: {unit}

{reporting} đã trả lời câu hỏi về khó khăn, vướng mắc trong phong trào “{title}”. Hạn trả lời theo \
quy định nội bộ: {due}."""
        + FOOT,
    ),
    Template(
        "difficulty-answered",
        1,
        "Trả lời khó khăn, vướng mắc: {title}",
        """Kính gửi: {unit}

Khó khăn, vướng mắc của đơn vị trong phong trào “{title}” đã có trả lời. Đề nghị đơn vị xác nhận \
đã được giải quyết hoặc cho biết vì sao chưa."""
        + FOOT,
    ),
    Template(
        "difficulty-answered-known",
        1,
        "Đơn vị được giao đã trả lời khó khăn, vướng mắc: {title}",
        """Kính gửi: {unit}

Khó khăn, vướng mắc của {reporting} trong phong trào “{title}” đã được đơn vị khác trả lời."""
        + FOOT,
    ),
    Template(
        "difficulty-escalated",
        1,
        "Khó khăn, vướng mắc được chuyển lên: {title}",
        """Kính gửi: {unit}

Một khó khăn, vướng mắc của {reporting} trong phong trào “{title}” được chuyển lên để giải quyết. \
Hạn trả lời theo quy định nội bộ: {due}. Lý do ghi trên hệ thống."""
        + FOOT,
    ),
    Template(
        "difficulty-escalated-overdue",
        1,
        "Khó khăn, vướng mắc quá hạn được chuyển lên: {title}",
        """Kính gửi: {unit}

Một khó khăn, vướng mắc của {reporting} trong phong trào “{title}” quá hạn chưa được trả lời nên \
được chuyển lên để giải quyết. Hạn trả lời theo quy định nội bộ: {due}."""
        + FOOT,
    ),
    Template(
        "difficulty-escalated-known",
        1,
        "Khó khăn, vướng mắc đã chuyển cấp trên: {title}",
        """Kính gửi: {unit}

Khó khăn, vướng mắc của {reporting} trong phong trào “{title}” đã được chuyển lên \
cấp trên giải quyết."""
        + FOOT,
    ),
    Template(
        "difficulty-resolved",
        1,
        "Khó khăn, vướng mắc đã được giải quyết: {title}",
        """Kính gửi: {unit}

Khó khăn, vướng mắc của {reporting} trong phong trào “{title}” đã được xác nhận là đã giải quyết."""
        + FOOT,
    ),
    Template(
        "difficulty-reopened",
        1,
        "Khó khăn, vướng mắc được mở lại: {title}",
        """Kính gửi: {unit}

Khó khăn, vướng mắc của {reporting} trong phong trào “{title}” được mở lại vì chưa được giải \
quyết. Hạn trả lời theo quy định nội bộ: {due}."""
        + FOOT,
    ),
    Template(
        "difficulty-withdrawn",
        1,
        "Khó khăn, vướng mắc đã rút lại: {title}",
        """Kính gửi: {unit}

{reporting} đã rút lại một khó khăn, vướng mắc trong phong trào “{title}”. Không cần trả lời nữa."""
        + FOOT,
    ),
    Template(
        "difficulty-reminded",
        1,
        "Nhắc trả lời khó khăn, vướng mắc: {title}",
        """Kính gửi: {unit}

Một khó khăn, vướng mắc của {reporting} trong phong trào “{title}” chưa được trả lời. Hạn trả lời \
theo quy định nội bộ: {due}."""
        + FOOT,
    ),
    Template(
        "difficulty-overdue",
        1,
        "Quá hạn trả lời khó khăn, vướng mắc: {title}",
        """Kính gửi: {unit}

Một khó khăn, vướng mắc của {reporting} trong phong trào “{title}” đã quá hạn trả lời ({due}). Nếu \
vẫn chưa trả lời, việc này được chuyển lên cấp trên."""
        + FOOT,
    ),
)

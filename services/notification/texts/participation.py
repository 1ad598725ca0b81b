"""Texts to units that take part: registrations, pledges, reminders."""

from services.notification.texts.template import FOOT, Template

TEXTS = (
    # ---- reminders, registration
    Template(
        "pledge-opened",
        1,
        "Ký giao ước thi đua năm {year}: {name}",
        """Kính gửi: {unit}

Giao ước thi đua năm {year} của {name} đã được trình. Đề nghị lãnh đạo đơn vị xem và ký trên hệ \
thống."""
        + FOOT,
    ),
    Template(
        "registration-called",
        1,
        "Mời đăng ký thi đua: {title}",
        """Kính gửi: {unit}

Đề nghị đơn vị đăng ký thi đua theo Kế hoạch “{title}” trên hệ thống trước {until}: chuyên viên \
soạn các chỉ tiêu, lãnh đạo đơn vị gửi."""
        + FOOT,
    ),
    Template(
        "registration-approved",
        1,
        "Đã duyệt đăng ký thi đua: {title}",
        """Kính gửi: {unit}

Đăng ký thi đua của đơn vị theo Kế hoạch “{title}” đã được duyệt."""
        + FOOT,
    ),
    Template(
        "registration-refused",
        1,
        "Đăng ký thi đua chưa được duyệt: {title}",
        """Kính gửi: {unit}

Đăng ký thi đua của đơn vị theo Kế hoạch “{title}” chưa được duyệt. Lý do ghi trong bản đăng ký \
trên hệ thống. Đề nghị đơn vị sửa và gửi lại."""
        + FOOT,
    ),
    Template(
        "reminder-acknowledgement",
        1,
        "Nhắc xác nhận đã tiếp nhận chỉ đạo: {title}",
        """Kính gửi: {unit}

Đơn vị chưa xác nhận đã tiếp nhận chỉ đạo theo Kế hoạch “{title}”. Đề nghị đơn vị xem các thông \
báo đã gửi và xác nhận trên hệ thống. Nếu đơn vị vừa xác nhận, xin bỏ qua thư này."""
        + FOOT,
    ),
    Template(
        "reminder-registration",
        1,
        "Nhắc đăng ký thi đua: {title}",
        """Kính gửi: {unit}

Đơn vị chưa gửi đăng ký thi đua theo Kế hoạch “{title}”. Đề nghị đơn vị lập và gửi đăng ký trên \
hệ thống {until}. Nếu đơn vị vừa gửi, xin bỏ qua thư này."""
        + FOOT,
    ),
)

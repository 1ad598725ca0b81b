"""Texts of a campaign: launched, changed, ended; its guidance and the intake of dossiers."""

from services.notification.texts.template import FOOT, Template

TEXTS = (
    Template(
        "campaign-launched-for-action",
        1,
        "Triển khai Kế hoạch số {symbol}: {title}",
        """Kính gửi: {unit}

Kế hoạch số {symbol} “{title}” đã được ban hành và phát động. Đề nghị đơn vị tổ chức triển \
khai thực hiện theo phân công trong Kế hoạch và xác nhận đã tiếp nhận chỉ đạo trên hệ thống."""
        + FOOT,
        acknowledgement=True,
    ),
    Template(
        "campaign-launched-for-information",
        1,
        "Kế hoạch số {symbol}: {title}",
        """Kính gửi: {unit}

Kế hoạch số {symbol} “{title}” đã được ban hành và phát động. Xin gửi để quý cơ quan, đơn vị \
biết, theo dõi."""
        + FOOT,
    ),
    Template(
        "scope-succeeded",
        1,
        "Kế thừa nhiệm vụ của {former}: {title}",
        """Kính gửi: {unit}

Từ khi thực hiện sắp xếp, đơn vị kế thừa nhiệm vụ của {former} trong phong trào “{title}”. \
Đề nghị đơn vị tiếp tục các việc, hồ sơ còn dở và xác nhận đã tiếp nhận trên hệ thống."""
        + FOOT,
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
        + FOOT,
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
        + FOOT,
        acknowledgement=True,
    ),
    Template(
        "intake-closed",
        1,
        "Kết thúc nhận hồ sơ đề nghị khen thưởng: {title}",
        """Kính gửi: {unit}

Đã kết thúc nhận hồ sơ đề nghị khen thưởng theo Kế hoạch “{title}”. Lý do ghi trên hệ thống."""
        + FOOT,
    ),
    Template(
        "intake-opened",
        1,
        "Bắt đầu nhận hồ sơ đề nghị khen thưởng: {title}",
        """Kính gửi: {unit}

Hệ thống đã mở nhận hồ sơ đề nghị khen thưởng theo Kế hoạch “{title}”, đến \
{intake_until}. Đề nghị đơn vị lập hồ sơ và gửi đúng thời hạn."""
        + FOOT,
    ),
    Template(
        "campaign-end-changed",
        1,
        "Thay đổi thời gian thi đua: {title}",
        """Kính gửi: {unit}

Thời gian kết thúc phong trào thi đua theo Kế hoạch “{title}” thay đổi từ {old} thành \
{new}. Lý do ghi tại trang của phong trào trên hệ thống."""
        + FOOT,
        acknowledgement=True,
    ),
    Template(
        "intake-deadline-changed",
        1,
        "Thay đổi thời hạn nhận hồ sơ: {title}",
        """Kính gửi: {unit}

Thời hạn nhận hồ sơ đề nghị khen thưởng theo Kế hoạch “{title}” thay đổi từ {old} thành \
{new}. Lý do ghi tại trang của phong trào trên hệ thống."""
        + FOOT,
        acknowledgement=True,
    ),
    Template(
        "campaign-amended",
        1,
        "Sửa đổi Kế hoạch theo văn bản số {symbol}: {title}",
        """Kính gửi: {unit}

Kế hoạch “{title}” được sửa đổi theo văn bản số {symbol} ngày {issued_on}. Nội dung trước \
và sau khi sửa đổi xem tại trang của phong trào trên hệ thống."""
        + FOOT,
        acknowledgement=True,
    ),
    Template(
        "campaign-corrected",
        1,
        "Đính chính Kế hoạch theo công văn số {symbol}: {title}",
        """Kính gửi: {unit}

Kế hoạch “{title}” được đính chính theo công văn số {symbol} ngày {issued_on}. Nội dung \
trước và sau khi đính chính xem tại trang của phong trào trên hệ thống."""
        + FOOT,
        acknowledgement=True,
    ),
    Template(
        "campaign-closed",
        1,
        "Kết thúc sớm phong trào thi đua: {title}",
        """Kính gửi: {unit}

Phong trào thi đua theo Kế hoạch “{title}” kết thúc trước thời hạn. Hồ sơ đã gửi vẫn được \
xét; không nhận hồ sơ mới. Lý do ghi tại trang của phong trào trên hệ thống."""
        + FOOT,
        acknowledgement=True,
    ),
    Template(
        "campaign-reopened",
        1,
        "Mở lại phong trào thi đua: {title}",
        """Kính gửi: {unit}

Phong trào thi đua theo Kế hoạch “{title}” được mở lại và tiếp tục thực hiện. \
Lý do ghi tại trang của phong trào trên hệ thống."""
        + FOOT,
        acknowledgement=True,
    ),
    Template(
        "campaign-cancelled",
        1,
        "Hủy phong trào thi đua: {title}",
        """Kính gửi: {unit}

Phong trào thi đua theo Kế hoạch “{title}” đã bị hủy; không nhận hồ sơ đề nghị khen thưởng. \
Lý do ghi tại trang của phong trào trên hệ thống."""
        + FOOT,
        acknowledgement=True,
    ),
    Template(
        "campaign-recalled",
        1,
        "Thu hồi Kế hoạch: {title}",
        """Kính gửi: {unit}

Kế hoạch “{title}” đã bị thu hồi và không còn hiệu lực; không nhận hồ sơ đề nghị khen \
thưởng. Lý do ghi tại trang của phong trào trên hệ thống."""
        + FOOT,
        acknowledgement=True,
    ),
    Template(
        "campaign-concluded",
        1,
        "Tổng kết phong trào: {title}",
        """Kính gửi: {unit}

Phong trào thi đua theo Kế hoạch “{title}” đã được tổng kết. Báo cáo tổng kết xem tại trang của \
phong trào trên hệ thống."""
        + FOOT,
    ),
    Template(
        "campaign-replaced",
        1,
        "Thay thế Kế hoạch: {title}",
        """Kính gửi: {unit}

Kế hoạch “{title}” được thay thế bằng kế hoạch khác, xem tại trang của phong trào trên hệ \
thống; không nhận hồ sơ theo kế hoạch cũ. Lý do ghi tại trang của phong trào trên hệ thống."""
        + FOOT,
        acknowledgement=True,
    ),
)

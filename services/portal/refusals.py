"""Why the system said no, in words, and what to do next.

Codes come from the services' problem+json. A rule that is law names its article; every other rule
says that it is local, because it can be set otherwise.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from services.portal.pages import Refusal
from services.portal.parts import Act, Fact
from services.portal.words import DUTIES, PAPERS, ROLES


@dataclass(frozen=True)
class Explanation:
    title: str
    why: str
    next_steps: tuple[str, ...]


EXPLANATIONS = {
    "not-allowed": Explanation(
        "Bạn không có quyền làm việc này",
        "Việc này thuộc vai trò hoặc đơn vị khác. "
        "Quyền được xét theo phân công chức vụ tại thời điểm bạn bấm nút.",
        (
            "Nếu bạn có nhiều phân công, hãy chọn đúng phân công ở đầu trang rồi làm lại.",
            "Nếu chưa được phân công, hãy liên hệ người quản trị của đơn vị.",
        ),
    ),
    "same-person": Explanation(
        "Người soạn không được tự duyệt",
        "Người đã soạn hoặc thẩm định không được duyệt, ký chính việc đó.",
        ("Đề nghị một người khác có thẩm quyền xem và duyệt.",),
    ),
    "not-found": Explanation(
        "Không tìm thấy trang này",
        "Địa chỉ không đúng, hoặc hồ sơ không thuộc phạm vi bạn được xem.",
        ("Kiểm tra lại địa chỉ.", "Vào “Việc cần làm” để tìm lại hồ sơ."),
    ),
    "papers-missing": Explanation(
        "Hồ sơ còn thiếu giấy tờ",
        "Hồ sơ đề nghị khen thưởng phải có tờ trình, báo cáo thành tích và biên bản xét "
        "khen thưởng (Luật Thi đua, khen thưởng 2022, Điều 84 khoản 2).",
        ("Đính kèm các giấy tờ còn thiếu.", "Gửi lại hồ sơ."),
    ),
    "no-nominees": Explanation(
        "Hồ sơ chưa có trường hợp nào",
        "Một hồ sơ cần ít nhất một cá nhân, tập thể hoặc hộ gia đình được đề nghị.",
        ("Thêm trường hợp đề nghị.", "Gửi lại hồ sơ."),
    ),
    "intake-not-open": Explanation(
        "Chưa đến thời gian nhận hồ sơ",
        "Thời gian nhận hồ sơ do hướng dẫn khen thưởng của phong trào quy định.",
        ("Hồ sơ vẫn được giữ nguyên ở dạng chưa gửi.", "Gửi lại khi mở nhận hồ sơ."),
    ),
    "intake-closed": Explanation(
        "Đã hết thời gian nhận hồ sơ",
        "Thời gian nhận hồ sơ do hướng dẫn khen thưởng của phong trào quy định.",
        ("Liên hệ Phòng Nội vụ nếu có lý do gửi muộn; hồ sơ vẫn được giữ nguyên.",),
    ),
    "fields-unconfirmed": Explanation(
        "Còn nội dung chưa xác nhận",
        "Nội dung đọc từ văn bản phải được một người đối chiếu và xác nhận trước khi duyệt.",
        ("Mở bản thảo và xác nhận từng nội dung còn lại.", "Duyệt lại bản thảo."),
    ),
    "not-a-plan": Explanation(
        "Văn bản này không phải kế hoạch phát động",
        "Không đọc được cơ quan ban hành, loại văn bản và chủ đề phong trào. "
        "Không có gì được lưu lại.",
        ("Kiểm tra đúng tệp kế hoạch.", "Nếu là bản chụp, hãy dùng bản có chữ."),
    ),
    "already-supplemented": Explanation(
        "Hồ sơ đã được trả lại một lần",
        "Theo cài đặt của đơn vị, mỗi hồ sơ chỉ yêu cầu bổ sung một lần.",
        ("Thẩm định từng trường hợp và ghi rõ lý do nếu không đủ điều kiện.",),
    ),
    "reason-missing": Explanation(
        "Chưa ghi lý do",
        "Việc này ảnh hưởng đến người khác nên phải có lý do; lý do được lưu cùng lịch sử.",
        ("Quay lại và ghi lý do.",),
    ),
    "quorum-missing": Explanation(
        "Chưa đủ số thành viên tối thiểu",
        "Số thành viên tối thiểu do quy chế làm việc của Hội đồng quy định.",
        ("Chờ đủ thành viên, hoặc ghi nhận ý kiến bằng văn bản của người vắng mặt.",),
    ),
    "already-signed": Explanation(
        "Văn bản đã được ký",
        "Sau khi ký, nội dung không sửa được; chỉ có thể sửa đổi, đính chính hoặc thu hồi "
        "bằng văn bản khác (Nghị định 30/2020/NĐ-CP, Điều 18).",
        ("Mở văn bản đã ký để xem.", "Nếu có sai sót, lập văn bản sửa đổi hoặc đính chính."),
    ),
    "version-conflict": Explanation(
        "Có người vừa thay đổi trước bạn",
        "Trang bạn xem không còn là bản mới nhất, nên việc của bạn chưa được ghi.",
        ("Mở lại trang để xem thay đổi.", "Làm lại nếu vẫn còn cần."),
    ),
    "file-refused": Explanation(
        "Không nhận được tệp này",
        "Chỉ nhận PDF, ảnh hoặc văn bản trong giới hạn dung lượng; "
        "loại tệp được kiểm tra theo nội dung.",
        ("Xuất lại tệp thành PDF.", "Chia nhỏ hoặc giảm dung lượng rồi đính kèm lại."),
    ),
    "session-expired": Explanation(
        "Phiên làm việc đã hết",
        "Bạn đã lâu không thao tác. Nội dung đang nhập vẫn được giữ.",
        ("Đăng nhập lại; bạn sẽ trở về đúng trang này.",),
    ),
    "service-away": Explanation(
        "Một phần của hệ thống tạm thời không trả lời",
        "Việc của bạn chưa được ghi. Không có dữ liệu nào bị mất.",
        ("Thử lại sau ít phút; bấm lại nhiều lần không tạo việc trùng.",),
    ),
}

UNKNOWN = Explanation(
    "Việc này chưa làm được",
    "Hệ thống từ chối theo một quy tắc. Chi tiết ở bên dưới.",
    ("Quay lại trang trước và kiểm tra.", "Nếu cần, gửi mã bên dưới cho người quản trị."),
)

FACTS = {
    "missing": "Còn thiếu",
    "unconfirmed": "Chưa xác nhận",
    "stage": "Trạng thái hiện tại",
    "state": "Trạng thái hiện tại",
    "role": "Vai trò của bạn",
    "needs": "Vai trò cần có",
    "closes": "Hết hạn",
    "closed_on": "Đã khóa ngày",
    "opens": "Mở nhận từ",
    "expected": "Phiên bản bạn xem",
    "current": "Phiên bản hiện tại",
    "present": "Có mặt",
    "quorum": "Tối thiểu",
    "detail": "Chi tiết",
}


def explain(
    code: str, facts: Mapping[str, object], *, act: Act | None = None, reference: str = ""
) -> Refusal:
    """The refusal page for a code; its facts become lines with Vietnamese labels.

    `act` leads to where the person can mend it; `reference` is the correlation id for the operator.
    """
    found = EXPLANATIONS.get(code, UNKNOWN)
    return Refusal(
        title=found.title,
        why=found.why,
        next_steps=found.next_steps,
        code=code,
        facts=tuple(Fact(FACTS.get(name, name), _words(value)) for name, value in facts.items()),
        act=act,
        reference=reference,
    )


def _words(value: object) -> str:
    if isinstance(value, list | tuple | set | frozenset):
        return ", ".join(_words(one) for one in value)
    text = str(value)
    return PAPERS.get(text) or ROLES.get(text) or DUTIES.get(text) or text

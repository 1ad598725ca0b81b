"""What each refusal code of the services means and what to do next, in the reader's language.

A rule that is law names its article; every other rule says that it is local, because it can be set
otherwise.
"""

from services.portal.explanations.access import ACCESS, ENDED, SESSION_OVER
from services.portal.explanations.awards import AWARDS
from services.portal.explanations.changes import CHANGES
from services.portal.explanations.difficulties import DIFFICULTIES
from services.portal.explanations.files import DRAFTS, FILES
from services.portal.explanations.imports import IMPORTS
from services.portal.explanations.kinds import Explanation, out_of_turn
from services.portal.explanations.participation import PARTICIPATION
from services.portal.explanations.plans import PLANS
from services.portal.explanations.rights import RIGHTS
from services.portal.explanations.units import UNITS

OUT_OF_TURN = {
    "already-appraised": "Trường hợp này đã được thẩm định",
    "already-decided": "Trường hợp này đã có quyết định",
    "already-launched": "Phong trào đã phát động",
    "already-open": "Đã mở rồi",
    "guidance-already-issued": "Hướng dẫn khen thưởng đã ban hành",
    "line-not-eligible": "Trường hợp này chưa đủ điều kiện để trình Hội đồng",
    "not-a-draft": "Không còn là bản thảo",
    "not-approved": "Kế hoạch chưa được duyệt",
    "not-launched": "Phong trào chưa phát động",
    "not-numbered": "Văn bản chưa được cấp số",
    "not-received": "Hồ sơ chưa được tiếp nhận",
    "not-signed": "Văn bản chưa được ký",
    "not-submitted": "Chưa được trình",
    "session-closed": "Phiên họp đã kết thúc",
    "session-not-closed": "Phiên họp chưa kết thúc",
    "session-not-open": "Phiên họp không ở trạng thái đang họp",
}

EXPLANATIONS: dict[str, Explanation] = {
    **{code: out_of_turn(title) for code, title in OUT_OF_TURN.items()},
    **dict.fromkeys(ENDED, SESSION_OVER),
    **ACCESS,
    **PLANS,
    **FILES,
    **DRAFTS,
    **AWARDS,
    **CHANGES,
    **DIFFICULTIES,
    **PARTICIPATION,
    **UNITS,
    **RIGHTS,
    **IMPORTS,
}

UNKNOWN = Explanation(
    "Việc này chưa làm được",
    "Hệ thống từ chối theo một quy tắc. Chi tiết ở bên dưới.",
    ("Quay lại trang trước và kiểm tra.", "Nếu cần, gửi mã bên dưới cho người quản trị."),
)

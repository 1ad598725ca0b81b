"""From codes to the words officials already use. Sentences live only here and in `refusals`."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Word:
    """`label` stands on a tag, `sentence` says what it means for the reader; `tone` colours."""

    label: str
    sentence: str
    tone: str = "still"  # still, wait, good, bad, info


ROLES = {
    "administrator": "quản trị",
    "specialist": "chuyên viên",
    "leader": "lãnh đạo đơn vị",
    "clerk": "văn thư",
    "chairman": "chủ tịch",
    "council-member": "thành viên hội đồng",
    "council-secretary": "thư ký hội đồng",
    "auditor": "kiểm tra, thanh tra",
    "head": "thủ trưởng đơn vị",
    "deputy": "cấp phó (ký thay)",
    "teller": "người kiểm phiếu",
    "reader": "hệ thống",
}

DUTIES = {
    "lead-office": "chủ trì",
    "coordinating": "phối hợp",
    "home-affairs": "nội vụ",
    "office": "văn phòng",
    "commune": "xã, thị trấn",
    "department": "phòng, ban",
    "external": "cơ quan ngoài",
    "council": "hội đồng",
}

NOMINEES = {"individual": "Cá nhân", "collective": "Tập thể", "household": "Hộ gia đình"}

PAPERS = {
    "proposal-letter": "tờ trình",
    "achievement-report": "báo cáo thành tích",
    "minutes": "biên bản xét khen thưởng",
    "minutes-of-vote": "biên bản xét khen thưởng",
    "list": "danh sách trường hợp đề nghị",
    "plan": "kế hoạch",
    "guidance": "hướng dẫn khen thưởng",
    "decision": "quyết định",
    "certificate": "Giấy khen",
    "certificate-of-merit": "Giấy khen",
    "other": "giấy tờ khác",
}

FIELDS = {
    "issuing_authority": "Cơ quan ban hành",
    "superior_authority": "Cơ quan chủ quản",
    "document_kind": "Loại văn bản",
    "document_number": "Số",
    "document_symbol": "Ký hiệu",
    "place": "Địa danh",
    "document_date": "Ngày ban hành",
    "document_day": "Ngày",
    "document_month": "Tháng",
    "document_year": "Năm",
    "abstract": "Trích yếu",
    "legal_bases": "Căn cứ",
    "purpose": "Mục đích",
    "theme": "Chủ đề thi đua",
    "content_points": "Nội dung thi đua",
    "period": "Thời gian thi đua",
    "period.starts": "Thời điểm bắt đầu",
    "period.ends": "Thời điểm kết thúc",
    "duties": "Phân công thực hiện",
    "lead_unit": "Cơ quan chủ trì",
    "appraising_unit": "Cơ quan thẩm định",
    "council": "Hội đồng",
    "award_forms": "Hình thức khen thưởng",
    "award_authority": "Thẩm quyền khen thưởng",
    "feedback_channel": "Nơi tiếp nhận phản ánh",
    "recipients": "Nơi nhận",
    "signer": "Người ký",
    "signer_title": "Chức vụ người ký",
}

KINDS_OF_ACT = {
    "campaign": "phong trào, kế hoạch",
    "dossier": "hồ sơ, hội đồng, quyết định",
    "notification": "xác nhận thông báo",
    "signature": "ký văn bản",
}

PURPOSES = {
    "for-action": "để thực hiện",
    "for-information": "để báo cáo",
    "archive": "lưu",
}

CAMPAIGN_KINDS = {"regular": "Thi đua thường xuyên", "topical": "Thi đua theo chuyên đề"}
LEVELS = {
    "national": "Quốc gia",
    "province": "Cấp tỉnh",
    "district": "Cấp huyện (đến trước 01/7/2025)",
    "commune": "Cấp xã",
    "agency": "Cơ quan, đơn vị",
    "cluster": "Cụm, khối thi đua",
}
DURATIONS = {
    "under-1": "dưới 1 năm",
    "1": "1 năm",
    "1-to-3": "từ trên 1 đến dưới 3 năm",
    "3-to-5": "từ 3 đến dưới 5 năm",
    "5-and-over": "từ 5 năm trở lên",
}
READINESS = {  # what it is called, and what to do about it
    "fields-confirmed": ("Mọi nội dung đã xác nhận", "Mở bản thảo, xác nhận nội dung còn lại."),
    "essentials": ("Đủ cơ quan ban hành, chủ đề, nơi nhận", "Nhập các nội dung còn thiếu."),
    "legal-bases": ("Đủ căn cứ", "Nhập thêm văn bản làm căn cứ."),
    "attributes": ("Đã ghi loại và cấp phát động", "Bấm “Ghi loại, cấp, thời gian”."),
    "end": ("Đã ghi thời gian kết thúc", "Ghi ngày, hoặc sự kiện mà phong trào kéo dài đến."),
    "duties": ("Đã phân công thực hiện", "Nhập phần phân công trong kế hoạch."),
    "criteria": ("Đã có tiêu chí", "Có thể ban hành sau, trong hướng dẫn khen thưởng."),
    "funding": ("Kinh phí đã duyệt", "Ghi nguồn kinh phí rồi trình người khác duyệt."),
    "numbered": ("Đã duyệt, ký và cấp số", "Chờ người có thẩm quyền ở bước hiện tại."),
}
CHANGES = {
    "end": "Thời gian kết thúc",
    "intake-deadline": "Thời hạn nhận hồ sơ",
    "amendment": "Sửa đổi kế hoạch",
    "correction": "Đính chính kế hoạch",
}
DOCUMENTS = {
    "plan": "Kế hoạch",
    "amendment": "Văn bản sửa đổi kế hoạch",
    "correction": "Công văn đính chính",
    "guidance": "Hướng dẫn khen thưởng",
    "code": "Mã phong trào",
}
DIFFICULTY_LEVELS = {  # who has to answer a difficulty
    "lead-office": "cơ quan chủ trì",
    "home-affairs": "cơ quan nội vụ",
    "chairman": "Chủ tịch",
    "province": "cấp tỉnh",
}

STATES: dict[str, dict[str, Word]] = {
    "campaign": {
        "draft": Word("Bản thảo", "Kế hoạch đang soạn, chưa có hiệu lực.", "wait"),
        "submitted": Word("Chờ duyệt", "Bản thảo đã trình, chờ người khác duyệt.", "wait"),
        "approved": Word(
            "Đã duyệt, chờ ký", "Bản thảo đã duyệt, chờ người có thẩm quyền ký.", "wait"
        ),
        "signed": Word(
            "Đã ký, chờ cấp số", "Văn thư cấp số trong ngày, chậm nhất ngày làm việc sau.", "wait"
        ),
        "numbered": Word("Đã cấp số, chờ phát động", "Kế hoạch đã có số, chưa phát hành.", "wait"),
        "launched": Word("Đang thi đua", "Phong trào đã phát động.", "info"),
        "guided": Word("Đã có hướng dẫn khen thưởng", "Các đơn vị chuẩn bị hồ sơ.", "info"),
        "intake-open": Word("Đang nhận hồ sơ", "Các đơn vị gửi hồ sơ đề nghị khen thưởng.", "good"),
        "intake-closed": Word("Chờ xét", "Đã hết thời gian nhận hồ sơ.", "wait"),
        "intake-ended": Word("Đã kết thúc nhận hồ sơ", "Không nhận thêm hồ sơ.", "wait"),
        "concluded": Word("Kết thúc", "Phong trào đã tổng kết.", "still"),
        "closed": Word("Kết thúc sớm", "Không nhận hồ sơ mới; hồ sơ đã gửi vẫn được xét.", "still"),
        "cancelled": Word("Đã hủy", "Phong trào đã hủy; không nhận hồ sơ.", "bad"),
        "recalled": Word("Đã thu hồi", "Kế hoạch đã thu hồi, không còn hiệu lực.", "bad"),
        "replaced": Word("Đã thay thế", "Kế hoạch khác đã thay thế kế hoạch này.", "still"),
        "abandoned": Word("Đã bỏ bản thảo", "Bản thảo không được dùng nữa.", "still"),
    },
    "dossier": {
        "draft": Word("Chưa gửi", "Hồ sơ đang lập, chỉ đơn vị nhìn thấy.", "wait"),
        "submitted": Word("Chờ tiếp nhận", "Hồ sơ đã gửi, chờ Phòng Nội vụ tiếp nhận.", "wait"),
        "received": Word("Đã tiếp nhận", "Hồ sơ đang được thẩm định.", "info"),
        "returned": Word("Bị trả lại, chờ bổ sung", "Đơn vị cần bổ sung rồi gửi lại.", "bad"),
        "supplemented": Word("Đã bổ sung", "Hồ sơ đã bổ sung, chờ tiếp nhận.", "wait"),
        "appraised": Word("Đã thẩm định, chờ xét", "Hồ sơ chờ Hội đồng họp.", "info"),
        "at-council": Word("Đang xét", "Hồ sơ đang ở Hội đồng Thi đua, Khen thưởng.", "info"),
        "decided": Word("Đã có kết quả", "Mọi trường hợp trong hồ sơ đã có quyết định.", "good"),
        "withdrawn": Word("Đã rút", "Đơn vị đã rút hồ sơ; không xét nữa.", "still"),
        "lapsed": Word("Hết hạn, không gửi", "Đã hết thời gian nhận khi hồ sơ chưa gửi.", "still"),
    },
    "unit": {
        "standing": Word("Đang hoạt động", "Đơn vị đang hoạt động.", "good"),
        "closed": Word("Đã kết thúc hoạt động", "Tên cũ còn trong văn bản cũ.", "still"),
        "to-come": Word("Chưa hoạt động", "Đơn vị có hiệu lực từ một ngày sắp tới.", "wait"),
    },
    "reorganisation": {
        "prepared": Word("Chờ xác nhận", "Một người quản trị khác xem và xác nhận.", "wait"),
        "confirmed": Word("Đã xác nhận", "Tự có hiệu lực vào ngày đã định.", "info"),
        "in-force": Word("Đã có hiệu lực", "Nhiệm vụ, hồ sơ đã chuyển.", "good"),
        "withdrawn": Word("Đã rút", "Phương án không được dùng.", "still"),
    },
    "line": {
        "proposed": Word("Chưa thẩm định", "Trường hợp được đơn vị đề nghị.", "wait"),
        "refer-upward": Word("Đề nghị cấp trên", "Vượt thẩm quyền, trình cấp trên.", "info"),
        "eligible": Word("Đủ điều kiện", "Đủ điều kiện trình Hội đồng.", "good"),
        "not-eligible": Word("Không đủ điều kiện", "Không trình Hội đồng.", "bad"),
        "held": Word("Tạm dừng xét", "Chờ kết luận của cơ quan có thẩm quyền.", "wait"),
        "released": Word("Xét tiếp", "Đã hết lý do tạm dừng.", "info"),
        "recommended": Word(
            "Hội đồng đề nghị khen", "Hội đồng chỉ tham mưu; Chủ tịch quyết định.", "info"
        ),
        "not-recommended": Word(
            "Hội đồng không đề nghị", "Hội đồng chỉ tham mưu; Chủ tịch quyết định.", "bad"
        ),
        "not-presented": Word("Không đưa ra Hội đồng", "Hội đồng chưa xét.", "still"),
        "award": Word("Khen thưởng", "Đề nghị có tên trong quyết định.", "good"),
        "refer": Word("Đề nghị cấp trên khen thưởng", "Chuyển lên cấp tỉnh.", "info"),
        "none": Word("Không khen thưởng", "Có lý do kèm theo.", "bad"),
        "awarded": Word("Đã khen thưởng", "Có tên trong quyết định.", "good"),
        "not-awarded": Word("Không khen thưởng", "Có lý do kèm theo.", "bad"),
        "struck": Word("Đưa ra khỏi danh sách", "Chủ tịch đưa ra khỏi danh sách, có lý do.", "bad"),
        "referred": Word("Đề nghị cấp trên khen thưởng", "Đã chuyển lên cấp tỉnh.", "info"),
        "withdrawn": Word("Đã rút", "Đơn vị đã rút trường hợp này.", "still"),
        "revoked": Word("Đã hủy bỏ", "Quyết định đối với trường hợp này đã hủy bỏ.", "bad"),
    },
    "session": {
        "prepared": Word("Đang chuẩn bị", "Thư ký đang lập tài liệu họp.", "wait"),
        "convened": Word("Đã triệu tập", "Giấy mời đã gửi tới các thành viên.", "wait"),
        "open": Word("Đang họp", "Các thành viên đang biểu quyết.", "info"),
        "closed": Word("Đã họp", "Kết quả đã chốt; Hội đồng chỉ tham mưu.", "good"),
    },
    "decision": {
        "draft": Word("Dự thảo", "Chờ Chủ tịch xem xét và ký.", "wait"),
        "signed": Word(
            "Đã ký, chờ cấp số", "Văn thư cấp số trong ngày, chậm nhất ngày làm việc sau.", "wait"
        ),
        "numbered": Word("Đã cấp số, chờ phát hành", "Quyết định đã có số.", "wait"),
        "published": Word("Đã phát hành", "Quyết định có hiệu lực.", "good"),
        "refused": Word("Chủ tịch không ký", "Có lý do kèm theo.", "bad"),
        "corrected": Word("Đã đính chính", "Xem công văn đính chính.", "info"),
        "recalled": Word("Đã thu hồi", "Văn bản đã thu hồi.", "bad"),
        "revoked": Word("Đã hủy bỏ", "Quyết định đã hủy bỏ.", "bad"),
    },
    "notice": {
        "queued": Word("Chờ gửi", "Thông báo chưa gửi.", "wait"),
        "sending": Word("Đang gửi", "Thư đang được gửi đi.", "wait"),
        "retrying": Word("Sẽ gửi lại", "Lần gửi trước không được, hệ thống tự gửi lại.", "wait"),
        "opened": Word("Đã xem", "Đã mở xem, chưa xác nhận đã nhận.", "info"),
        "sent": Word("Đã gửi", "Chưa xác nhận đã nhận.", "info"),
        "failed": Word("Gửi không được", "Cần kiểm tra địa chỉ nhận.", "bad"),
        "acknowledged": Word("Đã xác nhận", "Đơn vị đã xác nhận đã nhận.", "good"),
    },
    "registration": {
        "none": Word("Chưa gửi", "Đơn vị chưa lập đăng ký thi đua.", "wait"),
        "draft": Word("Chưa gửi, đang soạn", "Đơn vị đang soạn; lãnh đạo đơn vị gửi.", "wait"),
        "submitted": Word("Chờ duyệt", "Đăng ký đã gửi, chờ cơ quan chủ trì.", "info"),
        "refused": Word("Từ chối", "Có lý do; đơn vị sửa rồi gửi lại.", "bad"),
        "approved": Word("Đã duyệt", "Cơ quan chủ trì đã duyệt đăng ký.", "good"),
    },
    "cluster": {
        "led": Word("Đã có trưởng", "Đã cử trưởng và phó cho năm gần nhất.", "good"),
        "leaderless": Word("Chưa có trưởng", "Chưa cử trưởng cho năm nào.", "wait"),
    },
    "pledge": {
        "open": Word("Đang ký", "Còn thành viên chưa ký giao ước.", "wait"),
        "complete": Word("Đã ký đủ", "Mọi thành viên đã ký giao ước.", "good"),
        "signed": Word("Đã ký", "Thành viên đã ký giao ước.", "good"),
        "unsigned": Word("Chưa ký", "Thành viên chưa ký giao ước.", "wait"),
    },
    "guidance": {
        "draft": Word("Dự thảo", "Chờ lãnh đạo Phòng Nội vụ duyệt; đơn vị chưa thấy.", "wait"),
        "approved": Word("Đã duyệt, chờ ký", "Chờ người có thẩm quyền ký.", "wait"),
        "signed": Word("Đã ký, chờ cấp số", "Văn thư cấp số, chậm nhất ngày làm việc sau.", "wait"),
        "numbered": Word("Đã cấp số, chờ ban hành", "Chưa gửi tới các đơn vị.", "wait"),
        "issued": Word("Đang áp dụng", "Hồ sơ được đối chiếu với bản này.", "good"),
        "replaced": Word("Đã được sửa đổi", "Đã có bản mới hơn.", "still"),
    },
    "intake": {
        "not-open": Word("Chưa nhận", "Chưa đến thời gian nhận hồ sơ, hoặc chưa mở nhận.", "wait"),
        "receiving": Word("Đang nhận", "Các đơn vị gửi hồ sơ.", "good"),
        "reviewing": Word("Đang xét", "Đã hết hạn; hồ sơ gửi thêm được ghi là muộn.", "info"),
        "closed": Word("Đã kết thúc nhận", "Không nhận thêm hồ sơ, kể cả hồ sơ muộn.", "still"),
    },
    "difficulty": {
        "waiting": Word("Chờ trả lời", "Đơn vị chờ trả lời.", "wait"),
        "asked-back": Word("Chờ đơn vị giải thích", "Thời hạn tạm dừng.", "info"),
        "answered": Word("Đã trả lời", "Chờ đơn vị xác nhận đã được giải quyết.", "info"),
        "resolved": Word("Đã giải quyết", "Đơn vị hoặc cơ quan chủ trì đã xác nhận.", "good"),
        "withdrawn": Word("Đã rút", "Đơn vị đã rút lại.", "still"),
    },
    "clock": {
        "critical": Word("Quá hạn nhiều", "Đã chuyển hoặc phải chuyển lên cấp trên.", "bad"),
        "overdue": Word("Quá hạn", "Đã quá hạn trả lời.", "bad"),
        "warning": Word("Sắp đến hạn", "Gần đến hạn trả lời.", "wait"),
        "on-time": Word("Trong hạn", "Còn thời hạn trả lời.", "good"),
        "stopped": Word("Không tính hạn", "Thời hạn tạm dừng hoặc đã trả lời.", "still"),
    },
    "field": {
        "found": Word("Chờ xác nhận", "Đọc được từ văn bản, chưa ai xác nhận.", "wait"),
        "confirmed": Word("Đã xác nhận", "Đúng như văn bản.", "good"),
        "changed": Word("Đã sửa", "Người xác nhận đã sửa so với văn bản.", "info"),
        "missing": Word("Không thấy trong văn bản", "Để trống hoặc nhập tay.", "bad"),
    },
    "member": {
        "present": Word("Có mặt", "Có mặt tại phiên họp.", "good"),
        "absent": Word("Vắng", "Vắng mặt.", "wait"),
        "written": Word("Ý kiến bằng văn bản", "Vắng mặt, đã gửi ý kiến bằng văn bản.", "info"),
        "recused": Word(
            "Không tham gia biểu quyết", "Có liên quan đến trường hợp được xét.", "info"
        ),
    },
    "check": {
        "verified": Word(
            "Toàn vẹn", "Nhật ký khớp với mốc niêm phong; không thiếu, không bị sửa.", "good"
        ),
        "failed": Word(
            "Có sai lệch", "Có sự kiện bị thiếu hoặc bị sửa. Báo ngay người phụ trách.", "bad"
        ),
        "unknown": Word("Chưa kiểm tra", "Chưa có lần kiểm tra nào.", "wait"),
    },
    "register": {
        "voided": Word("Số bị hủy", "Số đã dùng, không cấp lại cho văn bản khác.", "bad"),
    },
    "finding": {
        "open": Word("Chưa giải trình", "Chờ đơn vị giải trình.", "bad"),
        "explained": Word("Đã giải trình", "Đã có giải trình.", "good"),
    },
}

EVENTS = {
    "unit.established": "Thành lập đơn vị",
    "unit.closed": "Kết thúc hoạt động đơn vị",
    "unit.renamed": "Đổi tên đơn vị",
    "unit.changed": "Thay đổi đầu mối, nhiệm vụ của đơn vị",
    "unit.succeeded": "Đơn vị khác kế thừa nhiệm vụ",
    "reorganisation.prepared": "Lập phương án sắp xếp đơn vị",
    "reorganisation.confirmed": "Xác nhận phương án sắp xếp",
    "reorganisation.withdrawn": "Rút phương án sắp xếp",
    "reorganisation.took-effect": "Phương án sắp xếp có hiệu lực",
    "campaign.scope-succeeded": "Đơn vị tham gia có đơn vị kế thừa",
    "campaign.custody-passed": "Phong trào chuyển cho cơ quan kế thừa",
    "custody.passed": "Hồ sơ, công việc chuyển cho đơn vị kế thừa",
    "notice.passed-on": "Thông báo chuyển cho đơn vị kế thừa",
    "official.registered": "Ghi nhận cán bộ",
    "appointment.made": "Phân công chức vụ",
    "appointment.ended": "Thôi phân công chức vụ",
    "administrator.left": "Thôi làm quản trị",
    "account.opened": "Cấp tài khoản",
    "account.signed-in": "Đăng nhập",
    "account.sign-in-refused": "Đăng nhập không thành công",
    "account.locked": "Tạm khóa tài khoản",
    "account.session-ended": "Đăng xuất",
    "account.hat-chosen": "Đổi phân công trong phiên làm việc",
    "account.password-changed": "Đổi mật khẩu",
    "account.password-reset": "Cấp lại mật khẩu",
    "account.unlocked": "Mở khóa tài khoản",
    "delegation.given": "Ủy quyền khi vắng mặt",
    "delegation.ended": "Kết thúc ủy quyền",
    "campaign.drafted": "Nhập kế hoạch thành bản thảo",
    "campaign.field-confirmed": "Xác nhận một nội dung",
    "campaign.field-added": "Nhập tay một nội dung",
    "campaign.written": "Viết kế hoạch theo mẫu",
    "campaign.paper-issued": "Lưu bản PDF đã ban hành",
    "campaign.submitted": "Trình duyệt bản thảo",
    "campaign.returned": "Trả lại bản thảo",
    "campaign.approved": "Duyệt bản thảo kế hoạch",
    "campaign.signed": "Ký kế hoạch",
    "campaign.numbered": "Cấp số, ký hiệu",
    "campaign.launched": "Phát động phong trào thi đua",
    "campaign.guidance-issued": "Ban hành hướng dẫn khen thưởng",
    "campaign.intake-opened": "Mở nhận hồ sơ",
    "campaign.attributes-set": "Ghi loại, cấp và thời gian của phong trào",
    "campaign.funding-recorded": "Ghi nguồn kinh phí",
    "campaign.funding-approved": "Duyệt nguồn kinh phí",
    "campaign.end-changed": "Thay đổi thời gian kết thúc",
    "campaign.intake-deadline-changed": "Thay đổi thời hạn nhận hồ sơ",
    "campaign.closed": "Kết thúc sớm phong trào",
    "campaign.reopened": "Mở lại phong trào",
    "campaign.cancelled": "Hủy phong trào",
    "campaign.recalled": "Thu hồi kế hoạch",
    "campaign.replaced": "Thay thế bằng kế hoạch khác",
    "campaign.amendment-drafted": "Trình dự thảo sửa đổi, đính chính",
    "campaign.amendment-returned": "Trả lại dự thảo sửa đổi, đính chính",
    "campaign.amendment-approved": "Duyệt dự thảo sửa đổi, đính chính",
    "campaign.amendment-signed": "Ký văn bản sửa đổi, đính chính",
    "campaign.amended": "Văn bản sửa đổi, đính chính có hiệu lực",
    "campaign.number-voided": "Hủy số đã cấp",
    "register.number-voided": "Hủy một số trong sổ",
    "campaign.registration-called": "Mời đăng ký thi đua",
    "registration.drafted": "Soạn đăng ký thi đua",
    "registration.submitted": "Gửi đăng ký thi đua",
    "registration.refused": "Từ chối đăng ký thi đua",
    "registration.approved": "Duyệt đăng ký thi đua",
    "registration.relaunched": "Phát động lại tại đơn vị",
    "unit-report.sent": "Gửi báo cáo của đơn vị",
    "campaign.review-prepared": "Lập báo cáo sơ kết, tổng kết",
    "campaign.review-approved": "Duyệt báo cáo sơ kết, tổng kết",
    "campaign.concluded": "Kết thúc phong trào",
    "cluster.formed": "Lập cụm, khối thi đua",
    "cluster.members-changed": "Thay đổi thành viên cụm, khối",
    "cluster.leaders-chosen": "Cử cụm trưởng, khối trưởng",
    "pledge.opened": "Trình giao ước thi đua",
    "pledge.signed": "Ký giao ước thi đua",
    "campaign.intake-closed": "Kết thúc nhận hồ sơ",
    "campaign.guidance-drafted": "Soạn hướng dẫn khen thưởng",
    "campaign.guidance-returned": "Trả lại dự thảo hướng dẫn",
    "campaign.guidance-approved": "Duyệt dự thảo hướng dẫn",
    "campaign.guidance-signed": "Ký hướng dẫn khen thưởng",
    "campaign.guidance-numbered": "Cấp số hướng dẫn khen thưởng",
    "dossier.rechecked": "Đối chiếu lại với hướng dẫn đã sửa đổi",
    "register.number-assigned": "Vào sổ đăng ký văn bản",
    "dossier.number-assigned": "Vào sổ hồ sơ đến",
    "dossier.opened": "Lập hồ sơ",
    "dossier.nominee-added": "Thêm trường hợp đề nghị",
    "dossier.nominee-removed": "Bỏ một trường hợp",
    "dossier.paper-attached": "Đính kèm giấy tờ",
    "dossier.submitted": "Gửi hồ sơ",
    "dossier.received": "Tiếp nhận hồ sơ",
    "dossier.returned": "Trả lại để bổ sung",
    "dossier.supplemented": "Bổ sung và gửi lại",
    "dossier.withdrawn": "Rút hồ sơ",
    "dossier.line-appraised": "Thẩm định một trường hợp",
    "dossier.line-held": "Tạm dừng xét một trường hợp",
    "dossier.line-released": "Xét tiếp một trường hợp",
    "dossier.line-awarded": "Khen thưởng một trường hợp",
    "dossier.line-referred": "Đề nghị cấp trên khen thưởng",
    "dossier.line-not-awarded": "Không khen thưởng một trường hợp",
    "session.convened": "Triệu tập phiên họp Hội đồng",
    "session.opened": "Khai mạc phiên họp",
    "session.line-voted": "Biểu quyết một trường hợp",
    "session.closed": "Kết thúc phiên họp, chốt kết quả",
    "decision.drafted": "Trình dự thảo quyết định",
    "decision.line-changed": "Quyết định khác dự thảo ở một trường hợp",
    "decision.signed": "Ký quyết định",
    "decision.numbered": "Cấp số, ký hiệu",
    "decision.published": "Phát hành quyết định",
    "difficulty.reported": "Báo khó khăn, vướng mắc",
    "difficulty.assigned": "Giao xử lý",
    "difficulty.taken-up": "Nhận xử lý",
    "difficulty.asked-back": "Hỏi lại đơn vị",
    "difficulty.explained": "Đơn vị trả lời câu hỏi",
    "difficulty.answered": "Trả lời khó khăn, vướng mắc",
    "difficulty.escalated": "Chuyển lên cấp trên",
    "difficulty.resolved": "Xác nhận đã giải quyết",
    "difficulty.reopened": "Mở lại",
    "difficulty.withdrawn": "Rút lại khó khăn, vướng mắc",
    "difficulty.passed-on": "Chuyển khó khăn, vướng mắc cho đơn vị kế thừa",
    "difficulty.reminded": "Nhắc việc",
    "difficulty.overdue": "Quá hạn trả lời",
    "notice.queued": "Lập thông báo",
    "notice.sending": "Bắt đầu gửi thư",
    "notice.sent": "Đã gửi thông báo",
    "notice.failed": "Gửi không được",
    "notice.opened": "Mở xem thông báo",
    "notice.acknowledged": "Xác nhận đã nhận",
    "units.reminded": "Nhắc các đơn vị chưa trả lời",
    "checkpoint.sealed": "Niêm phong nhật ký",
    "verification.passed": "Kiểm tra nhật ký: toàn vẹn",
    "verification.failed": "Kiểm tra nhật ký: có sai lệch",
    "discrepancy.found": "Phát hiện sai lệch",
}


def state(kind: str, code: str) -> Word:
    """The word for a state; a code not yet known here is shown as it is, never hidden."""
    return STATES.get(kind, {}).get(code) or Word(code, "")


def role(code: str) -> str:
    return ROLES.get(code, code)


def nominee(code: str) -> str:
    return NOMINEES.get(code, code)


def event(topic: str) -> str:
    """The history line of an event, from its topic with or without version."""
    name, _, version = topic.rpartition(".")
    known = name if version[:1] == "v" and version[1:].isdigit() else topic
    return EVENTS.get(known, known)

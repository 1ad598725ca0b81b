"""The foot of a plan: recipients with their purpose, and who signs in which form."""

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from services.campaign.plan.draft import Found, Missing
from services.campaign.plan.layout import Piece, bulleted, without_bullet
from services.campaign.plan.text import Source, Text, joined

_RECIPIENTS = re.compile(r"Noi ?nhan ?(?::|$)", re.IGNORECASE)
_FORM = re.compile(r"(TUQ|TL|KT|Q|T/?M)\. ?(?=[A-Z])")
_OFFICE = re.compile(
    r"(?:PHO )?(?:CHU ?TICH|TRUONG ?PHONG|TRUONG ?BAN|CHANH VAN PHONG|(?:TONG )?GIAM DOC|BI THU"
    r"|HIEU TRUONG|CUC TRUONG|CHI CUC TRUONG|CHANH THANH TRA)\b"
)
_INFORM = re.compile(r" ?\( ?(?:de )?(?:[Bb] ?/ ?c(?:ao)?|bao cao) ?\)")
_ARCHIVE = re.compile(r"Luu ?:? ?")
_ARCHIVED = re.compile(r"(?:^|[;.] ?)[-+*•●▪ ]{0,3}Luu ?:")
_STOP = re.compile(r"\. ")
_SIGNED = re.compile(r"\(? ?(?:[Dd]a ky|DA KY|[Kk]y ten)")
_ANNEX = re.compile(r"PHU ?LUC\b")
_FORMS = ("TUQ.", "TL.", "KT.", "Q.", "TM.")


@dataclass(frozen=True, slots=True)
class Foot:
    """Where the foot begins among the pieces, and its two columns taken apart."""

    start: int
    recipients: list[Text] | None
    signing: list[Text]
    rest: list[Text]


def find_foot(parts: Sequence[Piece], after: int) -> Foot:
    """The foot begins at "Nơi nhận" or at the signer's office, whichever comes first."""
    end = len(parts)
    start = end
    for at in range(after, len(parts)):
        text = parts[at].text
        if start < end and _ANNEX.match(text.plain):
            end = at
            break
        if start == end and (_RECIPIENTS.match(text.plain) or _signs(text)):
            start = at
    return _columns(start, [part.text for part in parts[start:end]])


def foot_facts(source: Source, foot: Foot) -> tuple[list[Found], list[Missing]]:
    """One Found for each recipient, and the signer."""
    found, missing = _recipients(source, foot)
    facts, gaps = _signer(source, foot)
    return found + facts, missing + gaps


def _signs(text: Text) -> bool:
    capitals = text.chars.isupper()
    return capitals and bool(_FORM.match(text.plain) or _OFFICE.match(text.plain))


def _columns(start: int, texts: list[Text]) -> Foot:
    recipients: list[Text] | None = None
    signing: list[Text] = []
    rest: list[Text] = []
    for line in texts:
        if signing and _closed(recipients) and any(map(_is_name, rest)):
            break  # what follows the signer's name is no part of the foot
        label = _RECIPIENTS.match(line.plain) if recipients is None else None
        text = line.cut(label.end()) if label else line
        if label:
            recipients = []
        if not len(text) or _SIGNED.match(text.plain):
            continue
        if _signs(text):
            signing.append(text)
        elif recipients is None or (signing and _is_name(text) and not _open(recipients)):
            rest.append(text)
        elif named := _after_archive(text):
            recipients.append(text.cut(0, named.start()))
            rest.append(text.cut(named.end()))
        else:
            recipients.append(text)
    return Foot(start, recipients, signing, rest)


def _after_archive(text: Text) -> re.Match[str] | None:
    """Nothing follows the archive's full stop but, where columns run together, the signer."""
    if not _ARCHIVE.match(without_bullet(text).plain):
        return None
    end = _STOP.search(text.plain)
    return end if end and _is_name(text.cut(end.end())) else None


def _is_name(text: Text) -> bool:
    """Two to six capitalised words and nothing else."""
    words = text.chars.split()
    return 2 <= len(words) <= 6 and all(word[0].isupper() and word.isalpha() for word in words)


def _open(recipients: list[Text]) -> bool:
    """True while the list of recipients has begun and no archive line has closed it."""
    return bool(recipients) and not _closed(recipients)


def _closed(recipients: list[Text] | None) -> bool:
    return any(
        _ARCHIVE.match(without_bullet(text).plain) or _ARCHIVED.search(text.plain)
        for text in recipients or ()
    )


def _recipients(source: Source, foot: Foot) -> tuple[list[Found], list[Missing]]:
    if foot.recipients is None:
        return [], [Missing("recipients", "Không thấy phần “Nơi nhận”.")]
    found = []
    for entry in _entries(foot.recipients):
        text = entry.cut(0, len(entry.plain.rstrip(" ;.,/")))
        if any(map(str.isalnum, text.chars)):
            found.append(source.found("recipients", _recipient(text), text))
    if not found:
        return [], [Missing("recipients", "Phần “Nơi nhận” không ghi nơi nào.")]
    return found, []


def _entries(lines: list[Text]) -> list[Text]:
    """Lines put together where one ran over, then parted at each ";"."""
    bullets = any(map(bulleted, lines))
    groups: list[list[Text]] = []
    for line in lines:
        begins = bulleted(line) or _ARCHIVE.match(line.plain)
        runs_over = groups and not groups[-1][-1].plain.endswith((";", "."))
        if runs_over and not begins and (bullets or line.chars[0].islower()):
            groups[-1].append(line)
        else:
            groups.append([line])
    return [entry for group in groups for entry in _split(joined(group))]


def _split(text: Text) -> list[Text]:
    if _ARCHIVE.match(without_bullet(text).plain):
        return [without_bullet(text)]
    edges = [-1, *(match.start() for match in re.finditer(";", text.plain)), len(text)]
    return [without_bullet(text.cut(a + 1, b)) for a, b in itertools.pairwise(edges)]


def _recipient(text: Text) -> dict[str, str]:
    if archive := _ARCHIVE.match(text.plain):
        return {"name": text.cut(archive.end()).chars, "purpose": "archive"}
    inform = _INFORM.search(text.plain)
    if not inform:
        return {"name": text.chars, "purpose": "for-action"}
    name = joined([text.cut(0, inform.start()), text.cut(inform.end())])
    return {"name": name.chars, "purpose": "for-information"}


def _signer(source: Source, foot: Foot) -> tuple[list[Found], list[Missing]]:
    if not foot.signing:
        return [], [Missing("signer", "Không thấy chức vụ và tên người ký.")]
    last = foot.signing[-1]
    form = _FORM.match(last.plain)
    office = last.cut(form.end() if form else 0).chars
    if not _OFFICE.match(last.cut(form.end() if form else 0).plain):
        return [], [Missing("signer", "Không thấy chức vụ của người ký.")]
    value = {"title": office, "form": _form(foot.signing), "lines": [t.chars for t in foot.signing]}
    names = [text for text in foot.rest if _is_name(text)]
    if len(names) == 1:
        block = joined([*foot.signing, names[0]])
        return [source.found("signer", {"name": names[0].chars, **value}, block)], []
    reason = f"Có chức vụ {office} nhưng chưa ghi tên người ký."
    if names:
        listed = "; ".join(name.chars for name in names)
        reason = f"Chưa rõ ai là người ký: {listed}."
    return [source.found("signer_title", value, joined(foot.signing))], [Missing("signer", reason)]


def _form(signing: list[Text]) -> str:
    """The form the person signs in; a deputy for the chairman of a body signs KT."""
    marks = {match[1].replace("/", "") + "." for t in signing if (match := _FORM.match(t.plain))}
    return next((form for form in _FORMS if form in marks), "personal")

"""The campaign goes out: who takes part, who is told."""

import re
import unicodedata
from dataclasses import replace

from fastapi import APIRouter
from starlette.datastructures import FormData

from services.portal.deeds import Named, Went, add_question
from services.portal.pages import Ask
from services.portal.parts import Act, Choice, Fact, Field
from services.portal.visits import Visit
from services.portal.words import PURPOSES

AT = "/campaigns/{id}"
IN_SCOPE = ("commune", "department", "office")  # kinds of units that take part as a rule


def routes() -> APIRouter:
    router = APIRouter()
    add_question(router, f"{AT}/launch", _ask_for_launch, _launch)
    return router


async def _ask_for_launch(visit: Visit, named: Named) -> Ask:
    """The suggestions are the service's, from the wording of "Nơi nhận"; a person settles them."""
    path = f"/campaigns/{named['id']}"
    campaign = await visit.get("campaign", path)
    lines = (await visit.get("campaign", f"{path}/recipients"))["items"]
    directory = await visit.directory()
    scope = directory.of_kind(*IN_SCOPE)
    everybody = directory.of_kind(*IN_SCOPE, "external", "council", "cluster", "authority")
    units = tuple(Choice(unit["code"], unit["name"]) for unit in everybody)
    fields = [
        Field(
            "scope",
            "Đơn vị tham gia phong trào",
            "checkbox",
            " ".join(unit["code"] for unit in scope),
            "Bỏ chọn đơn vị không tham gia.",
            choices=tuple(Choice(unit["code"], unit["name"]) for unit in scope),
        )
    ]
    archived = []
    for number, line in enumerate(lines):
        if line["purpose"] == "archive":
            archived.append(line["label"])
            continue
        label = f"{line['label']} ({PURPOSES.get(line['purpose'], '')})"
        fields += _recipient_fields(number, label, line["suggested"], units)
    return Ask(
        "Phát động phong trào",
        "Kế hoạch được gửi tới nơi nhận và các đơn vị tham gia. Phát động một lần, không rút lại.",
        tuple(fields),
        Act("Phát động phong trào", f"{path}/launch", "post", campaign["version"]),
        path,
        facts=(
            Fact("Phong trào", campaign["title"]),
            *(Fact("Lưu", ", ".join(archived)) for _ in range(bool(archived))),
        ),
        warning="Sau khi phát động, kế hoạch không sửa được nữa.",
    )


def _recipient_fields(
    number: int, label: str, suggested: list[str], units: tuple[Choice, ...]
) -> list[Field]:
    """The units that the wording seems to mean, and one more to choose."""
    found = tuple(choice for choice in units if choice.value in suggested)
    others = tuple(choice for choice in units if choice.value not in suggested)
    more = Field(
        f"units-{number}",
        f"Thêm đơn vị cho “{label}”" if found else label,
        "select",
        hint="" if found else "Hệ thống chưa nhận ra nơi nhận này là đơn vị nào; hãy chọn.",
        required=not found,
        choices=(Choice("", "Không thêm" if found else "Chọn đơn vị"), *others),
    )
    if not found:
        return [more]
    hint = "Bỏ chọn đơn vị không đúng."
    box = Field(f"units-{number}", label, "checkbox", " ".join(suggested), hint, choices=found)
    return [box, replace(more, name=f"more-{number}")]


async def _launch(visit: Visit, form: FormData, named: Named) -> Went:
    path = f"/campaigns/{named['id']}"
    lines = (await visit.get("campaign", f"{path}/recipients"))["items"]
    recipients = [
        {
            "label": line["label"],
            "purpose": line["purpose"],
            "units": _chosen(form, number),
        }
        for number, line in enumerate(lines)
    ]
    scope = [str(code) for code in form.getlist("scope")]
    body = {"scope": scope, "recipients": recipients}
    await visit.act("campaign", f"{path}/launch", body, form=form)
    return Went(
        path, "Đã phát động phong trào", f"Thông báo đang được gửi tới {len(scope)} đơn vị."
    )


def _chosen(form: FormData, number: int) -> list[str]:
    given = form.getlist(f"units-{number}") + form.getlist(f"more-{number}")
    return [str(code) for code in given if code]


def lines_of(form: FormData, name: str) -> list[str]:
    """What was typed one a line."""
    return [line.strip() for line in str(form.get(name, "")).splitlines() if line.strip()]


def code_of(name: str) -> str:
    """A code out of a name: lower case, no diacritics, hyphens; at most 60 characters."""
    plain = unicodedata.normalize("NFD", name.lower().replace("đ", "d"))
    letters = "".join(one for one in plain if not unicodedata.combining(one))
    return re.sub(r"[^a-z0-9]+", "-", letters).strip("-")[:60]

"""Pages beside a campaign lead back to it; a record without a step shows no empty history."""

from dataclasses import replace

from services.portal.parts import Act
from services.portal.rendering import render
from services.portal.tests.example_frames import OFFICER, frame
from services.portal.tests.example_pages import campaigns
from services.portal.tests.example_units import unit_page


def test_list_leads_back_by_a_link_above_its_title() -> None:
    page = replace(campaigns, back=Act("Về phong trào", "/campaigns/1"))
    html = render(page, frame(OFFICER, "/campaigns"))
    link = '<p class="back"><a href="/campaigns/1">Về phong trào</a></p>'
    assert link in html
    assert html.index(link) < html.index("<h1>")
    assert 'class="back"' not in render(campaigns, frame(OFFICER, "/campaigns"))


def test_record_without_a_step_shows_no_history() -> None:
    shown = frame(OFFICER, "/units")
    assert 'id="history-title"' in render(unit_page, shown)
    unborn = replace(unit_page, history=replace(unit_page.history, steps=(), last=0, version=0))
    assert 'id="history-title"' not in render(unborn, shown)

"""The whole way of an award through the service, on a real PostgreSQL."""

from io import BytesIO

from pypdf import PdfReader

from services.dossier.tests.story import Story


async def test_nominee_is_awarded_from_dossier_to_certificate(story: Story) -> None:
    first = await story.received(story.bac_thuy, "Hoàng Thị An")
    second = await story.received(story.mai_sao, "Thôn Lạng Giai", kind="collective")
    (an,), (village,) = await story.lines(first), await story.lines(second)
    await story.appraise(first, an)
    await story.appraise(second, village, "refer-upward")

    session = await story.council({(first, an): 3, (second, village): 2})
    decision = await story.decision(session)
    await story.numbered(decision)
    published = await story.post(f"/decisions/{decision}/publication", story.clerk)

    position = published.headers["X-Position"]
    figures = await story.get(
        f"/figures?campaign={story.campaign}&after={position}", story.appraiser
    )
    assert figures == {
        "dossiers": 2,
        "returned": 0,
        "withdrawn": 0,
        "late": 0,
        "nominees": 2,
        "awarded": 1,
        "referred": 1,
        "not_awarded": 0,
        "held": 0,
        "held_now": 0,
    }
    answer = await story.get(f"/dossiers/{first}", story.bac_thuy.leader)
    assert (answer["state"], answer["lines"][0]["outcome"]) == ("decided", "awarded")
    pdf = await story.call("GET", f"/decisions/{decision}/certificates.pdf", story.clerk)
    pages = PdfReader(BytesIO(pdf.content)).pages
    assert len(pages) == 1
    assert "Hoàng Thị An" in pages[0].extract_text()
    paper = await story.call("GET", f"/decisions/{decision}/document.pdf", story.clerk)
    assert "01/QĐ-UBND" in PdfReader(BytesIO(paper.content)).pages[0].extract_text()
    compared = await story.post("/views/comparison", story.auditor)
    assert compared.json()["equal"] is True

"""A receipt for whoever came, on a strip of 80 mm or a sheet, says nothing of what the visit was about."""

from __future__ import annotations

from service.web.contract import examples
from tests.web.manage import Manage, manage, text_of
from tests.web.test_manage_reports import earned

__all__ = ["manage"]


async def test_a_receipt_says_what_was_earned_and_not_for_what(manage: Manage) -> None:
    """The amount, the balance and the day; no outcome, behavior or program; none of another's visit."""
    person, other = await earned(manage, ("P-1", "P-2"))
    found = (await manage.clinic.get("/v1/events", participant=person)).json()["items"]
    event = next(one for one in found if one["effect"] == "success")
    receipt = (await manage.clinic.get(f"/v1/events/{event['id']}")).json()
    answer = await manage.get(f"/desk/people/{person}/receipts/{event['id']}")
    page = text_of(answer.text)
    assert f"${receipt['total'][0]['amount'] / 100:,.2f}" in page
    assert f"${receipt['balances'][0]['available'] / 100:,.2f}" in page
    strip = text_of(answer.text[answer.text.index('class="card strip"') :].split("</section>")[0]).lower()
    for word in ("negative", "stimulant", examples.PROGRAM_NAME, "p-1"):
        assert word not in strip, word
    assert "paper-roll" in answer.text
    assert (
        "paper-sheet" in (await manage.get(f"/desk/people/{person}/receipts/{event['id']}?paper=sheet")).text
    )
    assert (await manage.get(f"/desk/people/{other}/receipts/{event['id']}")).status_code == 404

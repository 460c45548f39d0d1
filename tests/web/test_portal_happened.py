"""What the portal tells of the past: all of today, and visits that earned nothing, in their place."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

from tests import clock
from tests.web.portal import sends, someone, text_of

if TYPE_CHECKING:
    from tests.web.conftest import Clinic, Server


async def test_today_is_all_of_today(server: Server, clinic: Clinic) -> None:
    """More than the lines that are shown, and less what was entered by mistake."""
    who = await someone(server, clinic)
    for _ in range(4):
        await who.comes("attended", "attendance")
    async with who.browser() as browser:
        page = (await browser.get("/portal")).text
        asked = dict(re.findall(r'name="(enrollment|bowl|once)" value="([^"]+)"', page))
        await sends(browser, "/portal", "/portal/draws", count="14", **asked)
        assert "+$14.00 today" in text_of((await browser.get("/portal")).text)
        mistake = await who.comes()
        assert "+$24.00 today" in text_of((await browser.get("/portal")).text)
        body = {"kind": "entry_error", "reason": "Somebody else"}
        await clinic.post(f"/v1/events/{mistake['event']['id']}/corrections", body)
        assert "+$14.00 today" in text_of((await browser.get("/portal")).text)


async def test_a_visit_without_award_is_listed_in_the_history(server: Server, clinic: Clinic) -> None:
    """With its kind reason, in its place, once over all pages; not when it was entered by mistake."""
    who = await someone(server, clinic)
    await who.comes()
    await who.comes("positive")
    await who.comes("excused", "attendance")
    mistake = await who.comes("absent", "attendance")
    async with who.browser() as browser:
        said = text_of((await browser.get("/portal")).text)
        happened = said[said.index("What happened") :]
        assert (
            "We missed you. No reward for this visit. Everything you earned is still yours. Today" in happened
        )
        body = {"kind": "entry_error", "reason": "Somebody else"}
        path = f"/v1/events/{mistake['event']['id']}/corrections"
        assert (await clinic.post(path, body)).status_code == 201
        said = text_of((await browser.get("/portal")).text)
        happened = said[said.index("What happened") :]
        assert "We missed you" not in happened
        order = [
            happened.index(words)
            for words in (
                "Excused visit",
                "Thanks for coming in. No reward for this visit. The steps",
                "$10.00",
            )
        ]
        assert order == sorted(order)
        for _ in range(26):
            await who.comes("attended", "attendance")
        await who.comes("positive")
        first = (await browser.get("/portal/history")).text
        more = re.search(r'href="(/portal/history\?cursor=[^"]+)"', first)
        assert more
        second = (await browser.get(more[1])).text
        thanked = [text_of(page).count("Thanks for coming in.") for page in (first, second)]
        assert sum(thanked) == 2
        assert text_of(first + second).count("Excused visit") == 1


async def test_a_visit_that_earned_nothing_keeps_its_place_in_a_batch(server: Server, clinic: Clinic) -> None:
    """What was recorded at once is told in the order recorded, with the lines of what moved."""
    who = await someone(server, clinic)
    at = clock.earlier_today()
    events = [
        {
            "participant": who.id,
            "behavior": behavior,
            "outcome": outcome,
            "occurred_at": (at + timedelta(seconds=number)).isoformat(),
            "another": True,
        }
        for number, (behavior, outcome) in enumerate(
            [("test", "negative"), ("test", "positive"), ("attendance", "attended"), ("attendance", "absent")]
        )
    ]
    done = await clinic.post("/v1/events/batch", events)
    assert done.status_code == 200, done.text
    async with who.browser() as browser:
        said = text_of((await browser.get("/portal")).text)
    happened = said[said.index("What happened") :]
    order = [
        happened.index(words) for words in ("We missed you", "2 draws earned", "Thanks for", "$10.00 earned")
    ]
    assert order == sorted(order)

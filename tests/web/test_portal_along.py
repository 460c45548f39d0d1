"""What the portal gives to take along: the week, what was reached, the visits, a number, a statement."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from service.web.pages.portal.saying import MINUS
from tests.web.entering import browser_of, sent
from tests.web.manage import signed_in
from tests.web.portal import on_shelf, sends, someone, text_of

if TYPE_CHECKING:
    from tests.web.conftest import Clinic, Server


async def number(server: Server, clinic: Clinic) -> None:
    """Let the clinic have a number."""
    token = await signed_in(server, clinic.id, "manager")
    async with browser_of(server, cmr_session=token) as manage:
        await sent(manage, "/manage/staff", "/manage/phone", phone="(555) 010-0142")


async def test_the_first_page_says_the_week_and_what_was_reached(server: Server, clinic: Clinic) -> None:
    """A visit without reward takes nothing of it away."""
    who = await someone(server, clinic)
    async with who.browser() as browser:
        said = text_of((await browser.get("/portal")).text)
        assert "Week 1 of 12" in said
        assert "counted so far" not in said
        for _ in range(5):
            await who.comes()
        said = text_of((await browser.get("/portal")).text)
        assert "5 visits that counted" in said
        assert "Visits that counted so far: 5. 5 more make 10." in said
        await who.comes("positive")
        assert "5 visits that counted" in text_of((await browser.get("/portal")).text)


async def test_the_calendar_shows_the_days_as_they_stand_and_not_what_they_are_for(
    server: Server, clinic: Clinic
) -> None:
    """On the tablet too, where no address is offered."""
    who = await someone(server, clinic)
    await who.comes()
    async with who.browser() as browser:
        page = (await browser.get("/portal/calendar")).text
    said = text_of(page[page.index("<main") : page.index("</main>")])
    assert "We look forward to seeing you" in said
    for told in ("test", "negative", "steps", "$"):
        assert told not in said.casefold(), told


async def test_a_number_to_tap_stands_where_somebody_may_need_to_talk(server: Server, clinic: Clinic) -> None:
    """Beside the next visits, in the calendar, where something cannot be had; nowhere without a number."""
    who = await someone(server, clinic)
    gone = "/portal/rewards/00000000-0000-0000-0000-000000000000"
    pages = ("/portal", "/portal/calendar", "/portal/sharing", gone)
    async with who.browser() as browser:
        for path in pages:
            assert "tel:" not in (await browser.get(path)).text, path
        await number(server, clinic)
        for path in pages:
            page = (await browser.get(path)).text
            assert page.count('href="tel:555010-0142"') == 1, path
            assert "Call (555) 010-0142" in text_of(page)


async def test_a_statement_adds_up_line_by_line(server: Server, clinic: Clinic) -> None:
    """What is available after each line is what the line before has and this one moves."""
    who = await someone(server, clinic)
    await who.comes()
    await who.comes()
    reward = await on_shelf(clinic)
    async with who.browser() as browser:
        asked = re.search(
            r'name="once" value="([^"]+)"', (await browser.get(f"/portal/rewards/{reward}")).text
        )
        assert asked is not None
        await sends(browser, f"/portal/rewards/{reward}", f"/portal/rewards/{reward}", once=asked[1])
        page = (await browser.get("/portal/statement")).text
        rows = [
            re.findall(r'<td class="r num">([^<]*)</td>', row)
            for row in re.findall(r"<tr>(.*?)</tr>", page, re.DOTALL)[1:]
        ]
        assert rows == [[f"{MINUS}$8.00", "$12.00"], ["+$10.00", "$20.00"], ["+$10.00", "$10.00"]]
        await sends(browser, "/portal", "/portal/amounts", hide="1")
        assert "$" not in text_of((await browser.get("/portal/statement")).text)

"""Taps of a device that were not taken: they stay with their reason until whoever made them decides."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from playwright.async_api import Browser, Page, ViewportSize, expect

from tests import clock
from tests.browser.conftest import DESK, PHONE, faults_of_access, opened, sideways, small_targets
from tests.browser.test_desk import outcomes
from tests.browser.test_desk_queue import kept_here, tap_away
from tests.web.desk import PROGRAM, ZONE, expected_today
from tests.web.manage import signed_in

if TYPE_CHECKING:
    from tests.web.conftest import Clinic, Server


@pytest.fixture
async def people(clinic: Clinic) -> list[dict[str, Any]]:
    """Give four people who are expected today."""
    return await expected_today(clinic)


async def meanwhile(clinic: Clinic, person: dict[str, Any], outcome: str) -> None:
    """Record a visit at another desk."""
    event = {
        "enrollment": person["enrollment"],
        "target": "stimulant-test",
        "outcome": outcome,
        "occurred_at": (clock.now() - timedelta(seconds=1)).isoformat(),
    }
    answer = await clinic.post("/v1/events", event)
    assert answer.status_code == 201, answer.text


async def named(page: Page, person: dict[str, Any]) -> None:
    """Hold the list to naming somebody of whom a decision is needed."""
    flagged = page.locator("#undecided li", has_text=person["name"])
    await expect(flagged).to_contain_text("Needs your decision")
    await expect(flagged).to_contain_text("Negative")


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
async def test_a_tap_that_meets_another_record_asks_and_is_kept_until_it_is_decided(
    chromium: Browser, server: Server, clinic: Clinic, people: list[dict[str, Any]], viewport: ViewportSize
) -> None:
    """The list names the person, and their panel who recorded the first; a reload changes nothing."""
    who = people[0]
    token = await signed_in(server, clinic.id, "clinician")
    async with opened(chromium, server, token, viewport=viewport) as page:
        await tap_away(page, who)
        await meanwhile(clinic, who, "positive")
        await page.context.set_offline(False)
        await named(page, who)
        await expect(page.locator("#waiting")).to_be_hidden()
        # The panel stands open: the question is asked in it at once.
        asking = page.locator("#panel .undecided")
        await expect(asking).to_contain_text("recorded Positive on")
        await page.keyboard.press("Escape")
        await page.goto("/desk")
        await named(page, who)
        assert who["name"] not in str(await kept_here(page))
        assert await faults_of_access(page) == []
        await page.locator("#undecided .row").click()
        await expect(asking).to_have_count(1)
        await expect(asking).to_contain_text("You recorded Negative on this device")
        await expect(asking.get_by_role("link", name="No, correct that record")).to_be_visible()
        assert await faults_of_access(page) == []
        assert await sideways(page) == 0
        if viewport is PHONE:
            assert await small_targets(page) == []
        assert await outcomes(clinic, who) == ["positive"]
        await asking.get_by_role("button", name="Yes, record another").click()
        await expect(page.locator("#panel .answer .plus")).to_have_text("+$10.00")
        await expect(page.locator("#undecided li")).to_have_count(0)
        assert await kept_here(page) == []
        assert sorted(await outcomes(clinic, who)) == ["negative", "positive"]


async def test_a_tap_after_an_enrollment_closed_keeps_its_reason_until_it_is_read(
    chromium: Browser, server: Server, clinic: Clinic, people: list[dict[str, Any]]
) -> None:
    """Somebody who is on today's list no more is named all the same; removing it is the maker's own deed."""
    assert people
    new = {"reference": "MRN-9", "name": "Nina Novak"}
    who = (await clinic.post("/v1/participants", new)).json()
    today = clock.today(ZONE)
    since = {
        "participant": who["id"],
        "program": PROGRAM["name"],
        "starts_on": (today - timedelta(days=3)).isoformat(),
    }
    who["enrollment"] = (await clinic.post("/v1/enrollments", since)).json()["id"]
    token = await signed_in(server, clinic.id, "front_desk")
    yesterday = (today - timedelta(days=1)).isoformat()
    async with opened(chromium, server, token) as page:
        await tap_away(page, who)
        closed = await clinic.post(
            f"/v1/enrollments/{who['enrollment']}/close", {"reason": "moved away", "on": yesterday}
        )
        assert closed.status_code == 200, closed.text
        await page.context.set_offline(False)
        await named(page, who)
        await page.goto("/desk")
        await named(page, who)
        (kept,) = await kept_here(page)
        assert kept["refused"]["why"]
        colleague = await signed_in(server, clinic.id, "clinician")
        await page.context.add_cookies(
            [{"name": "cmr_session", "value": colleague, "url": server.url, "httpOnly": True}]
        )
        await page.goto("/desk")
        await expect(page.locator("#list")).to_be_visible()
        await expect(page.locator("#undecided li")).to_have_count(0)
        assert await kept_here(page) == [kept]
        await page.context.add_cookies(
            [{"name": "cmr_session", "value": token, "url": server.url, "httpOnly": True}]
        )
        await page.goto("/desk")
        await page.locator("#undecided .row").click()
        asking = page.locator("#panel .undecided")
        await expect(asking).to_contain_text(kept["refused"]["why"])
        await asking.get_by_role("button", name="Remove mine").click()
        await expect(page.locator("#undecided li")).to_have_count(0)
        assert await kept_here(page) == []
        assert await outcomes(clinic, who) == []


async def test_a_refusal_is_kept_where_another_person_is_looked_at_by_then(
    chromium: Browser, server: Server, clinic: Clinic, people: list[dict[str, Any]]
) -> None:
    """On a line that is up: the answer comes late, and its question is not lost with the panel."""
    first, second = people[:2]
    token = await signed_in(server, clinic.id, "front_desk")
    async with opened(chromium, server, token) as page:
        await page.goto("/desk")
        await page.locator(f"#r-{first['id']}").click()
        await page.locator("#panel .out.go").first.wait_for()
        await meanwhile(clinic, first, "positive")
        async with page.expect_request(re.compile("/record$")):
            await page.evaluate(
                "(id) => ['#panel .out.go', `#r-${id}`].forEach(one => document.querySelector(one).click())",
                second["id"],
            )
        await named(page, first)
        await expect(page.locator("#panel h2")).to_contain_text(second["name"])
        await page.locator("#undecided .row").click()
        await expect(page.locator("#panel .undecided")).to_contain_text("recorded Positive on")
        await page.locator("#panel .undecided").get_by_role("button", name="Remove mine").click()
        assert await kept_here(page) == []
        assert await outcomes(clinic, first) == ["positive"]

"""A desk open over midnight, a page that comes back where the hands are, and the search by its key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.async_api import Browser, expect

from tests.browser.conftest import DESK, PHONE, faults_of_access, opened, sideways, small_targets
from tests.web.desk import expected_today
from tests.web.manage import signed_in

if TYPE_CHECKING:
    from tests.web.conftest import Clinic, Server


async def test_an_open_desk_asks_for_the_new_day_when_it_begins(
    chromium: Browser, server: Server, clinic: Clinic
) -> None:
    """At the clinic's midnight, which the list tells; the day above it is the new list's."""
    await expected_today(clinic)
    async with opened(chromium, server, await signed_in(server, clinic.id, "front_desk")) as page:
        await page.clock.install()
        await page.goto("/desk")
        await expect(page.locator("#list")).to_be_visible()
        left = int(await page.locator("#list").get_attribute("data-ends") or 0)
        assert 0 < left <= 25 * 3600

        async def tomorrow(route):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
            answer = await route.fetch()
            body = (await answer.text()).replace('data-day="', 'data-day="The day after, ')
            await route.fulfill(response=answer, body=body)

        await page.route("**/desk/list", tomorrow)
        await page.clock.fast_forward((left - 5) * 1000)
        assert not (await page.locator("#day").inner_text()).startswith("The day after")
        await page.clock.fast_forward(7000)
        await expect(page.locator("#day")).to_contain_text("The day after")


async def test_ctrl_k_goes_to_the_search_and_it_finds_while_one_types(
    chromium: Browser, server: Server, clinic: Clinic
) -> None:
    """On a page of Manage in its bar; from elsewhere to a page of its own, with a phone too."""
    people = await expected_today(clinic)
    token = await signed_in(server, clinic.id, "manager")
    async with opened(chromium, server, token, viewport=DESK) as page:
        await page.goto("/manage/closures")
        await page.keyboard.press("Control+k")
        await expect(page.get_by_label("Find", exact=True).and_(page.locator("input"))).to_be_focused()
        await page.keyboard.type("whitf")
        await expect(page.get_by_role("link", name="James Whitfield")).to_be_visible()
        assert await faults_of_access(page) == []
        await page.keyboard.press("Escape")
        await expect(page.get_by_role("link", name="James Whitfield")).to_be_hidden()
        # A slash does too, outside of fields alone, and not once keys of one sign are switched off.
        search = page.locator("#find-all")
        await page.locator("#reason").press("/")
        await expect(page.locator("#reason")).to_have_value("/")
        await page.locator("#reason").blur()
        await page.keyboard.press("/")
        await expect(search).to_be_focused()
        await expect(search).to_have_value("")
        await page.goto("/account")
        await page.get_by_role("button", name="Switch these keys off").click()
        await page.goto("/manage/closures")
        await page.keyboard.press("/")
        await expect(search).not_to_be_focused()
    async with opened(chromium, server, token, viewport=PHONE) as page:
        await page.goto("/account")
        await page.keyboard.press("Control+k")
        await expect(page).to_have_url(f"{server.url}/find")
        await page.locator("#find-all").fill("whitf")
        await page.get_by_role("link", name="James Whitfield").click()
        await expect(page).to_have_url(f"{server.url}/desk/people/{people[1]['id']}")
        for path in ("/find", "/manage", "/manage/programs"):
            await page.goto(path)
            assert await faults_of_access(page) == []
            assert await small_targets(page) == []
            assert await sideways(page) == 0


async def test_a_page_comes_back_at_the_height_at_which_its_form_was_sent(
    chromium: Browser, server: Server, clinic: Clinic
) -> None:
    """And what was done is said in sight."""
    for number in range(12):
        closed = {"first_day": f"2027-03-{number + 10}", "reason": "Painters"}
        made = await clinic.post("/v1/closures", {**closed, "last_day": closed["first_day"]})
        assert made.status_code == 201, made.text
    async with opened(chromium, server, await signed_in(server, clinic.id, "manager")) as page:
        await page.goto("/manage/closures")
        button = page.get_by_role("button", name="Remove").last
        await button.scroll_into_view_if_needed()
        before = await page.evaluate("scrollY")
        assert before > 100
        await button.click()
        await expect(page.locator('.note[role="status"]')).to_be_in_viewport()
        assert abs(await page.evaluate("scrollY") - before) < 120

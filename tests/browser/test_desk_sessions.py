"""A group's session in a real browser: twelve people by keyboard, without a line, without a script."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING, Any

import pytest
from playwright.async_api import Browser, Page, ViewportSize, expect

from tests.browser.conftest import DESK, PHONE, faults_of_access, opened, sideways, small_targets
from tests.web.desk import PROGRAM, today
from tests.web.manage import signed_in
from tests.web.test_desk_sessions import EVERY_DAY, events_of
from tests.web.test_groups_over_http import group

if TYPE_CHECKING:
    from tests.web.conftest import Clinic, Server

TWELVE_S = 15.0


async def twelve(clinic: Clinic) -> tuple[str, list[dict[str, Any]]]:
    """Give a group that meets every day with twelve people, called by their numbers."""
    made = await clinic.post("/v1/programs", PROGRAM)
    assert made.status_code == 201, made.text
    own = (await clinic.post("/v1/groups", group(times=EVERY_DAY))).json()["id"]
    people = []
    for number in range(12):
        new = {"reference": f"MRN-{number}", "name": f"Person {number:02}"}
        who = (await clinic.post("/v1/participants", new)).json()
        enrolled = {"participant": who["id"], "program": PROGRAM["name"], "starts_on": today().isoformat()}
        assert (await clinic.post("/v1/enrollments", enrolled)).status_code == 201
        assert (await clinic.post(f"/v1/groups/{own}/members", {"participant": who["id"]})).status_code == 201
        people.append(who)
    return own, people


async def minutes(clinic: Clinic, people: list[dict[str, Any]]) -> list[int | None]:
    """Give how long each was there, as is on record."""
    return [one.get("minutes") for who in people for one in await events_of(clinic, who)]


async def outcomes(clinic: Clinic, people: list[dict[str, Any]]) -> list[list[str]]:
    """Give what is on record of each."""
    return [[one["outcome"] for one in await events_of(clinic, who)] for who in people]


EXPECTED = ["attended"] * 12
EXPECTED[2], EXPECTED[6], EXPECTED[11] = "late", "absent", "left_early"


async def test_twelve_people_are_recorded_by_keyboard_in_fifteen_seconds(
    chromium: Browser, server: Server, clinic: Clinic
) -> None:
    """From the day's list to twelve receipts: three are marked by number and letter, one press records."""
    _, people = await twelve(clinic)
    token = await signed_in(server, clinic.id, "front_desk")
    async with opened(chromium, server, token) as page:
        await page.goto("/desk/groups")
        began = monotonic()
        await page.get_by_role("link", name="Open Mornings").focus()
        await page.keyboard.press("Enter")
        await expect(page.locator("#record")).to_have_text("Record 12")
        await page.wait_for_load_state("domcontentloaded")
        for keys in ("12l", "16t", "21y"):
            for key in keys:
                await page.keyboard.press(key)
        await page.keyboard.press("Enter")
        assert await outcomes(clinic, people) == [[]] * 12
        await page.keyboard.press("Control+Enter")
        await expect(page.locator(".receipt")).to_have_count(12)
        took = monotonic() - began
    assert await outcomes(clinic, people) == [[one] for one in EXPECTED]
    assert took < TWELVE_S


async def test_a_session_that_is_pressed_without_a_line_goes_through_once(
    chromium: Browser, server: Server, clinic: Clinic
) -> None:
    """It waits on the device, says so, and is recorded when the line is back, though the page was left."""
    own, people = await twelve(clinic)
    token = await signed_in(server, clinic.id, "front_desk")
    async with opened(chromium, server, token) as page:
        await page.goto(f"/desk/groups/{own}")
        await page.locator("#minutes").fill("90")
        await page.context.set_offline(offline=True)
        await page.locator("#record").click()
        await expect(page.locator("#waits")).to_have_text("12 records wait on this device. Nothing is lost.")
        await expect(page.locator("#record")).to_be_disabled()
        assert await outcomes(clinic, people) == [[]] * 12
        await page.context.set_offline(offline=False)
        await expect(page.locator(".receipt")).to_have_count(12)
        assert await page.evaluate("taps.all().length") == 0
    assert await outcomes(clinic, people) == [["attended"]] * 12
    assert await minutes(clinic, people) == [90] * 12


async def test_what_a_session_left_on_the_device_goes_through_from_the_day_s_list(
    chromium: Browser, server: Server, clinic: Clinic
) -> None:
    """Whoever leaves the session's page while it waits finds it on the list, and each is recorded once."""
    own, people = await twelve(clinic)
    token = await signed_in(server, clinic.id, "front_desk")
    async with opened(chromium, server, token) as page:
        await page.goto(f"/desk/groups/{own}")
        await page.locator("#minutes").fill("90")
        await page.route("**/desk/groups/*", lambda route: route.abort())
        await page.locator("#record").click()
        await expect(page.locator("#waits")).to_be_visible()
        await page.goto("/desk")
        await expect(page.locator("#waiting")).to_be_hidden()
    assert await outcomes(clinic, people) == [["attended"]] * 12
    assert await minutes(clinic, people) == [90] * 12


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
async def test_a_session_is_recorded_without_a_script(
    chromium: Browser, server: Server, clinic: Clinic, viewport: ViewportSize
) -> None:
    """By the arrow keys of each line and the button; a key that is pressed in a line sends nothing."""
    own, people = await twelve(clinic)
    token = await signed_in(server, clinic.id, "front_desk")
    async with opened(chromium, server, token, viewport=viewport, java_script_enabled=False) as page:
        await page.goto(f"/desk/groups/{own}")
        await page.get_by_role("radio", name="Attended").nth(2).focus()
        await page.keyboard.press("ArrowRight")
        await page.keyboard.press("Enter")
        assert await outcomes(clinic, people) == [[]] * 12
        await page.get_by_role("button", name="Record 12").focus()
        await page.keyboard.press("Enter")
        await expect(page.get_by_text("12 recorded.")).to_be_visible()
    assert await outcomes(clinic, people) == [["attended"]] * 2 + [["late"]] + [["attended"]] * 9


async def looked_at(page: Page, viewport: ViewportSize) -> list[str]:
    """Give what axe, a thumb and the edge of the screen find."""
    faults = await faults_of_access(page)
    if viewport is PHONE:
        faults += [f"too small: {one}" for one in await small_targets(page)]
    return faults + (["too wide"] if await sideways(page) else [])


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
async def test_the_screens_of_a_group_are_open_to_everybody(
    chromium: Browser, server: Server, clinic: Clinic, viewport: ViewportSize, language: str
) -> None:
    """The list, the session before and after, and the roster, in both languages."""
    own, _ = await twelve(clinic)
    token = await signed_in(server, clinic.id, "front_desk")
    async with opened(chromium, server, token, viewport=viewport, locale=language) as page:
        await page.context.add_cookies([{"name": "cmr_language", "value": language, "url": server.url}])
        faults = []
        for path in ("/desk/groups", f"/desk/groups/{own}/roster", f"/desk/groups/{own}"):
            await page.goto(path)
            faults += await looked_at(page, viewport)
        await page.locator("#record").click()
        await expect(page.locator(".receipt")).to_have_count(12)
        faults += await looked_at(page, viewport)
    assert faults == []


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
async def test_work_week_and_a_person_s_page_are_open_to_everybody(
    chromium: Browser, server: Server, clinic: Clinic, viewport: ViewportSize, language: str
) -> None:
    """The list of work, the week, somebody's page, the shelf for them, and groups under Manage."""
    own, people = await twelve(clinic)
    mug = {"name": "Mug", "unit": "usd", "price": 900, "kind": "item", "category": "home", "stock": 1}
    await clinic.post("/v1/rewards", mug)
    token = await signed_in(server, clinic.id, "manager")
    who = f"/desk/people/{people[0]['id']}"
    async with opened(chromium, server, token, viewport=viewport, locale=language) as page:
        await page.context.add_cookies([{"name": "cmr_language", "value": language, "url": server.url}])
        faults = []
        for path in (
            "/desk/work",
            "/desk/week",
            who,
            f"{who}/choose",
            "/manage/groups",
            f"/manage/groups/{own}",
        ):
            await page.goto(path)
            faults += [f"{path} {fault}" for fault in await looked_at(page, viewport)]
    assert faults == []

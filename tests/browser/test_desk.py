"""The front desk in a real browser: two keys, no script, no network, two desks at once."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from playwright.async_api import Browser, ViewportSize, expect

from tests import clock
from tests.browser.conftest import DESK, PHONE, faults_of_access, opened, small_targets
from tests.web.desk import expected_today
from tests.web.manage import signed_in

if TYPE_CHECKING:
    from tests.web.conftest import Clinic, Server


@pytest.fixture
async def people(clinic: Clinic) -> list[dict[str, Any]]:
    """Give four people who are expected today."""
    return await expected_today(clinic)


@pytest.fixture
async def token(server: Server, clinic: Clinic) -> str:
    """Give the session of somebody at the front desk."""
    return await signed_in(server, clinic.id, "front_desk")


async def outcomes(clinic: Clinic, person: dict[str, Any]) -> list[str]:
    """Give what is on record of somebody, newest first."""
    found = (await clinic.get("/v1/events", participant=person["id"])).json()["items"]
    return [one["outcome"] for one in found]


async def test_two_keys_record_and_undo_takes_it_back(
    chromium: Browser, server: Server, clinic: Clinic, people: list[dict[str, Any]], token: str
) -> None:
    """The answer stands where the buttons stood; by keyboard alone."""
    async with opened(chromium, server, token) as page:
        await page.goto("/desk")
        await expect(page.get_by_text("4 expected, 0 done")).to_be_visible()
        first = await page.locator("#list li .who").first.inner_text()
        who = next(one for one in people if one["name"] == first)
        await page.keyboard.press("1")
        await page.keyboard.press("n")
        await expect(page.locator("#panel .plus")).to_have_text("+$10.00")
        await expect(page.locator("#panel .answer")).to_contain_text("$11.50")
        assert await outcomes(clinic, who) == ["negative"]
        assert await faults_of_access(page) == []
        undo = page.get_by_role("button", name="Undo")
        await undo.focus()
        await page.keyboard.press("Enter")
        await expect(page.locator("#panel").get_by_text("Undone.")).to_be_visible()
        await expect(page.locator("#panel .out.go").first).to_be_visible()
        await page.keyboard.press("Escape")
        await expect(page.locator("#panel")).to_have_count(0)
        await expect(page.locator(f"#r-{who['id']}")).to_be_focused()


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
async def test_the_desk_works_without_a_script(
    chromium: Browser, server: Server, people: list[dict[str, Any]], token: str, viewport: ViewportSize
) -> None:
    """Choose the person, choose the outcome, undo, and find somebody by a part of their name."""
    async with opened(chromium, server, token, viewport=viewport, java_script_enabled=False) as page:
        await page.goto("/desk")
        await page.get_by_role("link", name=re.compile(people[0]["name"])).click()
        await page.get_by_role("button", name=re.compile("Negative")).click()
        await expect(page.locator("#panel .plus")).to_have_text("+$10.00")
        await page.get_by_role("button", name="Undo").click()
        await expect(page.locator("#panel").get_by_text("Undone.")).to_be_visible()
        await page.get_by_label("Find a person").fill("whit")
        await page.get_by_role("button", name="Find", exact=True).click()
        await expect(page.locator("#found").get_by_text("James Whitfield")).to_be_visible()


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
async def test_every_state_of_the_desk_is_open_to_everybody(
    chromium: Browser, server: Server, people: list[dict[str, Any]], token: str, viewport: ViewportSize
) -> None:
    """The list, an open panel, what was recorded, and a search, as axe and a thumb see them."""
    async with opened(chromium, server, token, viewport=viewport) as page:
        await page.goto("/desk")
        await expect(page.locator("#list li")).to_have_count(len(people))
        faults = await faults_of_access(page)
        await page.locator("#list .row").first.click()
        await page.locator("#panel").get_by_role("button", name=re.compile("Positive")).wait_for()
        faults += await faults_of_access(page)
        if viewport is PHONE:
            assert await small_targets(page) == []
        await page.locator("#panel").get_by_role("button", name=re.compile("Positive")).click()
        await expect(page.locator("#panel .answer")).to_contain_text("Thanks for coming in")
        faults += await faults_of_access(page)
        await page.get_by_label("Find a person").fill("lop")
        await expect(page.locator("#found").get_by_text("Maria Lopez")).to_be_visible()
        faults += await faults_of_access(page)
        assert faults == []


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
async def test_a_tap_without_a_network_is_sent_once_when_it_is_back(
    chromium: Browser,
    server: Server,
    clinic: Clinic,
    people: list[dict[str, Any]],
    token: str,
    viewport: ViewportSize,
) -> None:
    """It says that it waits and promises no amount; it outlives the page, and another person's tap too."""
    async with opened(chromium, server, token, viewport=viewport) as page:
        await page.goto("/desk")
        first, second = (await page.locator("#list li .who").all_inner_texts())[:2]
        await page.context.set_offline(True)
        await page.keyboard.press("1")
        await page.locator("#panel .out").first.wait_for()
        assert "$" not in await page.locator("#panel").inner_text()
        await page.keyboard.press("n")
        await expect(page.locator("#waiting")).to_have_text("1 waiting")
        await expect(page.locator("#panel .answer").first).to_contain_text("Saved on this device")
        await page.keyboard.press("2")
        await page.locator("#panel .out").first.wait_for()
        await page.keyboard.press("p")
        await expect(page.locator("#waiting")).to_have_text("2 waiting")
        kept = await page.evaluate("localStorage.getItem('cmr-desk-waiting')")
        assert first not in kept
        await page.context.set_offline(False)
        await page.close()
        again = await page.context.new_page()
        await again.goto("/desk")
        await expect(again.locator("#waiting")).to_be_hidden()
        await again.reload()
        by_name = {one["name"]: one for one in people}
        assert await outcomes(clinic, by_name[first]) == ["negative"]
        assert await outcomes(clinic, by_name[second]) == ["positive"]
        assert await again.evaluate("localStorage.getItem('cmr-desk-waiting')") is None


async def test_another_desk_s_record_appears_without_disturbing_input(
    chromium: Browser, server: Server, clinic: Clinic, people: list[dict[str, Any]], token: str
) -> None:
    """The open panel and what is typed in it stay, and so does the focus."""
    async with opened(chromium, server, token) as page:
        async with page.expect_response(re.compile("/desk/stream")):
            await page.goto("/desk")
        await page.locator(f"#r-{people[0]['id']}").click()
        await page.locator("#panel .elsewhen summary").first.click()
        note = page.locator("#panel").get_by_label("Note").first
        await note.fill("came by bus")
        event = {
            "enrollment": people[1]["enrollment"],
            "target": "group-session",
            "outcome": "attended",
            "occurred_at": clock.now().isoformat(),
        }
        assert (await clinic.post("/v1/events", event)).status_code == 201
        await expect(page.locator(f"#p-{people[1]['id']}")).to_contain_text("+2 draws")
        await expect(note).to_have_value("came by bus")
        await expect(note).to_be_focused()


async def test_a_double_click_records_once(
    chromium: Browser, server: Server, clinic: Clinic, people: list[dict[str, Any]], token: str
) -> None:
    """The second click finds the first one on its way."""
    async with opened(chromium, server, token) as page:
        await page.goto("/desk")
        await page.locator(f"#r-{people[0]['id']}").click()
        await page.locator("#panel").get_by_role("button", name=re.compile("Negative")).dblclick()
        await expect(page.locator("#panel .plus")).to_have_text("+$10.00")
        assert await outcomes(clinic, people[0]) == ["negative"]


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
async def test_the_other_pages_of_the_desk_are_open_to_everybody(
    chromium: Browser, server: Server, clinic: Clinic, people: list[dict[str, Any]], viewport: ViewportSize
) -> None:
    """Somebody new, a person's page, the hand-over, and the draws, as axe and a thumb see them."""
    who = people[0]
    for target, outcome in (("stimulant-test", "negative"), ("group-session", "attended")):
        event = {
            "enrollment": who["enrollment"],
            "target": target,
            "outcome": outcome,
            "occurred_at": clock.now().isoformat(),
        }
        await clinic.post("/v1/events", event)
    reward = {"name": "Bus pass", "unit": "usd", "price": 300, "kind": "item", "category": "travel"}
    made = (await clinic.post("/v1/rewards", reward)).json()["id"]
    redeemed = {"participant": who["id"], "reward": made}
    await clinic.post("/v1/redemptions", redeemed, idempotency_key="a-redemption")
    token = await signed_in(server, clinic.id, "clinician")
    async with opened(chromium, server, token, viewport=viewport) as page:
        for path in ("/desk/new", f"/desk/people/{who['id']}", "/desk/handover", f"/desk/draw/{who['id']}"):
            await page.goto(path)
            await expect(page.get_by_role("heading", level=1)).not_to_have_text("That did not work")
            assert await faults_of_access(page) == [], path
            if viewport is PHONE:
                assert await small_targets(page) == [], path
        await page.get_by_role("button", name="Draw").click()
        await expect(page.get_by_text("Slip 1 of 2")).to_be_visible()
        await page.keyboard.press("Enter")
        await expect(page.get_by_text("Slip 2 of 2")).to_be_visible()
        assert await faults_of_access(page) == []

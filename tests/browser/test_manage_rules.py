"""A manager and the rules in a real browser: a new version seen and published, with and without a script."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest
from playwright.async_api import Browser, Route, ViewportSize, expect

from service.web.pages.editor.starters import starters
from tests.browser.conftest import DESK, PHONE, faults_of_access, opened, sideways, small_targets
from tests.web.manage import signed_in

if TYPE_CHECKING:
    from tests.web.conftest import Clinic, Server

CALIFORNIA = starters()["california-recovery-incentives"]
EDITOR = "/manage/program-editor?of=california-recovery-incentives"
PLACES = (
    "/manage/programs",
    "/manage/programs/california-recovery-incentives",
    EDITOR,
    "/manage/programs/california-recovery-incentives/people",
    "/manage/shelf",
    "/manage/redemptions",
    "/manage/approvals",
    "/manage/caps",
    "/manage/closures",
    "/manage/seeds",
)


async def seed(clinic: Clinic) -> str:
    """Fill a clinic with one of each thing, and give the page of its reward."""
    headers = {"content-type": "application/yaml"}
    await clinic.client().post("/v1/programs", content=CALIFORNIA.text, headers=headers)
    person = (await clinic.post("/v1/participants", {"reference": "MRN-1"})).json()["id"]
    body = {"participant": person, "program": "california-recovery-incentives", "starts_on": "2026-01-05"}
    await clinic.post("/v1/enrollments", body)
    changed = CALIFORNIA.text.replace("amount: 1500", "amount: 1600")
    await clinic.client().post("/v1/programs", content=changed, headers=headers)
    reward = {"name": "Mug", "unit": "usd", "price": 100, "kind": "item", "category": "home", "stock": 4}
    made = (await clinic.post("/v1/rewards", reward)).json()["id"]
    await clinic.post(f"/v1/rewards/{made}/stock", {"change": -1, "reason": "Broken"})
    award = {"participant": person, "unit": "usd", "amount": 500, "reason": "A start"}
    await clinic.post("/v1/manual-awards", award, "clinician", idempotency_key="a")
    cap = {"per": "year", "unit": "usd", "amount": 59900, "starts_on": "2026-01-01", "reason": "The law"}
    await clinic.post("/v1/caps", cap)
    worth = {"amount": 10, "starts_on": "2026-01-01", "reason": "Agreed with the board."}
    await clinic.post("/v1/points-worth", worth)
    card = {"name": "Grocery card", "unit": "points", "price": 250, "kind": "item", "category": "gift-cards"}
    await clinic.post("/v1/rewards", card | {"instant": True})
    days = {"first_day": "2099-12-24", "last_day": "2099-12-26", "reason": "Holidays"}
    await clinic.post("/v1/closures", days)
    await clinic.post("/v1/seeds/rotate", None)
    return f"/manage/shelf/{made}"


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
async def test_axe_finds_nothing_on_rule_pages(
    chromium: Browser, server: Server, clinic: Clinic, viewport: ViewportSize
) -> None:
    """Axe finds nothing in either theme, nothing scrolls sideways, and a thumb finds everything."""
    reward = await seed(clinic)
    token = await signed_in(server, clinic.id, "manager")
    found: dict[str, list[str]] = {}
    async with opened(chromium, server, token, viewport=viewport) as page:
        for place in (*PLACES, reward):
            await page.goto(place)
            faults = await faults_of_access(page)
            if await sideways(page):
                faults.append(f"goes {await sideways(page)} px sideways")
            if viewport is PHONE:
                faults += await small_targets(page)
            if faults:
                found[place] = faults
    assert found == {}


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
async def test_a_manager_sees_what_a_change_pays_as_it_is_typed_and_publishes_it(
    chromium: Browser, server: Server, clinic: Clinic, viewport: ViewportSize
) -> None:
    """The totals and the sentence follow the typing; then the difference, then the new version."""
    await seed(clinic)
    token = await signed_in(server, clinic.id, "manager")
    async with opened(chromium, server, token, viewport=viewport) as page:
        await page.goto(EDITOR)
        preview = page.locator("#preview")
        await expect(preview.locator(".legend")).to_contain_text("$599.00")
        await page.get_by_label("Starts at").fill("20.00")
        await expect(page.locator(".say").nth(1)).to_contain_text("$20.00 the first time")
        await expect(preview).to_contain_text("Cases with a different result")
        await page.get_by_label("Up to").fill("15.00")
        await expect(page.locator("#preview .note")).to_contain_text("to see here what it pays")
        await page.get_by_label("Up to").fill("26.50")
        await page.get_by_role("button", name="Review and publish").click()
        await expect(page.get_by_role("alert")).to_contain_text("You cannot publish this yet")
        await page.get_by_label("The cases, as JSON").fill("")
        await page.get_by_label("Starts at").fill("12.00")
        await page.get_by_role("button", name="Review and publish").click()
        await expect(page.get_by_role("heading", name="In words")).to_be_visible()
        await expect(page.locator(".gone").first).to_contain_text("$10.00 the first time")
        await expect(page.locator(".come").first).to_contain_text("$12.00 the first time")
        assert await faults_of_access(page) == []
        await page.get_by_role("button", name="Publish version 3").click()
        await expect(page.get_by_role("status")).to_contain_text("Version 3 is published")
        assert await faults_of_access(page) == []


async def test_a_program_is_written_without_a_script(
    chromium: Browser, server: Server, clinic: Clinic
) -> None:
    """From a starter, through one more phase and the document, to the published program, keyboard alone."""
    token = await signed_in(server, clinic.id, "manager")
    async with opened(chromium, server, token, java_script_enabled=False) as page:
        await page.goto("/manage/program-editor")
        await page.get_by_label("Short name, for addresses").fill("ours")
        await page.get_by_label("Name for staff, in English").fill("Ours")
        await page.get_by_label("Starts at").fill("5.00")
        await page.get_by_label("Starts at").press("Enter")
        await expect(page.locator(".say").nth(1)).to_contain_text("$5.00 the first time")
        await page.get_by_role("button", name="Add a bonus").press("Enter")
        await expect(page.get_by_text("Every 3 in a row pays a bonus of $10.00.")).to_be_visible()
        await page.get_by_role("button", name="Document", exact=True).press("Enter")
        text = page.get_by_label("The document")
        await text.fill((await text.input_value()).replace('"step": 150', '"step": "much"'))
        await page.get_by_role("button", name="Review and publish").press("Enter")
        await expect(page.locator("#trouble")).to_contain_text("Line")
        await text.fill((await text.input_value()).replace('"step": "much"', '"step": 100'))
        await page.get_by_role("button", name="Review and publish").press("Enter")
        await page.get_by_role("button", name="Publish version 1").press("Enter")
        await expect(page.get_by_role("heading", name="Ours")).to_be_visible()


async def test_a_slow_answer_to_a_changed_way_of_earning_is_not_dropped(
    chromium: Browser, server: Server, clinic: Clinic
) -> None:
    """The preview that the same tap asks for a moment later ends no request that brings the new fields."""
    await seed(clinic)
    token = await signed_in(server, clinic.id, "manager")

    async def late(route: Route) -> None:
        await asyncio.sleep(1)
        await route.continue_()

    async with opened(chromium, server, token) as page:
        await page.goto(EDITOR)
        await page.route("**/manage/program-editor", late)
        await page.get_by_label("How it pays").first.select_option("table")
        await expect(page.get_by_label("Amounts, one after another")).to_have_value("10.00", timeout=10_000)


async def test_the_way_of_earning_is_changed_and_somebody_is_moved(
    chromium: Browser, server: Server, clinic: Clinic
) -> None:
    """Another way of earning brings its own fields at once; a move says that it is done."""
    await seed(clinic)
    token = await signed_in(server, clinic.id, "manager")
    async with opened(chromium, server, token) as page:
        await page.goto(EDITOR)
        await page.get_by_label("How it pays").first.select_option("table")
        await expect(page.get_by_label("Amounts, one after another")).to_have_value("10.00")
        await page.get_by_label("Amounts, one after another").fill("10.00, 12.50")
        await expect(page.locator(".say").nth(1)).to_contain_text("$10.00, $12.50")
        await page.goto("/manage/programs/california-recovery-incentives")
        await page.get_by_role("link", name="See who, and move them").click()
        await page.get_by_role("button", name="Move all 1").click()
        await expect(page.get_by_text("Everybody is in the newest version.")).to_be_visible()

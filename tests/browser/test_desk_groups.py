"""Programs of somebody known and the group draw in a real browser: by keyboard, without a script."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from playwright.async_api import Browser, ViewportSize, expect

from tests.browser.conftest import DESK, PHONE, faults_of_access, opened, sideways, small_targets
from tests.web.desk import csrf_of, expected_today, tap
from tests.web.manage import signed_in
from tests.web.test_desk_groups import GROUP, enrolled, join
from tests.web.test_desk_recording import seat

if TYPE_CHECKING:
    from tests.web.conftest import Clinic, Server


@pytest.fixture
async def people(server: Server, clinic: Clinic) -> list[dict[str, Any]]:
    """Give four people, three of whom came to the group today."""
    made = await clinic.post("/v1/programs", GROUP)
    assert made.status_code == 201, made.text
    some = await expected_today(clinic)
    async with await seat(server, clinic) as desk:
        csrf = csrf_of(await desk.get("/desk"))
        for who in some[:3]:
            await join(desk, who, csrf)
            own = (await enrolled(clinic, who))[GROUP["name"]]["id"]
            form = tap(csrf, own, "attended", target=GROUP["name"])
            await desk.post(f"/desk/people/{who['id']}/record", data=form)
    return some


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
async def test_a_group_s_names_are_drawn_and_opened_without_a_script(
    chromium: Browser, server: Server, clinic: Clinic, people: list[dict[str, Any]], viewport: ViewportSize
) -> None:
    """From the tab to the last name, by keyboard alone; reloading draws no second time."""
    token = await signed_in(server, clinic.id, "front_desk")
    async with opened(chromium, server, token, viewport=viewport, java_script_enabled=False) as page:
        await page.goto("/desk")
        await page.get_by_role("link", name="Group draw").click()
        await page.get_by_role("button", name="Draw 2 names").focus()
        await page.keyboard.press("Enter")
        await expect(page.get_by_text("Name 1 of 2")).to_be_visible()
        await page.reload()
        await expect(page.get_by_text("Name 1 of 2")).to_be_visible()
        await page.get_by_role("link", name="Open name 2").click()
        await page.get_by_text("Who was in it").click()
        await expect(page.get_by_role("link", name=people[0]["name"])).to_be_visible()
        await page.go_back()
        await expect(page.get_by_text("Name 1 of 2")).to_be_visible()
    assert len((await clinic.get("/v1/hats")).json()["items"]) == 1


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
async def test_the_forms_and_the_stage_are_open_to_everybody(
    chromium: Browser, server: Server, clinic: Clinic, people: list[dict[str, Any]], viewport: ViewportSize
) -> None:
    """The group draw before and after, and both forms of a person, as axe and a thumb see them."""
    token = await signed_in(server, clinic.id, "front_desk")
    async with opened(chromium, server, token, viewport=viewport) as page:
        who = people[0]
        await page.goto("/desk/hats")
        faults = await faults_of_access(page)
        small = await small_targets(page)
        await page.get_by_role("button", name="Draw 2 names").click()
        await page.get_by_role("link", name="Open name 2").click()
        await page.get_by_text("Who was in it").click()
        faults += await faults_of_access(page)
        own = f"/desk/people/{who['id']}"
        for path in (own, f"{own}/enroll", f"{own}/enrollments/{who['enrollment']}/move"):
            await page.goto(path)
            faults += await faults_of_access(page)
            small += await small_targets(page)
        wide = await sideways(page)
        assert (faults, small if viewport is PHONE else [], wide) == ([], [], 0)

"""A form that is half filled in outlives the session and the browser; an editor that is not saved asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.async_api import Browser, Response, expect

from tests.browser.conftest import PHONE, faults_of_access, opened, small_targets
from tests.web.desk import expected_today
from tests.web.manage import signed_in

if TYPE_CHECKING:
    from tests.web.conftest import Clinic, Server


def saved(answer: Response) -> bool:
    """Tell whether a draft was kept, or forgotten."""
    return answer.request.method == "POST" and answer.url.endswith("/drafts")


async def test_a_half_filled_form_is_there_again_in_another_browser_until_it_is_done(
    chromium: Browser, server: Server, clinic: Clinic
) -> None:
    """It is offered, taken, and gone once the person is enrolled; the page in between keeps it."""
    await expected_today(clinic)
    token = await signed_in(server, clinic.id, "front_desk")
    async with opened(chromium, server, token) as page:
        await page.goto("/desk/new")
        async with page.expect_response(saved):
            await page.locator("#reference").fill("MRN-77")
            await page.locator("#name").fill("Nina Novak")
    async with opened(chromium, server, token, viewport=PHONE) as page:
        await page.goto("/desk/new")
        note = page.get_by_text("You were filling this in: Today")
        await expect(note).to_be_visible()
        assert await faults_of_access(page) == []
        assert await small_targets(page) == []
        await page.get_by_role("button", name="Go on with it").click()
        await expect(page.locator("#name")).to_have_value("Nina Novak")
        await page.locator("#program").select_option("stimulant-24")
        await page.get_by_role("button", name="Next").click()
        await expect(page.get_by_role("heading", name="Is this right?")).to_be_visible()
        assert await faults_of_access(page) == []
        await page.goto("/desk/new")
        await expect(note).to_be_visible()
        await page.get_by_role("button", name="Go on with it").click()
        await page.locator("#program").select_option("stimulant-24")
        await page.get_by_role("button", name="Next").click()
        async with page.expect_response(saved):
            await page.get_by_role("button", name="Yes, enroll").click()
        await page.goto("/desk/new")
        await expect(page.locator("#reference")).to_have_value("")
        await expect(note).to_be_hidden()


async def test_leaving_an_editor_that_is_not_saved_asks(
    chromium: Browser, server: Server, clinic: Clinic
) -> None:
    """Once something was typed; what was typed is offered when they come back, and drawn by the server."""
    await expected_today(clinic)
    token = await signed_in(server, clinic.id, "manager")
    async with opened(chromium, server, token) as page:
        asked: list[str] = []

        async def answered(dialog):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
            asked.append(dialog.type)
            await dialog.accept()

        page.on("dialog", answered)
        await page.goto("/manage/program-editor?of=stimulant-24")
        await page.goto("/manage/programs")
        assert asked == []
        await page.goto("/manage/program-editor?of=stimulant-24")
        async with page.expect_response(saved):
            await page.get_by_label("Name for staff, in Spanish").fill("Estimulantes")
        await page.goto("/manage/programs")
        assert asked == ["beforeunload"]
        await page.goto("/manage/program-editor?of=stimulant-24")
        await page.get_by_role("button", name="Go on with it").click()
        await expect(page.get_by_label("Name for staff, in Spanish")).to_have_value("Estimulantes")
        await expect(page.get_by_role("heading", level=1)).to_have_text("Stimulants, 24 weeks")


async def test_the_summary_of_faults_has_the_focus_and_leads_to_the_field(
    chromium: Browser, server: Server, clinic: Clinic
) -> None:
    """By keyboard alone, without a script too; the title says that something is to be looked at."""
    await expected_today(clinic)
    token = await signed_in(server, clinic.id, "front_desk")
    for has_script in (True, False):
        async with opened(chromium, server, token, java_script_enabled=has_script) as page:
            await page.goto("/desk/new")
            await page.locator("#reference").fill("MRN-78")
            await page.locator("#phone").fill("no phone")
            await page.locator("#program").select_option("stimulant-24")
            await page.get_by_role("button", name="Next").click()
            await expect(page).to_have_title("Look again: New person · " + "A test clinic")
            await expect(page.locator("#faults")).to_be_focused()
            await page.keyboard.press("Tab")
            await page.keyboard.press("Enter")
            assert page.url.endswith("#phone")
            if has_script:
                assert await faults_of_access(page) == []

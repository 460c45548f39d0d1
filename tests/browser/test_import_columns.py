"""The columns of an import in a browser: a file is chosen and read without JavaScript; axe finds nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.async_api import Browser, FilePayload, ViewportSize, expect

from tests.browser.conftest import DESK, PHONE, faults_of_access, opened, sideways, small_targets
from tests.web.manage import signed_in
from tests.web.test_import_columns import FILE

if TYPE_CHECKING:
    from tests.web.conftest import Clinic, Server

VISITS: FilePayload = {"name": "visits.csv", "mimeType": "text/csv", "buffer": FILE}


async def test_file_is_chosen_and_its_columns_are_matched_without_a_script(
    chromium: Browser, server: Server, clinic: Clinic
) -> None:
    """What could be guessed is chosen already; the rest is said by the person."""
    token = await signed_in(server, clinic.id, "manager")
    async with opened(chromium, server, token, java_script_enabled=False) as page:
        await page.goto("/manage/imports")
        await page.get_by_label("Choose a file").set_input_files(VISITS)
        await page.get_by_role("button", name="Check it first").click()
        await expect(page.get_by_role("alert")).to_contain_text("'Ward'")
        await expect(page.get_by_label("Result", exact=True)).to_have_value("outcome")
        await expect(page.get_by_label("No show")).to_have_value("missed")
        await page.get_by_label("How they are written").select_option("month/day/year")
        await page.get_by_label("Négatif").select_option("negative")
        await page.get_by_label("The target", exact=True).fill("stimulant-negative")
        await page.get_by_role("button", name="Read it so").click()
        await expect(page.get_by_text("Columns not read: Ward.")).to_be_visible()
        await expect(page.get_by_role("button", name="Record 3 lines")).to_be_visible()


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
async def test_axe_finds_nothing_on_the_columns(
    chromium: Browser, server: Server, clinic: Clinic, viewport: ViewportSize
) -> None:
    """In both themes; nothing to press is small on the phone, and the page is no wider than it."""
    token = await signed_in(server, clinic.id, "manager")
    async with opened(chromium, server, token, viewport=viewport) as page:
        await page.goto("/manage/imports")
        await page.get_by_label("Choose a file").set_input_files(VISITS)
        await page.get_by_role("button", name="Check it first").click()
        await expect(page.get_by_text("What each column is")).to_be_visible()
        faults = [*await faults_of_access(page)]
        if viewport is PHONE:
            faults += await small_targets(page)
        assert faults == []
        assert await sideways(page) == 0

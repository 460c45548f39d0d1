"""Signing in, in a real browser: by keyboard, without script, in both languages, and with axe."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.async_api import Browser, ViewportSize, expect

from tests.browser.conftest import DESK, PHONE, faults_of_access, opened, small_targets
from tests.web.test_signin_staff import PASSWORD, hired

if TYPE_CHECKING:
    from tests.web.conftest import Clinic, Server


@pytest.mark.usefixtures("clinic")
@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
async def test_the_front_page_is_accessible(
    chromium: Browser, server: Server, viewport: ViewportSize
) -> None:
    """As it is first, and with what is wrong at its place; nothing on it is small on a phone."""
    async with opened(chromium, server, viewport=viewport) as page:
        await page.goto("/")
        await expect(page.get_by_role("heading", name="With your code")).to_be_visible()
        assert await faults_of_access(page) == []
        await page.get_by_label("Work email").fill("nobody@example.org")
        await page.get_by_label("Password").fill("not the password")
        await page.get_by_role("button", name="Sign in as staff").click()
        await expect(page.get_by_role("alert")).to_contain_text("not right")
        await expect(page.get_by_label("Work email")).to_have_value("nobody@example.org")
        await expect(page.get_by_label("Password")).to_be_focused()
        assert await faults_of_access(page) == []
        assert await small_targets(page) == []


async def test_staff_sign_in_by_keyboard_alone_and_without_script(
    chromium: Browser, server: Server, clinic: Clinic
) -> None:
    """Type, tab, type, enter."""
    who = await hired(server, clinic)
    async with opened(chromium, server, java_script_enabled=False) as page:
        await page.goto("/?to=/account")
        await page.get_by_label("Work email").focus()
        await page.keyboard.type(who.email)
        await page.keyboard.press("Tab")
        await page.keyboard.type(PASSWORD)
        await page.keyboard.press("Enter")
        await page.wait_for_url("**/account")


@pytest.mark.usefixtures("clinic")
async def test_the_front_page_switches_to_spanish(chromium: Browser, server: Server) -> None:
    """And says so to screen readers."""
    async with opened(chromium, server) as page:
        await page.goto("/")
        await page.get_by_role("button", name="Español").click()
        await expect(page.get_by_role("button", name="Entrar como personal")).to_be_visible()
        await expect(page.locator("html")).to_have_attribute("lang", "es")

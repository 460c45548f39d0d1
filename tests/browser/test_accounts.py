"""The staff's page and one's own account in a real browser, with axe, on a desk and on a phone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal
from uuid import UUID

import pyotp
import pytest
from playwright.async_api import Browser, ViewportSize, expect

from tests import clock
from tests.browser.conftest import DESK, PHONE, faults_of_access, opened, session_token, small_targets
from tests.web.test_signin_staff import PASSWORD, hired

if TYPE_CHECKING:
    from tests.web.conftest import Clinic, Server


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
async def test_a_manager_adds_somebody_without_script(
    chromium: Browser, server: Server, clinic: Clinic, viewport: ViewportSize
) -> None:
    """The link stands where it cannot be overlooked, and the page says what to do with it."""
    who = await hired(server, clinic, "manager")
    token = await session_token(server.database, clinic.id, "staff", str(who.id))
    async with opened(chromium, server, token, viewport=viewport, java_script_enabled=False) as page:
        await page.goto("/manage/staff")
        await page.get_by_label("Work email").fill(who.email)
        await page.get_by_role("button", name="Add and make the link").click()
        taken = "signs in with this address already"
        await expect(page.locator("#faults").get_by_role("link")).to_contain_text(taken)
        await expect(page.locator("#email-fault")).to_contain_text(taken)
        await page.get_by_label("Work email").fill(f"new.{clinic.id[-12:]}@example.org")
        await page.get_by_label("Name", exact=True).fill("Nora Quist")
        await page.get_by_role("button", name="Add and make the link").click()
        await expect(page.get_by_role("status").get_by_label("Link")).to_have_value(
            re.compile(r"^http://.*/join/cmi_")
        )
    async with opened(chromium, server, token, viewport=viewport) as page:
        await page.goto("/manage/staff")
        assert await faults_of_access(page) == []
        if viewport == PHONE:
            assert await small_targets(page) == []
        await page.get_by_role("link", name="Nora Quist").click()
        await expect(page.get_by_role("heading", name="Nora Quist")).to_be_visible()
        assert await faults_of_access(page) == []
        if viewport == PHONE:
            assert await small_targets(page) == []


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_whoever_is_asked_again_and_whoever_is_invited_go_on_without_script(
    chromium: Browser,
    server: Server,
    clinic: Clinic,
    viewport: ViewportSize,
    scheme: Literal["light", "dark"],
) -> None:
    """A session left open asks for the password and goes on with the form; the link lets its owner in."""
    who = await hired(server, clinic, "manager")
    token = await session_token(server.database, clinic.id, "staff", str(who.id))
    async with server.database.transaction(UUID(clinic.id)) as tx:
        await tx.connection.execute("update sessions set proved_at = null where staff_id = $1", who.id)
    async with opened(chromium, server, token, viewport=viewport, color_scheme=scheme) as page:
        await page.goto("/manage/staff")
        await page.get_by_label("Work email").fill(f"new.{clinic.id[-12:]}@example.org")
        await page.get_by_label("Name", exact=True).fill("Nora Quist")
        await page.get_by_role("button", name="Add and make the link").click()
        await expect(page.get_by_role("heading", name="Is it you?")).to_be_visible()
        assert await faults_of_access(page) == []
        assert viewport != PHONE or await small_targets(page) == []
        await page.get_by_label("Your password").fill(PASSWORD)
        await page.get_by_role("button", name="Go on").click()
        link = await page.get_by_role("status").get_by_label("Link").input_value()
        assert await faults_of_access(page) == []
    async with opened(
        chromium, server, viewport=viewport, color_scheme=scheme, java_script_enabled=False
    ) as page:
        await page.goto(link)
        await page.get_by_label("New password", exact=True).fill("short")
        await page.get_by_label("Type the new password again").fill("short")
        await page.get_by_role("button", name="Keep it and sign in").click()
        await expect(page.get_by_text("12").first).to_be_visible()
    async with opened(chromium, server, viewport=viewport, color_scheme=scheme) as page:
        await page.goto(link)
        assert await faults_of_access(page) == []
        assert viewport != PHONE or await small_targets(page) == []
        await page.get_by_label("New password", exact=True).fill("four green herons")
        await page.get_by_label("Type the new password again").fill("four green herons")
        await page.get_by_role("button", name="Keep it and sign in").click()
        await expect(page).to_have_url(re.compile("/desk$"))


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
async def test_a_second_factor_is_set_up_and_used(
    chromium: Browser, server: Server, clinic: Clinic, viewport: ViewportSize
) -> None:
    """From their account to the next sign-in, by a code on paper."""
    who = await hired(server, clinic)
    async with opened(chromium, server, viewport=viewport) as page:
        await page.goto("/?to=/account")
        await page.get_by_label("Work email").fill(who.email)
        await page.get_by_label("Password").fill(PASSWORD)
        await page.get_by_role("button", name="Sign in as staff").click()
        await expect(page.get_by_role("heading", name="Your account")).to_be_visible()
        assert await faults_of_access(page) == []
        if viewport == PHONE:
            assert await small_targets(page) == []
        await page.get_by_role("link", name="Set it up").click()
        secret = await page.get_by_label("Or type this into the app").input_value()
        assert await faults_of_access(page) == []
        await page.get_by_label("The six digits").fill(pyotp.TOTP(secret.replace(" ", "")).at(clock.now()))
        await page.get_by_role("button", name="Turn it on").click()
        await expect(page.get_by_role("heading", name="Your backup codes")).to_be_visible()
        assert await faults_of_access(page) == []
        code = await page.locator(".rescue li").first.inner_text()
        await page.get_by_role("link", name="I saved them").click()
        await page.get_by_role("button", name="Sign out").click()
        await page.get_by_label("Work email").fill(who.email)
        await page.get_by_label("Password").fill(PASSWORD)
        await page.get_by_role("button", name="Sign in as staff").click()
        await expect(page.get_by_label("6 digits or a backup code")).to_be_focused()
        assert await faults_of_access(page) == []
        await page.keyboard.type(code)
        await page.keyboard.press("Enter")
        await page.wait_for_url("**/desk")

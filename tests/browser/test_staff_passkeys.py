"""A member of staff adds a passkey in a real browser, signs in with it, and shows by it who they are."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import UUID

from playwright.async_api import Browser, expect

from tests.browser.conftest import PHONE, faults_of_access, opened, small_targets
from tests.web.test_signin_staff import PASSWORD, hired

if TYPE_CHECKING:
    from playwright.async_api import Page

    from tests.web.conftest import Clinic, Server


async def is_fine(page: Page) -> None:
    """Nothing is in the way of whoever cannot see or has large fingers."""
    assert await faults_of_access(page) == []
    assert await small_targets(page) == []


async def typed(page: Page, email: str) -> None:
    """Sign in by address and password."""
    await page.goto("/")
    await page.get_by_label("Email").fill(email)
    await page.get_by_label("Password").fill(PASSWORD)
    await page.keyboard.press("Enter")


async def test_a_passkey_is_added_used_proved_with_and_removed(
    chromium: Browser, server: Server, clinic: Clinic
) -> None:
    """By a virtual authenticator, on the page of one's own account."""
    who = await hired(server, clinic, "manager")
    # An address of numbers cannot have passkeys.
    named = replace(server, url=server.url.replace("127.0.0.1", "localhost"))
    async with opened(chromium, named, viewport=PHONE) as page:
        line = await page.context.new_cdp_session(page)
        await line.send("WebAuthn.enable")
        device = {
            "protocol": "ctap2",
            "transport": "internal",
            "hasResidentKey": True,
            "hasUserVerification": True,
            "isUserVerified": True,
            "automaticPresenceSimulation": True,
        }
        await line.send("WebAuthn.addVirtualAuthenticator", {"options": device})
        await typed(page, who.email)
        await page.wait_for_url("**/desk")
        await page.goto("/account")
        await page.get_by_role("button", name="Add a passkey").click()
        await is_fine(page)
        await page.get_by_label("What you call it").fill("My phone")
        await page.get_by_role("button", name="Make the passkey").click()
        await expect(page.get_by_role("status").first).to_have_text("Your passkey is saved.")
        await expect(page.get_by_text("“My phone” was added on")).to_be_visible()
        await is_fine(page)
        await page.context.clear_cookies()
        await typed(page, who.email)
        await page.wait_for_url("**/sign-in/second")
        await is_fine(page)
        await page.get_by_role("button", name="Use my passkey").click()
        await page.wait_for_url("**/desk")
        async with server.database.transaction(UUID(clinic.id)) as tx:
            # As if the session had been left open for a while.
            await tx.connection.execute("update sessions set proved_at = null where staff_id = $1", who.id)
        await page.goto("/account")
        await page.get_by_role("button", name="Remove", exact=True).click()
        await expect(page.get_by_role("heading", name="Is it you?")).to_be_visible()
        await is_fine(page)
        await page.get_by_role("button", name="Use my passkey").click()
        await expect(page.get_by_role("status").first).to_contain_text("The passkey is removed.")
        await expect(page.get_by_text("You removed “My phone” on")).to_be_visible()
        await page.context.clear_cookies()
        await typed(page, who.email)
        await page.wait_for_url("**/desk")

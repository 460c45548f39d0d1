"""The reference page in a real browser: it finds, it tries, it shows code, and it speaks to nobody else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.async_api import Browser, ConsoleMessage, ViewportSize, expect

from tests.browser.conftest import DESK, PHONE, opened, sideways

if TYPE_CHECKING:
    from tests.web.conftest import Clinic, Server


@pytest.mark.parametrize(
    ("viewport", "scheme"), [(DESK, "light"), (PHONE, "dark")], ids=["desk-light", "phone-dark"]
)
async def test_reference_page_renders_without_policy_violations(
    chromium: Browser, server: Server, viewport: ViewportSize, scheme: str
) -> None:
    """At both widths and in both themes nothing is refused to it, and nothing sticks out."""
    said: list[str] = []

    def heard(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            said.append(message.text)

    async with opened(chromium, server, viewport=viewport, color_scheme=scheme) as page:
        page.on("console", heard)
        await page.goto("/docs#tag/events/POST/v1/events")
        await expect(page.get_by_role("heading", name="Record a verified behavior").first).to_be_visible()
        await expect(
            page.get_by_text("Roles: clinician, front_desk, integration, manager.").first
        ).to_be_visible()
        assert await sideways(page) == 0
        dark = await page.evaluate("document.body.classList.contains('dark-mode')")
        assert dark is (scheme == "dark")
    assert said == []


async def test_menu_and_search_lead_to_operations_and_notices(chromium: Browser, server: Server) -> None:
    """The menu has names for people, webhooks among them, and a search leads to an operation."""
    async with opened(chromium, server) as page:
        await page.goto("/docs")
        menu = page.locator("aside").first
        await menu.get_by_text("Value", exact=True).click()
        await expect(menu.get_by_text("Manual awards", exact=True)).to_be_visible()
        await menu.get_by_text("Connections", exact=True).click()
        await menu.get_by_text("Notices", exact=True).click()
        await expect(page.get_by_role("heading", name="An event went on record").first).to_be_visible()
        await page.get_by_role("button", name="Search").first.click()
        await page.keyboard.type("approve a manual award")
        found = page.get_by_role("dialog").get_by_text("/v1/manual-awards/{manual_award}/approve")
        await found.first.click()
        await expect(page.get_by_role("heading", name="Approve a manual award").first).to_be_visible()


async def test_example_request_is_sent_to_the_service(
    chromium: Browser, server: Server, clinic: Clinic
) -> None:
    """With a key typed in, the example is sent as it stands, and the answer is shown."""
    async with opened(chromium, server) as page:
        await page.goto("/docs")
        await page.get_by_placeholder("Token").fill(clinic.keys["manager"])
        await page.goto("/docs#tag/participants/POST/v1/participants")
        await page.get_by_role("button", name="Test Request").first.click()
        await page.get_by_role("button", name="Send").first.click()
        await expect(page.get_by_text("201 Created").first).to_be_visible()
    found = await clinic.get("/v1/participants", reference="A-1042")
    assert [one["name"] for one in found.json()["items"]] == ["Sam Doe"]


async def test_code_samples_are_curl_python_and_typescript(chromium: Browser, server: Server) -> None:
    """Those three, and no other."""
    async with opened(chromium, server) as page:
        await page.goto("/docs#tag/events/POST/v1/events")
        await expect(page.get_by_text("curl").first).to_be_visible()
        await page.get_by_role("button", name="curl").first.click()
        shown = await page.get_by_role("option").all_inner_texts()
        assert [one.strip() for one in shown] == ["curl", "Python", "TypeScript"]
        await page.get_by_role("option", name="Python").click()
        await expect(page.get_by_text("httpx.post").first).to_be_visible()

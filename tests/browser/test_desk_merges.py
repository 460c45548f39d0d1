"""Merging two charts and taking them apart, at the desk and on a phone, with and without scripts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from playwright.async_api import Browser, Page, ViewportSize, expect

from tests import clock
from tests.browser.conftest import DESK, PHONE, faults_of_access, opened, sideways, small_targets
from tests.web.desk import expected_today, tap
from tests.web.manage import manage, signed_in

if TYPE_CHECKING:
    from tests.web.manage import Manage

__all__ = ["manage"]


async def two_charts(manage: Manage) -> tuple[dict[str, Any], dict[str, Any]]:
    """Give two charts of one person with a visit on both, and results that differ."""
    kept, other = (await expected_today(manage.clinic))[:2]
    for who, outcome in ((kept, "positive"), (other, "negative")):
        at = f"/desk/people/{who['id']}/record"
        await manage.post(at, tap("", who["enrollment"], outcome), "front_desk")
    session = {"target": "group-session", "outcome": "attended", "occurred_at": clock.now().isoformat()}
    for who in (kept, other):
        made = await manage.clinic.post("/v1/events", {"enrollment": who["enrollment"], **session})
        assert made.status_code == 201, made.text
    return kept, other


async def speaking(page: Page, manage: Manage, locale: str) -> None:
    """Let the pages speak a language."""
    await page.context.add_cookies([{"name": "cmr_language", "value": locale[:2], "url": manage.server.url}])


async def looked_at(page: Page, viewport: ViewportSize, *, scripts: bool) -> None:
    """Hold a page against the width of the screen, fingers, and axe, which is a script itself."""
    if scripts:
        assert await faults_of_access(page) == []
    assert await sideways(page) == 0
    if viewport is PHONE:
        assert await small_targets(page) == []


@pytest.mark.parametrize(
    ("viewport", "locale", "scripts"),
    [(DESK, "en-US", True), (PHONE, "es-US", True), (PHONE, "en-US", False)],
    ids=["desk", "phone-spanish", "phone-without-scripts"],
)
async def test_charts_are_merged_and_taken_apart_page_by_page(
    chromium: Browser, manage: Manage, viewport: ViewportSize, locale: str, *, scripts: bool
) -> None:
    """Every step is a page that fits and that axe finds nothing in; the enter key merges nothing."""
    kept, other = await two_charts(manage)
    token, another = [await signed_in(manage.server, manage.clinic.id, "manager") for _ in range(2)]
    options: dict[str, Any] = {"viewport": viewport, "locale": locale, "java_script_enabled": scripts}
    async with opened(chromium, manage.server, token, **options) as page:
        await speaking(page, manage, locale)
        await page.goto(f"/desk/people/{kept['id']}/details")
        await page.locator(f'a[href="/desk/people/{kept["id"]}/merge"]').click()
        await looked_at(page, viewport, scripts=scripts)
        await page.locator("#q").fill("James")
        await page.locator("#q").press("Enter")
        await page.locator(f'a[href$="/merge/{other["id"]}"]').click()
        await looked_at(page, viewport, scripts=scripts)
        # The visit that is still to be decided has no word that stands; the other one has.
        undecided = page.locator("fieldset", has=page.locator(".chip.wait"))
        await expect(undecided).to_have_count(1)
        await undecided.locator("input[type=radio]").nth(1).check()
        await page.locator("#reason").fill("Registered twice")
        await page.locator("#reason").press("Enter")
        await expect(page.locator("fieldset .chip.wait")).to_have_count(0)
        await expect(page.locator("#reason")).to_have_value("Registered twice")
        await looked_at(page, viewport, scripts=scripts)
        await page.locator("button[name=go]").click()
        await page.wait_for_url(f"**/desk/people/{kept['id']}?done=merged")
        await looked_at(page, viewport, scripts=scripts)
    async with opened(chromium, manage.server, another, **options) as page:
        await speaking(page, manage, locale)
        await page.goto(f"/desk/people/{other['id']}")
        await page.locator(f'a[href="/desk/people/{kept["id"]}/merges"]').click()
        await looked_at(page, viewport, scripts=scripts)
        await page.locator(f'a[href$="/merges/{other["id"]}"]').click()
        await looked_at(page, viewport, scripts=scripts)
        await page.locator("#reason").fill("They are sisters")
        await page.locator("#reason").press("Enter")
        await page.wait_for_url("**/merges?done=unmerged")
        await looked_at(page, viewport, scripts=scripts)

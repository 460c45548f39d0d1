"""What every page is made of, seen in a real browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.async_api import Browser, ViewportSize

from tests.browser.conftest import DESK, PHONE, faults_of_access, opened, small_targets

if TYPE_CHECKING:
    from tests.web.conftest import Server


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
async def test_an_unknown_page_is_explained_in_both_languages(
    chromium: Browser, server: Server, viewport: ViewportSize
) -> None:
    """It has a way back, its language can be chosen without a script, and axe finds nothing on it."""
    async with opened(chromium, server, viewport=viewport, java_script_enabled=False) as page:
        await page.goto("/static/nothing")
        assert (
            await page.get_by_role("alert").inner_text()
            == "We cannot find this page. Go back, or start from the first page."
        )
        await page.get_by_role("button", name="Español").click()
    async with opened(chromium, server, viewport=viewport, locale="es-US") as page:
        await page.goto("/static/nothing")
        assert (
            await page.get_by_role("alert").inner_text()
            == "No encontramos esta página. Vuelve atrás o empieza en la primera página."
        )
        assert await faults_of_access(page) == []
        if viewport is PHONE:
            assert await small_targets(page) == []

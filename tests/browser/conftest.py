"""A real Chromium against the session's real server, signed in by a session of its own."""

from __future__ import annotations

import os
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.async_api import (
    Browser,
    BrowserContext,
    Page,
    Request,
    ViewportSize,
    async_playwright,
    expect,
)

from service.core.access.sessions import SessionKind
from service.flows.access.sessions import open_session
from service.flows.perform import Done, perform
from service.flows.setup.clinics import operator
from service.store.database.pool import Database
from tests.web.conftest import clinic, other, served_database, server

if TYPE_CHECKING:
    from tests.web.conftest import Server

__all__ = ["clinic", "other", "served_database", "server"]

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--no-first-run",
]
WAIT_MS_MAX = 30_000
"""How long anything is waited for: it is there at once, but a machine may have other things to do."""
expect.set_options(timeout=WAIT_MS_MAX)

DESK: ViewportSize = {"width": 1280, "height": 900}
PHONE: ViewportSize = {"width": 390, "height": 844}

Opens = Callable[..., Awaitable[Page]]


def program() -> str | None:
    """Find the browser: its shell where there is one."""
    return shutil.which("chromium-headless-shell") or shutil.which("chromium")


@pytest.fixture(scope="session")
async def chromium() -> AsyncIterator[Browser]:
    """Start the browser once for the session.

    The shell is the same engine without windows: 24 tests take 69 s of CPU in it, 116 s in the whole browser.
    """
    found = program()
    if found is None:
        if os.environ.get("CI"):
            pytest.fail("Chromium is missing, and under CI the browser tests are part of the check")
        pytest.skip("Chromium is not installed: on Debian, apt-get install chromium-headless-shell")
    async with async_playwright() as started:
        browser = await started.chromium.launch(executable_path=found, args=FLAGS)
        yield browser
        await browser.close()


async def session_token(database: Database, clinic_id: str, kind: SessionKind, subject: str | None) -> str:
    """Open a session as a sign-in would, and give its token."""
    operation = partial(open_session, kind=kind, subject=None if subject is None else UUID(subject))
    done = await perform(database, operator(UUID(clinic_id)), operation)
    assert isinstance(done, Done)
    return done.value.token


@asynccontextmanager
async def opened(
    chromium: Browser,
    server: Server,
    token: str | None = None,
    *,
    cookie: str = "cmr_session",
    viewport: ViewportSize = DESK,
    **options: Any,  # noqa: ANN401
) -> AsyncIterator[Page]:
    """Open a browser of its own whose page must load nothing from elsewhere and complain of nothing.

    `options` are those of `Browser.new_context`: `java_script_enabled`, `color_scheme`, `locale` and so on.
    """
    context: BrowserContext = await chromium.new_context(
        base_url=server.url,
        viewport=viewport,
        **options,
    )
    context.set_default_timeout(WAIT_MS_MAX)
    if token is not None:
        await context.add_cookies(
            [{"name": cookie, "value": token, "url": server.url, "httpOnly": True, "sameSite": "Lax"}]
        )
    elsewhere: list[str] = []
    faults: list[str] = []

    def asked(request: Request) -> None:
        if not request.url.startswith((server.url, "data:", "blob:")):
            elsewhere.append(request.url)

    context.on("request", asked)
    context.on("weberror", lambda error: faults.append(str(error.error)))
    try:
        page = await context.new_page()
        yield page
    finally:
        await context.close()
    assert elsewhere == [], "a page asked another host"
    assert faults == [], "a script of a page failed"


COLOR_RULES = ["color-contrast", "link-in-text-block"]
"""axe's rules whose verdict the theme changes; the others see the same page in either."""


async def faults_of_access(page: Page) -> list[str]:
    """What axe finds on a page as it stands, its colors in both themes."""
    # A click waits for the next page's first byte only, and a page without a body yet has no faults.
    await page.wait_for_load_state()
    await page.evaluate(AXE_SCRIPT)
    # What axe passed would be as long as the page.
    judge = """async rules => (await axe.run(
            {resultTypes: ['violations'], ...(rules && {runOnly: {type: 'rule', values: rules}})})).violations
        .flatMap(fault => fault.nodes.map(node => `${fault.id}: ${node.html.slice(0, 200)}`))"""
    await page.emulate_media(color_scheme="light")
    found = [f"light {fault}" for fault in await page.evaluate(judge, None)]
    await page.emulate_media(color_scheme="dark")
    return found + [f"dark {fault}" for fault in await page.evaluate(judge, COLOR_RULES)]


async def sideways(page: Page) -> int:
    """How far a page goes beyond its window, in pixels; nothing below 0, since a scroll bar takes room."""
    await page.wait_for_load_state()
    found: int = await page.evaluate(
        "Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth)"
    )
    return found


async def small_targets(page: Page) -> list[str]:
    """What can be pressed and is smaller than 44 px either way, words inside a sentence left out."""
    measure = """() => [...document.querySelectorAll(
            'a, button, input:not([type=hidden]), select, textarea, summary')]
        .filter(one => one.checkVisibility() && !one.closest('p, .sr') && !one.classList.contains('sr'))
        .filter(one => !['checkbox', 'radio'].includes(one.type) || !one.closest('label'))
        .map(one => [one.getBoundingClientRect(), one.outerHTML.slice(0, 160)])
        .filter(([box]) => box.width < 43.5 || box.height < 43.5)
        .map(([box, html]) => `${Math.round(box.width)}x${Math.round(box.height)} ${html}`)"""
    await page.wait_for_load_state()
    found: list[str] = await page.evaluate(measure)
    return found

"""Every page that links lead to, on the demo's data: axe finds nothing, it fits, and it can be pressed."""

from __future__ import annotations

import re
from collections import deque
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

import pytest
from playwright.async_api import Browser, Page, ViewportSize

from tests.browser.conftest import DESK, PHONE, faults_of_access, opened, sideways, small_targets
from tests.walks.conftest import demo

if TYPE_CHECKING:
    from tests.walks.conftest import Demo

pytestmark = pytest.mark.slow

__all__ = ["demo"]

FACES = {
    "front_desk": ("/desk", ("/desk", "/account")),
    "manager": ("/manage", ("/manage", "/account")),
    "participant": ("/portal", ("/portal",)),
}
LINKS = "() => [...document.querySelectorAll('a[href]:not([download])')].map(one => one.getAttribute('href'))"
TWICE = re.compile("&amp;(#[0-9]+|amp|lt|gt|quot);")


async def sign_in(page: Page, demo: Demo, who: str) -> None:
    """Sign in at the first page, as a person would."""
    await page.goto("/")
    if who == "participant":
        person = demo.said["participants"].pop()
        await page.get_by_label("Your code").fill(person["code"])
        await page.get_by_role("button", name="Sign in", exact=True).click()
        await page.wait_for_url("**/portal")
        return
    one = next(one for one in demo.said["staff"] if one["role"] == who)
    await page.get_by_label("Work email").fill(one["email"])
    await page.get_by_label("Password").fill(one["password"])
    await page.get_by_role("button", name="Sign in as staff").click()
    await page.wait_for_url(re.compile("/(desk|manage)"))


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("who", FACES)
async def test_every_page_is_accessible_and_fits(
    chromium: Browser, demo: Demo, who: str, viewport: ViewportSize
) -> None:
    """One of each kind of page; none is wider than the screen, and on the phone nothing is too small."""
    start, within = FACES[who]
    served: Any = demo
    faults: list[str] = []
    async with opened(chromium, served, viewport=viewport) as page:
        await sign_in(page, demo, who)
        waiting, kinds = deque([start]), set[str]()
        while waiting:
            path = waiting.popleft()
            kind = re.sub(r"[0-9a-f-]{36}|[0-9]+|(?<=/programs/)[^/]+", "*", path.split("?")[0])
            if kind in kinds:
                continue
            kinds.add(kind)
            answer = await page.goto(path)
            assert answer is not None
            assert answer.ok, f"{path} answered {answer.status}"
            faults += [f"{path}: {fault}" for fault in await faults_of_access(page)]
            if TWICE.search(await answer.text()):
                faults.append(f"{path}: something is escaped twice")
            if await sideways(page) > 0:
                faults.append(f"{path}: wider than the screen")
            if viewport is PHONE:
                faults += [f"{path}: too small to press: {one}" for one in await small_targets(page)]
            for link in await page.evaluate(LINKS):
                led = urlsplit(urljoin(path, link))
                if (
                    not led.netloc
                    and led.path.startswith(within)
                    and not led.path.endswith((".csv", "download"))
                ):
                    waiting.append(led.path + (f"?{led.query}" if led.query else ""))
    assert faults == []

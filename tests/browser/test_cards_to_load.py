"""Cards that staff load, in a real browser: a press without a script, and what axe says of their pages."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from playwright.async_api import Browser, Page, ViewportSize, expect

from tests.browser.conftest import DESK, PHONE, faults_of_access, opened, sideways, small_targets
from tests.web.manage import signed_in
from tests.web.portal import Someone, someone

if TYPE_CHECKING:
    from tests.web.conftest import Clinic, Server


async def filled(server: Server, clinic: Clinic) -> tuple[str, list[str], Someone]:
    """Give the account's id, two redemptions whose cards wait, and who asked."""
    new = {"name": "Cards of ours", "access": {"provider": "by_hand"}}
    account: str = (await clinic.post("/v1/providers", new)).json()["id"]
    card = {"name": "Grocery card", "least": 500, "most": 10_000}
    product = (await clinic.post(f"/v1/providers/{account}/products", card)).json()["id"]
    reward = {"name": "Grocery card", "unit": "usd", "price": 1000, "kind": "provider"}
    made = await clinic.post("/v1/rewards", {**reward, "category": "gift-cards", "product": product})
    who = await someone(server, clinic)
    waiting = []
    for _ in range(2):
        await who.comes()
        asked = {"participant": who.id, "reward": made.json()["id"]}
        said = await clinic.post("/v1/redemptions", asked, idempotency_key=uuid4().hex)
        waiting.append(said.json()["id"])
    return account, waiting, who


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
async def test_a_card_is_loaded_without_a_script_and_axe_finds_nothing(
    chromium: Browser, server: Server, clinic: Clinic, viewport: ViewportSize
) -> None:
    """Its last digits and one press; on the phone nothing to press is small, and no page is wider than it."""
    account, waiting, who = await filled(server, clinic)
    token = await signed_in(server, clinic.id, "manager")
    faults: list[str] = []
    async with opened(chromium, server, token, viewport=viewport) as page:
        paths = [
            "/desk/handover",
            f"/manage/providers/{account}",
            "/manage/providers",
            "/manage/smart-clients",
        ]
        for path in paths:
            faults += await looked_at(page, path, viewport)
        await page.goto("/desk/handover")
        first = page.locator("li.hand").first
        await first.get_by_label("Last digits of the card").fill("4711")
        await first.get_by_role("button", name="Loaded").click()
        await expect(page.get_by_text("Loaded, and on record.")).to_be_visible()
        faults += await looked_at(page, f"/desk/people/{who.id}/rewards", viewport)
    for number, one in enumerate(waiting):
        async with opened(
            chromium, server, who.token, viewport=viewport, java_script_enabled=bool(number), locale="en"
        ) as page:
            await page.goto(f"/portal/redemptions/{one}")
            says = "The clinic will put it on a card for you" if number else "It is on your card"
            await expect(page.get_by_role("heading", name=says)).to_be_visible()
            if number:
                faults += await looked_at(page, f"/portal/redemptions/{one}", viewport)
    assert faults == []


async def looked_at(page: Page, path: str, viewport: ViewportSize) -> list[str]:
    """What is wrong with a page; a picture of it goes where `SHOTS` says."""
    answer = await page.goto(path)
    assert answer is not None
    assert (path, answer.status) == (path, 200)
    if folder := os.environ.get("SHOTS"):
        name = path.strip("/").replace("/", "-")[:60]
        await page.screenshot(path=f"{folder}/{name}-{viewport['width']}.png", full_page=True)
    faults = [f"{path}: {fault}" for fault in await faults_of_access(page)]
    if viewport is PHONE:
        faults += [f"{path}: {small}" for small in await small_targets(page)]
    wide = await sideways(page)
    return faults + ([f"{path} is {wide} px too wide"] if wide > 0 else [])

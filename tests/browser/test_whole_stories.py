"""Whole stories across the faces: what one person does, another one sees."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.async_api import Browser, ViewportSize, expect

from tests.browser.conftest import DESK, PHONE, opened, session_token
from tests.web.desk import expected_today
from tests.web.manage import signed_in
from tests.web.portal import on_shelf

if TYPE_CHECKING:
    from tests.web.conftest import Clinic, Server


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
async def test_a_visit_is_recorded_seen_spent_and_handed_over(
    chromium: Browser, server: Server, clinic: Clinic, viewport: ViewportSize
) -> None:
    """The desk records, the portal shows it by itself, the participant asks, the desk hands over."""
    person = (await expected_today(clinic))[0]
    await on_shelf(clinic)
    desk_token = await signed_in(server, clinic.id, "front_desk")
    own = await session_token(server.database, clinic.id, "portal", person["id"])
    async with (
        opened(chromium, server, desk_token, viewport=viewport) as desk,
        opened(chromium, server, own, viewport=PHONE) as portal,
    ):
        async with portal.expect_response("**/portal/stream"):
            await portal.goto("/portal")
        await expect(portal.locator(".total").first).to_have_text("$0.00")
        await desk.goto("/desk")
        await desk.get_by_role("link", name=re.compile(person["name"])).click()
        await desk.get_by_role("button", name=re.compile("Negative")).first.click()
        await expect(desk.locator("#panel .plus")).to_have_text("+$10.00")
        await expect(portal.locator(".total").first).to_have_text("$10.00")
        await portal.get_by_role("link", name="Get Coffee card").click()
        await portal.get_by_role("button", name="Yes, get it").click()
        await expect(portal.get_by_role("heading", name="It is set aside for you")).to_be_visible()
        await desk.goto("/desk/handover")
        waiting = desk.get_by_role("listitem").filter(has_text=person["name"])
        await expect(waiting).to_contain_text("Coffee card")
        await waiting.get_by_role("button", name="Give").click()
        await expect(desk.get_by_role("listitem").filter(has_text=person["name"])).to_have_count(0)
        await portal.goto("/portal")
        await expect(portal.locator(".total").first).to_have_text("$2.00")
    sheet = (await clinic.get(f"/v1/participants/{person['id']}/balance")).json()["balances"]
    assert [(one["available"], one["held"], one["given"]) for one in sheet if one["unit"] == "usd"] == [
        (200, 0, 800)
    ]


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
async def test_a_miss_and_the_way_back(
    chromium: Browser, server: Server, clinic: Clinic, viewport: ViewportSize
) -> None:
    """Thanks first, and nothing is taken; a mistaken tap is undone, and all is as if it had not been."""
    person = (await expected_today(clinic))[0]
    desk_token = await signed_in(server, clinic.id, "front_desk")
    own = await session_token(server.database, clinic.id, "portal", person["id"])
    async with (
        opened(chromium, server, desk_token, viewport=viewport) as desk,
        opened(chromium, server, own, viewport=PHONE) as portal,
    ):
        async with portal.expect_response("**/portal/stream"):
            await portal.goto("/portal")
        await desk.goto("/desk")
        await desk.get_by_role("link", name=re.compile(person["name"])).click()
        await desk.get_by_role("button", name=re.compile("Positive")).first.click()
        await expect(desk.locator("#panel .answer")).to_contain_text("Thanks for coming in")
        await expect(portal.get_by_role("heading", name="Thanks for coming in.")).to_be_visible()
        await desk.get_by_role("button", name="Undo").click()
        await expect(desk.locator("#panel").get_by_text("Undone.")).to_be_visible()
        await expect(portal.get_by_role("heading", name="Thanks for coming in.")).to_have_count(0)
        await desk.get_by_role("button", name=re.compile("Negative")).first.click()
        await expect(desk.locator("#panel .plus")).to_have_text("+$10.00")
        await expect(portal.locator(".total").first).to_have_text("$10.00")

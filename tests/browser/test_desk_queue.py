"""Taps that wait on the device: each is its maker's own, and is sent once, under a session of theirs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from playwright.async_api import Browser, Locator, Page, expect

from service.flows.access.sessions import end_session, find_session
from service.flows.perform import perform
from service.flows.setup.clinics import operator
from tests.browser.conftest import PHONE, faults_of_access, opened, session_token, small_targets
from tests.browser.test_desk import outcomes
from tests.web.desk import expected_today
from tests.web.manage import signed_in

if TYPE_CHECKING:
    from tests.web.conftest import Clinic, Server


@pytest.fixture
async def people(clinic: Clinic) -> list[dict[str, Any]]:
    """Give four people who are expected today."""
    return await expected_today(clinic)


@pytest.fixture
async def token(server: Server, clinic: Clinic) -> str:
    """Give the session of Fay at the front desk."""
    return await signed_in(server, clinic.id, "front_desk")


async def sit_down(page: Page, server: Server, token: str) -> None:
    """Let somebody else use this browser."""
    cookie = {"name": "cmr_session", "value": token, "url": server.url, "httpOnly": True, "sameSite": "Lax"}
    await page.context.add_cookies([cookie])  # type: ignore[list-item]


async def again(server: Server, token: str) -> str:
    """Sign the same member of staff in anew."""
    session = await find_session(server.database, token)
    assert session is not None
    return await session_token(server.database, str(session.clinic), "staff", str(session.subject))


async def ended(server: Server, token: str) -> None:
    """End a session at the service, without the browser knowing."""
    session = await find_session(server.database, token)
    assert session is not None
    await perform(server.database, operator(session.clinic), lambda act: end_session(act, session.id))


async def tap_away(page: Page, person: dict[str, Any]) -> None:
    """Record without a network."""
    await page.goto("/desk")
    await page.context.set_offline(True)
    await page.locator(f"#r-{person['id']}").click()
    await page.locator("#panel .out.go").first.click()
    await expect(page.locator("#waiting")).to_have_text("1 waiting")


async def test_another_person_sees_from_whom_it_is_and_cannot_send_it(
    chromium: Browser, server: Server, clinic: Clinic, people: list[dict[str, Any]], token: str
) -> None:
    """They can record for themselves; when its maker comes back it is sent, once."""
    who = people[0]
    colleague = await signed_in(server, clinic.id, "clinician")
    async with opened(chromium, server, token, viewport=PHONE) as page:
        await tap_away(page, who)
        await sit_down(page, server, colleague)
        await page.context.set_offline(False)
        await expect(page.locator("#line")).to_contain_text("You were signed out")
        assert await outcomes(clinic, who) == []
        await page.goto("/desk")
        await expect(page.locator("#waiting")).to_have_text("1 waiting from Fay Desk")
        await page.locator(f"#r-{who['id']}").click()
        await expect(page.locator("#panel")).to_contain_text("Fay Desk recorded Negative on this device")
        await expect(page.locator("#panel .out.go").first).to_be_visible()
        assert await faults_of_access(page) == []
        assert await small_targets(page) == []
        await page.locator("#panel .out.back").last.click()
        await expect(page.locator("#panel .answer")).to_be_visible()
        await expect(page.locator("#waiting")).to_have_text("1 waiting from Fay Desk")
        assert len(await outcomes(clinic, who)) == 1
        await sit_down(page, server, await again(server, token))
        await page.goto("/desk")
        await expect(page.locator("#waiting")).to_be_hidden()
        await page.reload()
        await expect(page.locator("#list")).to_be_visible()
        assert sorted(await outcomes(clinic, who)).count("negative") == 1


async def test_a_session_that_ended_asks_to_sign_in_and_then_sends(
    chromium: Browser, server: Server, clinic: Clinic, people: list[dict[str, Any]], token: str
) -> None:
    """Nothing is lost between, and no name is left to read."""
    first, second = people[:2]
    fresh = await again(server, token)
    async with opened(chromium, server, token) as page:
        await tap_away(page, first)
        await ended(server, token)
        await page.context.set_offline(False)
        await expect(page.get_by_role("heading", name="You were signed out")).to_be_visible()
        await expect(page.get_by_text(second["name"])).to_be_hidden()
        await expect(page.get_by_role("link", name="Sign in")).to_be_visible()
        await sit_down(page, server, fresh)
        await page.goto("/desk")
        await expect(page.locator("#waiting")).to_be_hidden()
        await page.reload()
        await expect(page.locator("#list")).to_be_visible()
        assert await outcomes(clinic, first) == ["negative"]


async def test_a_tap_on_a_page_of_an_older_session_is_kept(
    chromium: Browser, server: Server, clinic: Clinic, people: list[dict[str, Any]], token: str
) -> None:
    """The same person signed in anew in another tab: this tab's form is refused, and the tap is not lost."""
    who = people[0]
    async with opened(chromium, server, token) as page:
        await page.goto("/desk")
        await page.locator(f"#r-{who['id']}").click()
        await page.locator("#panel .out.go").first.wait_for()
        await sit_down(page, server, await again(server, token))
        await page.locator("#panel .out.go").first.click()
        await expect(page.locator("#waiting")).to_have_text("1 waiting")
        await expect(page.locator("#line")).to_contain_text("Nothing is lost")
        await page.goto("/desk")
        await expect(page.locator("#waiting")).to_be_hidden()
        assert await outcomes(clinic, who) == ["negative"]


async def leave(page: Page) -> Locator:
    """Press the button to sign out, and give what asks then."""
    await page.get_by_role("button", name="Sign out, Fay Desk").click()
    asking = page.get_by_role("dialog", name="Some records are not sent yet")
    await expect(asking).to_be_visible()
    return asking


async def kept_here(page: Page) -> list[dict[str, Any]]:
    """What waits on this device, of whomever."""
    some: list[dict[str, Any]] = await page.evaluate(
        "JSON.parse(localStorage.getItem('cmr-desk-waiting') || '[]')"
    )
    return some


async def test_signing_out_with_taps_that_wait_asks_and_sends_them(
    chromium: Browser, server: Server, clinic: Clinic, people: list[dict[str, Any]], token: str
) -> None:
    """Without a line nothing is sent and nobody signed out; with one, nothing is left on the device."""
    who = people[0]
    async with opened(chromium, server, token, viewport=PHONE) as page:
        await tap_away(page, who)
        leaving = await leave(page)
        await expect(leaving).to_contain_text("Waiting on this device: 1.")
        assert await faults_of_access(page) == []
        assert await small_targets(page) == []
        await leaving.get_by_role("button", name="Send now").click()
        await expect(leaving).to_contain_text("It could not be sent")
        await expect(leaving).to_contain_text("Still waiting: 1.")
        await leaving.get_by_role("button", name="Stay").click()
        await expect(leaving).to_be_hidden()
        assert len(await kept_here(page)) == 1
        # The desk would send it by itself: only what the dialog sends goes through.
        await page.goto("about:blank")
        await page.context.set_offline(False)
        await page.goto("/account")
        leaving = await leave(page)
        await leaving.get_by_role("button", name="Send now").click()
        await page.wait_for_url(f"{server.url}/")
        assert await kept_here(page) == []
        assert await outcomes(clinic, who) == ["negative"]
        assert await find_session(server.database, token) is None


async def test_signing_out_removes_one_s_own_taps_from_the_device_and_nobody_else_s(
    chromium: Browser, server: Server, clinic: Clinic, people: list[dict[str, Any]], token: str
) -> None:
    """What was removed is recorded by no later sign-in."""
    first, second = people[:2]
    colleague = await signed_in(server, clinic.id, "clinician")
    fresh = await again(server, token)
    async with opened(chromium, server, token) as page:
        await tap_away(page, first)
        (own,) = await kept_here(page)
        theirs = {
            **own,
            "by": "somebody",
            "person": second["id"],
            "fields": {**own["fields"], "once": "0" * 32},
        }
        await page.evaluate("one => taps.keep([...taps.all(), one])", theirs)
        await page.route("**/record", lambda route: route.abort())
        await page.context.set_offline(False)
        leaving = await leave(page)
        await expect(leaving).to_contain_text("Waiting on this device: 1.")
        await leaving.get_by_role("button", name="Remove and sign out").click()
        await page.wait_for_url(f"{server.url}/")
        await page.unroute("**/record")
        assert await kept_here(page) == [theirs]
        for who in (fresh, colleague):
            await sit_down(page, server, who)
            await page.goto("/desk")
            await expect(page.locator("#list")).to_be_visible()
        assert await outcomes(clinic, first) == []


async def test_a_tap_that_is_not_taken_at_sign_out_is_said_before_one_leaves(
    chromium: Browser, server: Server, people: list[dict[str, Any]], token: str
) -> None:
    """It stays on the device for whoever made it: they decide on it when they come back."""
    fresh = await again(server, token)
    async with opened(chromium, server, token) as page:
        await tap_away(page, people[0])
        await page.goto("about:blank")
        await page.context.set_offline(False)
        await page.goto("/account")
        await page.evaluate(
            "taps.keep(taps.all().map((one) => ({ ...one, fields: { ...one.fields, outcome: 'never' } })))"
        )
        leaving = await leave(page)
        await leaving.get_by_role("button", name="Send now").click()
        await expect(leaving).to_contain_text("not taken: 1.")
        await expect(leaving.get_by_role("button", name="Send now")).to_be_hidden()
        await leaving.get_by_role("button", name="Sign out anyway").click()
        await page.wait_for_url(f"{server.url}/")
        (kept,) = await kept_here(page)
        assert kept["refused"]["why"]
        await sit_down(page, server, fresh)
        await page.goto("/desk")
        await expect(page.locator("#undecided li", has_text=people[0]["name"])).to_be_visible()

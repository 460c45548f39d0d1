"""Without a connection: what was last seen with its age, nothing after a sign-out, never another's."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.async_api import Browser, Page, expect

from tests.browser.conftest import DESK, PHONE, faults_of_access, opened, session_token, small_targets
from tests.browser.test_desk import outcomes
from tests.browser.test_desk_queue import ended, sit_down
from tests.web.desk import expected_today
from tests.web.manage import signed_in
from tests.web.portal import someone

if TYPE_CHECKING:
    from tests.web.conftest import Clinic, Server

KEPT = """async () => {
    const db = await new Promise((done) => {
        const asked = indexedDB.open("cmr-offline", 1);
        asked.onupgradeneeded = () => asked.result.createObjectStore("kept");
        asked.onsuccess = () => done(asked.result);
    });
    const all = await new Promise((done) => {
        const asked = db.transaction("kept").objectStore("kept").getAll();
        asked.onsuccess = () => done(asked.result);
    });
    db.close();
    const caught = [];
    for (const name of await caches.keys()) {
        for (const one of await (await caches.open(name)).keys()) caught.push(new URL(one.url).pathname);
    }
    return {copies: all.filter((one) => one.sealed).map((one) => one.face),
            stored: caught.filter((one) => !one.startsWith("/static/"))};
}"""


async def kept(page: Page) -> list[str]:
    """The faces of which there is a copy on this device; of other pages only the one that knows nobody."""
    found = await page.evaluate(KEPT)
    assert set(found["stored"]) <= {"/offline"}
    copies: list[str] = found["copies"]
    return copies


async def is_kept(page: Page, face: str) -> None:
    """Wait until a page was kept."""
    await page.evaluate("navigator.serviceWorker.ready")
    for _ in range(100):
        if await kept(page) == [face]:
            return
        await page.wait_for_timeout(50)
    pytest.fail(f"{face} was not kept")


async def line(page: Page, *, is_there: bool) -> None:
    """Have a connection, or none: for the page and for its worker alike."""
    await page.context.set_offline(not is_there)


async def test_the_portal_shows_what_it_last_knew_and_how_old_that_is(
    chromium: Browser, server: Server, clinic: Clinic
) -> None:
    """What changed meanwhile was kept as well; nothing is offered that needs a connection."""
    who = await someone(server, clinic)
    async with opened(chromium, server, who.token, viewport=PHONE) as page:
        await page.goto("/portal")
        await is_kept(page, "/portal")
        await who.comes()
        await expect(page.locator(".total")).to_have_text("$10.00")
        await page.wait_for_timeout(500)
        await line(page, is_there=False)
        await expect(page.locator("#as-of")).to_contain_text(
            "You are offline. This is how it was this minute"
        )
        for where in ("/portal", "/"):
            await page.goto(where)
            await expect(page.locator(".total")).to_have_text("$10.00")
            await expect(page.locator("#as-of")).to_contain_text("You are offline.")
        assert await page.get_by_role("button", name="Hide amounts").is_hidden()
        assert await page.get_by_role("link", name="All my visits").is_hidden()
        assert await faults_of_access(page) == []
        assert await small_targets(page) == []
        await page.goto("/portal/history")
        await expect(page.get_by_role("heading", name="You are offline")).to_be_visible()
        assert await faults_of_access(page) == []
        await page.goto("/portal")
        await who.comes()
        await line(page, is_there=True)
        await expect(page.locator(".total")).to_have_text("$20.00")
        await expect(page.locator("#as-of")).to_be_hidden()


@pytest.mark.parametrize("has_line", [True, False], ids=["online", "offline"])
async def test_after_a_sign_out_nothing_is_there(
    chromium: Browser, server: Server, clinic: Clinic, has_line: bool
) -> None:
    """Without a connection too: then the service ends the session once there is one."""
    who = await someone(server, clinic)
    async with opened(chromium, server, who.token, viewport=PHONE) as page:
        await page.goto("/portal")
        await is_kept(page, "/portal")
        await line(page, is_there=has_line)
        await page.locator("#leave").get_by_role("button", name="Sign out").click()
        await page.wait_for_url("**/portal/left")
        assert await kept(page) == []
        await line(page, is_there=False)
        for where in ("/portal", "/"):
            await page.goto(where)
            await expect(page.get_by_role("heading", name="You are offline")).to_be_visible()
            await expect(page.get_by_text("Your balance")).to_have_count(0)
        await line(page, is_there=True)
        await page.goto("/portal")
        await expect(page.get_by_text("Your balance")).to_have_count(0)
        assert "/portal" not in page.url.split("?")[0]


async def test_another_person_on_the_same_phone_never_sees_the_former_s(
    chromium: Browser, server: Server, clinic: Clinic
) -> None:
    """Signed in over the first one's session; the second one's page takes the place of the first's."""
    first = await someone(server, clinic)
    await first.comes()
    second = await someone(server, clinic, "P-2")
    async with opened(chromium, server, first.token, viewport=PHONE) as page:
        await page.goto("/portal")
        await is_kept(page, "/portal")
        await sit_down(page, server, second.token)
        await page.goto("/portal")
        await expect(page.locator(".total")).to_have_text("$0.00")
        await page.wait_for_timeout(500)
        await line(page, is_there=False)
        await page.reload()
        await expect(page.locator(".total")).to_have_text("$0.00")


async def test_trying_to_sign_in_removes_what_is_kept(
    chromium: Browser, server: Server, clinic: Clinic
) -> None:
    """Before anybody knows whether the code is right."""
    who = await someone(server, clinic)
    async with opened(chromium, server, who.token, viewport=PHONE) as page:
        await page.goto("/portal")
        await is_kept(page, "/portal")
        await page.goto("/sign-in/code")
        assert await kept(page) == []


async def test_a_session_that_the_service_ended_leaves_nothing(
    chromium: Browser, server: Server, clinic: Clinic
) -> None:
    """As soon as the device hears of it."""
    who = await someone(server, clinic)
    async with opened(chromium, server, who.token, viewport=PHONE) as page:
        await page.goto("/portal")
        await is_kept(page, "/portal")
        await ended(server, who.token)
        await page.goto("/portal")
        assert "/portal" not in page.url.split("?")[0]
        await page.wait_for_timeout(300)
        assert await kept(page) == []


async def test_a_session_whose_time_is_up_leaves_nothing_without_a_connection(
    chromium: Browser, server: Server, clinic: Clinic
) -> None:
    """A page that stands open goes with it."""
    who = await someone(server, clinic)
    async with opened(chromium, server, who.token, viewport=PHONE) as page:
        await page.goto("/portal")
        await is_kept(page, "/portal")
        await line(page, is_there=False)
        await page.clock.install()
        await page.reload()
        await expect(page.locator(".total")).to_be_visible()
        await page.clock.run_for(29 * 60 * 1000)
        await expect(page.locator("#as-of")).to_contain_text("29 minutes ago")
        await page.clock.run_for(70 * 1000)
        await expect(page.get_by_role("heading", name="You are offline")).to_be_visible()
        assert await kept(page) == []


async def test_nothing_is_kept_on_the_clinic_s_tablet(
    chromium: Browser, server: Server, clinic: Clinic
) -> None:
    """Neither of somebody in care nor, on what is a tablet, of the desk."""
    who = await someone(server, clinic, kind="kiosk")
    async with opened(chromium, server, who.token, viewport=PHONE) as page:
        await page.goto("/portal")
        await page.wait_for_timeout(500)
        assert (
            await page.evaluate("navigator.serviceWorker.getRegistrations().then((all) => all.length)") == 0
        )
        assert await kept(page) == []
    token = await signed_in(server, clinic.id, "front_desk")
    tablet = await session_token(server.database, clinic.id, "tablet", None)
    async with opened(chromium, server, token) as page:
        cookie = {"name": "cmr_tablet", "value": tablet, "url": server.url, "httpOnly": True}
        await page.context.add_cookies([cookie])  # type: ignore[list-item]
        await page.goto("/desk")
        await page.evaluate("navigator.serviceWorker.ready")
        await page.reload()
        await page.wait_for_timeout(500)
        assert await kept(page) == []


async def test_a_desk_that_is_loaded_without_a_line_goes_on_and_sends_what_was_tapped(
    chromium: Browser, server: Server, clinic: Clinic
) -> None:
    """The list as it was, with its age; a tap waits and is sent once; after the sign-out no name is left."""
    people = await expected_today(clinic)
    who = people[0]
    token = await signed_in(server, clinic.id, "front_desk")
    async with opened(chromium, server, token, viewport=DESK) as page:
        await page.goto("/desk")
        await is_kept(page, "/desk")
        await line(page, is_there=False)
        await page.reload()
        await expect(page.locator("#as-of")).to_contain_text("You are offline.")
        assert await faults_of_access(page) == []
        await page.locator(f"#r-{who['id']}").click()
        await page.locator("#panel .out.go").first.click()
        await expect(page.locator("#waiting")).to_have_text("1 waiting")
        await page.reload()
        await expect(page.locator("#waiting")).to_have_text("1 waiting")
        assert await outcomes(clinic, who) == []
        await line(page, is_there=True)
        await expect(page.locator("#waiting")).to_be_hidden()
        await expect(page.locator("#as-of")).to_be_hidden()
        assert await outcomes(clinic, who) == ["negative"]
        await page.get_by_role("button", name="Sign out, Fay Desk").click()
        await page.wait_for_url(f"{server.url}/")
        assert await kept(page) == []
        await line(page, is_there=False)
        await page.goto("/desk")
        await expect(page.get_by_role("heading", name="You are offline")).to_be_visible()
        assert who["name"] not in await page.content()


async def test_what_is_kept_is_sealed(chromium: Browser, server: Server, clinic: Clinic) -> None:
    """Nothing that can be read lies on the device: no script of a page gets at the key."""
    who = await someone(server, clinic)
    await who.comes()
    async with opened(chromium, server, who.token, viewport=PHONE) as page:
        await page.goto("/portal")
        await is_kept(page, "/portal")
        told = await page.evaluate(
            """async () => {
                const db = await new Promise((done) => {
                    const asked = indexedDB.open("cmr-offline", 1);
                    asked.onsuccess = () => done(asked.result);
                });
                const one = await new Promise((done) => {
                    const asked = db.transaction("kept").objectStore("kept").get("copy");
                    asked.onsuccess = () => done(asked.result);
                });
                db.close();
                const text = new TextDecoder("latin1").decode(one.sealed);
                const out = crypto.subtle.exportKey("raw", one.key);
                const said = await out.then(() => "given", () => "refused");
                return [said, text.includes("balance"), JSON.stringify(one).includes("balance")];
            }"""
        )
        assert told == ["refused", False, False]


async def test_the_pages_can_be_put_on_a_home_screen(
    chromium: Browser, server: Server, clinic: Clinic
) -> None:
    """The manifest is one that the browser takes, in the page's language, with pictures that are there."""
    who = await someone(server, clinic, language="es")
    async with opened(chromium, server, who.token, viewport=PHONE) as page:
        await page.goto("/portal")
        href = await page.locator('link[rel="manifest"]').get_attribute("href")
        assert href is not None
        cdp = await page.context.new_cdp_session(page)
        read = await cdp.send("Page.getAppManifest")
        assert read["errors"] == []
        said = await (await page.request.get(href)).json()
        assert (said["name"], said["display"], said["start_url"]) == ("Recompensas", "standalone", "/")
        for icon in said["icons"]:
            assert (await page.request.get(icon["src"])).ok

"""Cards at the desk, by a scanner that types and by a camera: they open a person and press nothing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
import segno
from playwright.async_api import Browser, Page, Playwright, async_playwright, expect

from service.core.access.display_codes import card_link
from service.web.pages.entry.card import qr
from tests.browser.conftest import FLAGS, PHONE, faults_of_access, opened, program, small_targets
from tests.web.desk import expected_today
from tests.web.manage import signed_in

if TYPE_CHECKING:
    from pathlib import Path

    from tests.web.conftest import Clinic, Server

SIZE = (640, 480)


@pytest.fixture
async def people(clinic: Clinic) -> list[dict[str, Any]]:
    """Give four people who are expected today."""
    return await expected_today(clinic)


@pytest.fixture
async def token(server: Server, clinic: Clinic) -> str:
    """Give the session of somebody at the front desk."""
    return await signed_in(server, clinic.id, "front_desk")


async def launched(started: Playwright, flags: list[str]) -> Browser:
    """Start a browser with a camera."""
    return await started.chromium.launch(executable_path=program(), args=FLAGS + flags)


def link_to(server: Server, person: dict[str, Any]) -> str:
    """Give what a card's QR code says."""
    return card_link(f"{server.url}/c/K7Q4M9XD", person["display_code"])


async def scan(page: Page, text: str) -> None:
    """Type as a scanner does."""
    await page.keyboard.type(text)
    await page.keyboard.press("Enter")


async def nothing_recorded(clinic: Clinic, people: list[dict[str, Any]]) -> bool:
    """Whether nothing is on record of anybody."""
    found = [(await clinic.get("/v1/events", participant=one["id"])).json()["items"] for one in people]
    return not any(found)


async def test_a_scanner_opens_the_person_wherever_the_focus_is(
    chromium: Browser, server: Server, clinic: Clinic, people: list[dict[str, Any]], token: str
) -> None:
    """On the page, on a button, in the search, in a note; no letter of the link records anything."""
    first, second, third = people[:3]
    async with opened(chromium, server, token) as page:
        await page.goto("/desk")
        shown = page.locator("#panel h2")
        await scan(page, link_to(server, first))
        await expect(shown).to_contain_text(first["name"])
        await expect(shown).to_be_focused()
        await page.locator("#panel .out").first.focus()
        await scan(page, link_to(server, second).replace("/", "-").replace(":", ";").replace("#", "$"))
        await expect(shown).to_contain_text(second["name"])
        await page.get_by_label("Find a person").focus()
        await scan(page, link_to(server, third))
        await expect(shown).to_contain_text(third["name"])
        await expect(page.get_by_label("Find a person")).to_have_value("")
        await page.locator("#panel .elsewhen summary").first.click()
        note = page.locator("#panel").get_by_label("Note").first
        await note.fill("bus")
        await scan(page, link_to(server, first))
        await expect(shown).to_contain_text(first["name"])
        await scan(page, "NP0123456789N")
        await scan(page, link_to(server, {"display_code": "XXX-XXX"}))
        await expect(page.locator("#line")).to_contain_text("Nobody here has the code on this card")
        assert await nothing_recorded(clinic, people)


async def test_a_scanner_finds_somebody_who_is_not_expected(
    chromium: Browser, server: Server, clinic: Clinic, people: list[dict[str, Any]], token: str
) -> None:
    """Their panel opens at the top of the list, with a script and without."""
    other = (await clinic.post("/v1/participants", {"reference": "MRN-9", "name": "Nina Novak"})).json()
    async with opened(chromium, server, token) as page:
        await page.goto("/desk")
        await scan(page, link_to(server, other))
        await expect(page.locator("#panel h2")).to_contain_text("Nina Novak")
    async with opened(chromium, server, token, java_script_enabled=False) as page:
        await page.goto("/desk")
        await page.get_by_label("Find a person").fill(link_to(server, people[0]))
        await page.keyboard.press("Enter")
        await expect(page.locator("#panel h2")).to_contain_text(people[0]["name"])
        await expect(page.get_by_role("button", name="Scan card")).to_be_hidden()


def film(text: str, to: Path) -> None:
    """Write a film of one picture: a QR code before the camera."""
    width, height = SIZE
    rows = [bytearray(b"\xeb" * width) for _ in range(height)]
    for down, row in enumerate(segno.make(text, error="m", micro=False).matrix_iter(scale=8, border=4)):
        for right, is_dark in enumerate(row):
            if is_dark:
                rows[40 + down][100 + right] = 16
    picture = b"".join(rows) + b"\x80" * (width * height // 2)
    to.write_bytes(f"YUV4MPEG2 W{width} H{height} F10:1 Ip A1:1 C420jpeg\n".encode() + b"FRAME\n" + picture)


async def test_the_camera_reads_the_card_that_the_desk_printed(
    server: Server, people: list[dict[str, Any]], token: str, tmp_path: Path
) -> None:
    """From the printed card to the open panel; it is read on the device, and its code is not used up."""
    who = people[2]
    seen = tmp_path / "card.y4m"
    film(link_to(server, who), seen)
    camera = [
        "--use-fake-device-for-media-stream",
        "--use-fake-ui-for-media-stream",
        f"--use-file-for-fake-video-capture={seen}",
    ]
    async with async_playwright() as started:
        chromium = await launched(started, camera)
        async with opened(chromium, server, token, viewport=PHONE) as page:
            await page.goto(f"/desk/people/{who['id']}/card")
            await page.get_by_role("button", name="Make a card").click()
            code = (await page.locator(".card-code").inner_text()).replace("-", "")
            drawn = await page.locator(".qr-box path").last.get_attribute("d")
            link = card_link(f"{server.url}/c/{code}", who["display_code"])
            assert str(drawn) in qr(link)
            film(link, seen)
            await page.goto("/desk")
            await page.get_by_role("button", name="Scan card").click()
            await expect(page.locator("#panel")).to_have_attribute("data-person", who["id"])
            await expect(page.locator("#camera")).to_be_hidden()
            assert await page.locator("#camera video").evaluate("video => video.srcObject") is None
        async with opened(chromium, server, viewport=PHONE) as page:
            await page.goto(f"/c/{code}#{who['display_code']}")
            await expect(page).to_have_url(re.compile(f"/c/{code}$"))
            await page.locator("main button").click()
            await page.wait_for_url("**/portal")
        await chromium.close()


async def test_a_camera_that_is_not_allowed_says_what_to_do(
    server: Server, token: str, people: list[dict[str, Any]]
) -> None:
    """The dialog stays, says so, and closes by Escape."""
    assert people
    camera = ["--use-fake-device-for-media-stream", "--deny-permission-prompts"]
    async with async_playwright() as started:
        chromium = await launched(started, camera)
        async with opened(chromium, server, token, viewport=PHONE) as page:
            await page.goto("/desk")
            await page.get_by_role("button", name="Scan card").click()
            await expect(page.locator("#camera")).to_contain_text("The camera cannot be used")
            assert await faults_of_access(page) == []
            assert await small_targets(page) == []
            await page.keyboard.press("Escape")
            await expect(page.locator("#camera")).to_be_hidden()
        await chromium.close()

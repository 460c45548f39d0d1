"""Manage in a real browser: its stories, and what axe says of every page."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

import msgspec
import pytest
from playwright.async_api import Browser, Page, ViewportSize, expect

from schemas.providers import NewProviderAccount
from service.flows.imports.run_imports import run_imports
from service.flows.perform import Done, perform
from service.flows.providers.accounts import add_account
from service.flows.setup.clinics import operator
from service.web.contract import examples
from tests.browser.conftest import DESK, PHONE, faults_of_access, opened, sideways, small_targets
from tests.flows.conftest import Clock, Scene
from tests.flows.ordering import ACCESS, LOOPBACK, Ordering
from tests.provider_stand_in import TremendousStandIn
from tests.web.manage import signed_in

if TYPE_CHECKING:
    from tests.web.conftest import Clinic, Server

URL = "https://hooks.health-records.com/notices"
TEXT = (
    "participant_reference,target,outcome,occurred_at,program,starts_on\n"
    "I-1,stimulant-negative,negative,2026-08-03T09:30:00-04:00,clinic-vouchers,2026-08-03\n"
    "I-1,stimulant-negative,negative,2026-08-06T09:30:00-04:00,clinic-vouchers,2026-08-03\n"
    "I-2,stimulant-negative,what,2026-08-06T09:30:00-04:00,clinic-vouchers,2026-08-03\n"
)


async def filled(clinic: Clinic) -> list[str]:
    """Fill a clinic with something for every page; gives the pages' paths."""
    await clinic.post("/v1/programs", msgspec.to_builtins(examples.PROGRAM))
    person = (await clinic.post("/v1/participants", {"reference": "A-1", "name": "Sam"})).json()["id"]
    new = {"participant": person, "program": examples.PROGRAM_NAME, "starts_on": "2026-08-03"}
    enrollment = (await clinic.post("/v1/enrollments", new)).json()["id"]
    for day, outcome in ((3, "negative"), (6, "negative"), (10, "positive"), (13, "negative")):
        event = {"enrollment": enrollment, "target": "stimulant-negative", "outcome": outcome}
        await clinic.post("/v1/events", {**event, "occurred_at": f"2026-08-{day:02}T14:00:00Z"})
    made = await clinic.post("/v1/subscribers", {"url": URL, "types": ["award.posted"]})
    told = {"participant": person, "subscriber": made.json()["id"], "purpose": "so that my doctor knows"}
    consent = (await clinic.post("/v1/consents", told)).json()["id"]
    source = (await clinic.post("/v1/sources", {"name": "Lab", "verifier": {"type": "bearer"}})).json()
    headers = {"authorization": f"Bearer {source['secret']}"}
    message = await clinic.client("auditor").post(
        f"/v1/inbound/{source['id']}", json={"patient": "X"}, headers=headers
    )
    access = {"provider": "tango", "platform": "P", "api_key": "k", "customer": "C", "account": "A"}
    account = await clinic.post("/v1/providers", {"name": "Cards", "access": access})
    return [
        "/manage/providers",
        "/manage/smart-clients",
        f"/manage/providers/{account.json()['id']}",
        "/manage",
        "/manage/reports?since=2026-08-01&until=2026-10-01",
        "/manage/reports/progress?since=2026-08-01&until=2026-10-01",
        "/manage/budgets",
        "/manage/reports/tax",
        "/manage/subscribers",
        f"/manage/subscribers/{made.json()['id']}",
        "/manage/sources",
        f"/manage/sources/{source['id']}",
        f"/manage/messages/{message.json()['id']}",
        f"/manage/consents?participant={person}",
        f"/manage/consents/{consent}/text",
        "/manage/imports",
        "/manage/audit",
    ]


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
async def test_axe_finds_nothing_on_any_page(
    chromium: Browser, server: Server, clinic: Clinic, viewport: ViewportSize
) -> None:
    """In both themes; on the phone nothing to press is small, and no page is wider than it."""
    paths = await filled(clinic)
    token = await signed_in(server, clinic.id, "manager")
    faults: list[str] = []
    async with opened(chromium, server, token, viewport=viewport) as page:
        for path in paths:
            answer = await page.goto(path)
            assert answer is not None
            assert (path, answer.status) == (path, 200)
            faults += [f"{path}: {fault}" for fault in await faults_of_access(page)]
            if viewport is PHONE:
                faults += [f"{path}: {small}" for small in await small_targets(page)]
            wide = await sideways(page)
            faults += [f"{path} is {wide} px too wide"] if wide > 0 else []
            said = await page.locator("body").inner_text()
            faults += (
                [f"{path} shows marks of its making"] if re.search(r"&#?[a-z0-9]+;|\{[a-z]", said) else []
            )
    assert faults == []


async def test_an_empty_clinic_s_pages_say_what_to_do_in_spanish(
    chromium: Browser, server: Server, clinic: Clinic
) -> None:
    """No page is left in English, and axe finds nothing where there is nothing either."""
    token = await signed_in(server, clinic.id, "manager")
    async with opened(chromium, server, token, viewport=PHONE, java_script_enabled=False) as page:
        await page.goto("/manage")
        await page.get_by_role("button", name="Español").click()
        await expect(page.get_by_role("heading", name="Haz esto primero")).to_be_visible()
        for name, says in (
            ("subscribers", "Todavía no se avisa a nadie"),
            ("sources", "Todavía nada envía"),
            ("providers", "Todavía no hay ninguna cuenta"),
            ("consents", "No hay consentimientos"),
            ("imports", "Todavía ninguna"),
            ("reports", "No se ganó nada"),
            ("reports/tax", "No se pagó nada"),
        ):
            await page.goto(f"/manage/{name}")
            await expect(page.get_by_text(says)).to_be_visible()


async def test_a_subscriber_is_added_without_a_script_and_its_faults_stand_at_their_fields(
    chromium: Browser, server: Server, clinic: Clinic
) -> None:
    """The first try keeps what was ticked; the second shows the secret, and the page says how it stands."""
    token = await signed_in(server, clinic.id, "manager")
    async with opened(chromium, server, token, java_script_enabled=False) as page:
        await page.goto("/manage/subscribers")
        await page.get_by_label("Its address (URL)").fill("https://10.0.0.1/hook")
        await page.get_by_label("Somebody earned something").check()
        await page.get_by_role("button", name="Add and show its secret").click()
        field = page.get_by_label("Its address (URL)")
        await expect(field).to_have_attribute("aria-invalid", "true")
        await expect(field).to_have_value("https://10.0.0.1/hook")
        await expect(page.get_by_label("Somebody earned something")).to_be_checked()
        assert await faults_of_access_without_script(page) == []
        await field.fill(URL)
        await page.get_by_role("button", name="Add and show its secret").click()
        await expect(page.get_by_label("Secret", exact=True)).to_have_value(re.compile("^whsec_"))
        await page.get_by_role("button", name="Turn off").click()
        await expect(page.get_by_role("status")).to_contain_text("turned off")
        await expect(page.get_by_text("Nothing is sent to it.")).to_be_visible()


async def faults_of_access_without_script(page: Page) -> list[str]:
    """Look for fields whose fault is not tied to them, where axe cannot run."""
    tied = await page.locator("[aria-invalid]").evaluate_all(
        "fields => fields.map(one => [one.id, one.getAttribute('aria-describedby')])"
    )
    return [name for name, by in tied if f"{name}-fault" not in (by or "")]


async def test_an_import_is_pasted_checked_followed_and_done_by_keyboard_alone(
    chromium: Browser, server: Server, clinic: Clinic
) -> None:
    """The page looks again by itself until the worker is done, and offers the lines that were not taken."""
    await clinic.post("/v1/programs", msgspec.to_builtins(examples.PROGRAM))
    token = await signed_in(server, clinic.id, "manager")
    async with opened(chromium, server, token) as page:
        await page.goto("/manage/imports")
        await page.get_by_label("Or paste the lines").focus()
        await page.keyboard.insert_text(TEXT)
        await page.keyboard.press("Tab")
        await page.keyboard.press("Tab")
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("heading", name="What is in it")).to_be_visible()
        await page.get_by_label("Enroll people who are missing").focus()
        await page.keyboard.press("Space")
        await page.keyboard.press("Tab")
        await page.keyboard.press("Enter")
        await expect(page.get_by_label("0 of 3 lines")).to_be_visible()
        assert await faults_of_access(page) == []
        await run_imports(server.database, UUID(clinic.id), timedelta(minutes=5))
        download = page.get_by_role("link", name="Download the lines that were not taken")
        await expect(download).to_be_visible()
        await expect(page.locator(".chip").first).to_have_text("Done")
        async with page.expect_download() as taken:
            await download.click()
        assert (await taken.value).suggested_filename == "refused.csv"
        assert await faults_of_access(page) == []


async def test_an_import_is_tried_and_then_recorded_as_it_was_tried(
    chromium: Browser, server: Server, clinic: Clinic
) -> None:
    """What each line would earn, by width and theme; its choices stand when it is recorded."""
    await clinic.post("/v1/programs", msgspec.to_builtins(examples.PROGRAM))
    token = await signed_in(server, clinic.id, "manager")
    for size in (PHONE, DESK):
        async with opened(chromium, server, token, viewport=size) as page:
            await page.goto("/manage/imports")
            await page.get_by_label("Or paste the lines").fill(TEXT.replace("I-", f"I-{size['width']}-"))
            await page.get_by_role("button", name="Check it first").click()
            await page.get_by_label("Enroll people who are missing").check()
            await page.get_by_role("button", name="Preview").click()
            await expect(page.get_by_role("heading", name="Being tried by the rules")).to_be_visible()
            await run_imports(server.database, UUID(clinic.id), timedelta(minutes=5))
            await expect(page.get_by_role("heading", name="Line by line")).to_be_visible()
            await expect(page.get_by_text("Would be recorded").nth(1)).to_be_visible()
            assert await faults_of_access(page) == []
            assert await small_targets(page) == []
            await page.get_by_role("link", name="Would not be taken").click()
            await expect(page.get_by_role("cell", name="Would not be taken")).to_have_count(1)
            await expect(page.get_by_label("Enroll people who are missing")).to_be_checked()
            await page.get_by_role("button", name="Record 2 lines").click()
            await run_imports(server.database, UUID(clinic.id), timedelta(minutes=5))
            await expect(page.get_by_role("link", name="Download the lines that were not")).to_be_visible()


async def test_the_trail_is_searched_and_a_line_opened(
    chromium: Browser, server: Server, clinic: Clinic
) -> None:
    """An auditor finds who registered somebody, and its seal."""
    reference = f"R-{uuid4().hex[:6]}"
    code = (await clinic.post("/v1/participants", {"reference": reference})).json()["display_code"]
    token = await signed_in(server, clinic.id, "auditor")
    async with opened(chromium, server, token, viewport=PHONE) as page:
        await page.goto("/manage/audit")
        await page.get_by_label("About (code or reference)").fill(reference)
        await page.get_by_label("What was done").select_option(label="registered a participant")
        await page.get_by_role("button", name="Search").click()
        line = page.get_by_role("listitem").filter(has_text=f"registered a participant about {code}")
        await expect(line).to_have_count(1)
        assert reference not in page.url
        await line.locator("summary").click()
        await expect(line.get_by_text("Hash before it")).to_be_visible()
        assert await faults_of_access(page) == []
        assert await small_targets(page) == []


async def test_a_catalog_is_allowed_by_keyboard_alone_and_its_page_holds(
    chromium: Browser, server: Server, clinic: Clinic
) -> None:
    """Without a script: what is forbidden has no button, and axe finds nothing while products are shown."""
    there = await TremendousStandIn().start()
    shop = Ordering(Scene(server.database, Clock(), UUID(clinic.id)), "tremendous", there)
    new = NewProviderAccount("Cards", ACCESS["tremendous"], "sandbox", there.url)
    made = await perform(
        server.database, operator(UUID(clinic.id)), lambda act: add_account(act, new, LOOPBACK)
    )
    assert isinstance(made, Done)
    shop.account = made.value.id
    await shop.round()
    token = await signed_in(server, clinic.id, "manager")
    async with opened(chromium, server, token, viewport=PHONE, java_script_enabled=False) as page:
        await page.goto(f"/manage/providers/{shop.account}")
        await expect(page.get_by_text("never: alcohol")).to_be_visible()
        await page.get_by_role("button", name="Allow Grocery Store").focus()
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("button", name="Allow no more Grocery Store")).to_be_visible()
        await page.get_by_label("Name", exact=True).fill("Grocery card")
        await page.get_by_label("Price").fill("25")
        await page.get_by_role("button", name="Make a reward of it").focus()
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("heading", name="Grocery card")).to_be_visible()
    async with opened(chromium, server, token, viewport=PHONE) as page:
        await page.goto(f"/manage/providers/{shop.account}")
        assert await faults_of_access(page) == []
        assert await small_targets(page) == []
        assert await sideways(page) <= 0
    shop.client.close()
    await there.stop()

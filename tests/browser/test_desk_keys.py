"""The keys of the desk: a number shows a person, a letter records for whoever is shown."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from playwright.async_api import Browser, Page, expect

from tests import clock
from tests.browser.conftest import PHONE, faults_of_access, opened, small_targets
from tests.browser.test_desk import outcomes
from tests.web.desk import PROGRAM, expected_today, today
from tests.web.manage import signed_in

if TYPE_CHECKING:
    from tests.web.conftest import Clinic, Server


@pytest.fixture
async def token(server: Server, clinic: Clinic) -> str:
    """Give the session of somebody at the front desk."""
    return await signed_in(server, clinic.id, "front_desk")


async def more_people(clinic: Clinic, count: int, since: int = 0) -> list[dict[str, Any]]:
    """Enroll more people who are expected today; no two have one name."""
    some = []
    for number in range(since, since + count):
        new = {"reference": f"MRN-9{number}", "name": f"{chr(65 + number % 26)}ina {number} Novak"}
        person = (await clinic.post("/v1/participants", new)).json()
        opening = {
            "participant": person["id"],
            "program": PROGRAM["name"],
            "starts_on": today().isoformat(),
            "ends_on": (today() + timedelta(days=100)).isoformat(),
        }
        some.append({**person, "enrollment": (await clinic.post("/v1/enrollments", opening)).json()["id"]})
    return some


async def elsewhere(clinic: Clinic, person: dict[str, Any], target: str, outcome: str) -> None:
    """Record at another desk, where nothing of that day is on record yet."""
    event = {
        "enrollment": person["enrollment"],
        "target": target,
        "outcome": outcome,
        "occurred_at": (clock.now() - timedelta(seconds=1)).isoformat(),
    }
    assert (await clinic.post("/v1/events", event)).status_code == 201


async def number_of(page: Page, name: str) -> str:
    """Read the number before somebody's name."""
    return await page.locator("#list li", has_text=name).locator(".row > kbd").inner_text()


async def test_a_number_opens_one_row_and_never_becomes_a_longer_one(
    chromium: Browser, server: Server, clinic: Clinic, token: str
) -> None:
    """All numbers of a list have as many digits; what was typed for one row is gone once it is open."""
    people = await expected_today(clinic) + await more_people(clinic, 8)
    async with opened(chromium, server, token) as page:
        await page.goto("/desk")
        numbers = await page.locator("#list .row > kbd").all_inner_texts()
        assert numbers == [str(10 + place) for place in range(12)]
        names = await page.locator("#list .who").all_inner_texts()
        await page.keyboard.press("1")
        await expect(page.locator("#begun")).to_have_text("Row 1…")
        await expect(page.locator("#panel")).to_have_count(0)
        await page.keyboard.press("x", delay=100)
        await expect(page.locator("#begun")).to_be_hidden()
        for name in (names[0], names[1]):
            await page.keyboard.type(await number_of(page, name), delay=100)
            await expect(page.locator("#panel h2")).to_contain_text(name)
            await expect(page.locator("#panel h2")).to_be_focused()
            await page.keyboard.press("Enter")
            await page.locator("#panel .out.go").first.wait_for()
            await page.keyboard.press("n")
            await expect(page.locator("#panel .answer").first).to_contain_text(f"{name}: Negative")
        by_name = {one["name"]: one for one in people}
        assert [await outcomes(clinic, by_name[name]) for name in names[:3]] == [
            ["negative"],
            ["negative"],
            [],
        ]
        await page.keyboard.press("n")
        await expect(page.locator("#panel .undecided, #panel .question")).to_have_count(0)


async def test_numbers_hold_still_while_others_record(
    chromium: Browser, server: Server, clinic: Clinic, token: str
) -> None:
    """Whoever is done elsewhere leaves, whoever is new comes last, and no number becomes another's."""
    people = await expected_today(clinic)
    async with opened(chromium, server, token) as page:
        async with page.expect_response(re.compile("/desk/stream")):
            await page.goto("/desk")
        before = {one["name"]: await number_of(page, one["name"]) for one in people}
        assert sorted(before.values()) == ["1", "2", "3", "4"]
        first = min(people, key=lambda one: before[one["name"]])
        await elsewhere(clinic, first, "stimulant-test", "negative")
        await elsewhere(clinic, first, "group-session", "attended")
        await expect(page.locator("#counts")).to_have_text("4 expected, 1 done")
        (new,) = await more_people(clinic, 1)
        await elsewhere(clinic, new, "group-session", "attended")
        await expect(page.locator("#list li", has_text=new["name"])).to_be_visible()
        for one in people[:]:
            if one is not first:
                assert await number_of(page, one["name"]) == before[one["name"]]
        assert await number_of(page, new["name"]) == "5"
        await page.reload()
        assert await page.locator("#list .row > kbd:not(:empty)").all_inner_texts() == ["1", "2", "3", "4"]


async def test_an_outcome_of_two_targets_is_chosen_where_the_focus_is(
    chromium: Browser, server: Server, clinic: Clinic, token: str
) -> None:
    """Its letter alone shows which there are, and records nothing."""
    people = await expected_today(clinic)
    async with opened(chromium, server, token) as page:
        await page.goto(f"/desk?person={people[0]['id']}")
        assert await page.locator('#panel .out[aria-keyshortcuts="X"]').count() == 2
        await page.keyboard.press("x")
        first, second = (page.locator('#panel .out[aria-keyshortcuts="X"]').nth(place) for place in (0, 1))
        await expect(first).to_be_focused()
        await second.focus()
        await page.keyboard.press("x")
        await expect(page.locator("#panel .undo")).to_contain_text("Excused")
        found = (await clinic.get("/v1/events", participant=people[0]["id"])).json()["items"]
        assert [one["target"] for one in found] == ["group-session"]


async def test_keys_mean_the_same_without_a_line(
    chromium: Browser, server: Server, clinic: Clinic, token: str
) -> None:
    """Every button of the panel has the letter that it has with one."""
    people = await expected_today(clinic)
    letters = "all => all.map(one => `${one.value} ${one.getAttribute('aria-keyshortcuts')}`).sort()"
    async with opened(chromium, server, token) as page:
        await page.goto("/desk")
        await page.locator(f"#r-{people[0]['id']}").click()
        await page.locator("#panel .bal").wait_for()
        online = await page.locator("#panel .out").evaluate_all(letters)
        await page.context.set_offline(True)
        await page.locator(f"#r-{people[1]['id']}").click()
        await page.locator("#panel .out").first.wait_for()
        assert await page.locator("#panel .bal").count() == 0
        assert await page.locator("#panel .out").evaluate_all(letters) == online


async def test_somebody_switches_the_keys_off_for_themselves(
    chromium: Browser, server: Server, clinic: Clinic, token: str
) -> None:
    """Wherever they sign in, letters and digits do nothing, and no hint of them is left (WCAG 2.2, 2.1.4).

    The search has a key with Control, which nobody presses by chance, and keeps it.
    """
    people = await expected_today(clinic)
    colleague = await signed_in(server, clinic.id, "clinician")
    async with opened(chromium, server, token, viewport=PHONE, java_script_enabled=False) as page:
        await page.goto("/account")
        await page.get_by_role("button", name="Switch these keys off").click()
        await expect(page.get_by_role("status")).to_have_text("Saved.")
        await expect(page.get_by_role("button", name="Switch these keys on")).to_be_visible()
    async with opened(chromium, server, token) as page:
        await page.goto("/desk")
        for key in ("1", "n", "/"):
            await page.keyboard.press(key)
        await expect(page.locator("#q")).not_to_be_focused()
        await page.locator(f"#r-{people[0]['id']}").click()
        await page.locator("#panel .out.go").first.wait_for()
        assert await page.locator("#list .row > kbd").first.is_hidden()
        hints = page.locator("[aria-keyshortcuts]")
        assert await hints.evaluate_all("all => all.map(one => one.getAttribute('aria-keyshortcuts'))") == [
            "Control+K"
        ]
        for key in ("n", "2", "n"):
            await page.keyboard.press(key)
        await page.wait_for_timeout(200)
        await expect(page.locator("#panel h2")).to_contain_text(people[0]["name"])
        assert await faults_of_access(page) == []
        assert await outcomes(clinic, people[0]) == []
        await page.locator("#panel .out.go").first.focus()
        await page.keyboard.press("Enter")
        await expect(page.locator("#panel .plus")).to_have_text("+$10.00")
    async with opened(chromium, server, colleague, viewport=PHONE) as page:
        await page.goto("/account")
        assert await faults_of_access(page) == []
        assert await small_targets(page) == []
        await page.goto(f"/desk?person={people[1]['id']}")
        await page.keyboard.press("n")
        await expect(page.locator("#panel .plus")).to_have_text("+$10.00")

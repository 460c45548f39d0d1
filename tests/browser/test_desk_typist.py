"""Whoever is paid is whoever was shown and meant, however fast keys are pressed at a list that lives."""

from __future__ import annotations

import asyncio
import random
import secrets
import time
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from playwright.async_api import Browser, Page, expect
from playwright.async_api import TimeoutError as NotInTime

from service.core.catalogs import text_of
from service.web.words.desk_keys import WORDS as KEYS
from tests import clock
from tests.browser.conftest import opened
from tests.browser.test_desk_keys import more_people
from tests.web.desk import expected_today
from tests.web.manage import signed_in

if TYPE_CHECKING:
    from tests.web.conftest import Clinic, Server

LETTERS = {key.rpartition(".")[2]: text_of(text) for key, text in KEYS.items() if ".key." in key}
PAUSES_S = (0.0, 0.0, 0.005, 0.02, 0.05, 0.07, 0.12, 0.3)
CHAINS_MIN = 5
CHAINS = 0.6
SECONDS_MAX = 40
SEEN = """
window.pressed = [];
addEventListener("keydown", (event) => {
  const shown = document.querySelector("#panel h2");
  const name = shown?.checkVisibility() ? shown.firstChild.textContent.trim() : "";
  window.pressed.push([event.key.toUpperCase(), name]);
}, true);
"""


@dataclass
class Typist:
    """Hands at the desk that are fast and sloppy; `meant` counts who was meant by which letter."""

    page: Page
    chance: random.Random
    meant: Counter[tuple[str, str]] = field(default_factory=Counter)
    chains: int = 0

    async def pause(self) -> None:
        """Wait for as long as hands do between two keys."""
        await asyncio.sleep(self.chance.choice(PAUSES_S))

    async def rows(self) -> list[tuple[str, str]]:
        """Read the list: numbers and names, as they stand now."""
        read = """all => all.map(li => ["kbd", "b"].map(one => li.querySelector(one).textContent))
            .filter(([number]) => number)"""
        found = await self.page.locator("#list li[data-person]").evaluate_all(read)
        return [(number, name) for number, name in found]

    async def chain(self) -> None:
        """Record some people one after the other, as they were read a while ago."""
        await self.page.keyboard.press("Escape")
        await self.page.keyboard.press("Escape")
        rows = await self.rows()
        await asyncio.sleep(self.chance.uniform(0, 0.6))
        some = self.chance.sample(rows, min(len(rows), self.chance.randint(1, 4)))
        for place, (number, name) in enumerate(some):
            letter = self.chance.choice("npnpat")
            self.meant[name, letter.upper()] += 1
            looks = place == len(some) - 1
            # The last one is typed by somebody who looks, and at a pace that is a hand's and no scanner's.
            await asyncio.sleep(0.1 if looks else 0)
            for digit in number:
                await self.page.keyboard.press(digit)
                await (asyncio.sleep(0.1) if looks else self.pause())
            if looks:
                with suppress(NotInTime):
                    await self.page.locator("#panel:not([aria-busy]) h2").wait_for(timeout=3000)
            await self.page.keyboard.press(letter)
            await self.pause()
        await asyncio.sleep(0.15)
        self.chains += 1

    async def noise(self) -> None:
        """Press anything, and take for meant whoever was shown at each letter."""
        await self.page.keyboard.press("Escape")
        await self.page.keyboard.press("Escape")
        since = await self.page.evaluate("window.pressed.length")
        keys = [*"0123456789", *"1122", *"npatnpatxmedh", "Escape", "Tab", "Enter", "Shift"]
        for _ in range(self.chance.randint(3, 14)):
            await self.page.keyboard.press(self.chance.choice(keys))
            await self.pause()
        await asyncio.sleep(0.3)
        for key, shown in (await self.page.evaluate("window.pressed"))[since:]:
            self.meant[shown, key] += len(key) == 1
            # Enter presses the button on which Tab has put the focus.
            if key == "ENTER":
                for letter in LETTERS.values():
                    self.meant[shown, letter] += 1


async def disturb(clinic: Clinic, people: list[dict[str, Any]], chance: random.Random) -> None:
    """Record at other desks, and enroll somebody new now and then."""
    while True:
        await asyncio.sleep(chance.uniform(0.05, 0.35))
        target, outcome = chance.choice([("stimulant-test", "positive"), ("group-session", "absent")])
        event = {
            "enrollment": chance.choice(people)["enrollment"],
            "target": target,
            "outcome": outcome,
            "occurred_at": (clock.now() - timedelta(seconds=1)).isoformat(),
        }
        # What is on record of the day already is refused, and that is all the same here.
        assert (await clinic.post("/v1/events", event)).status_code in {201, 409}
        if chance.random() < 0.1:
            people += await more_people(clinic, 1, len(people))


async def paid_at_the_desk(clinic: Clinic, named: dict[str, str]) -> Counter[tuple[str, str]]:
    """Count what the desk recorded, by name and letter."""
    paid: Counter[tuple[str, str]] = Counter()
    asked: dict[str, Any] = {"limit": 200}
    while True:
        found = (await clinic.client().get("/v1/events", params=asked)).json()
        for one in found["items"]:
            if (one.get("reference") or "").startswith("desk-"):
                paid[named[one["participant"]], LETTERS[one["outcome"]]] += 1
        if found["next_cursor"] is None:
            return paid
        asked["cursor"] = found["next_cursor"]


@pytest.mark.parametrize(
    "seconds",
    [
        pytest.param(12, marks=pytest.mark.seconds(14)),
        pytest.param(100, marks=[pytest.mark.slow, pytest.mark.seconds(106)]),
    ],
)
async def test_who_is_paid_is_who_was_shown(
    chromium: Browser, server: Server, clinic: Clinic, seconds: int
) -> None:
    """Random fast keys at a list that others change all the while; nobody is recorded who was not meant."""
    token = await signed_in(server, clinic.id, "front_desk")
    seed = secrets.randbits(32)
    chance = random.Random(seed)
    people = await expected_today(clinic) + await more_people(clinic, 2 * seconds)
    async with opened(chromium, server, token) as page:
        await page.add_init_script(SEEN)
        await page.goto("/desk")
        typist = Typist(page, chance)
        others = asyncio.create_task(disturb(clinic, people, random.Random(seed + 1)))
        try:
            begun = time.monotonic()
            while await typist.rows():
                spent = time.monotonic() - begun
                if spent > seconds and (typist.chains >= CHAINS_MIN or spent > SECONDS_MAX):
                    break
                await (typist.chain() if chance.random() < CHAINS else typist.noise())
        finally:
            others.cancel()
            with suppress(asyncio.CancelledError):
                await others
        await expect(page.locator("#waiting")).to_be_hidden()
        pressed: list[tuple[str, str]] = await page.evaluate("window.pressed")
    paid = await paid_at_the_desk(clinic, {one["id"]: one["name"] for one in people})
    shown = Counter((name, key) for key, name in pressed)
    entered = Counter(name for key, name in pressed if key == "ENTER")
    wrong = [one for one, count in paid.items() if count > typist.meant[one]]
    unseen = [one for one, count in paid.items() if count > shown[one] + entered[one[0]]]
    assert (wrong, unseen) == ([], []), f"seed {seed}: recorded for somebody who was not meant or not shown"
    assert sum(paid.values()) >= typist.chains // 3 > 0, f"seed {seed}: hardly anything was recorded"

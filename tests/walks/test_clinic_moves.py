"""A clinic moves between two cells that serve, under load, while the command that moves it is killed."""

from __future__ import annotations

import json
import random
import signal
import subprocess
import threading
import time
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

import httpx
import pytest

from service.commands.clinic_move import switch
from tests import clock, tls
from tests.places import quick_folder
from tests.walks.conftest import REWARDS, clean_environment
from tests.walks.test_upgrade import ROOT, Desk, opened, publish, serving, typed

if TYPE_CHECKING:
    from tests.walks.conftest import Environment

pytestmark = pytest.mark.slow

KILLS: Final = 6
AFTER_S_MAX: Final = 6.0
"""A move takes about that long, most of it to start: so it is killed at any of its steps."""
MOVE_S_MAX: Final = 240.0
SENDERS: Final = 2
PEOPLE: Final = 30
DAYS: Final = 55
"""On how many days each of them is seen, once a day, as far back as a program of nine weeks reaches."""
PLACE: Final = "https://riverside.example.org"
MAP: Final = "# A comment.\nriverside.example.org cell_a\nhillside.example.org cell_a\n"


@dataclass
class Load:
    """People at desks who send events to a clinic, each until one cell or the other acknowledges it."""

    urls: tuple[str, str]
    key: str
    people: list[str]
    acknowledged: list[tuple[float, int, str]] = field(default_factory=list)
    """When, by which cell, and which event."""
    odd: list[str] = field(default_factory=list)
    is_over: threading.Event = field(default_factory=threading.Event)

    def send(self, sender: int) -> None:
        """Send the visits of some of the people, one after another, until it is over."""
        headers, number = {"authorization": f"Bearer {self.key}"}, 0
        theirs, first = self.people[sender::SENDERS], clock.now() - timedelta(days=DAYS)
        with httpx.Client(headers=headers, timeout=30, verify=tls.CONTEXT) as client:
            while not self.is_over.is_set() and number < DAYS * len(theirs):
                day, person = divmod(number, len(theirs))
                at = (first + timedelta(days=day)).isoformat()
                told = {"participant": theirs[person], "behavior": "homework", "outcome": "completed"}
                while not self._acknowledged(client, {**told, "occurred_at": at}):
                    time.sleep(0.05)
                number += 1
                time.sleep(0.02)

    def _acknowledged(self, client: httpx.Client, told: dict[str, str]) -> bool:
        for cell, url in enumerate(self.urls):
            answer = client.post(f"{url}/v1/events", json=told)
            if answer.is_success:
                self.acknowledged.append((time.monotonic(), cell, answer.json()["event"]["id"]))
                return True
            # The cell that it has not come to yet knows no key of it.
            if answer.json()["code"] not in {"clinic_moving", "clinic_moved", "unauthenticated"}:
                self.odd.append(answer.text)
        return self.is_over.is_set()


def moving(environment: Environment, clinic: str, *more: object) -> subprocess.Popen[str]:
    """Begin to move a clinic from the folder `here` to the folder `there`."""
    words = [
        str(REWARDS), "clinic", "move", "--clinic", clinic, "--place", PLACE, "--json", *map(str, more),
    ]  # fmt: skip  # table: a command as it is typed
    return subprocess.Popen(words, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def enrolled(desk: Desk, url: str, number: int) -> str:
    """Register and enroll somebody; gives their id."""
    person: str = desk.ask(url, "POST", "/v1/participants", {"reference": f"P-{number}"})["id"]
    starts_on = (clock.today() - timedelta(days=DAYS + 2)).isoformat()
    asked = {"participant": person, "program": "flat", "starts_on": starts_on}
    desk.ask(url, "POST", "/v1/enrollments", asked)
    return person


def recorded(desk: Desk, url: str) -> list[str]:
    """List all events of a clinic."""
    found: list[str] = []
    more = ""
    while True:
        page = desk.ask(url, "GET", f"/v1/events?limit=100{more}")
        found += [one["id"] for one in page["items"]]
        if not page.get("next_cursor"):
            return found
        more = f"&cursor={page['next_cursor']}"


def test_a_clinic_moves_under_load_however_often_the_move_is_killed() -> None:
    """What was acknowledged is on record in the new cell, once; and at no time do both serve the clinic."""
    chance = random.Random()
    with quick_folder() as made, ExitStack() as close:
        here, there, cells = made / "here", made / "there", made / "cells.map"
        cells.write_text(MAP)
        environment = clean_environment(**clock.setting())
        desk = opened(ROOT, environment, "--data", str(here))
        one, two = (
            close.enter_context(serving(ROOT, environment, "--data", str(at))) for at in (here, there)
        )
        publish(desk, one)
        load = Load((one, two), desk.key, [enrolled(desk, one, number) for number in range(PEOPLE)])
        senders = [threading.Thread(target=load.send, args=(number,)) for number in range(SENDERS)]
        for sender in senders:
            sender.start()
        clinic = typed(ROOT, environment, "clinic", "list", "--data", str(here))["clinics"][0]["id"]
        sides, kills = ("--data", here, "--to", there), 0
        try:
            for _ in range(KILLS):
                kills += killed(moving(environment, clinic, *sides), chance.uniform(1, AFTER_S_MAX))
            asked = ("--map", cells, "--host", "Riverside.example.org", "--cell", "cell_b")
            last = moving(environment, clinic, *sides, *asked)
            out, err = last.communicate(timeout=MOVE_S_MAX)
            time.sleep(2)
        finally:
            load.is_over.set()
            for sender in senders:
                sender.join()
        assert last.returncode == 0, out + err
        assert load.odd == []
        sent = sorted(load.acknowledged)
        by = [cell for _, cell, _ in sent]
        assert set(by) == {0, 1}
        assert by == sorted(by), "the old cell answered after the new one had"
        refused = httpx.get(f"{one}/v1/events", headers=desk.headers, verify=tls.CONTEXT)
        assert (refused.status_code, refused.json()["code"]) == (421, "clinic_moved")
        assert PLACE in refused.json()["detail"]
        listed = recorded(desk, two)
        assert len(listed) == len(set(listed)) == len(sent)
        assert set(listed) == {event for _, _, event in sent}
        said = json.loads(out.splitlines()[-1])
        assert (said["place"], said["participants"]) == (PLACE, PEOPLE)
        print(f"{len(sent)} events, {by.count(0)} of them by the old cell, {kills} kills; {said}")  # noqa: T201  the counts
        moved = MAP.replace("riverside.example.org cell_a", "riverside.example.org cell_b")
        assert cells.read_text() == moved
        for data in (here, there):
            assert typed(ROOT, environment, "verify", "--data", str(data))["clean"] is True


def killed(process: subprocess.Popen[str], after_s: float) -> bool:
    """Kill a command after a while; whether it had not ended by itself."""
    try:
        process.wait(after_s)
    except subprocess.TimeoutExpired:
        process.kill()
    process.communicate()
    return process.returncode == -signal.SIGKILL


def test_a_map_is_changed_at_one_line_alone(tmp_path: Path) -> None:
    """A host that it does not have yet is added; comments, and hosts that only begin alike, stay."""
    path = tmp_path / "cells.map"
    path.write_text(MAP)
    path.chmod(0o640)
    switch(path, "riverside.example.org", "cell_b")
    switch(path, "Lakeside.example.org", "cell_a")
    lines = ["# A comment.", "riverside.example.org cell_b", "hillside.example.org cell_a"]
    assert path.read_text().splitlines() == [*lines, "lakeside.example.org cell_a"]
    assert path.stat().st_mode & 0o777 == 0o640
    assert [one.name for one in tmp_path.iterdir()] == ["cells.map"]

"""A load of events, each sent until it is acknowledged, and an independent model of what was acknowledged."""

from __future__ import annotations

import random
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from itertools import pairwise
from typing import Any

import httpx

from tests import clock, tls

BACK_S_MAX = 30.0
"""How long a request may find no answer before the load gives up; it takes a second or two."""
LINES = 4
"""How many requests are under way at once."""
UNSAID = frozenset({502, 503, 504})
"""Answers that do not say whether an event was recorded: the service's, and those of a proxy before it."""
START, STEP = 250, 125
SUCCEEDS = 0.9
"""How likely an event is a success."""
PROGRAM = f"""
name: kills
title: Kills
unit: points
weeks: 12
targets:
  - name: test
    behavior: test
    visits: {{per_week: 3}}
    phases:
      - weeks: [1, 12]
        earn: {{type: ladder, start: {START}, step: {STEP}}}
        on_failure: {{reset: true}}
"""


class Model:
    """What one enrollment must have by what was acknowledged; it knows nothing of the service's own rules."""

    def __init__(self) -> None:
        self.references: list[str] = []
        self.earned = 0
        self._rung = 0

    def acknowledge(self, reference: str, *, succeeded: bool) -> None:
        """An event was acknowledged, the last one by its time."""
        self.references.append(reference)
        self.earned += START + STEP * self._rung if succeeded else 0
        self._rung = self._rung + 1 if succeeded else 0

    def faults(self, references: list[str], earned: int) -> list[str]:
        """Name what differs from it: lost, there twice, never acknowledged, or worth something else."""
        there, wanted = Counter(references), Counter(self.references)
        found = [f"lost: {reference}" for reference in wanted - there]
        found += [f"too often: {reference}" for reference in there - wanted]
        if earned != self.earned:
            found.append(f"earned {earned} instead of {self.earned}")
        return found


class Load:
    """Records events one after another on several lines at once, each again until it is acknowledged."""

    def __init__(
        self,
        url: str,
        headers: dict[str, str],
        *,
        name: str = "kills",
        lines: int = LINES,
        seed: int = 1,
        pause_s: float = 0.0,
    ) -> None:
        self.client = httpx.Client(base_url=url, headers=headers, timeout=20, verify=tls.CONTEXT)
        self.receipts: dict[str, tuple[dict[str, Any], Any]] = {}
        self.refused: list[str] = []
        self.tries = 0
        self.moments: list[float] = []
        self._seed = seed
        self._pause_s = pause_s
        self._stopping = threading.Event()
        published = self.client.post(
            "/v1/programs", content=PROGRAM, headers={"Content-Type": "application/yaml"}
        )
        assert published.is_success, published.text
        self.participants = dict(self._enrolled(f"{name}-{number}") for number in range(lines))
        self.models = {enrollment: Model() for enrollment in self.participants}
        self._events = {one: self._events_of(one) for one in self.models}
        self._lines: list[threading.Thread] = []
        self.start()

    def start(self) -> None:
        """Go on where every line stopped."""
        self._stopping.clear()
        self._lines = [threading.Thread(target=self._record, args=(one,)) for one in self.models]
        for line in self._lines:
            line.start()

    def stop(self) -> None:
        """Let every line finish the event in hand."""
        self._stopping.set()
        for line in self._lines:
            line.join()

    def wait_for(self, more: int, seconds: float = BACK_S_MAX) -> float:
        """Wait until so many more events were acknowledged; gives how long that took, in seconds."""
        began, enough = time.monotonic(), len(self.receipts) + more
        while len(self.receipts) < enough and not self.refused:
            assert time.monotonic() - began < seconds, f"not within {seconds} s: {more} events are recorded"
            time.sleep(0.01)
        return time.monotonic() - began

    def longest_wait(self, since: float) -> float:
        """Give the longest time since a moment in which nothing was acknowledged, in seconds."""
        heard = [since, *(moment for moment in list(self.moments) if moment > since)]
        return max((later - earlier for earlier, later in pairwise(heard)), default=0.0)

    def send(self, event: dict[str, Any]) -> httpx.Response | None:
        """Send an event once; None where nothing says whether it was recorded."""
        self.tries += 1
        try:
            answer = self.client.post("/v1/events", json=event)
        except httpx.TransportError:
            return None
        return None if answer.status_code in UNSAID else answer

    def faults(self) -> list[str]:
        """Hold what is on record against what was acknowledged; the lines must have stopped."""
        found = []
        for enrollment, model in self.models.items():
            who = self.participants[enrollment]
            balance = self.client.get(f"/v1/participants/{who}/balance").json()["balances"]
            earned = sum(one["earned"] for one in balance)
            found += model.faults(list(self._on_record(enrollment)), earned)
        return found

    def ended(self) -> list[str]:
        """The same, at the end of it."""
        with closing(self.client):
            return self.faults()

    def _on_record(self, enrollment: str) -> Iterator[str]:
        """Read the references of all events of an enrollment, page by page."""
        cursor = ""
        while True:
            page = self.client.get(f"/v1/events?enrollment={enrollment}&limit=200{cursor}").json()
            yield from (event["reference"] for event in page["items"])
            if not page.get("next_cursor"):
                return
            cursor = f"&cursor={page['next_cursor']}"

    def _enrolled(self, reference: str) -> tuple[str, str]:
        participant = self.client.post("/v1/participants", json={"reference": reference}).json()["id"]
        started = (clock.now() - timedelta(days=28)).date().isoformat()
        new = {"participant": participant, "program": "kills", "starts_on": started}
        enrolled = self.client.post("/v1/enrollments", json=new)
        assert enrolled.is_success, enrolled.text
        return str(enrolled.json()["id"]), participant

    def _events_of(self, enrollment: str) -> Iterator[dict[str, Any]]:
        when, chance = clock.now() - timedelta(days=26), random.Random(f"{self._seed} {enrollment}")
        while True:
            when += timedelta(seconds=20)
            yield {
                "enrollment": enrollment,
                "target": "test",
                "outcome": "negative" if chance.random() < SUCCEEDS else "positive",
                "occurred_at": when.isoformat(),
                "another": True,
                "reference": f"{enrollment}-{when:%d-%H-%M-%S}",
            }

    def _record(self, enrollment: str) -> None:
        while not self._stopping.is_set():
            event = next(self._events[enrollment])
            until = time.monotonic() + BACK_S_MAX * 3
            while (answer := self.send(event)) is None and time.monotonic() < until:
                time.sleep(0.05)
            if answer is None or not answer.is_success:
                self.refused.append("no answer" if answer is None else answer.text)
                return
            reference = str(event["reference"])
            self.models[enrollment].acknowledge(reference, succeeded=event["outcome"] == "negative")
            self.receipts[reference] = (event, answer.json())
            self.moments.append(time.monotonic())
            self._stopping.wait(self._pause_s)

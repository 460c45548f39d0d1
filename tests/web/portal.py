"""Somebody in care with a program, seen through their own portal."""

from __future__ import annotations

import re
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from html import unescape
from typing import TYPE_CHECKING, Any
from uuid import UUID

import httpx

from service.flows.access.sessions import open_session
from service.flows.perform import Done, perform
from service.flows.setup.clinics import operator
from tests import clock, tls

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from service.core.access.sessions import SessionKind
    from tests.web.conftest import Clinic, Server

PROGRAM: dict[str, Any] = {
    "name": "steps",
    "title": "Steps",
    "unit": "usd",
    "weeks": 12,
    "targets": [
        {
            "name": "test",
            "behavior": "test",
            "visits": {"per_week": 2, "min_days_between": 3},
            "phases": [
                {
                    "weeks": [1, 12],
                    "earn": {"type": "ladder", "start": 1000, "step": 150, "every": 2, "max": 2650},
                    "on_failure": {"reset": True, "recovery": {"after": 2, "pays": "next", "to": "due"}},
                }
            ],
        },
        {
            "name": "group",
            "behavior": "attendance",
            "phases": [
                {"weeks": [1, 12], "earn": {"type": "draws", "start": 2, "step": 1, "bowl": "all-win"}}
            ],
        },
    ],
    "bowls": [{"name": "all-win", "tiers": [{"name": "small prize", "slips": 10, "value": 100}]}],
}


@dataclass
class Someone:
    """Who it is, and the session under which they look."""

    id: str
    token: str
    clinic: Clinic
    visits: int = 0

    async def comes(self, outcome: str = "negative", behavior: str = "test", **also: str) -> dict[str, Any]:
        """Come in, once more today where they were here already; the desk records it."""
        self.visits += 1
        at = clock.earlier_today() + timedelta(seconds=self.visits)
        body = {
            "participant": self.id,
            "behavior": behavior,
            "outcome": outcome,
            "occurred_at": at.isoformat(),
            "another": True,
        }
        answer = await self.clinic.post("/v1/events", body | also)
        assert answer.status_code == 201, answer.text
        receipt: dict[str, Any] = answer.json()
        return receipt

    @asynccontextmanager
    async def browser(self) -> AsyncIterator[httpx.AsyncClient]:
        """A browser that is signed in."""
        cookies = {"cmr_session": self.token}
        async with httpx.AsyncClient(base_url=self.clinic.url, cookies=cookies, verify=tls.CONTEXT) as client:
            yield client


def text_of(page: str) -> str:
    """What a page says, without its tags."""
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", page)))


async def someone(
    server: Server,
    clinic: Clinic,
    reference: str = "P-1",
    kind: SessionKind = "portal",
    language: str = "en",
    *,
    program: dict[str, Any] = PROGRAM,
) -> Someone:
    """Enroll somebody in a program that is named `steps`, and sign them in."""
    await clinic.post("/v1/programs", program)
    person = (await clinic.post("/v1/participants", {"reference": reference, "language": language})).json()[
        "id"
    ]
    starts = (clock.now() - timedelta(days=3)).date().isoformat()
    body = {"participant": person, "program": "steps", "starts_on": starts}
    made = await clinic.post("/v1/enrollments", body)
    assert made.status_code == 201, made.text
    done = await perform(
        server.database, operator(UUID(clinic.id)), partial(open_session, kind=kind, subject=UUID(person))
    )
    assert isinstance(done, Done)
    return Someone(person, done.value.token, clinic)


async def on_shelf(clinic: Clinic, name: str = "Coffee card", **more: Any) -> str:  # noqa: ANN401
    """Put a reward on the shelf."""
    new = {"name": name, "unit": "usd", "price": 800, "kind": "item", "category": "food"}
    made = await clinic.post("/v1/rewards", new | more)
    assert made.status_code == 201, made.text
    reward: str = made.json()["id"]
    return reward


async def sends(browser: httpx.AsyncClient, page: str, to: str, **fields: str) -> httpx.Response:
    """Send a form of a page, with the word that the page's forms carry."""
    shown = await browser.get(page)
    token = re.search(r'name="csrf" value="(\w+)"', shown.text)
    assert token, shown.status_code
    return await browser.post(to, data={**fields, "csrf": token[1]})

"""The first run: an empty service is set up by whoever has its word, once, and then never again."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import httpx
import pytest

from service.flows.setup.first_run import set_up_word
from service.flows.verify.verify import verify
from service.settings import read
from tests.web.conftest import (
    Server,
    answering,
    environment_of,
    free_port,
    open_database,
    start_server,
)

if TYPE_CHECKING:
    from service.embedded import Stores

NEW = {
    "clinic": "Harbor Clinic",
    "zone": "America/Chicago",
    "name": "Maya Lindqvist",
    "email": "maya@example.org",
    "password": "three blue herons",
}


@asynccontextmanager
async def empty_service(stores: Stores, database: str) -> AsyncIterator[Server]:
    """Serve a database in which there is nothing yet."""
    environment = environment_of(stores, database)
    settings = read(environment)
    port = free_port()
    process = start_server(environment, port)
    try:
        await answering(f"http://127.0.0.1:{port}", process)
        opened = await open_database(settings)
        try:
            yield Server(f"http://127.0.0.1:{port}", settings, opened)
        finally:
            await opened.close()
    finally:
        process.terminate()
        await asyncio.to_thread(process.wait, 20)


@pytest.fixture
async def empty(stores: Stores, own_database: str) -> AsyncIterator[Server]:
    """Give a service without a clinic."""
    async with empty_service(stores, own_database) as found:
        yield found


async def csrf(browser: httpx.AsyncClient, path: str) -> str:
    """Open a page and take its forms' word."""
    found = re.search(r'name="csrf" value="([0-9a-f]+)"', (await browser.get(path)).text)
    assert found is not None
    return found[1]


async def test_an_empty_service_is_set_up_once(empty: Server) -> None:
    """Wrong words and weak passwords make nothing, two at once make one clinic, and then the door is shut."""
    word = set_up_word(empty.settings.form_key)
    browsers = [httpx.AsyncClient(base_url=empty.url) for _ in range(4)]
    try:
        assert (await browsers[0].get("/")).headers["location"] == "/set-up"
        assert word not in (await browsers[0].get("/set-up")).text
        words = [await csrf(one, "/set-up") for one in browsers]
        for wrong, status in (
            ({"word": "a guess"}, 403),
            ({"word": word, "password": "short"}, 422),
            ({"word": word, "zone": "Mars/Olympus"}, 422),
            ({"word": word, "clinic": ""}, 422),
        ):
            answer = await browsers[0].post("/set-up", data={**NEW, **wrong, "csrf": words[0]})
            assert answer.status_code == status, wrong
        assert await empty.database.clinics() == []
        answers = await asyncio.gather(
            *(
                one.post("/set-up", data={**NEW, "word": word, "csrf": csrf_word})
                for one, csrf_word in zip(browsers, words, strict=True)
            )
        )
        assert sorted(one.headers["location"] for one in answers) == ["/", "/", "/", "/set-up/first"]
        (clinic,) = await empty.database.clinics()
        winner = next(
            browser
            for browser, answer in zip(browsers, answers, strict=True)
            if answer.headers["location"] != "/"
        )
        await first_steps(winner)
        assert (await browsers[0].get("/set-up")).status_code == 303
        assert (
            await browsers[0].post("/set-up", data={**NEW, "word": word, "csrf": words[0]})
        ).status_code in {303, 403}
        assert await empty.database.clinics() == [clinic]
        verdict = await verify(empty.database, clinic, lambda _what, _count: None)
        assert verdict is not None
        assert verdict.fault is None
    finally:
        for one in browsers:
            await one.aclose()


async def first_steps(manager: httpx.AsyncClient) -> None:
    """Publish a program, fill the shelf and enroll somebody, and come to the desk."""
    word = await csrf(manager, "/set-up/first")
    nothing = await manager.post("/set-up/first", data={"csrf": word})
    assert nothing.status_code == 422
    fields = {
        "csrf": word,
        "program": "california-recovery-incentives",
        "rewards": ["groceries", "bus"],
        "reference": "MRN-1",
        "name": "Sam Doe",
    }
    done = await manager.post("/set-up/first", data=fields)
    where = done.headers["location"]
    assert done.status_code == 303
    shown = (await manager.get(where)).text
    assert 'data-called="Sam Doe"' in shown
    assert "Added and enrolled" in shown
    steps = shown.partition('aria-labelledby="steps"')[2].partition("</section>")[0]
    assert steps.count("<b>") == 3
    person = where.partition("person=")[2].partition("&")[0]
    await manager.post(f"/desk/people/{person}/card", data={"csrf": word})
    assert "<s>Print a card for the person</s>" in (await manager.get("/desk")).text
    assert (await manager.get("/set-up/first")).headers["location"] == "/desk"

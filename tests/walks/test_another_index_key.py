"""A clinic is given another index key, as docs/operations.md says: moved to a database that has another.

Whatever stands under that key is asked afterwards, on the servers of both: who is found, who gets in, what is
known as said before, and what ends with the key.
"""

from __future__ import annotations

from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from tests import clock, tls
from tests.places import quick_folder
from tests.walks.conftest import clean_environment
from tests.walks.test_clinic_moves import PLACE
from tests.walks.test_upgrade import ROOT, Desk, opened, publish, serving, typed
from tests.web.entering import sent

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = [pytest.mark.slow, pytest.mark.seconds(60)]

REFERENCE, NAME, PHONE, EMAIL = "P-1", "Rosa Delgado", "+15005550123", "rosa@mail.example"
STAFF, PIN = "ana@clinic.example", "739154"
CODES = ["CARD-0001", "CARD-0002"]
Answer = tuple[int, Any]


class Story:
    """What was done at the first server, and is asked again at the second."""

    def __init__(self, desk: Desk) -> None:
        """Keep who asks."""
        self.desk = desk
        self.said: dict[str, Any] = {}

    def ask(self, url: str, method: str, path: str, body: object = None, **headers: str) -> Answer:
        """Ask, and give the status and the answer's JSON."""
        own = {name.replace("_", "-"): value for name, value in headers.items()}
        answer = httpx.request(
            method,
            url + path,
            json=body,
            headers={**self.desk.headers, **own},
            timeout=60,
            verify=tls.CONTEXT,
        )
        return answer.status_code, answer.json()

    def begin(self, url: str) -> None:
        """Register, enroll, record, put codes on the shelf, hand one out, and hang up a source."""
        publish(self.desk, url)
        who = {"reference": REFERENCE, "name": NAME, "phone": PHONE, "email": EMAIL}
        self.said["person"] = person = self.desk.ask(url, "POST", "/v1/participants", who)["id"]
        day = (clock.now() - timedelta(days=2)).date().isoformat()
        enrolled = {"participant": person, "program": "flat", "starts_on": day}
        self.desk.ask(url, "POST", "/v1/enrollments", enrolled)
        self.said["visit"] = visit = {
            "participant": person, "behavior": "homework", "outcome": "completed", "reference": "V-1",
            "note": "Wrote it all.", "occurred_at": (clock.now() - timedelta(days=1)).isoformat(),
        }  # fmt: skip  # table: a visit as it is told
        self.said["event"] = self.desk.ask(url, "POST", "/v1/events", visit)["event"]["id"]
        card = {"name": "Card", "unit": "usd", "price": 100, "kind": "code", "category": "groceries"}
        self.said["card"] = shelf = self.desk.ask(url, "POST", "/v1/rewards", card)["id"]
        self.desk.ask(url, "POST", f"/v1/rewards/{shelf}/codes", {"codes": CODES})
        asked = {"participant": person, "reward": shelf}
        given = self.desk.ask(url, "POST", "/v1/redemptions", asked, idempotency_key="once")
        self.said["given"] = (given["id"], given["code"])
        self.said["source"] = self.desk.ask(url, "POST", "/v1/sources", {"verifier": {"type": "bearer"}})

    def found(self, url: str) -> list[list[str]]:
        """Who is found by each of what is kept under the index key alone."""
        wanted = (
            {"name": NAME},
            {"phone": "(500) 555-0123"},
            {"email": EMAIL.upper()},
            {"reference": REFERENCE},
        )
        return [
            [one["id"] for one in httpx.get(
                f"{url}/v1/participants", params=each, headers=self.desk.headers, verify=tls.CONTEXT
            ).json()["items"]]
            for each in wanted
        ]  # fmt: skip  # table: one request a line


@pytest.fixture
def cells() -> Iterator[tuple[Path, Path]]:
    """Give the folders of two cells, each with keys of its own."""
    with quick_folder() as made:
        yield made / "here", made / "there"


async def test_another_index_key_by_moving_the_clinic(cells: tuple[Path, Path]) -> None:
    """People are found and get in, repeats and given codes are known, and what was on paper or open ends."""
    here, there = cells
    environment = clean_environment(**clock.setting())
    with ExitStack() as close:
        desk = opened(ROOT, environment, "--data", str(here))
        one, two = (
            close.enter_context(serving(ROOT, environment, "--data", str(at))) for at in (here, there)
        )
        keys = [(at / "secrets" / "index_key").read_text() for at in cells]
        assert keys[0] != keys[1]
        clinic = typed(ROOT, environment, "clinic", "list", "--data", str(here))["clinics"][0]["id"]
        staff = ("staff", "create", "--clinic", clinic, "--email", STAFF, "--role", "clinician")
        password = typed(ROOT, environment, *staff, "--data", str(here))["password"]
        story = Story(desk)
        story.begin(one)
        person = story.said["person"]
        assert story.found(one) == [[person]] * 4
        paper = story.desk.ask(one, "POST", f"/v1/participants/{person}/code")["code"]
        with_pin = await entered(one, story)
        at_the_desk = await signed_in(one, password)
        assert at_the_desk.is_success or at_the_desk.status_code == 303
        move = (
            "clinic",
            "move",
            "--clinic",
            clinic,
            "--place",
            PLACE,
            "--data",
            str(here),
            "--to",
            str(there),
        )
        typed(ROOT, environment, *move)

        assert story.ask(one, "GET", "/v1/events")[1]["code"] == "clinic_moved"
        assert story.found(two) == [[person]] * 4
        told_again(story, two)
        assert (await signed_in(two, password)).status_code == 303
        assert await by_pin(two, story, with_pin)
        # What was printed before opens nothing, nor does what was open; another code does.
        async with httpx.AsyncClient(base_url=two, verify=tls.CONTEXT) as stranger:
            assert (await sent(stranger, "/sign-in/code", "/sign-in/code", code=paper)).status_code >= 400
            another = story.desk.ask(two, "POST", f"/v1/participants/{person}/code")["code"]
            assert (await sent(stranger, "/sign-in/code", "/sign-in/code", code=another)).status_code == 303
        for data in cells:
            assert typed(ROOT, environment, "verify", "--data", str(data))["clean"] is True


def told_again(story: Story, url: str) -> None:
    """What was said before is known, whatever hashes it was known by: nothing is done or paid twice."""
    said = story.said
    status, visit = story.ask(url, "POST", "/v1/events", said["visit"])
    assert (status, visit["event"]["id"]) == (200, said["event"])
    asked = {"participant": said["person"], "reward": said["card"]}
    status, again = story.ask(url, "POST", "/v1/redemptions", asked, idempotency_key="once")
    assert (status, again["id"]) == (201, said["given"][0])
    status, known = story.ask(url, "POST", f"/v1/rewards/{said['card']}/codes", {"codes": CODES[:1]})
    assert (status, known["code"]) == (409, "codes_known")
    shown = story.ask(url, "GET", f"/v1/redemptions/{said['given'][0]}")[1]
    assert shown["code"] == said["given"][1]
    source = said["source"]
    bearer = {"authorization": f"Bearer {source['secret']}"}
    told = httpx.post(url + source["address"], json={"hello": 1}, headers=bearer, verify=tls.CONTEXT)
    assert told.is_success, told.text


async def signed_in(url: str, password: str) -> httpx.Response:
    """Sign a member of staff in by their password."""
    async with httpx.AsyncClient(base_url=url, verify=tls.CONTEXT) as browser:
        return await sent(browser, "/", "/sign-in", email=STAFF, password=password)


async def entered(url: str, story: Story) -> httpx.Cookies:
    """Sign somebody in care in by a code, have them choose a PIN, and give what their telephone keeps."""
    code = story.desk.ask(url, "POST", f"/v1/participants/{story.said['person']}/code")["code"]
    async with httpx.AsyncClient(base_url=url, verify=tls.CONTEXT) as phone:
        assert (await sent(phone, "/sign-in/code", "/sign-in/code", code=code)).status_code == 303
        saved = await sent(phone, "/portal/key", "/portal/key", pin=PIN, again=PIN)
        assert saved.headers["location"] == "/portal/key?done=set"
        assert (await phone.get("/portal")).status_code == 200
        return phone.cookies


async def by_pin(url: str, story: Story, kept: httpx.Cookies) -> bool:
    """Whether the PIN opens the portal there once the telephone is known again, and the session is over."""
    async with httpx.AsyncClient(base_url=url, cookies=kept, verify=tls.CONTEXT) as phone:
        assert (await phone.get("/portal")).status_code == 303
        code = story.desk.ask(url, "POST", f"/v1/participants/{story.said['person']}/code")["code"]
        assert (await sent(phone, "/sign-in/code", "/sign-in/code", code=code)).status_code == 303
        del phone.cookies["cmr_session"]
        right = await sent(phone, "/sign-in/pin", "/sign-in/pin", pin=PIN)
        return bool(right.headers.get("location") == "/portal")

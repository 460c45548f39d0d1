"""The same thing many times at once, and many things in one request."""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import httpx
import msgspec
import pytest

from service.web.contract import examples
from tests import clock

if TYPE_CHECKING:
    from tests.web.conftest import Clinic

NDJSON = {"content-type": "application/x-ndjson"}
START = (clock.now() - timedelta(days=60)).replace(microsecond=0)


class Person:
    """A participant with an open enrollment in the example's program."""

    def __init__(self, participant: str, enrollment: str) -> None:
        """Keep both ids."""
        self.participant = participant
        self.enrollment = enrollment

    def event(self, hours: int = 30, **also: str | bool) -> dict[str, Any]:
        """Make an event so many hours after the start."""
        at = (START + timedelta(hours=hours)).isoformat()
        return {
            "enrollment": self.enrollment,
            "target": "stimulant-negative",
            "outcome": "negative",
            "occurred_at": at,
            **also,
        }


@pytest.fixture
async def person(clinic: Clinic) -> Person:
    """Give one person who can earn."""
    await clinic.post("/v1/programs", msgspec.to_builtins(examples.PROGRAM))
    return await enroll(clinic, "A-1")


async def enroll(clinic: Clinic, reference: str) -> Person:
    """Register and enroll somebody."""
    who = (await clinic.post("/v1/participants", {"reference": reference})).json()["id"]
    asked = {"participant": who, "program": examples.PROGRAM_NAME, "starts_on": START.date().isoformat()}
    enrolled = await clinic.post("/v1/enrollments", asked)
    assert enrolled.status_code == 201, enrolled.text
    return Person(who, enrolled.json()["id"])


async def earned(clinic: Clinic, person: Person) -> int:
    """Read what a person has earned."""
    balance = await clinic.get(f"/v1/participants/{person.participant}/balance")
    return sum(one["earned"] for one in balance.json()["balances"])


async def test_the_same_event_fifty_times_at_once_by_reference_is_one(clinic: Clinic, person: Person) -> None:
    """One is made, and all fifty get the same receipt."""
    event = person.event(reference="lab-1")
    answers = await asyncio.gather(*(clinic.post("/v1/events", event) for _ in range(50)))
    assert Counter(answer.status_code for answer in answers) == {201: 1, 200: 49}
    assert len({answer.text for answer in answers}) == 1
    assert await earned(clinic, person) == 250


async def test_the_same_event_fifty_times_at_once_by_key_is_one(clinic: Clinic, person: Person) -> None:
    """All fifty get the first answer with its status, and all but one say that they are replays."""
    answers = await asyncio.gather(
        *(clinic.post("/v1/events", person.event(), idempotency_key="k-1") for _ in range(50))
    )
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.text for answer in answers}) == 1
    assert sum("idempotent-replayed" in answer.headers for answer in answers) == 49
    assert await earned(clinic, person) == 250


async def test_a_batch_that_meets_itself(clinic: Clinic, person: Person) -> None:
    """The same reference twice is one event; with other content the second is a conflict."""
    first = person.event(reference="lab-1")
    answer = await clinic.post("/v1/events/batch", [first, first, {**first, "outcome": "positive"}])
    results = answer.json()["results"]
    assert [one["status"] for one in results] == [201, 200, 409]
    assert results[0]["receipt"] == results[1]["receipt"]
    assert results[2]["problem"]["code"] == "reference_conflict"
    assert await earned(clinic, person) == 250


async def test_a_batch_of_ten_thousand_stands_and_is_replayed_item_by_item(
    clinic: Clinic, person: Person
) -> None:
    """Each has its own result in order; the same batch again under its key adds nothing."""
    people = [person, *[await enroll(clinic, f"B-{number}") for number in range(19)]]
    events = [people[number % 20].event(hours=20 + number // 20, another=True) for number in range(10_000)]
    first = await clinic.post("/v1/events/batch", events, idempotency_key="all")
    results = first.json()["results"]
    assert [one["index"] for one in results] == list(range(10_000))
    assert {one["status"] for one in results} == {201}
    assert "idempotent-replayed" not in first.headers
    before = await earned(clinic, person)
    again = await clinic.post("/v1/events/batch", events, idempotency_key="all")
    assert again.headers["idempotent-replayed"] == "true"
    assert again.json() == first.json()
    assert await earned(clinic, person) == before


async def test_a_batch_is_done_in_the_order_of_time_however_long_it_is(
    clinic: Clinic, person: Person
) -> None:
    """It is handed on in pieces: the newest stand first in it, and are recorded last."""
    people = [person, await enroll(clinic, "B-1"), await enroll(clinic, "B-2")]
    events = [people[number % 3].event(hours=419 - number // 3, another=True) for number in range(1200)]
    answer = await clinic.post("/v1/events/batch", events)
    receipts = [one["receipt"] for one in answer.json()["results"]]
    assert [one["event"]["participant"] for one in receipts[:3]] == [one.participant for one in people]
    for number in range(3):
        earned_then = [one["balances"][0]["earned"] for one in reversed(receipts[number::3])]
        assert earned_then[0] == 250
        assert earned_then == sorted(earned_then)


async def test_one_item_too_many_is_413(clinic: Clinic) -> None:
    """A batch is refused as a whole before anything of it is read."""
    answer = await clinic.post("/v1/events/batch", [{}] * 10_001)
    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")


async def test_lines_stand_alone_good_and_bad(clinic: Clinic, person: Person) -> None:
    """A bad line has its problem with its pointer, and takes no other with it."""
    lines = [
        json.dumps(person.event(hours=30)).encode(),
        b"{not json",
        json.dumps({**person.event(hours=31), "occurred_at": "yesterday"}).encode(),
        b"",
        json.dumps({**person.event(hours=32), "surprise": 1}).encode(),
        b"\xff\xfe",
        json.dumps({**person.event(hours=33), "note": "a\0b"}).encode(),
        b"[" * 100_000,
        json.dumps({**person.event(hours=33), "occurred_at": "0001-01-01T00:00:00+14:00"}).encode(),
        json.dumps(person.event(hours=54)).encode(),
    ]
    answer = await clinic.client("integration").post(
        "/v1/events/batch", content=b"\r\n".join(lines), headers=NDJSON
    )
    results = answer.json()["results"]
    assert [one["status"] for one in results] == [201, 400, 422, 422, 400, 422, 422, 422, 201]
    pointers = [
        one["problem"]["errors"][0]["pointer"] for one in results if one.get("problem", {}).get("errors")
    ]
    assert pointers == ["$.occurred_at", "$.surprise", "$.note", "$", "$.occurred_at"]


@pytest.mark.parametrize("body", [b"{}", b'"x"', b"1", b"null"])
async def test_a_batch_that_is_no_array_is_invalid(clinic: Clinic, body: bytes) -> None:
    """What is not a list of events is refused as a whole."""
    answer = await clinic.client().post(
        "/v1/events/batch", content=body, headers={"content-type": "application/json"}
    )
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid")


async def test_an_empty_batch_has_no_results(clinic: Clinic) -> None:
    """Nothing in, nothing out."""
    assert (await clinic.post("/v1/events/batch", [])).json() == {"results": []}


async def test_two_desks_spend_the_last_balance_once(clinic: Clinic, person: Person) -> None:
    """Of a hundred tries at once, exactly what is affordable succeeds; the rest are 422."""
    await clinic.post("/v1/events", person.event())
    reward = {"name": "Ticket", "unit": "usd", "price": 100, "kind": "item", "category": "leisure"}
    shelf = (await clinic.post("/v1/rewards", reward)).json()["id"]
    asked = {"participant": person.participant, "reward": shelf}
    answers = await asyncio.gather(
        *(
            clinic.post("/v1/redemptions", asked, "front_desk", idempotency_key=f"r-{one}")
            for one in range(100)
        )
    )
    assert Counter(answer.status_code for answer in answers) == {201: 2, 422: 98}
    assert {answer.json()["code"] for answer in answers if answer.status_code == 422} == {
        "insufficient_balance"
    }


async def test_the_last_item_goes_once(clinic: Clinic, person: Person) -> None:
    """Fifty at once for the last piece: one gets it."""
    await clinic.post("/v1/events", person.event())
    reward = {"name": "Mug", "unit": "usd", "price": 1, "kind": "item", "category": "leisure", "stock": 1}
    shelf = (await clinic.post("/v1/rewards", reward)).json()["id"]
    asked = {"participant": person.participant, "reward": shelf}
    answers = await asyncio.gather(
        *(clinic.post("/v1/redemptions", asked, idempotency_key=f"m-{one}") for one in range(50))
    )
    codes = Counter(answer.json().get("code") or answer.json()["status"] for answer in answers)
    assert codes == {"held": 1, "out_of_stock": 49}


async def test_a_refused_request_does_not_use_up_its_key(clinic: Clinic, person: Person) -> None:
    """After the refusal's reason is gone, the same key with the same body is done."""
    reward = {"name": "Mug", "unit": "usd", "price": 250, "kind": "item", "category": "leisure"}
    shelf = (await clinic.post("/v1/rewards", reward)).json()["id"]

    async def redeem(quantity: int = 1) -> httpx.Response:
        asked = {"participant": person.participant, "reward": shelf, "quantity": quantity}
        return await clinic.post("/v1/redemptions", asked, idempotency_key='"quoted-1"')

    assert (await redeem()).json()["code"] == "insufficient_balance"
    await clinic.post("/v1/events", person.event())
    first = await redeem()
    assert first.status_code == 201
    again = await clinic.post(
        "/v1/redemptions",
        {"participant": person.participant, "reward": shelf, "quantity": 1},
        idempotency_key="quoted-1",
    )
    assert (again.status_code, again.headers["idempotent-replayed"], again.json()) == (
        201,
        "true",
        first.json(),
    )
    other = await redeem(2)
    assert (other.status_code, other.json()["code"]) == (422, "idempotency_conflict")

"""Live: what is recorded is seen at once, and nothing is missed or misdirected."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import msgspec
import pytest

from schemas.books import Transfer
from schemas.live import Changed, RedemptionMoved
from schemas.receipts import BalanceSheet
from tests.web.conftest import assert_problem
from tests.web.streamed import enrolled, following, metric

if TYPE_CHECKING:
    from tests.web.conftest import Clinic, Server


async def test_an_award_is_seen_with_the_balance_after_it(clinic: Clinic) -> None:
    """The balance stands there from the start; the award is the statement's own line."""
    who = await enrolled(clinic)
    async with following(clinic.url, who.stream, clinic.keys["front_desk"]) as portal:
        assert portal.answer.headers["content-type"] == "text/event-stream"
        assert portal.answer.headers["cache-control"] == "no-store"
        begun = await portal.next()
        assert (begun.name, begun.data["balances"]) == ("balance", [])
        receipt = (await clinic.post("/v1/events", who.visit())).json()
        award = await portal.next("award", within=2)
        assert (award.data["cause_id"], award.data["amount"]) == (receipt["awards"][0]["id"], 250)
        balance = await portal.next("balance", within=2)
        assert balance.data["balances"] == receipt["balances"]
        msgspec.convert(balance.data, BalanceSheet)
        told = msgspec.convert(award.data, Transfer)
        line = (await clinic.get(f"/v1/participants/{who.id}/statement")).json()["items"][0]
        assert told == msgspec.convert(line, Transfer)


async def test_a_visit_that_earned_nothing_is_seen_too(clinic: Clinic) -> None:
    """The page shows what comes next, which changes with a miss: it is told to look."""
    who = await enrolled(clinic)
    async with following(clinic.url, who.stream, clinic.keys["clinician"]) as portal:
        await portal.next("balance")
        await clinic.post("/v1/events", who.visit("positive"))
        assert (await portal.next("award", "balance", within=2)).name == "balance"


async def test_a_redemption_is_seen_at_each_of_its_steps(clinic: Clinic) -> None:
    """Asked for, then handed over: held, given."""
    who = await enrolled(clinic)
    await clinic.post("/v1/events", who.visit())
    shelf = {"name": "Mug", "unit": "usd", "price": 200, "kind": "item", "category": "leisure"}
    reward = (await clinic.post("/v1/rewards", shelf)).json()["id"]
    async with following(clinic.url, who.stream, clinic.keys["auditor"]) as portal:
        await portal.next("balance")
        body = {"participant": who.id, "reward": reward}
        asked = (await clinic.post("/v1/redemptions", body, idempotency_key="mug")).json()
        held = msgspec.convert((await portal.next("redemption", within=2)).data, RedemptionMoved)
        assert (str(held.cause_id), held.status, held.amount) == (asked["id"], "held", 200)
        await clinic.person("clinician").post(f"/v1/redemptions/{asked['id']}/give")
        given = await portal.next("redemption", within=2)
        assert (given.data["cause_id"], given.data["status"]) == (asked["id"], "given")
        assert (await portal.next("balance", within=2)).data["balances"][0]["given"] == 200


async def test_a_reconnecting_stream_resumes_without_gap_or_repeat(clinic: Clinic) -> None:
    """From each event's own id the stream goes on with the next one."""
    who = await enrolled(clinic)
    await clinic.post("/v1/events", who.visit())
    async with following(clinic.url, who.stream, clinic.keys["manager"]) as portal:
        begun = await portal.next("balance")
    receipts = [(await clinic.post("/v1/events", who.visit())).json() for _ in range(3)]
    awards = [award["id"] for receipt in receipts for award in receipt["awards"]]
    assert len(awards) == 4
    seen = []
    async with following(clinic.url, who.stream, clinic.keys["manager"], begun.id) as portal:
        while (event := await portal.next()).name != "balance":
            seen.append(event)
        # What one operation posts has no order of its own.
        told = [event.data["cause_id"] for event in seen]
        assert (sorted(told), told[0], told[-1]) == (sorted(awards), awards[0], awards[-1])
        assert await portal.quiet(0.5)
    for place, event in enumerate(seen):
        async with following(clinic.url, who.stream, clinic.keys["manager"], event.id) as portal:
            left = []
            while (one := await portal.next()).name != "balance":
                left.append(one.data["cause_id"])
            assert left == told[place + 1 :]


async def test_an_id_that_is_not_ours_begins_anew(clinic: Clinic) -> None:
    """A browser could never again get rid of an id that is refused."""
    who = await enrolled(clinic)
    await clinic.post("/v1/events", who.visit())
    for odd in ("nonsense", "0", f"{who.id}.99999999999"):
        async with following(clinic.url, who.stream, clinic.keys["manager"], odd) as portal:
            assert (await portal.next()).name == "balance"
            assert await portal.quiet(0.3)


async def test_the_stream_speaks_the_language_asked_for(clinic: Clinic) -> None:
    """As the statement does."""
    who = await enrolled(clinic)
    async with (
        following(clinic.url, who.stream, clinic.keys["manager"]) as english,
        following(clinic.url, who.stream, clinic.keys["manager"], **{"accept-language": "es"}) as spanish,
    ):
        await asyncio.gather(english.next("balance"), spanish.next("balance"))
        await clinic.post("/v1/events", who.visit())
        words = [(await reader.next("award")).data["sentence"] for reader in (english, spanish)]
        assert words[0] != words[1]


async def test_the_desk_hears_who_changed_and_goes_on_from_where_it_was(clinic: Clinic) -> None:
    """Ids alone; a reading changes nothing; a batch of several people says to look at all."""
    who, she = await enrolled(clinic), await enrolled(clinic, "A-2")
    async with following(clinic.url, "/v1/stream", clinic.keys["front_desk"]) as desk:
        first = await desk.next()
        assert (first.name, first.data) == ("changed", {"participants": [], "all": False})
        await clinic.get(f"/v1/participants/{who.id}/balance")
        await clinic.get(f"/v1/participants/{who.id}")
        assert await desk.quiet(0.5)
        await clinic.post("/v1/events", she.visit())
        told = await desk.next("changed", within=2)
        assert told.data == {"participants": [she.id], "all": False}
        msgspec.convert(told.data, Changed)
    await clinic.post("/v1/events", who.visit())
    async with following(clinic.url, "/v1/stream", clinic.keys["front_desk"], told.id) as desk:
        assert (await desk.next()).data["participants"] == []
        assert (await desk.next("changed", within=2)).data == {"participants": [who.id], "all": False}
        await clinic.post("/v1/events/batch", [who.visit(), she.visit()])
        assert (await desk.next("changed", within=2)).data["all"] is True


async def test_a_stream_never_carries_another_clinic_s_events(clinic: Clinic, other: Clinic) -> None:
    """Their participant's stream is 404 as if there were none, and their desk hears nothing."""
    who = await enrolled(clinic)
    answer = await other.get(who.stream)
    assert_problem(answer, 404, "not_found")
    assert_problem(await clinic.client("integration").get(who.stream), 403, "forbidden")
    async with following(other.url, "/v1/stream", other.keys["manager"]) as desk:
        await desk.next("changed")
        await clinic.post("/v1/events", who.visit())
        assert await desk.quiet(1)


async def test_a_stream_is_one_reading_in_the_audit_trail(clinic: Clinic) -> None:
    """Opened once, told once, whatever it sends afterwards."""
    who = await enrolled(clinic)
    async with following(clinic.url, who.stream, clinic.keys["clinician"]) as portal:
        for _ in range(3):
            await portal.next("balance")
            await clinic.post("/v1/events", who.visit())
    entries = (await clinic.get("/v1/audit", participant=who.id, limit=200)).json()["items"]
    reads = [entry for entry in entries if entry["deed"] == "stream.read"]
    assert [(entry["actor"], entry["participant"]) for entry in reads] == [
        (clinic.key_ids["clinician"], who.id)
    ]


async def test_head_and_no_time_end_at_once(clinic: Clinic) -> None:
    """HEAD has the headers alone; `for_s=0` says how things are, for whoever cannot read a stream."""
    who = await enrolled(clinic)
    head = await clinic.client().head(who.stream)
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-type"] == "text/event-stream"
    once = await clinic.get(who.stream, for_s=0)
    assert once.text.count("event: balance") == 1
    assert_problem(await clinic.get(who.stream, for_s=3601), 422, "invalid")
    refused = await clinic.client().get(who.stream, headers={"accept": "application/json"})
    assert_problem(refused, 406, "not_acceptable")


async def test_a_closed_stream_is_released(server: Server, clinic: Clinic) -> None:
    """A closed connection ends its stream at once, and frees its place."""
    who = await enrolled(clinic)
    before = await metric(server.metrics_url, "rewards_streams")
    async with following(clinic.url, who.stream, clinic.keys["manager"]) as portal:
        await portal.next("balance")
        assert await metric(server.metrics_url, "rewards_streams") == before + 1
    for _ in range(40):
        if await metric(server.metrics_url, "rewards_streams") == before:
            return
        await asyncio.sleep(0.05)
    pytest.fail("the stream was still counted two seconds after its reader left")

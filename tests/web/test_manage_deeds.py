"""The shelf, redemptions, approvals, caps, closures, seeds and moves, as their pages do them."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

import pytest

from service.flows.expire_idempotency import expire_keys
from service.web.pages.editor.starters import starters
from tests import clock
from tests.web.manage import manage, text_of

if TYPE_CHECKING:
    from tests.web.manage import Manage

__all__ = ["manage"]

MUG = {"name": "Mug", "price": "8.00", "unit": "usd", "kind": "item", "category": "home", "stock": "5"}
NAMES = ("programs", "shelf", "redemptions", "approvals", "caps", "closures", "seeds")
CALIFORNIA = starters()["california-recovery-incentives"].text


async def added(manage: Manage, **other: str) -> str:
    """Put a reward on the shelf by its form, and give its page's address."""
    done = await manage.post("/manage/shelf", {**MUG, **other})
    assert done.status_code == 303, text_of(done.text)
    return done.headers["location"].split("?")[0]


async def publish(manage: Manage, text: str) -> None:
    """Publish a program over the API."""
    headers = {"content-type": "application/yaml"}
    answer = await manage.clinic.client().post("/v1/programs", content=text, headers=headers)
    assert answer.status_code == 201, answer.text


@pytest.mark.parametrize("name", NAMES)
async def test_roles_that_may_read_by_api_may_read_the_page(manage: Manage, name: str) -> None:
    """An empty list says something, in either language, to every role that may open it."""
    for role in ("manager", "clinician", "auditor"):
        assert (await manage.get(f"/manage/{name}", role)).status_code == 200
    client = await manage.as_role("manager")
    client.cookies.set("cmr_language", "es")
    assert 'lang="es"' in (await client.get(f"/manage/{name}")).text


async def test_a_reward_is_added_and_changed_but_never_over_another_s_change(manage: Manage) -> None:
    """A stale edit is refused with what it says now; a price that is none stands at its field."""
    wrong = await manage.post("/manage/shelf", {**MUG, "price": "eight"})
    assert wrong.status_code == 422
    assert 'id="price-fault"' in wrong.text
    place = await added(manage)
    page = (await manage.get(place)).text
    revision = re.search(r'name="revision" value="(\d+)"', page)
    assert revision is not None
    form = {**MUG, "revision": revision[1], "active": "yes"}
    assert (await manage.post(place, {**form, "price": "9.00"})).status_code == 303
    stale = await manage.post(place, {**form, "name": "Cup"})
    assert stale.status_code == 412
    assert "Price: 9.00" in text_of(stale.text)
    assert 'value="Cup"' in stale.text


async def test_pieces_are_written_off_by_two_persons(manage: Manage) -> None:
    """The one who proposed is told that another must; the stock stays until then."""
    place = await added(manage)
    done = await manage.post(f"{place}/stock", {"change": "-2", "reason": "Broken"})
    assert done.headers["location"].endswith("done=proposed")
    page = (await manage.get("/manage/approvals")).text
    assert "You proposed this. Another manager must approve it." in page
    assert "/approve" not in page
    written = (await manage.clinic.get("/v1/write-offs")).json()["items"][0]["id"]
    refused = await manage.post(f"/manage/approvals/write-offs/{written}/approve", {})
    assert refused.status_code == 403
    assert (await manage.clinic.post(f"/v1/write-offs/{written}/approve", None, "another")).status_code == 200
    assert "Left: 3" in (await manage.get(place)).text


async def test_codes_are_counted_and_never_shown(manage: Manage) -> None:
    """Neither after they are added nor where one of them was known."""
    place = await added(manage, kind="code", stock="", name="Card")
    done = await manage.post(f"{place}/codes", {"codes": "SECRET-1\n\nSECRET-2\n"})
    assert done.status_code == 303
    page = (await manage.get(place)).text
    assert "Left: 2" in page
    again = await manage.post(f"{place}/codes", {"codes": "SECRET-2"})
    assert again.status_code == 409
    assert "SECRET" not in page + again.text


async def test_an_award_is_proposed_by_one_and_paid_by_another(manage: Manage) -> None:
    """A clinician proposes, a manager approves, and the balance is there."""
    person = await manage.person("MRN-7")
    form = {"person": "MRN-7", "amount": "5.00", "unit": "usd", "reason": "The machine was broken"}
    client = await manage.as_role("clinician")
    word = re.search(r'name="csrf" value="([0-9a-f]+)"', (await client.get("/manage/approvals")).text)
    assert word is not None
    sent = {**form, "csrf": word[1]}
    nobody = await client.post("/manage/approvals", data={**sent, "person": "nobody"})
    assert nobody.status_code == 404
    assert 'id="person-fault"' in nobody.text
    assert (await client.post("/manage/approvals", data=sent)).status_code == 303
    award = (await manage.clinic.get("/v1/manual-awards")).json()["items"][0]["id"]
    assert (await client.post(f"/manage/approvals/awards/{award}/approve", data=sent)).status_code == 403
    assert (await manage.post(f"/manage/approvals/awards/{award}/approve", {})).status_code == 303
    balances = (await manage.clinic.get(f"/v1/participants/{person['id']}/balance")).json()
    assert "500" in str(balances)


async def test_an_award_proposed_on_a_page_never_expires_its_key(manage: Manage) -> None:
    """Its key moves value like the API's, so that it is still there when keys that move none have expired."""
    await manage.person("MRN-7")
    word = str(uuid4())
    form = {"person": "MRN-7", "amount": "5.00", "unit": "usd", "reason": "Broken machine", "once": word}
    assert (await manage.post("/manage/approvals", form)).status_code == 303
    assert (await manage.post("/manage/shelf", {**MUG, "once": str(uuid4())})).status_code == 303
    clinic = UUID(manage.clinic.id)
    assert await expire_keys(manage.server.database, clinic, timedelta(days=-1)) == 1
    assert (await manage.post("/manage/approvals", form)).status_code == 303
    assert len((await manage.clinic.get("/v1/manual-awards")).json()["items"]) == 1


async def test_the_navigation_counts_the_work_that_waits_for_the_reader(manage: Manage) -> None:
    """What somebody else proposed is counted, on the group and in it; what one proposed waits for another."""
    place = await added(manage)
    assert (await manage.post(f"{place}/stock", {"change": "-2", "reason": "Broken"})).status_code == 303
    for path in ("/manage/shelf", "/manage/redemptions"):
        assert "waiting for you" not in (await manage.get(path)).text
    person = await manage.person("MRN-8")
    award = {"participant": person["id"], "amount": 500, "unit": "usd", "reason": "Broken machine"}
    made = await manage.clinic.post("/v1/manual-awards", award, idempotency_key="8")
    assert made.status_code == 201
    assert "Now 1 waiting for you" in text_of((await manage.get("/manage/shelf")).text)
    opened = text_of((await manage.get("/manage/redemptions")).text)
    assert "Now 1 waiting for you" in opened
    assert "Approvals 1 waiting for you" in opened
    for path in ("/manage/shelf", "/manage/redemptions"):
        assert "waiting for you" not in (await manage.get(path, "auditor")).text


async def test_a_cap_is_set_once_and_ended(manage: Manage) -> None:
    """The same form sent twice sets one cap; its last day is set on its own page."""
    page = (await manage.get("/manage/caps")).text
    once = re.search(r'name="once" value="([0-9a-f-]+)"', page)
    assert once is not None
    form = {"amount": "599.00", "unit": "usd", "per": "year", "reason": "The law", "once": once[1]}
    form["starts_on"] = str(clock.today())
    for _ in range(2):
        assert (await manage.post("/manage/caps", form)).status_code == 303
    caps = (await manage.clinic.get("/v1/caps")).json()["items"]
    assert len(caps) == 1
    end = {"on": str(clock.today() + timedelta(days=9))}
    assert (await manage.post(f"/manage/caps/{caps[0]['id']}/end", end)).status_code == 303
    assert (await manage.get(f"/manage/caps/{caps[0]['id']}")).status_code == 200
    wrong = await manage.post("/manage/caps/thresholds", {"from_year": "soon", "tax_amount": "2000"})
    assert wrong.status_code == 422
    right = await manage.post("/manage/caps/thresholds", {"from_year": "2026", "tax_amount": "2000"})
    assert right.status_code == 303
    assert "From 2026 on: $2,000.00" in (await manage.get("/manage/caps")).text


async def test_what_a_point_is_worth_is_set_beside_the_caps(manage: Manage) -> None:
    """From a day on, in cents; a form that says nothing of it stands at its field."""
    assert "counts against no cap in money" in text_of((await manage.get("/manage/caps")).text)
    wrong = await manage.post("/manage/caps/worth", {"cents": "ten", "worth_from": "2026-01-01"})
    assert wrong.status_code == 422
    assert 'id="cents-fault"' in wrong.text
    form = {"cents": "10", "worth_from": "2026-01-01", "worth_reason": "Agreed with the board."}
    assert (await manage.post("/manage/caps/worth", form)).headers["location"].endswith("done=worth")
    page = text_of((await manage.get("/manage/caps")).text)
    assert "on: $0.10 a point" in page
    assert "Agreed with the board." in page
    (found,) = (await manage.clinic.get("/v1/points-worth")).json()["items"]
    assert (found["amount"], found["starts_on"]) == (10, "2026-01-01")


async def test_a_reward_shows_its_price_and_its_worth(manage: Manage) -> None:
    """Stated, or as it follows from the price; a card for points says when nobody knows."""
    place = await added(manage, unit="points", price="250")
    assert "worth not known" in text_of((await manage.get(place)).text)
    await manage.post("/manage/caps/worth", {"cents": "10", "worth_from": "2026-01-01"})
    page = (await manage.get(place)).text
    assert "worth $25.00" in text_of(page)
    revision = re.search(r'name="revision" value="(\d+)"', page)
    assert revision is not None
    form = {**MUG, "unit": "points", "price": "250", "revision": revision[1], "active": "yes"}
    wrong = await manage.post(place, {**form, "fair_value": "much"})
    assert wrong.status_code == 422
    assert 'id="fair_value-fault"' in wrong.text
    assert (await manage.post(place, {**form, "fair_value": "30"})).status_code == 303
    assert 'value="30.00"' in (await manage.get(place)).text
    assert "$30.00" in text_of((await manage.get("/manage/shelf")).text)
    (found,) = (await manage.clinic.get("/v1/rewards")).json()["items"]
    assert (found["fair_value"], found["fair_value_stated"]) == (3000, True)


async def test_a_cap_says_how_full_it_is(manage: Manage) -> None:
    """The most that one person has of it, and how many are near it; a cap for one visit never fills up."""
    person = await manage.person("MRN-9")
    await publish(manage, CALIFORNIA)
    program = (await manage.clinic.get("/v1/programs")).json()["items"][0]["name"]
    enrollment = {"participant": person["id"], "program": program, "starts_on": "2026-01-01"}
    assert (await manage.clinic.post("/v1/enrollments", enrollment)).status_code == 201
    for per in ("year", "event"):
        cap = {"amount": "10.00", "unit": "usd", "per": per, "reason": "The law", "starts_on": "2026-01-01"}
        assert (await manage.post("/manage/caps", cap)).status_code == 303
    award = {"participant": person["id"], "unit": "usd", "amount": 850, "reason": "A start"}
    made = await manage.clinic.post("/v1/manual-awards", award, "clinician", idempotency_key="a")
    await manage.clinic.post(f"/v1/manual-awards/{made.json()['id']}/approve", None, "another")
    page = (await manage.get("/manage/caps")).text
    assert "The person closest to it has $8.50 (85%)" in text_of(page)
    assert "People at 80% or more: 1. At the limit: 0." in text_of(page)
    assert page.count("<meter") == 1


async def test_a_closure_is_entered_and_taken_back(manage: Manage) -> None:
    """One day where only the first is named; a day that is none stands at its field."""
    first = str(clock.today() + timedelta(days=30))
    wrong = await manage.post("/manage/closures", {"first_day": "someday", "reason": "Holiday"})
    assert wrong.status_code == 422
    done = await manage.post("/manage/closures", {"first_day": first, "reason": "Holiday"})
    assert done.status_code == 303
    closure = (await manage.clinic.get("/v1/closures")).json()["items"][0]
    assert closure["last_day"] == first
    assert (await manage.post(f"/manage/closures/{closure['id']}/remove", {})).status_code == 303
    assert "No closure is entered" in (await manage.get("/manage/closures")).text


async def test_a_refused_form_is_counted_under_its_code(manage: Manage) -> None:
    """An operator sees what people at the pages are refused, as they see it of the API."""
    asked = 'rewards_refusals_total{code="unknown_participant",route="/manage/approvals"}'

    async def counted() -> float:
        metrics = await manage.server.metrics()
        return sum(float(line.split()[-1]) for line in metrics.splitlines() if line.startswith(asked))

    before = await counted()
    form = {"person": "nobody", "amount": "5.00", "unit": "usd", "reason": "The machine was broken"}
    assert (await manage.post("/manage/approvals", form)).status_code == 404
    assert await counted() == before + 1


async def test_a_seed_is_revealed_when_the_next_is_committed(manage: Manage) -> None:
    """What was drawn until now can then be checked."""
    assert (await manage.post("/manage/seeds", {})).status_code == 303
    assert (await manage.post("/manage/seeds", {})).status_code == 303
    page = (await manage.get("/manage/seeds")).text
    assert "revealed" in page
    assert "in use" in page


async def test_a_redemption_is_handed_over(manage: Manage) -> None:
    """It waits, is found by its day, and is given once."""
    person = await manage.person("MRN-8")
    place = await added(manage)
    award = {"participant": person["id"], "unit": "usd", "amount": 2000, "reason": "A start"}
    made = await manage.clinic.post("/v1/manual-awards", award, "clinician", idempotency_key="a")
    await manage.clinic.post(f"/v1/manual-awards/{made.json()['id']}/approve", None, "another")
    wanted: dict[str, Any] = {"participant": person["id"], "reward": place.rsplit("/", 1)[-1]}
    held = (await manage.clinic.post("/v1/redemptions", wanted, idempotency_key="b")).json()["id"]
    assert "Hand it over" in (await manage.get("/manage/redemptions?status=held&on=")).text
    assert "Mug" not in (await manage.get("/manage/redemptions?on=2020-01-01")).text
    assert "Hand it over" not in (await manage.get("/manage/redemptions", "auditor")).text
    assert (await manage.post(f"/manage/redemptions/{held}/give", {})).status_code == 303
    assert (await manage.post(f"/manage/redemptions/{held}/cancel", {})).status_code == 409


async def test_all_enrollments_are_moved_to_the_newest_version(manage: Manage) -> None:
    """A few in each request, with how many of all; whoever leaves finds the rest."""
    await publish(manage, CALIFORNIA)
    for number in range(7):
        person = await manage.person(f"MRN-{number}")
        body = {"participant": person["id"], "program": "california-recovery-incentives"}
        opened = await manage.clinic.post("/v1/enrollments", {**body, "starts_on": "2026-01-05"})
        assert opened.status_code == 201, opened.text
    await publish(manage, CALIFORNIA.replace("amount: 1500", "amount: 1600"))
    place = "/manage/programs/california-recovery-incentives/people"
    page = text_of((await manage.get(place)).text)
    assert "Nothing more is paid for visits until now." in page
    first = await manage.post(place, {"all": "yes", "reason": "New amounts"})
    assert "5 of 7 moved" in text_of(first.text)
    after = re.search(r'name="after" value="([0-9a-f-]+)"', first.text)
    assert after is not None
    again = {"all": "yes", "reason": "New amounts", "moved": "5", "after": after[1]}
    last = await manage.post(place, again)
    assert last.headers["location"].endswith("moved=7")
    assert "Everybody is in the newest version." in (await manage.get(place)).text

"""At a price that one manager lowered alone they, a key and the participant themselves hand out nothing."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID

import httpx
import pytest

from schemas.shelf import NewRedemption
from service.core.actors import Actor
from service.core.refusals import refused
from service.flows.perform import Done, perform
from service.flows.shelf.redemptions import redeem
from service.store import sessions
from tests import clock
from tests.web.conftest import assert_problem
from tests.web.manage import Manage, manage
from tests.web.test_where_value_leaves import NOON, Made

if TYPE_CHECKING:
    from tests.web.conftest import Clinic, Server


__all__ = ["manage"]


async def priced(clinic: Clinic, reward: str, client: httpx.AsyncClient, **change: Any) -> dict[str, Any]:  # noqa: ANN401
    """Change a reward, as it stands now."""
    path = f"/v1/rewards/{reward}"
    tag = (await clinic.client("auditor").get(path)).headers["etag"]
    changed = await client.patch(path, json=change, headers={"if-match": tag})
    assert changed.status_code == 200, changed.text
    return dict(changed.json())


async def shelved(clinic: Clinic) -> Made:
    """Put codes at $1.00 on the shelf, and somebody with more than that to spend."""
    made = Made(clinic)
    await made.enroll(3)
    await made.record(NOON - timedelta(days=1))
    return made


async def test_manager_hands_out_no_code_at_a_price_that_they_lowered_alone(clinic: Clinic) -> None:
    """Nor does a key of theirs or of anybody; a colleague does, piece by piece."""
    made = await shelved(clinic)
    shown = await priced(clinic, made.reward, clinic.person("manager"), price=1)
    assert (shown["price"], shown["lowered_by"]) == (1, clinic.staff_ids["manager"])
    own = await made.hand("manager")
    assert_problem(own, 403, "second_person_needed")
    assert "lowered the price" in own.json()["detail"]
    assert_problem(await made.redeem("manager"), 403, "second_person_needed")
    assert_problem(await made.redeem("front_desk"), 403, "second_person_needed")
    given = await made.hand("front_desk")
    assert (given.status_code, given.json()["amount"]) == (201, 1)
    assert given.json()["lowered_by"] == clinic.staff_ids["manager"]
    assert_problem(await made.hand("manager"), 403, "second_person_needed")


@pytest.mark.parametrize("raised", [{"price": 100}, {"name": "Gift card"}])
async def test_raising_it_again_or_renaming_it_is_no_second_person_s_word(
    clinic: Clinic, raised: dict[str, Any]
) -> None:
    """What was set aside while it was low stays asked about, whatever it costs by now."""
    made = await shelved(clinic)
    mug = {"name": "Mug", "unit": "usd", "price": 100, "kind": "item", "category": "leisure"}
    made.reward = (await clinic.post("/v1/rewards", mug)).json()["id"]
    await priced(clinic, made.reward, clinic.person("manager"), price=1)
    held = (await made.redeem()).json()
    await priced(clinic, made.reward, clinic.person("manager"), **raised)
    path = f"/v1/redemptions/{held['id']}/give"
    assert_problem(await clinic.person("manager").post(path), 403, "second_person_needed")
    confirmed = await priced(clinic, made.reward, clinic.another(), price=100)
    assert confirmed["lowered_by"] is None
    assert_problem(await clinic.person("manager").post(path), 403, "second_person_needed")
    assert (await clinic.person("front_desk").post(path)).json()["status"] == "given"


async def test_another_manager_s_word_on_the_price_settles_it(clinic: Clinic) -> None:
    """Naming the price that it has is enough, by a person and no key; what is not named is not confirmed."""
    made = await shelved(clinic)
    manager, another = clinic.person("manager"), clinic.another()
    await priced(clinic, made.reward, manager, price=1)
    lowered = clinic.staff_ids["manager"]
    for client, change in (
        (manager, {"price": 1}),
        (clinic.client(), {"price": 1}),
        (another, {"name": "Gift card"}),
    ):
        assert (await priced(clinic, made.reward, client, **change))["lowered_by"] == lowered
    assert (await priced(clinic, made.reward, another, price=1))["lowered_by"] is None
    assert (await made.hand("manager")).status_code == 201


async def test_a_lower_fair_value_is_a_lower_price(clinic: Clinic) -> None:
    """It counts less against what may be given; a higher one asks nobody."""
    made = await shelved(clinic)
    manager = clinic.person("manager")
    assert (await priced(clinic, made.reward, manager, fair_value=2500))["lowered_by"] is None
    assert (await priced(clinic, made.reward, manager, price=200))["lowered_by"] is None
    lowered = await priced(clinic, made.reward, manager, fair_value=1)
    assert lowered["lowered_by"] == clinic.staff_ids["manager"]
    assert_problem(await made.hand("manager"), 403, "second_person_needed")


async def test_nobody_takes_a_lowered_code_in_the_portal(server: Server, clinic: Clinic) -> None:
    """The desk hands it out, until another manager has named the price."""
    made = await shelved(clinic)
    await priced(clinic, made.reward, clinic.person("manager"), price=1)
    themselves = Actor(UUID(clinic.id), UUID(made.who), "participant")
    asked = partial(redeem, new=NewRedemption(UUID(made.who), UUID(made.reward)))
    assert await perform(server.database, themselves, asked) == refused("second_person_needed.desk")
    await priced(clinic, made.reward, clinic.another(), price=1)
    assert isinstance(await perform(server.database, themselves, asked), Done)


async def test_page_of_a_lowered_reward_says_so(clinic: Clinic, manage: Manage) -> None:
    """Until another manager saves the price."""
    made = await shelved(clinic)
    page = f"/manage/shelf/{made.reward}"
    assert "lowered its price" not in (await manage.get(page)).text
    await priced(clinic, made.reward, clinic.person("manager"), price=1)
    assert "lowered its price" in (await manage.get(page)).text
    form = {"name": "Card", "price": "0.01", "category": "gift-cards", "instant": "yes", "active": "yes"}
    saved = await manage.post(page, {**form, "revision": "2", "unit": "usd"})
    assert saved.status_code == 303, saved.text
    assert "lowered its price" not in (await manage.get(page)).text


async def test_a_session_that_was_left_open_lowers_no_price(server: Server, clinic: Clinic) -> None:
    """Whoever changes a reward has shown who they are within some minutes."""
    made = await shelved(clinic)
    path = f"/v1/rewards/{made.reward}"
    async with server.database.transaction(UUID(clinic.id)) as tx:
        tx.now = clock.now() - timedelta(minutes=11)
        query = "select session_id from sessions where staff_id = $1"
        for row in await tx.connection.fetch(query, UUID(clinic.staff_ids["manager"])):
            await sessions.prove(tx, row["session_id"])
    tag = (await clinic.get(path)).headers["etag"]
    changed = await clinic.person().patch(path, json={"price": 1}, headers={"if-match": tag})
    assert_problem(changed, 403, "proof_required")
    assert (await clinic.get(path)).json()["price"] == 100

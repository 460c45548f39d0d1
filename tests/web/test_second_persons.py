"""Manual awards and write-offs over HTTP: who may, what is answered, and that it happens once."""

from __future__ import annotations

import asyncio
from collections import Counter
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import httpx
import pytest

from tests.web.conftest import assert_problem

if TYPE_CHECKING:
    from schemas.people import Role
    from tests.web.conftest import Clinic

AWARDS = "/v1/manual-awards"


@pytest.fixture
async def participant(clinic: Clinic) -> str:
    """Register somebody."""
    answer = await clinic.post("/v1/participants", {"reference": "A-1"})
    return str(answer.json()["id"])


async def propose(clinic: Clinic, participant: str, role: Role = "clinician", **more: Any) -> httpx.Response:  # noqa: ANN401
    """Propose a manual award."""
    asked = {"participant": participant, "unit": "usd", "amount": 500, "reason": "Helped others", **more}
    return await clinic.post(AWARDS, asked, role, idempotency_key=str(uuid4()))


async def shelve(clinic: Clinic, stock: int = 5) -> str:
    """Put an item on the shelf."""
    reward = {"name": "Mug", "unit": "usd", "price": 1, "kind": "item", "category": "leisure", "stock": stock}
    return str((await clinic.post("/v1/rewards", reward)).json()["id"])


async def test_a_clinician_proposes_and_a_manager_approves(clinic: Clinic, participant: str) -> None:
    """The whole walk, with what each step answers."""
    made = await propose(clinic, participant)
    award = made.json()
    path = f"{AWARDS}/{award['id']}"
    assert (made.status_code, made.headers["location"], award["status"]) == (201, path, "proposed")
    assert award["proposed_by"] == clinic.key_ids["clinician"]
    assert (award["paid"], award["balances"]) == (None, [])
    assert (await clinic.get(AWARDS, status="proposed")).json()["items"] == [award]
    approved = await clinic.post(f"{path}/approve", {}, "another", idempotency_key="yes")
    told = approved.json()
    assert (approved.status_code, told["status"], told["paid"], told["clipped"]) == (200, "approved", 500, 0)
    assert told["settled_by"] == clinic.staff_ids["another"]
    assert told["balances"] == [{"unit": "usd", "available": 500, "held": 0, "given": 0, "earned": 500}]
    again = await clinic.post(f"{path}/approve", {}, "another", idempotency_key="yes")
    assert (again.headers["idempotent-replayed"], again.content) == ("true", approved.content)
    assert_problem(await clinic.another().post(f"{path}/approve"), 409, "already_settled")
    read = (await clinic.get(path, "front_desk")).json()
    assert read == {**told, "balances": []}
    statement = await clinic.get(f"/v1/participants/{participant}/statement")
    assert [line["sentence"] for line in statement.json()["items"]] == ["Your clinic added $5.00."]
    assert "Helped" not in statement.text


async def test_a_manager_s_own_proposal_takes_another_manager(clinic: Clinic, participant: str) -> None:
    """403 with a code of its own, and words that say who can help."""
    path = f"{AWARDS}/{(await propose(clinic, participant, 'manager')).json()['id']}"
    for step in ("approve", "refuse"):
        answer = await clinic.client().post(f"{path}/{step}")
        assert_problem(answer, 403, "same_person")
        assert "another manager" in answer.json()["detail"]
    another = clinic.another()
    assert (await another.post(f"{path}/approve")).json()["paid"] == 500


async def test_a_refusal_needs_no_words_and_may_have_some(clinic: Clinic, participant: str) -> None:
    """Without a body, with an empty one, with a reason; what else is in it is refused."""
    bodies: list[dict[str, Any]] = [{}, {"json": {}}, {"json": {"reason": "Rewarded already"}}]
    for body, said in zip(bodies, (None, None, "Rewarded already"), strict=True):
        path = f"{AWARDS}/{(await propose(clinic, participant)).json()['id']}/refuse"
        assert_problem(await clinic.post(path, {"why": "x"}), 422, "invalid")
        refused = await clinic.client().post(path, **body)
        assert (refused.status_code, refused.json()["status"], refused.json()["refusal"]) == (
            200,
            "refused",
            said,
        )
    assert (await clinic.get(f"/v1/participants/{participant}/balance")).json()["balances"] == []


async def test_a_proposal_needs_a_key_a_reason_and_an_amount_that_can_be_meant(
    clinic: Clinic, participant: str
) -> None:
    """Each fault is named at its place; a key that came before with the same words is answered the same."""
    asked = {"participant": participant, "unit": "usd", "amount": 500, "reason": "Helped others"}
    assert_problem(await clinic.post(AWARDS, asked), 400, "idempotency_key_required")
    faults = (
        ({"amount": 0}, "$.amount"),
        ({"amount": 1_000_001}, "$.amount"),
        ({"amount": 5.5}, "$.amount"),
        ({"reason": ""}, "$.reason"),
        ({"unit": "euro"}, "$.unit"),
        ({"unit": "draw"}, "$.enrollment"),
        ({"tax": 1}, "$.tax"),
    )
    for fault, pointer in faults:
        answer = await clinic.post(AWARDS, {**asked, **fault}, idempotency_key="k")
        assert_problem(answer, 422, "invalid")
        assert answer.json()["errors"][0]["pointer"] == pointer
    first = await clinic.post(AWARDS, asked, idempotency_key="k")
    again = await clinic.post(AWARDS, asked, idempotency_key='"k"')
    assert (first.status_code, again.status_code, again.content) == (201, 201, first.content)
    other = await clinic.post(AWARDS, {**asked, "amount": 501}, idempotency_key="k")
    assert_problem(other, 422, "idempotency_conflict")


async def test_only_managers_settle_and_only_clinicians_and_managers_propose(
    clinic: Clinic, participant: str
) -> None:
    """Everybody at the clinic can read what waits; an integration cannot."""
    award = (await propose(clinic, participant)).json()["id"]
    stocked = await clinic.post(f"/v1/rewards/{await shelve(clinic)}/stock", {"change": -1, "reason": "Torn"})
    write_off = stocked.json()["write_off"]
    others: tuple[Role, ...] = ("front_desk", "clinician", "auditor", "integration")
    for role in others:
        for noun in (f"{AWARDS}/{award}", f"/v1/write-offs/{write_off}"):
            for step in ("approve", "refuse"):
                assert_problem(await clinic.client(role).post(f"{noun}/{step}"), 403, "forbidden")
            read = await clinic.get(noun, role)
            assert read.status_code == (403 if role == "integration" else 200)
        proposed = await propose(clinic, participant, role)
        assert proposed.status_code == (201 if role == "clinician" else 403)


async def test_fifty_approvals_at_once_over_http_pay_once(clinic: Clinic, participant: str) -> None:
    """With keys of their own one is done, and the others hear that it is settled."""
    path = f"{AWARDS}/{(await propose(clinic, participant)).json()['id']}/approve"
    answers = await asyncio.gather(
        *(clinic.post(path, {}, "another", idempotency_key=f"k-{number}") for number in range(50))
    )
    assert Counter(answer.status_code for answer in answers) == {200: 1, 409: 49}
    balance = (await clinic.get(f"/v1/participants/{participant}/balance")).json()["balances"]
    assert [one["earned"] for one in balance] == [500]


async def test_a_write_off_is_accepted_first_and_taken_on_another_s_word(clinic: Clinic) -> None:
    """202 with the reward as it stands; a repeat under the same key is the same 202."""
    reward = await shelve(clinic)
    stock = f"/v1/rewards/{reward}/stock"
    torn = {"change": -2, "reason": "Two were torn"}
    accepted = await clinic.post(stock, torn, idempotency_key="torn")
    told = accepted.json()
    path = f"/v1/write-offs/{told['write_off']}"
    assert (accepted.status_code, accepted.headers["location"], told["stock"]) == (202, path, 5)
    again = await clinic.post(stock, torn, idempotency_key="torn")
    assert (again.status_code, again.headers["location"], again.content) == (202, path, accepted.content)
    waiting = (await clinic.get("/v1/write-offs", status="proposed")).json()["items"]
    assert [(one["id"], one["pieces"], one["reason"]) for one in waiting] == [
        (told["write_off"], 2, "Two were torn")
    ]
    assert_problem(await clinic.client().post(f"{path}/approve"), 403, "same_person")
    another = clinic.another()
    approved = await another.post(f"{path}/approve")
    assert (approved.status_code, approved.json()["status"]) == (200, "approved")
    assert (await clinic.get(f"/v1/rewards/{reward}")).json()["stock"] == 3
    assert_problem(await another.post(f"{path}/refuse"), 409, "already_settled")
    assert_problem(await clinic.post(stock, {"change": -4, "reason": "Gone"}), 422, "out_of_stock")
    more = await clinic.post(stock, {"change": 4, "reason": "More came"})
    assert (more.status_code, more.json()["stock"], more.json()["write_off"]) == (200, 7, None)
    assert "location" not in more.headers


async def test_an_edit_goes_by_the_tag_that_a_write_off_answered_with(clinic: Clinic) -> None:
    """The stock is no part of a reward's version, and neither is a proposal about it."""
    reward = await shelve(clinic)
    accepted = await clinic.post(f"/v1/rewards/{reward}/stock", {"change": -1, "reason": "Torn"})
    edited = await clinic.client().patch(
        f"/v1/rewards/{reward}", json={"price": 2}, headers={"if-match": accepted.headers["etag"]}
    )
    assert edited.json()["price"] == 2


async def test_a_key_approves_nothing_whosever_it_is(clinic: Clinic, participant: str) -> None:
    """Not even what somebody else proposed: whose hand is on a key cannot be seen. It may refuse."""
    award = f"{AWARDS}/{(await propose(clinic, participant)).json()['id']}"
    answer = await clinic.client().post(f"{award}/approve")
    assert_problem(answer, 403, "person_needed")
    assert "/v1/sessions" in answer.json()["detail"]
    assert (await clinic.client().post(f"{award}/refuse")).json()["status"] == "refused"


async def test_a_manager_their_key_and_a_key_that_it_made_are_one_person(
    clinic: Clinic, participant: str
) -> None:
    """Whichever of them proposed, the manager's own session does not approve it."""
    issued = await clinic.post(
        "/v1/keys", {"role": "clinician", "responsible": clinic.staff_ids["clinician"]}
    )
    minted = {"authorization": f"Bearer {issued.json()['key']}"}
    asked = {"participant": participant, "unit": "usd", "amount": 500, "reason": "Helped others"}
    for number, headers in enumerate(({}, minted)):
        made = await clinic.client().post(
            AWARDS, json=asked, headers={**headers, "idempotency-key": str(number)}
        )
        path = f"{AWARDS}/{made.json()['id']}/approve"
        assert_problem(await clinic.person().post(path), 403, "same_person")
        assert (await clinic.another().post(path)).json()["paid"] == 500

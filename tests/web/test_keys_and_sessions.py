"""Keys end, have scopes and a person who answers for them; that person's own sessions are asked again."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

import asyncpg
import httpx
import pyotp
import pytest

from schemas.keys import NewKey
from schemas.staff import NewStaff
from service.core.access.keys import SCOPES
from service.flows.access.keys import answer_for, issue_key
from service.flows.access.second_factor import begin_second_factor, new_secret
from service.flows.access.staff import create_staff
from service.flows.perform import Done, perform
from service.flows.setup.clinics import operator
from service.store import keys, sessions
from service.web.api.routes import ROUTES
from service.web.http.route import OPEN
from tests import clock
from tests.web.conftest import assert_problem

if TYPE_CHECKING:
    from tests.web.conftest import Clinic, Server

PASSWORD = "three blue herons"


def bearer(secret: str) -> dict[str, str]:
    """Give the header that a secret is sent in."""
    return {"authorization": f"Bearer {secret}"}


async def write(server: Server, clinic: Clinic, statement: str, *values: object) -> None:
    """Write into the clinic's rows as the service."""
    async with server.database.transaction(UUID(clinic.id)) as tx:
        await tx.connection.execute(statement, *values)


async def last_day(server: Server, clinic: Clinic, key: str, day: date) -> None:
    """Write another last day of a key as the owner, for the service may not, and its mark with it."""
    asked = "select * from keys where key_id = $1"
    async with server.database.transaction(UUID(clinic.id)) as tx:
        row = await tx.connection.fetchrow(asked, UUID(key))
        assert row is not None
        said = (row["role"], day, row["scopes"], row["created_by"])
        mark = keys.mark_of(tx, UUID(key), row["secret_hash"], *said)
    owner = await asyncpg.connect(server.settings.migration_database_url)
    try:
        written = "update keys set expires_on = $1, mark = $2 where key_id = $3"
        async with owner.transaction():
            # A mark is there for good, so the trigger that sees to it has to step aside.
            await owner.execute("alter table keys disable trigger keys_mark_for_good")
            await owner.execute(written, day, mark, UUID(key))
            await owner.execute("alter table keys enable trigger keys_mark_for_good")
    finally:
        await owner.close()


async def by_operator(server: Server, clinic: Clinic, operation: Any) -> Any:  # noqa: ANN401  any operation
    """Do something as whoever runs a command on the service's machine."""
    done = await perform(server.database, operator(UUID(clinic.id)), operation)
    assert isinstance(done, Done), done
    return done.value


async def enter(clinic: Clinic, email: str, **more: str) -> httpx.Response:
    """Sign in over the API."""
    async with httpx.AsyncClient(base_url=clinic.url) as client:
        return await client.post("/v1/sessions", json={"email": email, "password": PASSWORD, **more})


def test_every_guarded_route_needs_a_scope_of_a_key() -> None:
    """Save a session's own, which no key reaches; who comes in and what is secret changes by two of them."""
    guarded = [route for route in ROUTES if route.roles is not OPEN and route.tag != "sessions"]
    assert {route.scope for route in guarded} == set(SCOPES)
    again = {route.name for route in guarded if route.asks_again}
    assert again == {
        "issue_key", "revoke_key", "add_staff", "change_staff", "invite_staff",
        "add_subscriber", "change_subscriber", "remove_subscriber", "rotate_subscriber_secret",
        "add_provider_account", "change_provider_account",
        "add_source", "change_source", "remove_source", "rotate_source_secret",
        "set_pull", "end_pull", "register_smart_client",
        "change_reward", "set_second_person_rules", "set_second_person_limit",
    }  # fmt: skip  # table: operations by their resource


async def test_a_key_ends_after_its_last_day_in_the_clinic_s_zone(server: Server, clinic: Clinic) -> None:
    """A year from now where nothing is said; one that has ended is told so by a code of its own."""
    made = (await clinic.post("/v1/keys", {"role": "auditor"})).json()
    assert timedelta(days=364) <= date.fromisoformat(made["expires_on"]) - clock.today()
    async with httpx.AsyncClient(base_url=clinic.url, headers=bearer(made["key"])) as client:
        assert (await client.get("/v1/audit")).status_code == 200
    yesterday = clock.today() - timedelta(days=2)
    early = (await clinic.post("/v1/keys", {"role": "auditor"})).json()
    await last_day(server, clinic, early["id"], yesterday)
    async with httpx.AsyncClient(base_url=clinic.url, headers=bearer(early["key"])) as client:
        answer = await client.get("/v1/audit")
    assert_problem(answer, 401, "key_expired")
    # The trail tells of another day.
    told = date.fromisoformat(early["expires_on"])
    await last_day(server, clinic, early["id"], told)
    assert answer.headers["www-authenticate"].startswith("Bearer")
    for day in (yesterday, clock.today() + timedelta(days=1900)):
        asked = {"role": "auditor", "expires_on": day.isoformat()}
        refused = await clinic.post("/v1/keys", asked)
        assert_problem(refused, 422, "invalid")
        assert refused.json()["errors"][0]["pointer"] == "$.expires_on"


async def test_a_key_does_what_its_scopes_say_and_grants_no_other(clinic: Clinic) -> None:
    """The refusal names the scope; a key that makes keys gives what it has."""
    asked = {"role": "manager", "scopes": ["access.write", "people.read"]}
    made = (await clinic.post("/v1/keys", asked)).json()
    assert made["scopes"] == ["people.read", "access.write"]
    async with httpx.AsyncClient(base_url=clinic.url, headers=bearer(made["key"])) as client:
        assert (await client.get("/v1/participants")).status_code == 200
        answer = await client.post("/v1/participants", json={"reference": "A-1"})
        assert_problem(answer, 403, "scope_missing")
        assert "people.write" in answer.json()["detail"]
        more = await client.post("/v1/keys", json={"role": "manager", "scopes": ["people.write"]})
        assert_problem(more, 403, "scope_missing")
        same = await client.post("/v1/keys", json={"role": "manager"})
        assert same.json()["scopes"] == made["scopes"]


async def test_a_key_ends_with_whoever_answers_for_it(clinic: Clinic) -> None:
    """Disabled, or of a role that may less than the key: neither it nor their session opens anything."""
    member = clinic.staff_ids["clinician"]
    asked = {"role": "front_desk", "responsible": member}
    small = (await clinic.post("/v1/keys", asked)).json()["key"]
    etag = {"if-match": "*"}
    path = f"/v1/staff/{member}"
    assert (await clinic.get("/v1/participants", "clinician")).status_code == 200
    await clinic.client().patch(path, json={"role": "front_desk"}, headers=etag)
    assert_problem(await clinic.get("/v1/participants", "clinician"), 401, "unauthenticated")
    assert_problem(await clinic.person("clinician").get("/v1/participants"), 401, "unauthenticated")
    async with httpx.AsyncClient(base_url=clinic.url, headers=bearer(small)) as client:
        assert (await client.get("/v1/participants")).status_code == 200
        await clinic.client().patch(path, json={"disabled": True}, headers=etag)
        assert_problem(await client.get("/v1/participants"), 401, "unauthenticated")
    too_much = await clinic.post("/v1/keys", {"role": "manager", "responsible": clinic.staff_ids["auditor"]})
    assert_problem(too_much, 422, "invalid")
    assert_problem(await clinic.post("/v1/keys", asked), 422, "invalid")


@pytest.mark.parametrize("by_key", [True, False])
async def test_a_key_ends_with_whoever_made_it(clinic: Clinic, *, by_key: bool) -> None:
    """They saw its secret, though another person answers for it; one that a key of theirs made ends too."""
    member, maker = clinic.staff_ids["clinician"], clinic.staff_ids["manager"]
    asked = {"role": "front_desk", "responsible": member}
    manager = clinic.person("manager")
    if by_key:
        own = await manager.post("/v1/keys", json={"role": "manager"})
        async with httpx.AsyncClient(base_url=clinic.url, headers=bearer(own.json()["key"])) as client:
            secret = (await client.post("/v1/keys", json=asked)).json()["key"]
    else:
        secret = (await manager.post("/v1/keys", json=asked)).json()["key"]
    kept = (await clinic.another().post("/v1/keys", json=asked)).json()["key"]
    done = await clinic.another().patch(
        f"/v1/staff/{maker}", json={"disabled": True}, headers={"if-match": "*"}
    )
    assert done.status_code == 200, done.text
    for key, status in ((secret, 401), (kept, 200)):
        async with httpx.AsyncClient(base_url=clinic.url, headers=bearer(key)) as holder:
            assert (await holder.get("/v1/participants")).status_code == status


async def test_a_key_whose_person_is_barred_opens_nothing_even_if_nobody_revoked_it(
    server: Server, clinic: Clinic
) -> None:
    """The look-up asks for its person too."""
    who = UUID(clinic.staff_ids["auditor"])
    await write(server, clinic, "update staff set disabled_at = now() where staff_id = $1", who)
    assert_problem(await clinic.get("/v1/audit", "auditor"), 401, "unauthenticated")
    await write(server, clinic, "update staff set disabled_at = null where staff_id = $1", who)


async def test_what_nobody_s_key_proposes_is_approved_by_nobody_until_it_is_said_whose_it_is(
    server: Server, clinic: Clinic
) -> None:
    """Nobody knows whose hand is on it; the operator says so, and then another person approves."""
    made = await by_operator(server, clinic, lambda act: issue_key(act, NewKey("manager")))
    person = (await clinic.post("/v1/participants", {"reference": "A-1"})).json()["id"]
    award = {"participant": person, "unit": "usd", "amount": 500, "reason": "Helped others"}
    headers = {**bearer(made.key), "idempotency-key": str(uuid4())}
    proposed = await clinic.client().post("/v1/manual-awards", json=award, headers=headers)
    assert proposed.status_code == 201, proposed.text
    path = f"/v1/manual-awards/{proposed.json()['id']}/approve"
    assert_problem(await clinic.another().post(path), 403, "proposer_unknown")
    manager = UUID(clinic.staff_ids["manager"])
    await by_operator(server, clinic, partial(answer_for, key_id=made.id, responsible=manager))
    assert_problem(await clinic.person().post(path), 403, "same_person")
    assert (await clinic.another().post(path)).json()["paid"] == 500


async def test_a_member_of_staff_signs_in_for_a_program_and_acts_as_themselves(
    server: Server, clinic: Clinic
) -> None:
    """With all that is asked of them; the session ends when they say so, and opens no page."""
    new = NewStaff(f"m.{clinic.id}@example.org", "manager", password=PASSWORD)
    who = await by_operator(server, clinic, partial(create_staff, new=new))
    assert_problem(await enter(clinic, f"x{who.email}"), 401, "unauthenticated")
    opened = await enter(clinic, who.email)
    assert (opened.status_code, opened.json()["staff"]) == (201, str(who.id))
    async with httpx.AsyncClient(base_url=clinic.url, headers=bearer(opened.json()["token"])) as client:
        made = await client.post("/v1/participants", json={"reference": "A-1"})
        assert made.status_code == 201
        trail = (await clinic.get("/v1/audit", "auditor")).json()["items"]
        assert [one["actor"] for one in trail if one["deed"] == "participant.registered"] == [str(who.id)]
        client.cookies.set("cmr_session", opened.json()["token"])
        assert (await client.get("/manage")).headers["location"].startswith("/?to=")
        assert (await client.delete("/v1/sessions/current")).status_code == 200
        assert_problem(await client.get("/v1/participants"), 401, "unauthenticated")
    secret = new_secret()
    code = pyotp.TOTP(secret)
    begun = partial(begin_second_factor, staff_id=who.id, secret=secret, digits=code.at(clock.now()))
    rescue = await by_operator(server, clinic, begun)
    assert_problem(await enter(clinic, who.email), 403, "second_factor_needed")
    assert_problem(await enter(clinic, who.email, code="000000"), 401, "unauthenticated")
    assert (await enter(clinic, who.email, code=rescue[0])).status_code == 201


@pytest.mark.parametrize(
    "path",
    [
        "/v1/keys",
        "/v1/staff",
        "/v1/subscribers",
        "/v1/sources",
        "/v1/second-person-rules",
        "/v1/second-person-limits",
    ],
)
async def test_whoever_changes_who_may_come_in_is_asked_again(
    server: Server, clinic: Clinic, path: str
) -> None:
    """A session that was left open does not; with the password shown again it does, for some minutes."""
    new = NewStaff(f"m.{clinic.id}@example.org", "manager", password=PASSWORD)
    who = await by_operator(server, clinic, partial(create_staff, new=new))
    opened = (await enter(clinic, who.email)).json()
    bodies: dict[str, Any] = {
        "/v1/keys": {"role": "auditor"},
        "/v1/staff": {"email": f"n.{clinic.id}@example.org", "role": "auditor"},
        "/v1/subscribers": {"url": "https://receiver.example.org/", "types": ["award.posted"]},
        "/v1/sources": {"verifier": {"type": "bearer"}},
        "/v1/second-person-rules": {"overturn_own": True},
        "/v1/second-person-limits": {"unit": "usd", "amount": 99_999},
    }
    async with server.database.transaction(UUID(clinic.id)) as tx:
        tx.now = clock.now() - timedelta(minutes=11)
        await sessions.prove(tx, UUID(opened["id"]))
    async with httpx.AsyncClient(base_url=clinic.url, headers=bearer(opened["token"])) as client:
        assert_problem(await client.post(path, json=bodies[path]), 403, "proof_required")
        assert (await client.get(path)).status_code == 200
        wrong = await client.post("/v1/sessions/current/proof", json={"password": "not this one"})
        assert_problem(wrong, 401, "unauthenticated")
        assert_problem(await client.post(path, json=bodies[path]), 403, "proof_required")
        assert (
            await client.post("/v1/sessions/current/proof", json={"password": PASSWORD})
        ).status_code == 200
        assert (await client.post(path, json=bodies[path])).status_code == 201

# long: a scene for every refusal stands beside the others, with the one stage that they play on
"""Every refusal code that the web can give is given, with its status, by something that a clinic might do."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import asyncpg
import httpx
import msgspec
import pytest

from schemas.problem import Code
from service.settings import Settings
from service.web.contract import examples
from service.web.http.answers import CODES, MEANINGS
from tests import clock

if TYPE_CHECKING:
    from tests.web.conftest import Clinic, Server

# At an hour at which the clinic and UTC have the same day.
START = clock.now().replace(hour=15, minute=0, second=0, microsecond=0) - timedelta(days=60)
SOME = "019cb012-7d40-7000-8000-000000000001"

ELSEWHERE: set[Code] = {
    "method_not_allowed",
    "unsupported_media_type",
    "not_acceptable",
    "malformed",
    "invalid",
    "too_large",
    "unauthenticated",
    "forbidden",
    "key_expired",
    "second_factor_needed",
    "proof_required",
    "proposer_unknown",
    "not_found",
    "precondition_required",
    "precondition_failed",
    "idempotency_key_required",
    "idempotency_key_malformed",
    "idempotency_conflict",
    "request_timeout",
    "too_many_requests",
    "too_many_streams",
    "unavailable",
    "clinic_moved",
    "clinic_moving",
    "internal",
    "program_faulty",
    "idempotency_in_flight",
    "insufficient_balance",
    "out_of_stock",
}
"""Codes that the other tests of this folder bring about."""


class Stage:
    """A clinic with one person, enrolled, who has earned $2.50, and a shelf."""

    def __init__(self, clinic: Clinic) -> None:
        """Begin with the clinic."""
        self.clinic = clinic
        self.participant = self.enrollment = self.item = self.code = ""

    async def set(self) -> None:
        """Put everything in its place."""
        post = self.clinic.post
        program = msgspec.to_builtins(examples.PROGRAM)
        await post("/v1/programs", program)
        twin = {**program, "name": "twin", "record_within_days": 3}
        await post("/v1/programs", twin)
        self.participant = (await post("/v1/participants", {"reference": "A-1"})).json()["id"]
        self.enrollment = (await self.enroll()).json()["id"]
        await post("/v1/events", self.event(reference="lab-1"))
        shelf = {"name": "Mug", "unit": "usd", "price": 100, "category": "leisure"}
        self.item = (await post("/v1/rewards", {**shelf, "kind": "item"})).json()["id"]
        self.code = (await post("/v1/rewards", {**shelf, "kind": "code"})).json()["id"]

    async def enroll(self, program: str = examples.PROGRAM_NAME, **also: str) -> httpx.Response:
        """Enroll the person, or somebody else."""
        asked = {
            "participant": self.participant,
            "program": program,
            "starts_on": START.date().isoformat(),
            **also,
        }
        return await self.clinic.post("/v1/enrollments", asked)

    def event(self, **also: Any) -> dict[str, Any]:  # noqa: ANN401  any JSON
        """Make an event of yesterday."""
        at = (clock.now() - timedelta(days=1)).replace(microsecond=0)
        event = {
            "enrollment": self.enrollment,
            "target": "stimulant-negative",
            "outcome": "negative",
            "occurred_at": at.isoformat(),
            **also,
        }
        return {name: value for name, value in event.items() if value is not None}

    async def record(self, **also: Any) -> httpx.Response:  # noqa: ANN401  any JSON
        """Record an event with something else about it."""
        return await self.clinic.post("/v1/events", self.event(**also), "integration")

    async def redeem(self, **also: Any) -> httpx.Response:  # noqa: ANN401  any JSON
        """Redeem the item, or something else."""
        asked = {"participant": self.participant, "reward": self.item, **also}
        return await self.clinic.post("/v1/redemptions", asked, idempotency_key="one")


async def _ambiguous(stage: Stage) -> httpx.Response:
    await stage.enroll("twin")
    return await stage.record(enrollment=None, target=None, participant=stage.participant, behavior="test")


async def _not_enrolled(stage: Stage) -> httpx.Response:
    return await stage.record(
        enrollment=None, target=None, participant=stage.participant, behavior="homework"
    )


async def _late(stage: Stage) -> httpx.Response:
    twin = (await stage.enroll("twin")).json()["id"]
    return await stage.record(enrollment=twin, occurred_at=(START + timedelta(days=2)).isoformat())


async def _close_twice(stage: Stage) -> httpx.Response:
    path, asked = (
        f"/v1/enrollments/{stage.enrollment}/close",
        {"reason": "done", "on": clock.today().isoformat()},
    )
    await stage.clinic.post(path, asked)
    return await stage.clinic.post(path, asked)


async def _off_the_shelf(stage: Stage) -> httpx.Response:
    await stage.clinic.client().patch(
        f"/v1/rewards/{stage.item}", json={"active": False}, headers={"if-match": "*"}
    )
    return await stage.redeem()


async def _code_twice(stage: Stage) -> httpx.Response:
    await stage.clinic.post(f"/v1/rewards/{stage.code}/codes", {"codes": ["ABC-1"]})
    return await stage.clinic.post(f"/v1/rewards/{stage.code}/codes", {"codes": ["ABC-2", "ABC-1"]})


async def _corrected_twice(stage: Stage) -> httpx.Response:
    at = (START + timedelta(days=1)).isoformat()
    event = (await stage.record(occurred_at=at)).json()["event"]["id"]
    asked = {"kind": "entry_error", "reason": "The wrong person."}
    await stage.clinic.post(f"/v1/events/{event}/corrections", asked)
    return await stage.clinic.post(f"/v1/events/{event}/corrections", asked)


async def _settled_twice(stage: Stage) -> httpx.Response:
    path = f"/v1/redemptions/{(await stage.redeem()).json()['id']}"
    await stage.clinic.person("clinician").post(f"{path}/give")
    return await stage.clinic.client().post(f"{path}/cancel")


async def _ended_twice(stage: Stage) -> httpx.Response:
    cap = {"per": "year", "unit": "usd", "amount": 75_000, "starts_on": "2026-01-01", "reason": "The county."}
    made = await stage.clinic.post("/v1/caps", cap | {"ends_on": "2099-12-31"})
    return await stage.clinic.post(f"/v1/caps/{made.json()['id']}/end", {"on": "2099-06-30"})


async def _past_a_cap(stage: Stage) -> httpx.Response:
    cap = {"per": "year", "unit": "usd", "amount": 300, "starts_on": "2026-01-01", "reason": "The county."}
    await stage.clinic.post("/v1/caps", cap)
    mug = {"name": "Big mug", "unit": "usd", "price": 100, "fair_value": 900, "category": "leisure"}
    made = await stage.clinic.post("/v1/rewards", {**mug, "kind": "item"})
    return await stage.redeem(reward=made.json()["id"])


async def _all_alone(stage: Stage) -> httpx.Response:
    await stage.clinic.post("/v1/second-person-rules", {"roles": ["manager"], "record_within_days": 0})
    reward = {"participant": stage.participant, "reward": stage.code}
    await stage.clinic.post(f"/v1/rewards/{stage.code}/codes", {"codes": ["ABC-1"]})
    return await stage.clinic.post("/v1/redemptions", reward, idempotency_key="one")


async def _own_proposal(stage: Stage) -> httpx.Response:
    award = {"participant": stage.participant, "unit": "usd", "amount": 100, "reason": "Helped others"}
    made = await stage.clinic.post("/v1/manual-awards", award, idempotency_key="by-hand")
    return await stage.clinic.person().post(f"/v1/manual-awards/{made.json()['id']}/approve")


async def _approved_by_a_key(stage: Stage) -> httpx.Response:
    award = {"participant": stage.participant, "unit": "usd", "amount": 100, "reason": "Helped others"}
    made = await stage.clinic.post("/v1/manual-awards", award, "clinician", idempotency_key="by-hand")
    return await stage.clinic.client().post(f"/v1/manual-awards/{made.json()['id']}/approve")


async def _beyond_its_scopes(stage: Stage) -> httpx.Response:
    asked = {"role": "manager", "scopes": ["people.read", "people.write"]}
    key = (await stage.clinic.post("/v1/keys", asked)).json()["key"]
    return await stage.clinic.client().get("/v1/programs", headers={"authorization": f"Bearer {key}"})


async def _closure_begun(stage: Stage) -> httpx.Response:
    today = clock.today().isoformat()
    closure = {"first_day": START.date().isoformat(), "last_day": today, "reason": "Moving house"}
    made = await stage.clinic.post("/v1/closures", closure)
    return await stage.clinic.client().delete(f"/v1/closures/{made.json()['id']}")


async def _subscribe(stage: Stage, url: str = "https://receiver.example.org/notices") -> httpx.Response:
    return await stage.clinic.post("/v1/subscribers", {"url": url, "types": ["award.posted"]})


async def _consent(stage: Stage, subscriber: str) -> httpx.Response:
    asked = {"participant": stage.participant, "subscriber": subscriber, "purpose": "Billing"}
    return await stage.clinic.post("/v1/consents", asked)


async def _ping_nobody(stage: Stage) -> httpx.Response:
    path = f"/v1/subscribers/{(await _subscribe(stage)).json()['id']}"
    await stage.clinic.client().patch(path, json={"status": "disabled"}, headers={"if-match": "*"})
    return await stage.clinic.client().post(f"{path}/test")


async def _revoked_twice(stage: Stage) -> httpx.Response:
    made = await _consent(stage, (await _subscribe(stage)).json()["id"])
    path = f"/v1/consents/{made.json()['id']}/revoke"
    await stage.clinic.client().post(path)
    return await stage.clinic.client().post(path)


async def _reference_taken(stage: Stage) -> httpx.Response:
    return await stage.record(reference="lab-1", outcome="positive")


async def _another_category(stage: Stage) -> httpx.Response:
    tier = {"name": "a pen", "slips": 1, "category": "learning"}
    await _session(stage, bowls=[{"name": "pens", "tiers": [tier]}])
    drawn = await stage.clinic.post(
        f"/v1/participants/{stage.participant}/draws", {"count": 1}, idempotency_key="slip"
    )
    prize = drawn.json()["draws"][0]["prize"]["id"]
    return await stage.clinic.post(f"/v1/prizes/{prize}/give", {"reward": stage.item})


async def _hat_twice(stage: Stage) -> httpx.Response:
    await _session(stage)
    await stage.clinic.post("/v1/hats", _hat(), idempotency_key="first")
    return await stage.clinic.post("/v1/hats", _hat(), idempotency_key="second")


async def _nobody_there(stage: Stage) -> httpx.Response:
    await _session(stage, outcome="absent")
    return await stage.clinic.post("/v1/hats", _hat(), idempotency_key="hat")


async def _replace(stage: Stage, redemption: str, key: str) -> httpx.Response:
    path = f"/v1/redemptions/{redemption}/replace"
    return await stage.clinic.post(path, {"reason": "It tore."}, idempotency_key=key)


async def _nothing_given(stage: Stage) -> httpx.Response:
    held = (await stage.redeem()).json()["id"]
    return await _replace(stage, held, "first")


async def _replaced_twice(stage: Stage) -> httpx.Response:
    held = (await stage.redeem()).json()["id"]
    assert (await stage.clinic.person("clinician").post(f"/v1/redemptions/{held}/give")).is_success
    assert (await _replace(stage, held, "first")).status_code in {200, 201}
    return await _replace(stage, held, "second")


async def _opened_twice(stage: Stage) -> httpx.Response:
    as_of = START.date().isoformat()
    opening = {"participant": stage.participant, "unit": "usd", "available": 100, "as_of": as_of}
    said = {**opening, "reason": "From the old system."}
    assert (await stage.clinic.post("/v1/openings", said, idempotency_key="first")).is_success
    return await stage.clinic.post("/v1/openings", said, idempotency_key="second")


async def _second_chart(stage: Stage, outcome: str = "positive") -> str:
    """Register the participant a second time, with another result of the same visit."""
    other = (await stage.clinic.post("/v1/participants", {"reference": "A-2"})).json()["id"]
    enrollment = (await stage.enroll(participant=other)).json()["id"]
    await stage.record(enrollment=enrollment, outcome=outcome)
    return str(other)


async def _merge(stage: Stage, into: str, ended: str) -> httpx.Response:
    return await stage.clinic.post(
        f"/v1/participants/{into}/merge", {"from": ended}, idempotency_key=f"merge-{ended}"
    )


async def _undecided(stage: Stage) -> httpx.Response:
    return await _merge(stage, stage.participant, await _second_chart(stage))


async def _not_last(stage: Stage) -> httpx.Response:
    other = await _second_chart(stage, "negative")
    assert (await _merge(stage, other, stage.participant)).is_success
    third = (await stage.clinic.post("/v1/participants", {"reference": "A-3"})).json()["id"]
    assert (await _merge(stage, third, other)).is_success
    second = stage.clinic.another()
    return await second.post(f"/v1/participants/{third}/unmerge", json={"from": stage.participant})


def _hat() -> dict[str, str]:
    return {"program": "groups", "target": "session", "on": (START + timedelta(days=1)).date().isoformat()}


async def _session(stage: Stage, outcome: str = "attended", **also: Any) -> None:  # noqa: ANN401  any JSON
    """Enroll the participant in groups with a hat, and record that they came, or did not."""
    earn = {"type": "draws", "start": 1, "step": 0, "bowl": "pens" if also else "standard-500"}
    session = {
        "name": "session",
        "behavior": "attendance",
        "hat": {},
        "phases": [{"weeks": [1, 9], "earn": earn}],
    }
    program = {"name": "groups", "title": "Groups", "unit": "usd", "weeks": 9, "targets": [session], **also}
    made = await stage.clinic.post("/v1/programs", program)
    assert made.status_code == 201, made.text
    enrollment = (await stage.enroll("groups")).json()["id"]
    at = (START + timedelta(days=1)).isoformat()
    done = await stage.record(
        enrollment=enrollment, target="session", outcome=outcome, occurred_at=at, reference="session-1"
    )
    assert done.status_code == 201, done.text


async def _unscreened(stage: Stage) -> httpx.Response:
    asks = {"questions": [{"name": "age", "asks": {"en": "Are they 18 or older?"}}]}
    await stage.clinic.post("/v1/programs/twin/screening-questions", asks)
    return await stage.enroll("twin")


async def _minor(stage: Stage) -> httpx.Response:
    young = {"reference": "A-2", "birth_year": START.year - 15}
    who = (await stage.clinic.post("/v1/participants", young)).json()["id"]
    return await stage.enroll(participant=who)


SCENES: list[tuple[Code, Callable[[Stage], Awaitable[httpx.Response]]]] = [
    ("not_enrolled", _not_enrolled),
    ("ambiguous_enrollment", _ambiguous),
    ("already_enrolled", lambda s: s.enroll()),
    ("enrollment_closed", _close_twice),
    ("screening_needed", _unscreened),
    ("guardian_consent_needed", _minor),
    ("unknown_participant", lambda s: s.enroll(participant=SOME)),
    ("unknown_program", lambda s: s.enroll("never-published")),
    ("unknown_target", lambda s: s.record(target="nothing-known")),
    ("unknown_reward", lambda s: s.redeem(reward=SOME)),
    ("unknown_enrollment", lambda s: s.record(enrollment=SOME)),
    ("outcome_not_allowed", lambda s: s.record(outcome="attended")),
    ("event_in_future", lambda s: s.record(occurred_at=(clock.now() + timedelta(hours=1)).isoformat())),
    ("outside_enrollment", lambda s: s.record(occurred_at=(START - timedelta(days=3)).isoformat())),
    ("recorded_too_late", _late),
    ("reference_conflict", _reference_taken),
    ("reference_reserved", lambda s: s.record(reference="missed:1")),
    ("already_recorded", lambda s: s.record(outcome="positive")),
    ("closure_begun", _closure_begun),
    ("insufficient_balance", lambda s: s.redeem(quantity=3)),
    ("out_of_stock", lambda s: s.redeem(reward=s.code)),
    ("reward_not_offered", _off_the_shelf),
    (
        "category_not_allowed",
        lambda s: s.clinic.post(
            "/v1/rewards", {"name": "Beer", "unit": "usd", "price": 1, "kind": "item", "category": "alcohol"}
        ),
    ),
    ("codes_known", _code_twice),
    ("already_corrected", _corrected_twice),
    ("already_settled", _settled_twice),
    ("not_given", _nothing_given),
    ("already_changed", _replaced_twice),
    ("opening_stands", _opened_twice),
    ("merge_undecided", _undecided),
    ("merge_not_last", _not_last),
    ("same_person", _own_proposal),
    ("second_person_needed", _all_alone),
    ("person_needed", _approved_by_a_key),
    ("scope_missing", _beyond_its_scopes),
    ("category_mismatch", _another_category),
    ("already_drawn", _hat_twice),
    ("hat_empty", _nobody_there),
    ("cap_ended", _ended_twice),
    ("cap_reached", _past_a_cap),
    ("url_not_allowed", lambda s: _subscribe(s, "https://10.0.0.7/notices")),
    ("unknown_subscriber", lambda s: _consent(s, SOME)),
    ("subscriber_disabled", _ping_nobody),
    ("consent_revoked", _revoked_twice),
]


def test_every_code_is_brought_about_somewhere() -> None:
    """The closed list has no code that nobody can meet."""
    assert {code for code, _ in SCENES} | ELSEWHERE == set(CODES)


@pytest.mark.parametrize(("code", "scene"), SCENES, ids=[code for code, _ in SCENES])
async def test_a_refusal_has_its_code_and_its_status(
    clinic: Clinic, code: Code, scene: Callable[[Stage], Awaitable[httpx.Response]]
) -> None:
    """What is not done is said with its word, and a sentence."""
    stage = Stage(clinic)
    await stage.set()
    answer = await scene(stage)
    assert answer.json().get("code") == code, answer.text
    assert answer.status_code == MEANINGS[code].status
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["detail"].endswith((".", "?", "!"))


async def test_a_key_in_flight_is_409_with_a_wait(clinic: Clinic, server: Server) -> None:
    """While the first request holds its key, the second one waits for a while and then is told so."""
    import hashlib  # noqa: PLC0415  the lock is the store's own secret; this test holds it as another process would

    key = "held"
    name = f"{clinic.id}|{clinic.key_ids['manager']}|{key}".encode()
    number = int.from_bytes(hashlib.sha256(name).digest()[:8], "big", signed=True)
    holder = await asyncpg.connect(server.settings.migration_database_url)
    try:
        async with holder.transaction():
            await holder.execute("select pg_advisory_xact_lock($1)", number)
            answer = await clinic.post("/v1/participants", {"reference": "a"}, idempotency_key=key)
    finally:
        await holder.close()
    assert (answer.status_code, answer.json()["code"]) == (409, "idempotency_in_flight")
    assert answer.headers["retry-after"] == "1"
    assert (await clinic.post("/v1/participants", {"reference": "a"}, idempotency_key=key)).status_code == 201


def test_settings_are_those_of_the_server(server: Server) -> None:
    """The wait above is the setting's."""
    assert isinstance(server.settings, Settings)

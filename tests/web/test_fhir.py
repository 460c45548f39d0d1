# long: one story, asked for by each type and each parameter
"""FHIR R4 out: what is sent is valid, a client of another maker reads the same facts, and roles hold."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from importlib import import_module
from typing import TYPE_CHECKING, Any, get_args

import httpx
import msgspec
import pytest
from fhirpy import AsyncFHIRClient

from schemas.people import Role
from service.core.fhir.searching import PARAMETERS, Kind
from service.web.contract import examples
from tests import clock

if TYPE_CHECKING:
    from tests.web.conftest import Clinic

KINDS: tuple[Kind, ...] = get_args(Kind)
BASE = "/fhir/R4"


def validated(resource: dict[str, Any]) -> dict[str, Any]:
    """Hold a resource against its model in another maker's library; gives it as it was sent."""
    kind = resource["resourceType"]
    model = getattr(import_module(f"fhir.resources.R4B.{kind.lower()}"), kind)
    model.model_validate(resource)
    return resource


async def fhir(clinic: Clinic, path: str, role: Role = "manager", /, **asked: str) -> dict[str, Any]:
    """Read something of FHIR, valid and with the media type and notice that it must have."""
    answer = await clinic.client(role).get(f"{BASE}{path}", params=asked)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/fhir+json"
    assert answer.headers["cache-control"] == "no-store"
    assert path == "/metadata" or "42 CFR part 2" in answer.headers["part2-notice"]
    return validated(answer.json())


async def refused(
    clinic: Clinic, path: str, expected: int, role: Role = "manager", /, **asked: str
) -> dict[str, Any]:
    """Ask for something that is refused; gives the one issue."""
    answer = await clinic.client(role).get(f"{BASE}{path}", params=asked)
    assert (answer.status_code, answer.headers["content-type"]) == (expected, "application/fhir+json"), (
        answer.text
    )
    (issue,) = validated(answer.json())["issue"]
    assert answer.json()["resourceType"] == "OperationOutcome"
    return issue  # type: ignore[no-any-return]  # JSON


async def found(clinic: Clinic, path: str, role: Role = "manager", /, **asked: str) -> list[dict[str, Any]]:
    """Give all that a search finds, over all its pages."""
    bundle = await fhir(clinic, path, role, **asked)
    resources = [entry["resource"] for entry in bundle.get("entry", [])]
    while after := [one["url"] for one in bundle["link"] if one["relation"] == "next"]:
        answer = await clinic.client(role).get(after[0])
        assert answer.status_code == 200, answer.text
        bundle = validated(answer.json())
        resources += [entry["resource"] for entry in bundle.get("entry", [])]
    return resources


class Story:
    """Somebody with a name, two programs' worth of visits, a correction and a withdrawal."""

    person: str
    enrollment: str
    events: dict[str, str]


@pytest.fixture
async def story(clinic: Clinic) -> Story:
    """Record a fortnight of somebody."""
    made = Story()
    await clinic.post("/v1/programs", msgspec.to_builtins(examples.PROGRAM))
    who = {"reference": "A-1042", "name": "Josephine Roe"}
    made.person = (await clinic.post("/v1/participants", who)).json()["id"]
    await clinic.post(f"/v1/participants/{made.person}/identifiers", {"system": "MRN", "value": "77-81"})
    begun = (clock.now() - timedelta(days=14)).date()
    enrolled = await clinic.post(
        "/v1/enrollments",
        {"participant": made.person, "program": examples.PROGRAM.name, "starts_on": begun.isoformat()},
    )
    made.enrollment = enrolled.json()["id"]
    made.events = {}
    visits = [
        ("first", "test", "negative", 12),
        ("second", "test", "positive", 10),
        ("wrong", "test", "negative", 8),
        ("waits", "test", "pending", 6),
        ("came", "attendance", "attended", 5),
        ("stayed", "attendance", "absent", 4),
    ]
    for name, behavior, outcome, days in visits:
        at = (clock.now() - timedelta(days=days)).replace(hour=17, minute=0, second=0, microsecond=0)
        told = {
            "participant": made.person,
            "behavior": behavior,
            "outcome": outcome,
            "reference": f"L-{name}",
        }
        answer = await clinic.post("/v1/events", {**told, "occurred_at": at.isoformat()})
        assert answer.status_code == 201, answer.text
        made.events[name] = answer.json()["event"]["id"]
    overturn = {"kind": "lab_overturn", "outcome": "negative", "reason": "The lab confirmed."}
    for name, body in (("second", overturn), ("wrong", {"kind": "entry_error", "reason": "A slip."})):
        answer = await clinic.post(f"/v1/events/{made.events[name]}/corrections", body)
        assert answer.status_code == 201, answer.text
    return made


async def test_capability_statement_names_what_can_be_searched(clinic: Clinic) -> None:
    """Without a key, valid, and each type with the parameters that its search takes."""
    async with httpx.AsyncClient(base_url=clinic.url) as nobody:
        answer = await nobody.get(f"{BASE}/metadata")
    told = validated(answer.json())
    assert (told["fhirVersion"], told["implementation"]["url"]) == ("4.0.1", f"{clinic.url}{BASE}")
    resources = {one["type"]: one for one in told["rest"][0]["resource"]}
    assert set(resources) == set(KINDS)
    for kind, one in resources.items():
        assert tuple(each["name"] for each in one["searchParam"]) == PARAMETERS[kind]


async def test_every_resource_is_valid_and_says_what_is_on_record(clinic: Clinic, story: Story) -> None:
    """Each type of one person, against our own API."""
    (patient,) = await found(clinic, "/Patient")
    assert (patient["id"], patient["name"]) == (story.person, [{"text": "Josephine Roe"}])
    numbers = {(one["system"], one["value"]) for one in patient["identifier"]}
    assert numbers == {("urn:rewards:reference", "A-1042"), ("urn:rewards:number:MRN", "77-81")}
    observed = {one["id"]: one for one in await found(clinic, "/Observation", patient=story.person)}
    assert set(observed) == set(story.events.values())
    for own in (await clinic.get("/v1/events", participant=story.person)).json()["items"]:
        one = observed[own["id"]]
        assert one["valueCodeableConcept"]["coding"][0]["code"] == own["outcome"]
        assert datetime.fromisoformat(one["effectiveDateTime"]) == datetime.fromisoformat(own["occurred_at"])
        assert one["identifier"][0]["value"] == own["reference"]
        assert one["basedOn"] == [{"reference": f"CarePlan/{story.enrollment}"}]
    states = {name: observed[one]["status"] for name, one in story.events.items()}
    assert states == {
        "first": "final",
        "second": "corrected",
        "wrong": "entered-in-error",
        "waits": "preliminary",
        "came": "final",
        "stayed": "final",
    }
    negative = observed[story.events["first"]]["valueCodeableConcept"]["coding"]
    assert {"system": "http://snomed.info/sct", "code": "260385009", "display": "Negative"} in negative
    sessions = {one["id"]: one["status"] for one in await found(clinic, "/Encounter", patient=story.person)}
    assert sessions == {story.events["came"]: "finished", story.events["stayed"]: "cancelled"}
    (plan,) = await found(clinic, "/CarePlan", patient=story.person)
    assert (plan["id"], plan["status"]) == (story.enrollment, "active")
    assert len(plan["activity"]) == len(examples.PROGRAM.targets)
    balances = (await clinic.get(f"/v1/participants/{story.person}/balance")).json()["balances"]
    accounts = {one["id"]: one for one in await found(clinic, "/Account", patient=story.person)}
    assert set(accounts) == {f"{story.person}.{one['unit']}" for one in balances}
    for own in balances:
        parts = accounts[f"{story.person}.{own['unit']}"]["extension"][0]["extension"]
        assert {one["url"]: one["valueInteger"] for one in parts} == {
            name: own[name] for name in ("available", "held", "given", "earned")
        }
    credited = await found(clinic, "/ChargeItem", patient=story.person)
    for own in balances:
        sums = [one["quantity"]["value"] for one in credited if one["quantity"]["code"] == own["unit"]]
        assert sum(sums) == own["earned"]


async def test_resources_are_read_by_the_ids_that_searches_give(clinic: Clinic, story: Story) -> None:
    """Each read is the same resource as in the search, whose fullUrl leads to it."""
    for kind in KINDS:
        bundle = (
            await fhir(clinic, f"/{kind}", patient=story.person)
            if kind != "Patient"
            else await fhir(clinic, "/Patient")
        )
        for entry in bundle["entry"]:
            assert entry["fullUrl"] == f"{clinic.url}{BASE}/{kind}/{entry['resource']['id']}"
            if kind != "ChargeItem":
                assert await fhir(clinic, f"/{kind}/{entry['resource']['id']}") == entry["resource"]
    for kind in ("Patient", "Observation", "Encounter", "CarePlan", "Account"):
        issue = await refused(clinic, f"/{kind}/01900000-0000-7000-8000-0000000000ff", 404)
        assert issue["code"] == "not-found"
    assert (await refused(clinic, f"/Encounter/{story.events['first']}", 404))["code"] == "not-found"


async def test_a_client_of_another_maker_reads_the_same_facts(clinic: Clinic, story: Story) -> None:
    """By fhirpy: searched, paged by its own loop, read by reference, and refused as it expects."""
    client = AsyncFHIRClient(
        f"{clinic.url}{BASE}", authorization=f"Bearer {clinic.keys['clinician']}", aiohttp_config={}
    )
    observations = client.resources("Observation").search(patient=story.person).limit(2)
    seen = {one["id"]: one["valueCodeableConcept"]["coding"][0]["code"] async for one in observations}
    own = (await clinic.get("/v1/events", participant=story.person)).json()["items"]
    assert seen == {one["id"]: one["outcome"] for one in own}
    (patient,) = await client.resources("Patient").search(identifier="A-1042").fetch()
    assert patient["name"][0]["text"] == "Josephine Roe"
    plan = await client.reference("CarePlan", story.enrollment).to_resource()
    assert plan["subject"]["reference"] == f"Patient/{patient['id']}"


async def test_searches_find_what_fits_and_nothing_else(clinic: Clinic, story: Story) -> None:
    """By number, code, status, value, date and id, with several values and repeated dates."""

    async def names(kind: str, **asked: str) -> set[str]:
        by_id = {one: name for name, one in story.events.items()}
        return {by_id[one["id"]] for one in await found(clinic, f"/{kind}", **asked)}

    assert await names("Observation", identifier="L-first") == {"first"}
    assert await names("Observation", identifier="urn:rewards:event-reference|L-first") == {"first"}
    assert await names("Observation", identifier="elsewhere|L-first") == set()
    assert await names("Observation", status="corrected,preliminary") == {"second", "waits"}
    assert await names("Observation", category="laboratory") == {"first", "second", "wrong", "waits"}
    positive = "http://snomed.info/sct|10828004"
    assert await names("Observation", **{"value-concept": positive}) == set()
    assert await names("Observation", code="attendance") == {"came", "stayed"}
    assert await names("Encounter", status="finished") == {"came"}
    assert await names("Observation", _id=f"{story.events['came']},nobody") == {"came"}
    assert await names("Observation", **{"patient.identifier": "MRN|77-81", "status": "final"}) == {
        "first",
        "came",
        "stayed",
    }
    day = (clock.now() - timedelta(days=10)).date().isoformat()
    assert await names("Observation", date=day) == {"second"}
    assert await names("Observation", date=f"lt{day}") == {"first"}
    assert await names("Observation", date=f"gt{day}", status="preliminary,corrected") == {"waits"}
    answer = await clinic.client().get(f"{BASE}/Observation?date=ge{day}&date=lt{day}")
    assert validated(answer.json()).get("entry") is None
    assert await found(clinic, "/Patient", identifier="urn:rewards:number:MRN|77-81")
    assert await found(clinic, "/Patient", identifier="reference|A-1042")
    assert not await found(clinic, "/Patient", identifier="MRN|A-1042")
    assert await found(clinic, "/CarePlan", date=f"ge{day}", status="active")
    assert not await found(clinic, "/CarePlan", status="completed")


async def test_what_was_changed_since_is_found_by_last_updated(clinic: Clinic, story: Story) -> None:
    """A correction brings an event back, once; a changed person and a closed enrollment too."""
    before = {one["id"]: one["meta"]["lastUpdated"] for one in await found(clinic, "/Observation")}
    mark = max(before.values())
    assert not await found(clinic, "/Observation", _lastUpdated=f"gt{mark}")
    assert {one["id"] for one in await found(clinic, "/Observation", _lastUpdated=f"le{mark}")} == set(before)
    for outcome in ("positive", "negative"):
        body = {"kind": "lab_overturn", "outcome": outcome, "reason": "Another look."}
        answer = await clinic.post(f"/v1/events/{story.events['first']}/corrections", body)
        assert answer.status_code == 201, answer.text
    changed = await found(clinic, "/Observation", _lastUpdated=f"gt{mark}")
    assert [one["id"] for one in changed] == [story.events["first"]]
    people = (await found(clinic, "/Patient"))[0]["meta"]["lastUpdated"]
    assert not await found(clinic, "/Patient", _lastUpdated=f"gt{people}")
    who = f"/v1/participants/{story.person}"
    patched = await clinic.client().patch(who, json={"name": "Jo Roe"}, headers={"if-match": "*"})
    assert patched.status_code == 200
    assert [one["id"] for one in await found(clinic, "/Patient", _lastUpdated=f"gt{people}")] == [
        story.person
    ]
    plans = (await found(clinic, "/CarePlan"))[0]["meta"]["lastUpdated"]
    closing = {"reason": "Moved away.", "on": clock.now().date().isoformat()}
    closed = await clinic.post(f"/v1/enrollments/{story.enrollment}/close", closing)
    assert closed.status_code == 200, closed.text
    (plan,) = await found(clinic, "/CarePlan", _lastUpdated=f"gt{plans}")
    assert plan["status"] == "completed"


async def test_pages_go_on_while_others_record(clinic: Clinic, story: Story) -> None:
    """Each is met once, however small the pages are and whatever comes meanwhile."""
    bundle = await fhir(clinic, "/Observation", _count="2", patient=story.person)
    seen = [entry["resource"]["id"] for entry in bundle["entry"]]
    at = (clock.now() - timedelta(days=1)).isoformat()
    told = {"participant": story.person, "behavior": "test", "outcome": "negative", "occurred_at": at}
    assert (await clinic.post("/v1/events", told)).status_code == 201
    while after := [one["url"] for one in bundle["link"] if one["relation"] == "next"]:
        bundle = (await clinic.client().get(after[0])).json()
        assert len(bundle["entry"]) <= 2
        seen += [entry["resource"]["id"] for entry in bundle["entry"]]
    assert len(seen) == len(set(seen)) == len(story.events)
    assert set(seen) == set(story.events.values())


async def test_merged_charts_lead_to_the_survivor(clinic: Clinic, story: Story) -> None:
    """The former chart says who it is by now, and its numbers find the survivor."""
    other = (await clinic.post("/v1/participants", {"reference": "B-77"})).json()["id"]
    merged = await clinic.post(
        f"/v1/participants/{story.person}/merge", {"from": other, "reason": "One person."}
    )
    assert merged.status_code in {200, 201}, merged.text
    former = await fhir(clinic, f"/Patient/{other}")
    assert former["link"] == [{"other": {"reference": f"Patient/{story.person}"}, "type": "replaced-by"}]
    assert former["active"] is False
    assert "identifier" not in former
    (patient,) = await found(clinic, "/Patient", identifier="B-77")
    assert patient["id"] == story.person
    assert {one["id"] for one in await found(clinic, "/Patient")} == {story.person, other}
    assert len(await found(clinic, "/Observation", patient=other)) == len(story.events)


async def test_a_role_that_sees_no_names_is_given_a_reference_alone(clinic: Clinic, story: Story) -> None:
    """An integration finds somebody by a number that it has, and reads what they have; nothing else."""
    (patient,) = await found(clinic, "/Patient", "integration", identifier="A-1042")
    assert set(patient) == {"resourceType", "id", "meta", "active"}
    assert set(await fhir(clinic, f"/Patient/{story.person}", "integration")) == set(patient)
    assert (await refused(clinic, "/Patient", 400, "integration"))["expression"] == ["identifier"]
    assert await found(clinic, "/Account", "integration", patient=story.person)
    for kind in ("Observation", "Encounter", "CarePlan", "ChargeItem"):
        assert (await refused(clinic, f"/{kind}", 403, "integration"))["code"] == "forbidden"


async def test_a_key_reads_what_its_scopes_say(clinic: Clinic, story: Story) -> None:
    """`events.read` gives outcomes, and nobody's name or balance."""
    issued = (await clinic.post("/v1/keys", {"role": "auditor", "scopes": ["events.read"]}, "another")).json()
    async with httpx.AsyncClient(base_url=clinic.url) as client:
        client.headers["authorization"] = f"Bearer {issued['key']}"
        assert (await client.get(f"{BASE}/Observation", params={"patient": story.person})).status_code == 200
        assert (await client.get(f"{BASE}/Encounter/{story.events['came']}")).status_code == 200
        for path in (f"Patient/{story.person}", "Patient", "CarePlan", f"Account/{story.person}.usd"):
            answer = await client.get(f"{BASE}/{path}")
            assert answer.status_code == 403
            assert answer.json()["issue"][0]["details"]["coding"][0]["code"] == "scope_missing"


async def test_what_is_read_is_in_the_audit_trail_and_the_accounting(clinic: Clinic, story: Story) -> None:
    """By the same words as our own reads, a key's own and nobody else's."""
    await found(clinic, "/Observation", "auditor", patient=story.person)
    await fhir(clinic, f"/Patient/{story.person}", "auditor")
    told = (await clinic.get(f"/v1/participants/{story.person}/accounting")).json()["items"]
    read = {one["what"]: one["times"] for one in told if one["recipient_id"] == clinic.key_ids["auditor"]}
    assert read == {"event.listed": len(story.events), "participant.read": 1}


def faulty() -> Iterator[tuple[str, dict[str, str], str]]:
    """Give searches that cannot be meant, with what is wrong."""
    yield "/Observation", {"pateint": "x"}, "pateint"
    yield "/Observation", {"patient": "A-1042"}, "patient"
    yield "/Observation", {"date": "last week"}, "date"
    yield "/Observation", {"date": "2026-13-01"}, "date"
    yield "/Observation", {"date": "ap2026"}, "date"
    yield "/Observation", {"_count": "0"}, "_count"
    yield "/Observation", {"_count": "-1"}, "_count"
    yield "/Observation", {"_cursor": "AAAA"}, "_cursor"
    yield "/Observation", {"_cursor": "!"}, "_cursor"
    yield "/Observation", {"_format": "xml"}, "_format"
    yield "/Observation", {"identifier": ""}, "identifier"
    yield "/Observation", {"status": ",".join("x" * 21)}, "status"
    yield "/Observation", {"_sort": "date"}, "_sort"
    yield "/Account", {}, "patient"
    yield "/ChargeItem", {}, "patient"


@pytest.mark.parametrize(("path", "asked", "place"), list(faulty()))
async def test_a_search_that_cannot_be_meant_is_refused_at_its_place(
    clinic: Clinic, path: str, asked: dict[str, str], place: str
) -> None:
    """A filter that is not known would widen what is told: it is refused, with what there is."""
    issue = await refused(clinic, path, 400, **asked)
    assert issue["expression"] == [place]
    assert issue["severity"] == "error"


async def test_a_lenient_client_has_unknown_parameters_ignored(clinic: Clinic, story: Story) -> None:
    """`Prefer: handling=lenient`, and the address of the page says what was heeded."""
    answer = await clinic.client().get(
        f"{BASE}/Observation?_sort=date&_count=3", headers={"prefer": "handling=lenient"}
    )
    assert answer.status_code == 200
    assert answer.json()["link"][0]["url"] == f"{clinic.url}{BASE}/Observation?_count=3"
    assert len(answer.json()["entry"]) == 3
    assert story.events


async def test_what_is_not_there_is_refused_in_fhir_s_shape(clinic: Clinic) -> None:
    """An unknown type, another method, no key, and a type of answer that there is not."""
    client = clinic.client()
    for answer, status in (
        (await client.get(f"{BASE}/Medication"), 404),
        (await client.post(f"{BASE}/Observation", json={}), 405),
        (await client.get(f"{BASE}/Observation", headers={"authorization": ""}), 401),
        (await client.get(f"{BASE}/Observation", headers={"accept": "application/fhir+xml"}), 406),
    ):
        assert (answer.status_code, answer.headers["content-type"]) == (status, "application/fhir+json")
        assert validated(answer.json())["resourceType"] == "OperationOutcome"
    for accept in ("application/json", "application/fhir+json; fhirVersion=4.0", "*/*", "application/*"):
        assert (await client.get(f"{BASE}/Observation", headers={"accept": accept})).status_code == 200


async def test_another_clinic_s_people_are_not_found(clinic: Clinic, other: Clinic, story: Story) -> None:
    """By id, by number, or in any search."""
    for kind in KINDS:
        asked = {} if kind == "Patient" else {"patient": story.person}
        assert await found(other, f"/{kind}", **asked) == []
    assert await found(other, "/Patient", identifier="A-1042") == []
    for path in (
        f"Patient/{story.person}",
        f"Observation/{story.events['first']}",
        f"CarePlan/{story.enrollment}",
    ):
        await refused(other, f"/{path}", 404)
    assert re.fullmatch("[0-9a-f-]{36}", clinic.id)

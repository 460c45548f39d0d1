"""Bulk Data Access: an export is made meanwhile, whole and bounded, and gone when its time is over."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

import httpx

from service.flows.fhir.exports import KEPT, make_exports
from tests import clock
from tests.web.test_fhir import BASE, Story, found, story, validated

if TYPE_CHECKING:
    from tests.web.conftest import Clinic, Server

__all__ = ["story"]
ASYNC = {"prefer": "respond-async"}


async def begin(client: httpx.AsyncClient, **asked: str) -> str:
    """Ask for an export; gives the address where it is looked at."""
    answer = await client.get(f"{BASE}/$export", params=asked, headers=ASYNC)
    assert (answer.status_code, answer.content) == (202, b""), answer.text
    return answer.headers["content-location"]


async def manifest(server: Server, clinic: Clinic, client: httpx.AsyncClient, place: str) -> dict[str, Any]:
    """Have a worker make it, and give its manifest."""
    await make_exports(server.database, UUID(clinic.id))
    answer = await client.get(place)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/json"
    return answer.json()  # type: ignore[no-any-return]  # JSON


async def lines(client: httpx.AsyncClient, told: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """Read all files of a manifest, each line a valid resource of its type."""
    resources: dict[str, list[dict[str, Any]]] = {}
    for one in told["output"]:
        answer = await client.get(one["url"])
        assert answer.status_code == 200, answer.text
        assert answer.headers["content-type"] == "application/fhir+ndjson"
        assert "42 CFR part 2" in answer.headers["part2-notice"]
        read = [validated(json.loads(line)) for line in answer.text.splitlines()]
        assert len(read) == one["count"]
        assert {each["resourceType"] for each in read} == {one["type"]}
        resources.setdefault(one["type"], []).extend(read)
    return resources


async def test_an_export_holds_all_that_searches_find(clinic: Clinic, server: Server, story: Story) -> None:
    """Progress while it is made, then a manifest whose files hold every resource once."""
    client = clinic.client("auditor")
    place = await begin(client)
    waits = await client.get(place)
    assert (waits.status_code, waits.content, waits.headers["retry-after"]) == (202, b"", "2")
    assert waits.headers["x-progress"] == "0 of 6 types, 0 resources"
    told = await manifest(server, clinic, client, place)
    assert told["request"] == f"{clinic.url}{BASE}/$export"
    assert (told["requiresAccessToken"], told["error"]) == (True, [])
    exported = await lines(client, told)
    for kind in ("Patient", "Observation", "Encounter", "CarePlan", "Account", "ChargeItem"):
        asked = {} if kind == "Patient" else {"patient": story.person}
        searched = {one["id"]: one for one in await found(clinic, f"/{kind}", "auditor", **asked)}
        assert {one["id"]: one for one in exported[kind]} == searched, kind
        assert len(exported[kind]) == len(searched)


async def test_an_export_of_what_is_new_and_of_one_type(clinic: Clinic, server: Server, story: Story) -> None:
    """`_type` and `_since` narrow it; what was corrected since is in it."""
    client = clinic.client()
    mark = clock.now().isoformat()
    body = {"kind": "lab_overturn", "outcome": "positive", "reason": "Another look."}
    answer = await clinic.post(f"/v1/events/{story.events['first']}/corrections", body)
    assert answer.status_code == 201, answer.text
    place = await begin(client, _type="Observation,CarePlan", _since=mark)
    exported = await lines(client, await manifest(server, clinic, client, place))
    assert {kind: [one["id"] for one in each] for kind, each in exported.items()} == {
        "Observation": [story.events["first"]]
    }


async def test_an_export_is_its_asker_s_alone_and_can_be_deleted(
    clinic: Clinic, server: Server, story: Story
) -> None:
    """Others do not find it; deleted, it and its files are gone."""
    assert story.person
    client = clinic.client()
    place = await begin(client)
    told = await manifest(server, clinic, client, place)
    for address in (place, told["output"][0]["url"]):
        assert (await clinic.client("auditor").get(address)).status_code == 404
    assert (await client.delete(place)).status_code == 202
    for address in (place, told["output"][0]["url"]):
        assert (await client.get(address)).status_code == 404


async def test_an_export_is_gone_after_a_day(clinic: Clinic, server: Server, story: Story) -> None:
    """Its rows are deleted: nothing of it is kept."""
    assert story.person
    client = clinic.client()
    place = await begin(client)
    await manifest(server, clinic, client, place)
    today = server.database.clock
    try:
        server.database.clock = lambda: clock.now() + KEPT + timedelta(seconds=1)
        await make_exports(server.database, UUID(clinic.id))
    finally:
        server.database.clock = today
    assert (await client.get(place)).status_code == 404
    async with server.database.transaction(UUID(clinic.id)) as tx:
        left = await tx.connection.fetchval(
            "select count(*) from fhir_export_files where clinic_id = $1", tx.clinic
        )
    assert left == 0


async def test_only_so_many_exports_are_made_at_once(clinic: Clinic) -> None:
    """A third one waits for its asker's second thought."""
    client = clinic.client()
    places = [await begin(client) for _ in range(2)]
    answer = await client.get(f"{BASE}/$export", headers=ASYNC)
    assert (answer.status_code, validated(answer.json())["issue"][0]["code"]) == (429, "throttled")
    assert (await client.delete(places[0])).status_code == 202
    await begin(client)


async def test_what_leaves_is_accounted_for(clinic: Clinic, server: Server, story: Story) -> None:
    """Everybody whom a file names finds it in their accounting, once a file that was read."""
    client = clinic.client()
    told = await manifest(server, clinic, client, await begin(client, _type="Observation"))
    before = (await clinic.get(f"/v1/participants/{story.person}/accounting")).json()["items"]
    assert [one for one in before if one["how"] == "export"] == []
    await lines(client, told)
    after = (await clinic.get(f"/v1/participants/{story.person}/accounting")).json()["items"]
    assert [one["what"] for one in after if one["how"] == "export"] == ["fhir"]


async def test_what_cannot_be_exported_is_refused(clinic: Clinic) -> None:
    """Without asking for it to be made meanwhile, by other parameters, roles and scopes."""
    client = clinic.client()
    assert (await client.get(f"{BASE}/$export")).status_code == 400
    for asked in ({"_type": "Medication"}, {"_since": "soon"}, {"_outputFormat": "csv"}, {"_elements": "id"}):
        answer = await client.get(f"{BASE}/$export", params=asked, headers=ASYNC)
        assert (answer.status_code, answer.json()["issue"][0]["expression"]) == (400, list(asked))
    assert (await clinic.client("clinician").get(f"{BASE}/$export", headers=ASYNC)).status_code == 403
    narrow = {"role": "auditor", "scopes": ["people.read", "events.read"]}
    issued = (await clinic.post("/v1/keys", narrow, "another")).json()
    async with httpx.AsyncClient(base_url=clinic.url) as other:
        other.headers["authorization"] = f"Bearer {issued['key']}"
        answer = await other.get(f"{BASE}/$export", headers=ASYNC)
    assert (answer.status_code, answer.json()["issue"][0]["details"]["text"].count("money.read")) == (403, 1)

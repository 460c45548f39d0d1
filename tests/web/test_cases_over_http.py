"""Every shared message over HTTP, as a laboratory, a scheduler or a record system posts it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import httpx
import msgspec
import pytest

from service.core.inbound.presets import ADT, SIU
from service.core.inbound.result_presets import FHIR, ORU
from tests import tls
from tests.feeds import BECOMES, message
from tests.flows.test_feeds import PROGRAMS

if TYPE_CHECKING:
    from tests.web.conftest import Clinic

MAPPINGS = {"adt": ADT, "siu": SIU, "oru": ORU, "fhir": FHIR}
MEDIA = {"json": "application/fhir+json", "hl7": "application/hl7-v2"}


@pytest.mark.parametrize("name", BECOMES)
async def test_a_shared_message_is_taken_and_becomes_what_it_means(clinic: Clinic, name: str) -> None:
    """202 for what is kept, and then what stands on record; appointments of days gone by change nothing."""
    document = msgspec.yaml.decode((PROGRAMS / "california-recovery-incentives.yaml").read_bytes())
    assert (await clinic.post("/v1/programs", document)).status_code == 201
    people = {}
    for number in ("H-204417", "88-16", "88-17"):
        people[number] = (await clinic.post("/v1/participants", {"reference": number})).json()["id"]
    body = {"participant": people["H-204417"], "program": document["name"], "starts_on": "2026-11-16"}
    assert (await clinic.post("/v1/enrollments", body)).status_code == 201
    mapping = msgspec.to_builtins(MAPPINGS[name.partition("-")[0]])
    made: dict[str, Any] = (
        await clinic.post("/v1/sources", {"verifier": {"type": "bearer"}, "mapping": mapping})
    ).json()
    headers = {"authorization": f"Bearer {made['secret']}", "content-type": MEDIA[name.rpartition(".")[2]]}
    async with httpx.AsyncClient(base_url=clinic.url, timeout=60, verify=tls.CONTEXT) as outside:
        taken = await outside.post(made["address"], content=message(name), headers=headers)
    assert taken.status_code == 202, taken.text
    told = (await clinic.get(f"/v1/inbound-messages/{taken.json()['id']}")).json()
    status, did, outcome = BECOMES[name]
    if name.startswith("siu"):
        assert told["status"] in {status, "ignored"}
        return
    assert (told["status"], [one["kind"] for one in told["effects"]][:1]) == (status, [did] if did else [])
    if outcome is not None:
        event = (await clinic.get(f"/v1/events/{told['event']}")).json()["event"]
        assert (event["outcome"], event["reference"]) == (outcome, "ACC-1")

"""The pages of sources and of the messages that could not be understood, over HTTP."""

from __future__ import annotations

import re
from typing import Any
from uuid import uuid4

import httpx
import msgspec
import pytest

from service.core.inbound.presets import ADT
from service.web.contract import examples
from service.web.contract.examples_of_inbound import MAPPING
from tests.feeds import message as message_of
from tests.web.manage import Manage, manage, text_of

__all__ = ["manage"]

SAMPLE = (
    '{"kind": "result.final", "accession": "L-1", "collected": "03/02/2026 07:30",'
    ' "patient": {"chart": "A-1042"}, "result": {"code": "%s"}}'
)


async def added(manage: Manage) -> tuple[str, str]:
    """Add a source that shows its secret; gives its id and the secret."""
    form = {"kind": "bearer", "name": "County laboratory", "once": str(uuid4())}
    page = await manage.post("/manage/sources", form)
    secret = re.search(r'id="secret" readonly value="([^"]+)"', page.text)
    assert secret is not None
    listed = (await manage.clinic.get("/v1/sources")).json()["items"]
    assert [one["name"] for one in listed] == ["County laboratory"]
    return listed[0]["id"], secret[1]


async def sent(manage: Manage, source: str, secret: str, code: str) -> dict[str, Any]:
    """Send a message as the source would; gives what became of it."""
    headers = {"authorization": f"Bearer {secret}", "content-type": "application/json"}
    async with httpx.AsyncClient(base_url=manage.clinic.url, headers=headers) as them:
        answer = await them.post(f"/v1/inbound/{source}", content=SAMPLE % code)
    assert answer.status_code == 202, answer.text
    found: dict[str, Any] = (await manage.clinic.get(f"/v1/inbound-messages/{answer.json()['id']}")).json()
    return found


@pytest.mark.parametrize("role", ["auditor", "clinician", "front_desk"])
async def test_sources_are_the_manager_s(manage: Manage, role: str) -> None:
    """As over the API, nobody else opens them."""
    assert (await (await manage.as_role(role)).get("/manage/sources")).status_code == 403


async def test_a_mapping_is_tried_without_effect_and_saved(manage: Manage) -> None:
    """A sample is said in words, a fault stands at its field, and only saving changes anything."""
    source, _ = await added(manage)
    mapping = msgspec.json.encode(MAPPING).decode()
    path = f"/manage/sources/{source}/mapping"
    good = await manage.post(path, {"mapping": mapping, "sample": SAMPLE % "NEG", "do": "try"})
    assert "It would be recorded as this" in text_of(good.text)
    assert "A-1042" in good.text
    strange = await manage.post(path, {"mapping": mapping, "sample": SAMPLE % "???", "do": "try"})
    assert "It would wait for you to look at" in text_of(strange.text)
    assert (await manage.clinic.get(f"/v1/sources/{source}")).json()["mapping"] is None
    for faulty, field in (({"mapping": "{", "sample": "{}"}, "mapping"), ({"mapping": mapping}, "sample")):
        answer = await manage.post(path, {**faulty, "do": "try"})
        assert (answer.status_code, f'id="{field}-fault"' in answer.text) == (422, True)
    saved = await manage.post(path, {"mapping": mapping, "do": "save"})
    assert saved.headers["location"] == f"/manage/sources/{source}?done=saved"
    kept = (await manage.clinic.get(f"/v1/sources/{source}")).json()["mapping"]
    assert kept == msgspec.json.decode(mapping)


async def test_a_message_not_understood_waits_and_is_tried_again_or_discarded(
    manage: Manage,
) -> None:
    """It is counted, shown with why and what is in it, and leaves the list by either way."""
    source, secret = await added(manage)
    saved = {"mapping": msgspec.json.encode(MAPPING).decode(), "do": "save"}
    await manage.post(f"/manage/sources/{source}/mapping", saved)
    message = await sent(manage, source, secret, "???")
    assert message["status"] == "review"
    assert "1 to look at" in text_of((await manage.get("/manage/sources")).text)
    assert "1 messages to look at" in text_of((await manage.get("/manage")).text)
    path = f"/manage/messages/{message['id']}"
    assert path in (await manage.get(f"/manage/sources/{source}")).text
    page = text_of((await manage.get(path)).text)
    assert "L-1" in page
    assert "Why it could not be understood" in page
    assert (await manage.post(f"{path}/retry", {})).headers["location"] == path
    assert "Tries so far: 2" in text_of((await manage.get(path)).text)
    assert (await manage.post(f"{path}/discard", {})).status_code == 422
    assert (await manage.post(f"{path}/discard", {"reason": "a test of theirs"})).status_code == 303
    assert (await manage.clinic.get(f"/v1/inbound-messages/{message['id']}")).json()["status"] == "discarded"
    assert "a test of theirs" in (await manage.get(path)).text


async def test_a_message_is_shown_without_names_and_corrected_by_hand(manage: Manage) -> None:
    """What it should have said is recorded; a fault stands at its field, and what was typed stays."""
    source, secret = await added(manage)
    headers = {"authorization": f"Bearer {secret}", "content-type": "application/json"}
    told = {"patient": {"name": "Jordan Roe", "mrn": "A-1042"}, "note": "She had a baby.", "result": "???"}
    async with httpx.AsyncClient(base_url=manage.clinic.url, headers=headers) as them:
        message = (await them.post(f"/v1/inbound/{source}", json=told)).json()["id"]
    path = f"/manage/messages/{message}"
    page = (await manage.get(path)).text
    assert ("Jordan Roe" in page, "a baby" in page, "A-1042" in page) == (False, False, True)
    whole = (await manage.get(f"{path}?whole=yes")).text
    assert "Jordan Roe" in whole
    await manage.clinic.post("/v1/programs", msgspec.to_builtins(examples.PROGRAM))
    person = (await manage.clinic.post("/v1/participants", {"reference": "A-1042"})).json()["id"]
    new = {"participant": person, "program": examples.PROGRAM_NAME, "starts_on": "2026-08-03"}
    await manage.clinic.post("/v1/enrollments", new)
    typed = {"participant_reference": "A-1042", "target": "stimulant-negative", "outcome": "negative"}
    for change, at in (
        ({}, "occurred_at"),
        ({"occurred_at": "2026-08-03T09:30", "outcome": ""}, "outcome"),
        ({"occurred_at": "2026-08-03T09:30", "outcome": "great"}, "outcome"),
    ):
        faulty = await manage.post(f"{path}/correct", {**typed, **change})
        assert (faulty.status_code, f'id="{at}-fault"' in faulty.text) == (422, True)
        assert 'value="A-1042"' in faulty.text
    done = await manage.post(f"{path}/correct", {**typed, "occurred_at": "2026-08-03T09:30"})
    assert (done.status_code, done.headers["location"]) == (303, path)
    kept = (await manage.clinic.get(f"/v1/inbound-messages/{message}")).json()
    event = (await manage.clinic.get(f"/v1/events/{kept['event']}")).json()["event"]
    assert (kept["status"], kept["participant"], event["outcome"]) == ("recorded", person, "negative")
    assert event["reference"] == f"inbound:{message}"
    again = {**typed, "occurred_at": "2026-08-06T09:30:00-07:00", "reference": "L-9"}
    refused = await manage.clinic.post(f"/v1/inbound-messages/{message}/correct", again)
    assert (refused.status_code, refused.json()["code"]) == (409, "already_settled")


async def test_a_merge_that_waits_leads_to_both_charts(manage: Manage) -> None:
    """A manager looks at the preview there; the message is discarded or tried again after that."""
    source, secret = await added(manage)
    asking = msgspec.to_builtins(ADT)
    asking["messages"][0]["person"]["merges"] = "ask"
    saved = {"mapping": msgspec.json.encode(asking).decode(), "do": "save"}
    await manage.post(f"/manage/sources/{source}/mapping", saved)
    who = [
        (await manage.clinic.post("/v1/participants", {"reference": f"88-{one}"})).json()["id"]
        for one in (16, 17)
    ]
    headers = {"authorization": f"Bearer {secret}", "content-type": "application/hl7-v2"}
    async with httpx.AsyncClient(base_url=manage.clinic.url, headers=headers) as them:
        answer = await them.post(f"/v1/inbound/{source}", content=message_of("adt-a40.hl7"))
    page = await manage.get(f"/manage/messages/{answer.json()['id']}")
    link = f"/desk/people/{who[0]}/merge/{who[1]}"
    assert link in page.text
    assert "ROE" not in page.text
    assert (await manage.get(link)).status_code == 200


async def test_a_source_s_secret_is_rotated_and_it_is_deleted(manage: Manage) -> None:
    """A new secret is shown once; deleting wants its box ticked."""
    source, secret = await added(manage)
    rotated = await manage.post(f"/manage/sources/{source}/secret", {"once": str(uuid4())})
    assert secret not in rotated.text
    assert 'id="secret"' in rotated.text
    assert 'id="secret"' not in (await manage.get(f"/manage/sources/{source}")).text
    assert (await manage.post(f"/manage/sources/{source}/delete", {})).status_code == 422
    assert (await manage.post(f"/manage/sources/{source}/delete", {"sure": "yes"})).status_code == 303
    assert (await manage.get(f"/manage/sources/{source}")).status_code == 404


async def test_a_source_without_a_kind_is_refused_at_its_field(manage: Manage) -> None:
    """What was typed stays."""
    answer = await manage.post("/manage/sources", {"name": "Lab", "kind": "other"})
    assert (answer.status_code, 'id="kind-fault"' in answer.text) == (422, True)
    assert 'value="Lab"' in answer.text
    header = await manage.post("/manage/sources", {"kind": "plain_hmac", "header": "no such: thing"})
    assert (header.status_code, 'id="header-fault"' in header.text) == (422, True)

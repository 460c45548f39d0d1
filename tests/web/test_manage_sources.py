"""The pages of sources and of the messages that could not be understood, over HTTP."""

from __future__ import annotations

import re
from typing import Any
from uuid import uuid4

import httpx
import msgspec
import pytest

from service.web.contract.examples_of_inbound import MAPPING
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

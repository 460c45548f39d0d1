"""The contract tells every notice that there is, and what is sent holds against what it tells."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, get_args
from uuid import UUID

import jsonschema_rs
import msgspec
import pytest

from schemas.notices import NoticeType
from service.core.notices.telling import fault_of_sent
from service.web.api.routes import ROUTES
from service.web.contract.examples_of_notices import sent
from service.web.contract.openapi import document

if TYPE_CHECKING:
    from tests.web.conftest import Clinic

TYPES: tuple[NoticeType, ...] = get_args(NoticeType)
CONTRACT: dict[str, Any] = document(ROUTES)
RECEIVER = {"url": "https://receiver.example.org/notices", "types": ["award.posted"]}


def validator(kind: str) -> jsonschema_rs.Validator:
    """Make what checks a body of one type, as a reader of the contract would."""
    content = CONTRACT["webhooks"][kind]["post"]["requestBody"]["content"]
    return jsonschema_rs.validator_for(
        {**content["application/json"]["schema"], "components": CONTRACT["components"]}
    )


def test_every_notice_type_is_documented() -> None:
    """In the order of the list, each under a name of its own."""
    assert tuple(CONTRACT["webhooks"]) == TYPES
    names = {told["post"]["operationId"] for told in CONTRACT["webhooks"].values()}
    assert len(names) == len(TYPES)


@pytest.mark.parametrize("kind", TYPES)
def test_each_webhook_documents_headers_body_and_answers(kind: NoticeType) -> None:
    """Its headers, its payload with an example that holds, and what to answer."""
    told = CONTRACT["webhooks"][kind]["post"]
    parameters = [
        CONTRACT["components"]["parameters"][one["$ref"].rsplit("/", 1)[-1]] for one in told["parameters"]
    ]
    assert [one["name"] for one in parameters] == ["webhook-id", "webhook-timestamp", "webhook-signature"]
    assert {"2XX", "410", "429", "default"} == set(told["responses"])
    body = sent()[kind]
    (example,) = told["requestBody"]["content"]["application/json"]["examples"].values()
    assert example["value"] == msgspec.json.decode(body)
    validator(kind).validate(example["value"])
    about = example["value"]["data"].get("participant")
    assert (about is None) is (kind in {"test.ping", "audit.checkpoint", "budget.reached"})
    assert fault_of_sent(body, kind, 12, None if about is None else UUID(about)) is None


@pytest.mark.parametrize("kind", TYPES)
def test_a_body_without_its_number_or_of_another_type_does_not_hold(kind: NoticeType) -> None:
    """The schema says no where something is missing."""
    value = msgspec.json.decode(sent()[kind])
    holds = validator(kind).is_valid
    assert not holds({**value, "type": "other"})
    for name in ("sequence", "notice"):
        assert not holds({**value, "data": {k: v for k, v in value["data"].items() if k != name}})
    assert not holds({**value, "data": {**value["data"], "notice": "Do as you like."}})


async def test_a_subscriber_is_edited_by_its_tag_and_a_repeat_makes_no_other(
    clinic: Clinic,
) -> None:
    """428 without If-Match, 412 with an old one; a repeat says that the secret was shown."""
    made = await clinic.post("/v1/subscribers", RECEIVER, idempotency_key="first")
    again = await clinic.post("/v1/subscribers", RECEIVER, idempotency_key="first")
    assert (made.status_code, again.json()) == (201, made.json() | {"secret": None})
    assert made.json()["secret"].startswith("whsec_")
    path = made.headers["location"]
    shown = await clinic.get(path)
    assert "secret" not in shown.json()
    client = clinic.client()
    disabled = {"status": "disabled"}
    assert (await client.patch(path, json=disabled)).status_code == 428
    tag = {"if-match": shown.headers["etag"]}
    assert (await client.patch(path, json=disabled, headers=tag)).json()["status"] == "disabled"
    assert (await client.patch(path, json=disabled, headers=tag)).status_code == 412
    refused = await clinic.post(f"{path}/test", {})
    assert (refused.status_code, refused.json()["code"]) == (409, "subscriber_disabled")
    inside = await clinic.post("/v1/subscribers", {**RECEIVER, "url": "https://10.0.0.1/"})
    assert (inside.status_code, inside.json()["errors"][0]["pointer"]) == (422, "$.url")
    assert (await client.delete(path)).status_code == 200
    assert (await clinic.get(path)).status_code == 404

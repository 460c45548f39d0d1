"""Notices to subscribers who speak FHIR: a bundle as the Subscriptions R5 Backport has it for R4.

It says what a plain notice says and no more: ids, times and amounts. Its focus is a Communication about the
resources that tell more to whoever may read them (https://hl7.org/fhir/uv/subscriptions-backport/).
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final, Literal

import msgspec
from msgspec import Struct

from schemas.ids import Id
from schemas.notices import PART_2_NOTICE
from service.core.fhir.systems import RESTRICTED, UNIT

BACKPORT: Final = "http://hl7.org/fhir/uv/subscriptions-backport/StructureDefinition/"
NOTICE: Final = "urn:rewards:notice"
"""The code system of types of notices, and what begins the address of each as a topic."""
AMOUNT: Final = "urn:rewards:amount"
"""The extension of a Communication that says how much, in minor units of its unit."""
MEDIA: Final = "application/fhir+json"

Json = dict[str, Any]

_SECURITY: Final = [{"system": one.system, "code": one.code, "display": one.display} for one in RESTRICTED]
_encode = msgspec.json.Encoder().encode


class _Body(Struct, frozen=True):
    type: str
    timestamp: str
    data: Json


_read = msgspec.json.Decoder(_Body)


def bundle(body: bytes, delivery: Id, subscriber: Id) -> bytes:
    """A notice as it is delivered, as a bundle of a status and a Communication; the same for each attempt."""
    told = _read.decode(body)
    made: Json = {
        "resourceType": "Bundle",
        "id": str(delivery),
        "meta": {"profile": [f"{BACKPORT}backport-subscription-notification-r4"], "security": _SECURITY},
        "type": "history",
        "timestamp": told.timestamp,
        "entry": [
            {
                "fullUrl": f"{_name(delivery)}:status",
                "resource": _status(told, delivery, subscriber),
                "request": {"method": "GET", "url": f"Subscription/{subscriber}/$status"},
                "response": {"status": "200"},
            },
        ],
    }
    if told.type != "test.ping":
        made["entry"].append(
            {
                "fullUrl": _name(delivery),
                "resource": _communication(told, delivery),
                "request": {"method": "POST", "url": "Communication"},
                "response": {"status": "201"},
            }
        )
    return _encode(made)


def _name(delivery: Id) -> str:
    """What a bundle calls its Communication: an address that leads nowhere, for we keep none."""
    return f"urn:rewards:delivery:{delivery}"


def _status(told: _Body, delivery: Id, subscriber: Id) -> Json:
    """Which subscription it is of, and its number: those of one subscriber have no gaps."""
    number = str(told.data["sequence"])
    kind: Literal["handshake", "event-notification"] = (
        "handshake" if told.type == "test.ping" else "event-notification"
    )
    parameters: list[Json] = [
        {"name": "subscription", "valueReference": {"reference": f"Subscription/{subscriber}"}},
        {"name": "topic", "valueCanonical": f"{NOTICE}:{told.type}"},
        {"name": "status", "valueCode": "active"},
        {"name": "type", "valueCode": kind},
        {"name": "events-since-subscription-start", "valueString": number},
    ]
    if kind == "event-notification":
        parts = [
            {"name": "event-number", "valueString": number},
            {"name": "timestamp", "valueInstant": told.timestamp},
            {"name": "focus", "valueReference": {"reference": _name(delivery)}},
        ]
        parameters.append({"name": "notification-event", "part": parts})
    return {
        "resourceType": "Parameters",
        "id": str(delivery),
        "meta": {"profile": [f"{BACKPORT}backport-subscription-status-r4"]},
        "parameter": parameters,
    }


def _communication(told: _Body, delivery: Id) -> Json:
    """What is told: of whom, about which resources, and how much."""
    made: Json = {
        "resourceType": "Communication",
        "id": str(delivery),
        "meta": {"security": _SECURITY},
        "status": "completed",
        "category": [{"coding": [{"system": NOTICE, "code": told.type}]}],
        "sent": told.timestamp,
        "payload": [{"contentString": PART_2_NOTICE}],
    }
    amounts = list(_amounts(told.data))
    if amounts:
        made["extension"] = amounts
    if "participant" in told.data:
        made["subject"] = {"reference": f"Patient/{told.data['participant']}"}
        about = [{"reference": one} for one in _about(told.data)]
        if about:
            made["about"] = about
    return made


def _about(data: Mapping[str, Any]) -> Iterator[str]:
    if "event" in data:
        yield f"Observation/{data['event']}"
    if "enrollment" in data:
        yield f"CarePlan/{data['enrollment']}"
    if "unit" in data:
        yield f"Account/{data['participant']}.{data['unit']}"


def _amounts(data: Mapping[str, Any]) -> Iterator[Json]:
    unit = data.get("unit")
    for name in ("amount", "available", "held", "given", "earned", "spent"):
        if unit is not None and name in data:
            quantity = {"value": data[name], "system": UNIT, "code": unit}
            yield {
                "url": AMOUNT,
                "extension": [
                    {"url": "of", "valueCode": name},
                    {"url": "value", "valueQuantity": quantity},
                ],
            }

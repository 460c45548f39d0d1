"""Links between operations: what an answer gives that another operation asks for (OpenAPI 3.1, 4.8.20)."""

from typing import Any, Final

import msgspec
from msgspec import Struct

from schemas.books import PublishedProgram
from schemas.caps import ClinicCap
from schemas.draws import Drawn, HatRecord, Prize
from schemas.inbound import InboundMessage, IssuedSource
from schemas.people import Enrollment, IssuedKey, Key, Participant
from schemas.proposals import ManualAward, WriteOff
from schemas.receipts import Receipt
from schemas.shelf import Redemption, Reward, Stocked
from schemas.subscribers import Consent, MadeSubscriber
from service.web.contract import examples
from service.web.http.route import Route

GIVES: Final[dict[object, dict[str, str]]] = {
    Participant: {"participant": "$response.body#/id"},
    Enrollment: {"enrollment": "$response.body#/id", "participant": "$response.body#/participant"},
    Receipt: {
        "event": "$response.body#/event/id",
        "enrollment": "$response.body#/event/enrollment",
        "participant": "$response.body#/event/participant",
    },
    Reward: {"reward": "$response.body#/id"},
    Stocked: {"reward": "$response.body#/id"},
    Redemption: {
        "redemption": "$response.body#/id",
        "participant": "$response.body#/participant",
        "reward": "$response.body#/reward",
    },
    ManualAward: {"manual_award": "$response.body#/id", "participant": "$response.body#/participant"},
    WriteOff: {"write_off": "$response.body#/id", "reward": "$response.body#/reward"},
    ClinicCap: {"cap": "$response.body#/id"},
    Drawn: {"draw": "$response.body#/id", "enrollment": "$response.body#/enrollment"},
    Prize: {"prize": "$response.body#/id", "participant": "$response.body#/participant"},
    HatRecord: {"hat": "$response.body#/id"},
    MadeSubscriber: {"subscriber": "$response.body#/id"},
    Consent: {"consent": "$response.body#/id", "subscriber": "$response.body#/subscriber"},
    IssuedSource: {"source": "$response.body#/id"},
    InboundMessage: {"message": "$response.body#/id", "source": "$response.body#/source"},
    IssuedKey: {"key": "$response.body#/id"},
    Key: {"key": "$response.body#/id"},
    PublishedProgram: {"name": "$response.body#/name", "version": "$response.body#/version"},
}
"""Fields of each answer, by the parameter that takes them."""

_IDS: Final = [
    place for place in examples.PATH.values() if isinstance(place, str) and place != examples.PROGRAM_NAME
]


def links_of(route: Route, routes: list[Route]) -> dict[str, Any]:
    """Where one may go from a POST's answer: every other operation that asks for what it names."""
    gives = GIVES.get(route.answer)
    if gives is None or route.method != "POST":
        return {}
    links = {}
    for other in routes:
        wanted, body = other.path_types, _body(other, gives)
        if other is route or not set(wanted) <= set(gives) or not (wanted or body):
            continue
        parameters = {f"path.{name}": gives[name] for name in wanted}
        if other.edits and route.tagged:
            parameters["header.If-Match"] = "$response.header.ETag"
        links[other.name] = {
            "operationId": other.name,
            "description": other.summary,
            **({"parameters": parameters} if parameters else {}),
            **({"requestBody": body} if body else {}),
        }
    return links


def _body(other: Route, gives: dict[str, str]) -> dict[str, Any]:
    """The first example of an operation's body with what the answer names put in; empty if that is nothing.

    An id that the answer does not name is left out: whoever follows the link knows it. What the example does
    without is null, and so is the clinic's own `reference`, which is for one thing only.
    """
    example = next(iter(examples.BODIES.get(other.name, {}).values()), None)
    if not isinstance(example, Struct):
        return {}
    fields = {
        **msgspec.to_builtins(example),
        **({"reference": None} if hasattr(example, "reference") else {}),
    }
    named = {examples.PATH[name]: place for name, place in gives.items()}
    put = {
        field: named[value] for field, value in fields.items() if isinstance(value, str) and value in named
    }
    return {**{field: value for field, value in fields.items() if value not in _IDS}, **put} if put else {}

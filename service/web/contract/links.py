"""Links between operations: what an answer gives that another operation asks for (OpenAPI 3.1, 4.8.20)."""

from collections.abc import Sequence
from typing import Any, Final

import msgspec
from msgspec import Struct

from schemas.books import PublishedProgram
from schemas.budgets import Budget
from schemas.caps import ClinicCap
from schemas.consents import Consent
from schemas.draws import Drawn, HatRecord, Prize
from schemas.inbound import InboundMessage, IssuedSource
from schemas.keys import IssuedKey, Key
from schemas.openings import Opening
from schemas.people import Enrollment, Participant
from schemas.proposals import ManualAward, WriteOff
from schemas.receipts import Receipt
from schemas.redemption_changes import RedemptionChange
from schemas.restrictions import Emergency, Restriction
from schemas.shelf import Redemption, Reward, Stocked
from schemas.subscribers import MadeSubscriber
from service.web.contract import examples
from service.web.http.route import Route

Json = dict[str, Any]

GIVES: Final[dict[object, dict[str, str]]] = {
    Participant: {"participant": "$response.body#/id"},
    Enrollment: {"enrollment": "$response.body#/id"},
    Receipt: {"event": "$response.body#/event/id", "enrollment": "$response.body#/event/enrollment"},
    Reward: {"reward": "$response.body#/id"},
    Stocked: {"reward": "$response.body#/id"},
    Redemption: {"redemption": "$response.body#/id"},
    RedemptionChange: {"redemption_change": "$response.body#/id"},
    ManualAward: {"manual_award": "$response.body#/id"},
    Opening: {"opening": "$response.body#/id"},
    WriteOff: {"write_off": "$response.body#/id"},
    Budget: {"budget": "$response.body#/id"},
    ClinicCap: {"cap": "$response.body#/id"},
    Drawn: {"draw": "$response.body#/id"},
    Prize: {"prize": "$response.body#/id"},
    HatRecord: {"hat": "$response.body#/id"},
    MadeSubscriber: {"subscriber": "$response.body#/id"},
    Consent: {"consent": "$response.body#/id"},
    Restriction: {"restriction": "$response.body#/id"},
    Emergency: {"emergency": "$response.body#/id"},
    IssuedSource: {"source": "$response.body#/id"},
    InboundMessage: {"message": "$response.body#/id"},
    IssuedKey: {"key": "$response.body#/id"},
    Key: {"key": "$response.body#/id"},
    PublishedProgram: {"name": "$response.body#/name", "version": "$response.body#/version"},
}
"""Fields of each answer, by the parameter that takes them."""

_IDS: Final = [
    place for place in examples.PATH.values() if isinstance(place, str) and place != examples.PROGRAM_NAME
]


def links_of(route: Route, routes: Sequence[Route]) -> Json:
    """Where one may go from what was made: every other operation that asks for what the answer names."""
    gives = {
        name: place for name, place in GIVES.get(route.answer, {}).items() if name not in route.path_types
    }
    links = {}
    for other in routes:
        wanted, body = other.path_types, _body(other, gives)
        if other is route or not set(wanted) <= set(gives) or not (wanted or body):
            continue
        parameters = {name: gives[name] for name in wanted}
        if other.edits and route.tagged:
            parameters["If-Match"] = "$response.header.ETag"
        links[other.name] = {
            "operationId": other.name,
            **({"parameters": parameters} if parameters else {}),
            **({"x-requestBody": body} if body else {}),
        }
    return links


def _body(other: Route, gives: dict[str, str]) -> dict[str, Any]:
    """The first example of an operation's body with what the answer names put in; empty if that is nothing.

    An id that the answer does not name is left out: whoever follows the link knows it. So is the clinic's own
    `reference`, which is for one thing only.
    """
    example = next(iter(examples.BODIES.get(other.name, {}).values()), None)
    if not isinstance(example, Struct):
        return {}
    given = msgspec.to_builtins(example).items()
    fields = {field: value for field, value in given if value is not None and field != "reference"}
    named = {examples.PATH[name]: place for name, place in gives.items()}
    put = {
        field: named[value] for field, value in fields.items() if isinstance(value, str) and value in named
    }
    return {**{field: value for field, value in fields.items() if value not in _IDS}, **put} if put else {}

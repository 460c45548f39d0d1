"""Links between operations: what an answer gives that another operation asks for (OpenAPI 3.1, 4.8.20)."""

from typing import Any, Final

from schemas.books import PublishedProgram
from schemas.people import Enrollment, IssuedKey, Key, Participant
from schemas.receipts import Receipt
from schemas.shelf import Redemption, Reward
from service.web.route import Route

GIVES: Final[dict[object, dict[str, str]]] = {
    Participant: {"participant": "$response.body#/id"},
    Enrollment: {"enrollment": "$response.body#/id", "participant": "$response.body#/participant"},
    Receipt: {
        "event": "$response.body#/event/id",
        "enrollment": "$response.body#/event/enrollment",
        "participant": "$response.body#/event/participant",
    },
    Reward: {"reward": "$response.body#/id"},
    Redemption: {
        "redemption": "$response.body#/id",
        "participant": "$response.body#/participant",
        "reward": "$response.body#/reward",
    },
    IssuedKey: {"key": "$response.body#/id"},
    Key: {"key": "$response.body#/id"},
    PublishedProgram: {"name": "$response.body#/name", "version": "$response.body#/version"},
}
"""What each answer names, by the parameter that takes it."""


def links_of(route: Route, routes: list[Route]) -> dict[str, Any]:
    """Where one may go from a POST's answer: every operation whose path asks for nothing else."""
    gives = GIVES.get(route.answer)
    if gives is None or route.method != "POST":
        return {}
    links = {}
    for other in routes:
        wanted = other.path_types
        # Revoking the key in use would end a walk along the links.
        if not wanted or not set(wanted) <= set(gives) or other.method == "DELETE":
            continue
        parameters = {f"path.{name}": gives[name] for name in wanted}
        if other.edits and route.tagged:
            parameters["header.If-Match"] = "$response.header.ETag"
        links[other.name] = {
            "operationId": other.name,
            "description": other.summary,
            "parameters": parameters,
        }
    return links

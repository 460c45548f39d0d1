"""The scope that a key needs for each route, by the area of its resource and whether it changes something."""

from typing import Final, cast

from schemas.keys import Scope

AREAS: Final[dict[str, str]] = {
    "participants": "people",
    "merges": "people",
    "new_addresses": "people",
    "enrollments": "people",
    "screening": "people",
    "guardians": "people",
    "consents": "people",
    "reminders": "people",
    "submissions": "events",
    "events": "events",
    "batches": "events",
    "corrections": "events",
    "visits": "events",
    "closures": "events",
    "groups": "events",
    "hours": "events",
    "inbound": "events",
    "streams": "events",
    "balances": "money",
    "caps": "money",
    "billing": "money",
    "budgets": "money",
    "points_worth": "money",
    "tax": "money",
    "manual_awards": "money",
    "openings": "money",
    "rewards": "shelf",
    "providers": "shelf",
    "brand_rules": "shelf",
    "write_offs": "shelf",
    "redemptions": "shelf",
    "redemption_changes": "shelf",
    "draws": "shelf",
    "seeds": "shelf",
    "prizes": "shelf",
    "hats": "shelf",
    "second_looks": "money",
    "restrictions": "people",
    "erasures": "people",
    "programs": "programs",
    "program_trials": "programs",
    "subscribers": "notices",
    "sources": "notices",
    "pulls": "notices",
    "keys": "access",
    "smart": "access",
    "staff": "access",
    "audit": "audit",
    "deeds": "audit",
    "reports": "audit",
    "saved_reports": "audit",
}
"""The area of each resource, named as its file in web/api."""


ASKED_AGAIN: Final[frozenset[Scope]] = frozenset({"secrets.write", "access.write"})
"""What a member of staff does only after showing their password or second factor again, and a key, which has
neither, only by a scope that says so."""


def scope_of(tag: str, method: str) -> Scope | None:
    """The scope of a guarded route that names none of its own; none for sessions, which no key reaches.

    Raises KeyError for a resource without an area: its routes would be open to every key.
    """
    if tag == "sessions":
        return None
    area = AREAS[tag]
    return cast("Scope", f"{area}.{'read' if method == 'GET' or area == 'audit' else 'write'}")

"""Scopes of SMART Backend Services (SMART App Launch 2.2, system scopes), and what they open here."""

from collections.abc import Iterable
from typing import Final

from schemas.keys import Scope

ALL: Final = "system/*.rs"
OPENS: Final[dict[str, Scope]] = {
    "system/Patient.rs": "people.read",
    "system/CarePlan.rs": "people.read",
    "system/Observation.rs": "events.read",
    "system/Encounter.rs": "events.read",
    "system/Account.rs": "money.read",
    "system/ChargeItem.rs": "money.read",
}
"""The scope of a key that each one takes."""
EXPORTS: Final = frozenset({"$export", "exports"})


def canonical(scopes: Iterable[str]) -> tuple[str, ...]:
    """Scopes in one writing, once each: `.read`, `.r` and `.s` are `.rs`, for searches read."""
    return tuple(dict.fromkeys(f"{one.rpartition('.')[0]}.rs" for one in scopes))


def key_scopes(scopes: Iterable[str]) -> tuple[Scope, ...]:
    """What a key needs for some scopes."""
    wanted = set(scopes)
    return tuple(dict.fromkeys(opened for one, opened in OPENS.items() if one in wanted or ALL in wanted))


def granted(asked: Iterable[str], registered: Iterable[str]) -> tuple[str, ...]:
    """What is given of what is asked for: what is registered, by itself or as a part of all."""
    own = set(registered)
    found = []
    for one in canonical(asked):
        if one in own or (ALL in own and one in OPENS):
            found.append(one)
        elif one == ALL:
            found += [part for part in OPENS if part in own]
    return tuple(dict.fromkeys(found))


def opens(scopes: Iterable[str], part: str) -> bool:
    """Whether scopes open a part of FHIR's address: a type of resource, or exports, which have all."""
    own = set(scopes)
    return ALL in own or (part not in EXPORTS and f"system/{part}.rs" in own)

"""Differences of a new version: the sentences that differ, the totals that do, and every other place."""

from collections.abc import Iterator, Mapping

from msgspec import Struct

from schemas.books import ProgramTable
from schemas.program import Program, Title
from service.core.authoring.programs import plain
from service.core.authoring.scenarios import scenarios
from service.web.pages.editor.places import in_words
from service.web.pages.editor.sentences import said_of
from service.web.pages.framework.voice import Voice


class TotalChange(Struct, frozen=True):
    """One scenario's total before and now; `before` is empty where there was no such target."""

    target: str
    scenario: str
    before: str
    now: str


class PlaceChange(Struct, frozen=True):
    """One place of the document, in words, before and now; empty where it was or is not there."""

    place: str
    before: str
    now: str


class Changes(Struct, frozen=True):
    """All that a new version changes."""

    gone: tuple[str, ...]
    come: tuple[str, ...]
    totals: tuple[TotalChange, ...]
    places: tuple[PlaceChange, ...]


def changes_of(before: Program | None, now: Program, voice: Voice, called: Mapping[str, Title]) -> Changes:
    """Compare a program with its latest version; without one everything is new."""
    old = [] if before is None else [one.text for one in said_of(before, voice, called)]
    new = [one.text for one in said_of(now, voice, called)]
    then, present = (None if before is None else plain(before)), plain(now)
    were = dict(_flat(then, "$")) if then is not None else {}
    are = dict(_flat(present, "$"))
    places = tuple(
        PlaceChange(
            in_words(place, present if place in are else then, voice),
            were.get(place, ""),
            are.get(place, ""),
        )
        for place in [*are, *(one for one in were if one not in are)]
        if before is not None and were.get(place) != are.get(place)
    )
    return Changes(
        tuple(one for one in old if one not in new),
        tuple(one for one in new if one not in old),
        tuple(_totals(before, now, voice)),
        places,
    )


def _totals(before: Program | None, now: Program, voice: Voice) -> Iterator[TotalChange]:
    names = [] if before is None else [one.name for one in before.targets]
    for target in now.targets:
        new = scenarios(now, target.name, None)
        old = None
        if before is not None and target.name in names:
            old = scenarios(before, target.name, new.miss)
        is_back = new.no_recovery is not None and (old is None or old.no_recovery is not None)
        pairs = [
            ("every_visit", None if old is None else old.perfect, new.perfect),
            ("one_miss_recovery" if is_back else "one_miss", None if old is None else old.missed, new.missed),
        ]
        if new.no_recovery is not None or (old is not None and old.no_recovery is not None):
            was_bare = None if old is None else old.no_recovery or old.missed
            pairs.append(("one_miss_none", was_bare, new.no_recovery or new.missed))
        for scenario, was, is_now in pairs:
            yield TotalChange(
                target.name, scenario, "" if was is None else _sum(was, voice), _sum(is_now, voice)
            )


def _sum(found: ProgramTable, voice: Voice) -> str:
    return " + ".join(voice.money(one.amount, one.unit) for one in found.totals) or "0"


def _flat(value: object, place: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for key, item in value.items():
            yield from _flat(item, f"{place}.{key}")
    elif isinstance(value, list):
        for number, item in enumerate(value):
            yield from _flat(item, f"{place}[{number}]")
    else:
        yield place, str(value)

"""Draws worked out from their seeds: every slip, every prize, and every name from a hat.

A seed that is in use is secret until it is revealed: of draws with it a pack has the commitment alone, and
whoever has a later pack, or asks the clinic for the revealed seed, can check them then.
"""

import hashlib
import hmac
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import count
from typing import Any, Final
from uuid import UUID

from checker.days import moment
from checker.folder import Fault, Pack, Row
from checker.visits import days_to_draw

STANDARD: Final[Row] = {
    "name": "standard-500",
    "tiers": [
        {"name": "good job", "slips": 250},
        {"name": "small", "slips": 209, "value": 100},
        {"name": "large", "slips": 40, "value": 2000},
        {"name": "jumbo", "slips": 1, "value": 10_000},
    ],
}
"""The bowl that every program has (Petry et al. 2005, J Consult Clin Psychol 73:1005), in cents."""
ROUND: Final = 2**32


def seeds_hold(pack: Pack) -> Iterator[Fault]:
    """Every revealed seed that is not the one that was committed to."""
    for row in pack.rows("seeds"):
        if row["revealed_seed"] is None:
            continue
        if hashlib.sha256(bytes.fromhex(row["revealed_seed"])).hexdigest() != row["commitment"]:
            yield Fault(f"seed {row['seed']}", "it is not the one that was committed to")


def draws_hold(pack: Pack) -> Iterator[Fault]:
    """Every draw that does not follow from its seed, and every prize that does not follow from its slip."""
    seeds, prizes = pack.by("seeds", "seed"), pack.grouped("prizes", "draw")
    enrollments = pack.by("enrollments", "enrollment")
    numbers: dict[str, list[int]] = {}
    for row in pack.rows("draws"):
        numbers.setdefault(row["enrollment"], []).append(row["n"])
        seed = seeds.get(row["seed"])
        if seed is None:
            yield Fault(f"draw {row['draw']}", "its seed's commitment is not there")
            continue
        yield from _in_time(f"draw {row['draw']}", row["drawn_at"], seed)
        program = enrollments.get(row["enrollment"], {}).get("program")
        # Of any version: an enrollment may have moved to another one since.
        bowls = [
            one for key, found in pack.programs.items() if key[0] == program for one in found.get("bowls", [])
        ]
        units = {found["unit"] for key, found in pack.programs.items() if key[0] == program}
        yield from _of_draw(row, seed, bowls, prizes.get(row["draw"], []))
        yield from _in_unit(row, units, prizes.get(row["draw"], []))
    for enrollment, found in numbers.items():
        if sorted(found) != list(range(1, len(found) + 1)):
            yield Fault(f"enrollment {enrollment}", "a draw is missing, or is there twice")


def hats_hold(pack: Pack) -> Iterator[Fault]:
    """Every name from a hat that does not follow from its seed; tickets are taken as they stand."""
    seeds, people = pack.by("seeds", "seed"), pack.grouped("hat_people", "hat")
    for row in pack.rows("hats"):
        seed = seeds.get(row["seed"])
        if seed is None or seed["revealed_seed"] is None:
            continue
        yield from _in_time(f"hat {row['hat']}", row["drawn_at"], seed)
        name = f"hat/{pack.manifest['clinic']}/{row['program']}/{row['target']}/{row['day']}/1"
        inside = people.get(row["hat"], [])
        drawn = sorted((one["place"], one["enrollment"]) for one in inside if one["place"] is not None)
        expected = list(enumerate(_names(bytes.fromhex(seed["revealed_seed"]), name, inside)))
        if drawn != expected:
            yield Fault(f"hat {row['hat']}", f"its seed draws {expected}, and it says {drawn}")


def days_hold(pack: Pack) -> Iterator[Fault]:
    """Every day's turn that does not follow from its seed, or wants another number than its week does.

    Which of the days left were closed on that morning is taken as it stands.
    """
    seeds, enrollments = pack.by("seeds", "seed"), pack.by("enrollments", "enrollment")
    weeks: dict[tuple[str, str, int], int] = {}
    for row in sorted(pack.rows("drawn_days"), key=lambda one: str(one["day"])):
        where, of = f"drawn day {row['drawn_day']}", enrollments.get(row["enrollment"])
        program = None if of is None else pack.programs.get((of["program"], row["version"]))
        if of is None or program is None:
            yield Fault(where, "its enrollment or program is not there")
            continue
        starts_on, day = date.fromisoformat(of["starts_on"]), date.fromisoformat(row["day"])
        wanted, days = days_to_draw(program, row["target"], starts_on, day)
        week = (row["enrollment"], row["target"], (day - starts_on).days // 7)
        left = [one.isoformat() for one in days if one >= day]
        expected = max(wanted - weeks.get(week, 0), 0)
        if row["wanted"] != expected or row["days"][:1] != [row["day"]] or not set(row["days"]) <= set(left):
            said = f"{row['wanted']} of {row['days']}"
            yield Fault(where, f"its program wants {expected} of {left}, and it says {said}")
        weeks[week] = weeks.get(week, 0) + row["drawn"]
        if row["drawn"] != (row["slip"] is not None and row["slip"] <= row["wanted"]):
            yield Fault(where, f"slip {row['slip']} with {row['wanted']} wanted says otherwise")
        seed = seeds.get(row["seed"])
        if seed is None:
            yield Fault(where, "its seed's commitment is not there")
            continue
        yield from _in_time(where, row["drawn_at"], seed)
        if seed["revealed_seed"] is not None and row["wanted"]:
            name = f"day/{row['enrollment']}/{row['target']}/{row['day']}"
            slip = slip_of(bytes.fromhex(seed["revealed_seed"]), name, 0, len(row["days"]))
            if row["slip"] != slip:
                yield Fault(where, f"its seed draws slip {slip}, and it says {row['slip']}")


def slip_of(seed: bytes, name: str, index: int, slips: int) -> int:
    """The number, from 1, of one slip, by HMAC-SHA256; the incomplete last round of numbers is left out."""
    for counter in count():
        message = f"cm-draw|{name}|{index}|{counter}".encode()
        number = int.from_bytes(hmac.digest(seed, message, "sha256")[:4], "big")
        if number < ROUND // slips * slips:
            return number % slips + 1
    raise AssertionError


def waiting(pack: Pack) -> int:
    """How many draws, hats and drawn days are of a seed that is not revealed yet."""
    secret = {row["seed"] for row in pack.rows("seeds") if row["revealed_seed"] is None}
    return sum(row["seed"] in secret for table in ("draws", "hats", "drawn_days") for row in pack.rows(table))


def _of_draw(row: Row, seed: Row, bowls: Sequence[Row], prizes: Sequence[Row]) -> Iterator[Fault]:
    where, bowl = f"draw {row['draw']}", _said(row["document"])
    if bowl not in (STANDARD, *map(_said, bowls)):
        yield Fault(where, f"its program has no such bowl as {row['bowl']}")
    slips = row["slips"]
    if seed["revealed_seed"] is not None:
        total = sum(tier["slips"] for tier in bowl["tiers"])
        name, known = f"{row['enrollment']}/{row['n']}", bytes.fromhex(seed["revealed_seed"])
        expected = [slip_of(known, name, index, total) for index in range(len(slips))]
        if slips != expected:
            yield Fault(where, f"its seed draws {expected}, and it says {slips}")
            return
    tiers = [_tier(bowl, number) for number in slips]
    won = {place: tier for place, tier in enumerate(tiers) if tier.get("value") or tier.get("category")}
    found = {prize["place"]: prize for prize in prizes}
    if won.keys() != found.keys():
        yield Fault(where, f"slips {sorted(won)} win, and prizes are of {sorted(found)}")
        return
    for place, prize in found.items():
        tier = won[place]
        worth = None if prize["amount"] is None else prize["amount"] + prize["clipped"]
        said = (prize["tier"], worth, prize["category"])
        if said != (tier["name"], tier.get("value"), tier.get("category")):
            yield Fault(f"prize {prize['prize']}", f"its slip is {tier}, and it says {said}")


def _in_unit(row: Row, units: set[str], prizes: Sequence[Row]) -> Iterator[Fault]:
    """A prize of an amount in another unit than its program's; the bowl of all programs holds dollars."""
    of_dollars = row["bowl"] == "standard-500"
    allowed = {"usd" if of_dollars or unit == "draw" else unit for unit in units}
    for prize in prizes:
        if prize["amount"] is not None and prize["unit"] not in allowed:
            said = f"its bowl pays {' or '.join(sorted(allowed))}, and it says {prize['unit']}"
            yield Fault(f"prize {prize['prize']}", said)


def _in_time(where: str, drawn_at: str, seed: Row) -> Iterator[Fault]:
    """A seed must have been committed to before it was drawn with, and revealed only after."""
    at = moment(drawn_at)
    if at < moment(seed["committed_at"]):
        yield Fault(where, "it was made before its seed was committed to")
    if seed["revealed_at"] is not None and at > moment(seed["revealed_at"]):
        yield Fault(where, "it was made after its seed was revealed")


def _said(bowl: Row) -> Row:
    """A bowl without what it leaves out, however that is written."""
    tiers = [{name: value for name, value in tier.items() if value is not None} for tier in bowl["tiers"]]
    return {"name": bowl["name"], "tiers": tiers}


def _tier(bowl: Row, number: int) -> Row:
    for tier in bowl["tiers"]:
        if number <= tier["slips"]:
            found: Row = tier
            return found
        number -= tier["slips"]
    return {"name": "no slip"}


def _names(seed: bytes, name: str, people: Sequence[Row]) -> Iterator[Any]:
    """The enrollments drawn from a hat: half of those in it, rounded up, each leaving it with all tickets."""
    left = sorted(people, key=lambda one: UUID(one["enrollment"]).bytes)
    for index in range((len(people) + 1) // 2):
        number = slip_of(seed, name, index, sum(one["tickets"] for one in left))
        for one in left:
            if number <= one["tickets"]:
                left.remove(one)
                yield one["enrollment"]
                break
            number -= one["tickets"]

"""Work a clinic's draws out again from their seeds: slips, prizes, their transfers, and drawn days."""

from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import tzinfo
from typing import Any
from uuid import UUID

import msgspec
from msgspec.structs import replace

from schemas.program import Bowl
from service.core.calendar import local_day
from service.core.compiled import Rules
from service.core.draws.draws import prize_unit
from service.core.verify.books import Due, Mismatch
from service.core.verify.checking_draws import (
    DayRow,
    DrawRow,
    PrizeRow,
    SeedRow,
    day_mismatches,
    draw_mismatches,
    overdrawn,
    seed_mismatches,
)
from service.core.verify.kin import Kin
from service.flows.verify.verify_hats import hats
from service.store import books
from service.store.database.pool import Tx
from service.store.seeds import SEED

_bowl = msgspec.json.Decoder(Bowl)
_prizes = msgspec.json.Decoder(list[PrizeRow])


async def proven(tx: Tx, rules: Mapping[tuple[str, int], Rules], kin: Kin) -> AsyncIterator[Mismatch]:
    """Every place where seeds, draws and prizes do not agree; `rules` are those of each published version."""
    seeds: dict[UUID, bytes] = {}
    async for mismatch in _seeds(tx, seeds):
        yield mismatch
    async for mismatch in _draws(tx, rules, seeds, kin):
        yield mismatch
    async for row in books.all_rows(tx, "books_draws/drawless"):
        ids = {"prize_id": str(row["prize_id"])}
        yield Mismatch("prizes", ids, f"a prize of draw {row['draw_id']}", "no such draw")
    async for mismatch in hats(tx, seeds, kin):
        yield mismatch
    async for row in books.all_rows(tx, "books_draws/days"):
        for mismatch in day_mismatches(_day(row, rules, seeds)):
            yield mismatch
    async for row in books.all_rows(tx, "books_draws/overdrawn"):
        for mismatch in overdrawn(row["enrollment_id"], row["drawn"], row["credited"]):
            yield mismatch


async def _seeds(tx: Tx, seeds: dict[UUID, bytes]) -> AsyncIterator[Mismatch]:
    """Every fault of a seed; those that open are put into `seeds`."""
    in_use = 0
    async for row in books.all_rows(tx, "books_draws/seeds"):
        seed = SeedRow(row["seed_id"], tx.cipher.opened(tx.clinic, SEED, row["seed"]), row["commitment"])
        if seed.seed is not None:
            seeds[seed.id] = seed.seed
        in_use += row["revealed_at"] is None
        for mismatch in seed_mismatches(seed):
            yield mismatch
        if in_use > 1:
            yield Mismatch("seeds", {"seed_id": str(seed.id)}, "one seed in use", f"{in_use} of them")


async def draws_told(tx: Tx) -> AsyncIterator[Mismatch]:
    """Every seed, draw, prize and hat that the audit trail tells otherwise; call it once the trail holds.

    Then every draw and hat that was made after its seed was revealed.
    """
    async for row in books.all_rows(tx, "books_draws/draws_told"):
        expected = f"as the audit trail tells it: {row['told'] or 'nothing'}"
        yield Mismatch(row["of"], {"id": str(row["id"])}, expected, row["kept"] or "nothing")
    async for row in books.all_rows(tx, "books_draws/after_reveal"):
        ids = {"id": str(row["id"]), "seed_id": str(row["seed_id"])}
        yield Mismatch(row["of"], ids, "made before its seed was revealed", "made after it")


async def draw_dues(tx: Tx, people: Sequence[UUID], zone: tzinfo) -> dict[UUID, list[Due]]:
    """The transfers that draws and their prizes call for: draws spent, and what was won credited that day."""
    dues: dict[UUID, list[Due]] = {}
    for person, rows in (await books.of_participants(tx, "books_draws/drawn", people)).items():
        dues[person] = [_spent(row) for row in rows]
    for person, rows in (await books.of_participants(tx, "books_draws/won", people)).items():
        dues.setdefault(person, []).extend(_credited(row, zone) for row in rows)
    return dues


def _spent(row: Any) -> Due:  # noqa: ANN401  a row
    ids = {"draw_id": str(row["draw_id"]), "enrollment_id": str(row["enrollment_id"])}
    way = ("available", "given")
    return Due(
        "draws", ids, "draw", row["draw_id"], row["spent"], "draw", way, None, None, row["enrollment_id"]
    )


def _credited(row: Any, zone: tzinfo) -> Due:  # noqa: ANN401  a row
    return Due(
        "prizes",
        {"prize_id": str(row["prize_id"]), "draw_id": str(row["draw_id"])},
        "prize",
        row["prize_id"],
        row["amount"],
        row["unit"],
        ("issued", "available"),
        local_day(row["won_at"], zone),
        row["funding"],
        row["enrollment_id"],
    )


async def _draws(
    tx: Tx, rules: Mapping[tuple[str, int], Rules], seeds: Mapping[UUID, bytes], kin: Kin
) -> AsyncIterator[Mismatch]:
    bowls: dict[str, list[Bowl]] = {}
    for (program, _version), of_version in rules.items():
        bowls.setdefault(program, []).extend(of_version.program.bowls)
    enrollment, n = None, 0
    async for row in books.all_rows(tx, "books_draws/draws"):
        n = n + 1 if row["enrollment_id"] == enrollment else 1
        enrollment = row["enrollment_id"]
        drawn = _of_one(_draw(row, rules, seeds), kin)
        for mismatch in draw_mismatches(drawn, n, bowls.get(drawn.program, [])):
            yield mismatch


def _of_one(drawn: DrawRow, kin: Kin) -> DrawRow:
    """A draw and its prizes as those of the first of the charts that were ever merged."""
    won = [replace(prize, participant=kin.of(prize.participant)) for prize in drawn.won]
    return replace(drawn, participant=kin.of(drawn.participant), owner=kin.one(drawn.owner), won=won)


def _day(row: Any, rules: Mapping[tuple[str, int], Rules], seeds: Mapping[UUID, bytes]) -> DayRow:  # noqa: ANN401  a row
    return DayRow(
        row["drawn_day_id"],
        row["enrollment_id"],
        row["starts_on"],
        rules.get((row["program"], row["version"])),
        row["target"],
        row["day"],
        row["days"],
        row["wanted"],
        row["slip"],
        row["is_drawn"],
        seeds.get(row["seed_id"]),
        row["before"],
    )


def _draw(row: Any, rules: Mapping[tuple[str, int], Rules], seeds: Mapping[UUID, bytes]) -> DrawRow:  # noqa: ANN401  a row
    known = rules.get((row["program"], row["version"]))
    unit = "usd" if known is None else prize_unit(known.program, row["bowl"])
    try:
        document = _bowl.decode(row["document"])
    except msgspec.MsgspecError:
        document = None
    return DrawRow(
        row["draw_id"],
        row["participant_id"],
        row["owner"],
        row["program"] or "",
        row["enrollment_id"],
        row["n"],
        seeds.get(row["seed_id"]),
        row["bowl"],
        unit,
        document,
        row["slips"],
        _prizes.decode(row["won"]),
    )

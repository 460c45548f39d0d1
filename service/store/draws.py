"""Draws on record, and what a participant holds of draws not drawn yet."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import msgspec
from asyncpg import Record
from msgspec import Struct

from schemas.draws import DrawnSlip, DrawPrize, DrawRecord, Prize
from schemas.program import Bowl
from service.core.draws.draws import draw_name, tier_of
from service.core.draws.holdings import DrawCredit
from service.store import prizes, seeds
from service.store.charts import Person
from service.store.database.pool import Tx

_encode = msgspec.json.Encoder().encode
_bowl = msgspec.json.Decoder(Bowl)


class NewDraw(Struct, frozen=True):
    """A draw as it goes on record; `n` is the enrollment's own count of draws, from 1."""

    id: UUID
    participant: UUID
    enrollment: UUID
    n: int
    seed: UUID
    bowl: Bowl
    slips: tuple[int, ...]
    by: UUID


class OwnedDraw(Struct, frozen=True):
    """A draw on record with whose it is, which its public record does not say."""

    record: DrawRecord
    participant: UUID


class Tally(Struct, frozen=True):
    """How often one slip of a bowl was drawn."""

    bowl: Bowl
    slip: int
    drawn: int


async def credits_of(tx: Tx, person: Person) -> list[DrawCredit]:
    """Every credit of draws to a participant, oldest first; the participant is locked by the caller."""
    return [
        DrawCredit(
            row["amount"], row["at"], row["enrollment_id"], row["target"], row["program_week"], row["bowl"]
        )
        for row in await tx.rows("draws/credits", accounts=person.accounts, person=person.id)
    ]


async def drawn(tx: Tx, person: Person) -> dict[tuple[UUID, str], int]:
    """How many slips a participant has drawn for each enrollment and bowl."""
    rows = await tx.rows("draws/drawn", accounts=person.accounts, person=person.id)
    return {(row["enrollment_id"], row["bowl"]): row["drawn"] for row in rows}


async def last(tx: Tx, enrollment: UUID) -> int:
    """The number of an enrollment's latest draw, 0 before the first."""
    return int(await tx.value("draws/last", enrollment_id=enrollment))


async def insert(tx: Tx, new: NewDraw) -> None:
    """Write a draw, without its prizes."""
    await tx.run(
        "draws/insert",
        draw_id=new.id,
        participant_id=new.participant,
        enrollment_id=new.enrollment,
        n=new.n,
        seed_id=new.seed,
        bowl=new.bowl.name,
        document=_encode(new.bowl).decode(),
        slips=new.slips,
        drawn_by=new.by,
    )


async def find(tx: Tx, draw: UUID) -> OwnedDraw | None:
    """One draw by id."""
    row = await tx.row("draws/find", draw_id=draw)
    if row is None:
        return None
    return _on_record(tx, row, await prizes.of_draws(tx, [draw]))


async def before(tx: Tx, last: UUID, rows_max: int, person: Person) -> list[OwnedDraw]:
    """Draws of one participant before `last`, newest first."""
    rows = await tx.rows(
        "draws/list_of_participant", before=last, limit=rows_max, accounts=person.accounts, person=person.id
    )
    won = await prizes.of_draws(tx, [row["draw_id"] for row in rows])
    return [_on_record(tx, row, won) for row in rows]


async def tallies(tx: Tx) -> list[Tally]:
    """How often each slip of each bowl was drawn, in all clinics together."""
    return [
        Tally(_bowl.decode(row["document"]), row["slip"], row["drawn"])
        for row in await tx.rows("draws/tallies")
    ]


def slips_shown(bowl: Bowl, slips: Sequence[int], prize_at: dict[int, Prize]) -> tuple[DrawnSlip, ...]:
    """Slips as they are answered, each with its tier and its prize."""
    return tuple(
        DrawnSlip(index, number, tier_of(bowl, number).name, _shown(prize_at.get(index)))
        for index, number in enumerate(slips)
    )


def _shown(prize: Prize | None) -> DrawPrize | None:
    if prize is None:
        return None
    if prize.category is None:
        return DrawPrize(prize.id, prize.unit, prize.amount, prize.clipped)
    return DrawPrize(prize.id, category=prize.category, status="given" if prize.status == "given" else "owed")


def _on_record(tx: Tx, row: Record, won: Sequence[Prize]) -> OwnedDraw:
    bowl = _bowl.decode(row["document"])
    drawn_at: datetime = row["drawn_at"]
    record = DrawRecord(
        row["draw_id"],
        draw_name(row["enrollment_id"], row["n"]),
        row["enrollment_id"],
        bowl,
        len(row["slips"]),
        row["commitment"].hex(),
        row["seed_id"],
        drawn_at,
        slips_shown(bowl, row["slips"], {one.index: one for one in won if one.draw == row["draw_id"]}),
        seeds.revealed(tx, row),
    )
    return OwnedDraw(record, row["participant_id"])

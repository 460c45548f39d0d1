"""Balances, and the transfers that change them."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import tzinfo
from typing import cast
from uuid import UUID

from msgspec import Struct

from schemas.program import Unit
from schemas.receipts import Balance, BalanceSheet
from service.core.dated_caps import clip
from service.core.episode import Decided, Episode
from service.core.ledger import Credit, Movement, Paid, apply, credit_movement, spot_of_credit
from service.core.notices import telling
from service.store import caps, episodes, record
from service.store.act import Act
from service.store.cap_totals import Tallies
from service.store.charts import Locked
from service.store.database.pool import Tx
from service.store.record import BalanceKey


async def balances(tx: Tx, participants: Iterable[UUID]) -> dict[BalanceKey, Balance]:
    """The balances of some participants, by participant and unit; call it with the participants locked."""
    rows = await tx.rows("ledger/balances", participants=list(participants))
    return {
        (row["participant_id"], cast("Unit", row["unit"])): Balance(
            cast("Unit", row["unit"]), row["available"], row["held"], row["given"], row["earned"]
        )
        for row in rows
    }


async def move(act: Act, movements: list[Movement]) -> dict[BalanceKey, Balance]:
    """Make transfers and return the balances after them; the participants are locked by the caller.

    Raises NotCoveredError where an account would fall below zero.
    """
    held = await balances(act, {movement.participant for movement in movements})
    after = applied(held, movements)
    await record.write(act, record.Books(movements=movements, balances=after))
    act.changed |= after
    return after


async def pay(act: Act, wanted: Sequence[Credit]) -> list[Paid]:
    """Pay credits in their order, as far as caps let them; the participants are locked by the caller."""
    tallies = Tallies(act, await caps.whole(act))
    spots = [spot_of_credit(credit) for credit in wanted]
    await tallies.read((credit.participant, spot) for credit, spot in zip(wanted, spots, strict=True))
    paid = []
    for credit, spot in zip(wanted, spots, strict=True):
        limits, amount, why = clip(tallies.limits(credit.participant), spot, credit.amount)
        tallies.settle(act.actor, credit.participant, limits, [spot])
        paid.append(Paid(amount, credit.amount - amount, why))
    movements = [credit_movement(credit, part.amount) for credit, part in zip(wanted, paid, strict=True)]
    await move(act, [movement for movement in movements if movement is not None])
    act.notify(*telling.credited(wanted, paid))
    act.audit_caps(await tallies.keep())
    return paid


class Whole(Struct, frozen=True):
    """The start of folding an enrollment again: its past, the balances, and what counts for caps."""

    episode: Episode
    balances: tuple[Balance, ...]
    tallies: Tallies

    @property
    def available(self) -> dict[Unit, int]:
        """The available amount in each unit: nothing is taken back beyond it."""
        return {one.unit: one.available for one in self.balances}


async def whole(tx: Tx, people: Mapping[UUID, Locked], enrollment: UUID, zone: tzinfo) -> Whole:
    """Read one enrollment of the locked `people` whole."""
    reading = await episodes.read(tx, people, ())
    known = next(one for one in reading.episodes if one.id == enrollment)
    tallies = Tallies(tx, reading.caps)
    episode = await tallies.counted(await episodes.with_past(tx, known, zone))
    return Whole(episode, tuple(reading.balances[known.participant].values()), tallies)


class Entries(Struct, frozen=True):
    """The rows of a decision on an enrollment folded again: awards, transfers, and the balances these change.

    `balances` are all of the participant's balances after it, `ids` the awards' in the order of the postings.
    """

    ids: list[UUID]
    awards: list[record.NewAward]
    movements: list[Movement]
    moved: dict[BalanceKey, Balance]
    balances: tuple[Balance, ...]


def entries(tx: Tx, before: Whole, decided: Decided) -> Entries:
    """The rows that a decision would write."""
    ids: list[UUID] = [tx.new_id() for _ in decided.postings]
    awards, movements = record.posted(decided, None, ids)
    held = {(decided.episode.participant, one.unit): one for one in before.balances}
    moved = applied(held, movements)
    return Entries(ids, awards, movements, moved, tuple((held | moved).values()))


async def post(act: Act, before: Whole, decided: Decided) -> Entries:
    """Write what was decided of an enrollment folded again, its checkpoint, and what counts for caps."""
    new = entries(act, before, decided)
    books = record.Books((), [decided.episode], new.awards, new.movements, new.moved)
    await record.write(act, books)
    act.notify(*telling.posted(decided, None, new.ids))
    act.changed |= new.moved
    before.tallies.take(act.actor, decided)
    act.audit_caps(await before.tallies.keep())
    return new


def applied(before: Mapping[BalanceKey, Balance], movements: Iterable[Movement]) -> dict[BalanceKey, Balance]:
    """The balances that movements change, as they are after them."""
    after: dict[BalanceKey, Balance] = {}
    for movement in movements:
        key = (movement.participant, movement.unit)
        balance = after.get(key) or before.get(key) or Balance(movement.unit, 0, 0, 0, 0)
        after[key] = apply(balance, movement)
    return after


async def sheets(tx: Tx, participants: Iterable[UUID]) -> dict[UUID, BalanceSheet]:
    """All balances of each participant that there is, by the id asked for; of the person that it leads to."""
    found: dict[UUID, list[Balance]] = {}
    person: dict[UUID, UUID] = {}
    for row in await tx.rows("ledger/sheets", participants=list(participants)):
        balances_of = found.setdefault(row["asked_id"], [])
        person[row["asked_id"]] = row["participant_id"]
        if row["unit"] is not None:
            balances_of.append(
                Balance(row["unit"], row["available"], row["held"], row["given"], row["earned"])
            )
    return {asked: BalanceSheet(person[asked], tuple(each), tx.now) for asked, each in found.items()}

"""What points were said to be worth, and what was given in kind, as it counts against caps."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from asyncpg import Record

from schemas.program import Unit
from schemas.worth import PointsWorth
from service.core.dated_caps import Spot
from service.core.worth import Credited, Gift, GiftCause, Portion, Source
from service.store.database.pool import Tx

REASON = "points_worth.reason"
"""The field that the reason of a points' worth is sealed as."""


async def insert(tx: Tx, new: PointsWorth) -> None:
    """Write what points are worth from a day on."""
    await tx.run(
        "points_worth/insert",
        points_worth_id=new.id,
        amount=new.amount,
        starts_on=new.starts_on,
        reason=None if new.reason is None else tx.cipher.seal(tx.clinic, REASON, new.reason),
        created_at=new.created_at,
        created_by=new.created_by,
    )


async def before(tx: Tx, last: UUID, rows_max: int) -> list[PointsWorth]:
    """What points were said to be worth before `last`, newest first."""
    return [_worth(tx, row) for row in await tx.rows("points_worth/list", before=last, limit=rows_max)]


async def holding(tx: Tx, day: date) -> PointsWorth | None:
    """What points are worth on a day, as it was said; none where nobody has."""
    row = await tx.row("points_worth/holding", day=day)
    return None if row is None else _worth(tx, row)


async def cents_a_point(tx: Tx, day: date) -> int | None:
    """What one point is worth on a day, in cents."""
    row = await tx.row("points_worth/holding", day=day)
    return None if row is None else int(row["amount"])


async def earned(tx: Tx, participant: UUID, unit: Unit) -> list[Credited]:
    """What a participant was credited in a unit and not taken back, by its source, the earliest first."""
    rows = await tx.rows("gifts/earned", participant_id=participant, unit=unit)
    return [Credited((row["enrollment_id"], row["funding"]), row["amount"]) for row in rows]


async def attributed(tx: Tx, participant: UUID, unit: Unit) -> dict[Source, int]:
    """What each source has paid for of what a participant was given for a unit."""
    rows = await tx.rows("gifts/attributed", participants=[participant], unit=unit)
    return {(row["enrollment_id"], row["funding"]): row["spent"] for row in rows}


async def of_cause(tx: Tx, participant: UUID, cause: GiftCause, cause_id: UUID) -> list[Gift]:
    """What one redemption or prize counts for by now, by day; nothing where all was given back."""
    rows = await tx.rows("gifts/of_cause", participants=[participant], cause=cause, cause_id=cause_id)
    found: dict[date, Gift] = {}
    for row in rows:
        portion = Portion((row["enrollment_id"], row["funding"]), row["spent"], row["worth"])
        known = found.get(row["day"])
        portions = (portion,) if known is None else (*known.portions, portion)
        found[row["day"]] = Gift(cause, cause_id, row["unit"], row["day"], portions, row["worth_unit"])
    return list(found.values())


async def write(tx: Tx, participant: UUID, given: Sequence[Gift], returned: Sequence[Gift] = ()) -> None:
    """Write what counts from now on, and what no longer does."""
    signed = [(gift, one, -1) for gift in returned for one in gift.portions]
    signed += [(gift, one, 1) for gift in given for one in gift.portions]
    rows = [row for row in signed if row[1].spent or row[1].worth]
    if not rows:
        return
    await tx.run(
        "gifts/insert",
        participant_id=participant,
        # Ids made in one moment are in no order; what is given back stands before what takes its place.
        gift_id=sorted(tx.new_id() for _ in rows),
        cause=[gift.cause for gift, _, _ in rows],
        cause_id=[gift.cause_id for gift, _, _ in rows],
        enrollment_id=[one.source[0] for _, one, _ in rows],
        funding=[one.source[1] for _, one, _ in rows],
        unit=[gift.unit for gift, _, _ in rows],
        worth_unit=[gift.currency for gift, _, _ in rows],
        spent=[sign * one.spent for _, one, sign in rows],
        worth=[sign * one.worth for _, one, sign in rows],
        day=[gift.day for gift, _, _ in rows],
    )


def counted(row: Record) -> tuple[Spot, int]:
    """A row of what was given in kind, as caps count it."""
    event = str(row["cause_id"]) if row["cause"] == "prize" else None
    return Spot(row["worth_unit"], row["day"], event, row["funding"], row["enrollment_id"]), row["worth"]


def _worth(tx: Tx, row: Record) -> PointsWorth:
    sealed = row["reason"]
    return PointsWorth(
        row["points_worth_id"],
        row["amount"],
        row["starts_on"],
        row["created_at"],
        row["created_by"],
        None if sealed is None else tx.cipher.open(tx.clinic, REASON, sealed).decode(),
    )

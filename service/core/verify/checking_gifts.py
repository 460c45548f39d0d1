"""What was given in kind, as caps count it, against the redemptions and prizes that it was given for."""

from collections.abc import Iterator, Sequence
from datetime import date, tzinfo

from schemas.ids import Id
from service.core.calendar import local_day
from service.core.redemption import OPEN
from service.core.verify.books import GiftRow, Mismatch, ParticipantBooks, RedemptionRow
from service.core.worth import counts_for

Sums = dict[date, tuple[int, int]]
"""What was spent and what counts, by the day that it counts for; days that sum to nothing are left out."""


def of_gifts(books: ParticipantBooks, zone: tzinfo) -> Iterator[Mismatch]:
    """Each redemption or prize that does not count for its worth, and each gift that belongs to none."""
    rows: dict[tuple[str, Id], list[GiftRow]] = {}
    for gift in books.gifts:
        rows.setdefault((gift.cause, gift.cause_id), []).append(gift)
    for redemption in books.redemptions:
        found = _sums(rows.pop(("redemption", redemption.id), ()))
        allowed = _of_redemption(redemption, zone)
        if found not in allowed:
            ids = {"redemption_id": str(redemption.id), "participant_id": str(books.id)}
            yield Mismatch("gifts", ids, " or ".join(map(_words, allowed)), _words(found))
    for prize in books.prizes:
        counted = sum(one.worth for one in rows.pop(("prize", prize.id), ()))
        if counted != (prize.fair_value or 0):
            ids = {"prize_id": str(prize.id), "participant_id": str(books.id)}
            yield Mismatch("gifts", ids, f"{prize.fair_value or 0} counted", f"{counted} counted")
    for (cause, cause_id), strays in rows.items():
        ids = {"gift_id": str(strays[0].id), cause: str(cause_id)}
        yield Mismatch("gifts", ids, f"a {cause} of the participant's", f"no such {cause}")


def _of_redemption(one: RedemptionRow, zone: tzinfo) -> tuple[Sums, ...]:
    """What a redemption may count for.

    One that was asked for before worths were kept has none, and neither has what was bought for its price.
    """
    if one.status != "given" and one.status not in OPEN:
        return ({},)
    counts = counts_for(one.unit, one.amount, one.fair_value)  # type: ignore[arg-type]  # compared, not trusted
    # What a provider delivers counts for the day on which it was ordered: by then it was decided.
    at = one.settled_at if one.status == "given" and one.kind != "provider" else one.requested_at
    if at is None or (one.unit == "usd" and not counts):
        return ({},)
    left = one.amount - one.refunded
    whole = {local_day(at, zone): (left, counts * left // one.amount)}
    return (whole, {}) if one.fair_value is None else (whole,)


def _sums(rows: Sequence[GiftRow]) -> Sums:
    sums: Sums = {}
    for row in rows:
        spent, counted = sums.get(row.day, (0, 0))
        sums[row.day] = (spent + row.spent, counted + row.worth)
    return {day: both for day, both in sums.items() if any(both)}


def _words(sums: Sums) -> str:
    said = (
        f"{spent} spent and {counted} counted for {day}" for day, (spent, counted) in sorted(sums.items())
    )
    return ", ".join(said) or "nothing counted"

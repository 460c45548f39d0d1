"""What was given in kind, as caps count it, against the redemptions and prizes that it was given for."""

from collections.abc import Iterator, Sequence
from datetime import date, tzinfo

from schemas.ids import Id
from service.core.calendar import local_day
from service.core.currencies import worth_unit
from service.core.redemption import OPEN
from service.core.verify.books import GiftRow, Mismatch, ParticipantBooks, RedemptionRow
from service.core.worth import costs_its_worth, counts_for

Sums = dict[tuple[date, str], tuple[int, int]]
"""What was spent and what counts, by day and currency; what sums to nothing is left out."""


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
        counted = _by_currency(rows.pop(("prize", prize.id), ()))
        worth = {prize.currency: prize.fair_value} if prize.fair_value else {}
        if counted != worth:
            ids = {"prize_id": str(prize.id), "participant_id": str(books.id)}
            yield Mismatch("gifts", ids, _counted(worth), _counted(counted))
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
    if at is None or costs_its_worth(one.unit, counts):  # type: ignore[arg-type]
        return ({},)
    left = one.amount - one.refunded
    currency = worth_unit(one.unit)  # type: ignore[arg-type]
    whole: Sums = {(local_day(at, zone), currency): (left, counts * left // one.amount)}
    return (whole, {}) if one.fair_value is None else (whole,)


def _sums(rows: Sequence[GiftRow]) -> Sums:
    sums: Sums = {}
    for row in rows:
        spent, counted = sums.get((row.day, row.currency), (0, 0))
        sums[row.day, row.currency] = (spent + row.spent, counted + row.worth)
    return {where: both for where, both in sums.items() if any(both)}


def _by_currency(rows: Sequence[GiftRow]) -> dict[str, int]:
    sums: dict[str, int] = {}
    for row in rows:
        sums[row.currency] = sums.get(row.currency, 0) + row.worth
    return {currency: worth for currency, worth in sums.items() if worth}


def _counted(sums: dict[str, int]) -> str:
    return (
        " and ".join(f"{worth} {currency} counted" for currency, worth in sorted(sums.items())) or "0 counted"
    )


def _words(sums: Sums) -> str:
    said = (
        f"{spent} spent and {counted} {currency} counted for {day}"
        for (day, currency), (spent, counted) in sorted(sums.items())
    )
    return ", ".join(said) or "nothing counted"

"""Totals and warnings of a participant's caps, recomputed from the transfers and gifts that count."""

from collections.abc import Iterator, Mapping, Sequence

from schemas.ids import Id
from service.core.dated_caps import WARNED_AT, DatedCap, Spot, TotalKey, endless, is_reached, summed
from service.core.ledger import Movement, credited
from service.core.verify.books import GiftRow, Mismatch, ParticipantBooks, TransferRow

Warned = frozenset[tuple[Id, str, int]]
"""The key of a warning on record: the cap, the period and the percent."""


def of_caps(
    books: ParticipantBooks,
    chart: Id,
    caps: Sequence[DatedCap],
    totals: Mapping[TotalKey, int],
    warned: Warned,
) -> Iterator[Mismatch]:
    """Each total that is not the sum of its transfers, and each warning that is missing or knows no cap.

    It is about one `chart` of theirs, and what is its own by now. A participant who has no total of a cap has
    not met it yet; one who has any must have each that there is.
    """
    cap_of = {cap.id: cap for cap in caps}
    own = [one for one in books.transfers if books.owners.get(one.id, one.participant) == chart]
    gifts = [one for one in books.gifts if books.owners.get(one.id, books.id) == chart]
    credits_ = [*credited([_movement(one) for one in own]), *map(_counted, gifts)]
    sums = summed(caps, credits_)
    # A cap that was ended since counts no later period, and what was counted in one before stays as it is.
    ever = summed([endless(cap) for cap in caps], credits_)
    met = {cap for cap, _ in totals}
    for key in sorted({*totals, *(key for key in sums if key[0] in met)}, key=str):
        ids = {"cap_id": str(key[0]), "participant_id": str(chart), "period": key[1]}
        if key[0] not in cap_of:
            yield Mismatch("cap_totals", ids, "a cap of the clinic", "no such cap")
        elif key not in sums and key in ever:
            continue
        elif totals.get(key) != sums.get(key, 0):
            yield Mismatch("cap_totals", ids, f"amount = {sums.get(key, 0)}", f"amount = {totals.get(key)}")
        else:
            yield from _unwarned(cap_of[key[0]], key, totals[key], warned, ids)
    for cap, period, percent in sorted(warned, key=str):
        ids = {"cap_id": str(cap), "participant_id": str(chart), "period": period}
        if (cap, period) not in totals:
            yield Mismatch("cap_warnings", ids, "a total of the participant's", f"{percent} % of none")
        elif percent == WARNED_AT[1] and (cap, period, WARNED_AT[0]) not in warned:
            yield Mismatch("cap_warnings", ids, f"{WARNED_AT[0]} % reached before {percent} %", "none")


def _unwarned(
    cap: DatedCap, key: TotalKey, total: int, warned: Warned, ids: dict[str, str]
) -> Iterator[Mismatch]:
    for percent in WARNED_AT:
        if is_reached(cap, total, percent) and (*key, percent) not in warned:
            yield Mismatch("cap_warnings", ids, f"a warning that {percent} % is reached", "none")


def _counted(row: GiftRow) -> tuple[Spot, int]:
    event = str(row.cause_id) if row.cause == "prize" else None
    return Spot(
        row.currency,  # type: ignore[arg-type]  # compared, not trusted
        row.day,
        event,
        row.funding,
        row.enrollment,
    ), row.worth


def _movement(row: TransferRow) -> Movement:
    return Movement(
        row.participant,
        row.unit,  # type: ignore[arg-type]  # compared, not trusted
        row.source,  # type: ignore[arg-type]
        row.destination,  # type: ignore[arg-type]
        row.amount,
        row.cause,  # type: ignore[arg-type]
        row.cause_id,
        row.enrollment,
        row.fact_no,
        row.day,
        row.funding,
    )

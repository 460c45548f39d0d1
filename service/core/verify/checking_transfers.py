"""The transfers of one participant against all that calls for one: awards, redemptions and every other cause.

An award calls for the transfer that pays it, or takes it back. Whatever else pays or takes value says so as a
`Due`: one transfer, which must be there once and exactly so, while no other transfer names its cause.
"""

from collections.abc import Iterator, Sequence
from datetime import tzinfo

from schemas.ids import Id
from service.core.calendar import local_day
from service.core.state import WELCOME_FACT
from service.core.verify.books import Due, Mismatch, ParticipantBooks, TransferRow

CauseKey = tuple[str, Id]
"""The key of a transfer's cause: its kind and id."""


def of_transfers(books: ParticipantBooks, zone: tzinfo) -> Iterator[Mismatch]:
    """Each transfer that nothing on record calls for, and each thing that lacks the transfer it calls for."""
    redemptions = {redemption.id for redemption in books.redemptions}
    called: dict[CauseKey, list[Due]] = {}
    for due in (*_of_awards(books, zone), *books.dues):
        called.setdefault((due.cause, due.cause_id), []).append(due)
    left = {key: [due for due in dues if due.amount] for key, dues in called.items()}
    for one in books.transfers:
        key = (one.cause, one.cause_id)
        ids = {
            "transfer_id": str(one.id),
            "participant_id": str(one.participant),
            one.cause: str(one.cause_id),
        }
        if one.cause == "merge":
            # It is called for by its merge, which is compared with both charts.
            continue
        if one.cause in {"redemption", "order_failed", "refund"}:
            if one.cause_id not in redemptions:
                yield Mismatch(
                    "transfers", ids, "the participant's redemption as its cause", "no such redemption"
                )
        elif key not in called:
            yield Mismatch(
                "transfers", ids, f"the participant's {one.cause} as its cause", f"no such {one.cause}"
            )
        else:
            yield from _met(one, ids, called[key], left[key])
    for dues in left.values():
        for due in dues:
            yield Mismatch(due.table, due.ids, f"a transfer of {due.amount} {due.unit}", "none")


def _met(one: TransferRow, ids: dict[str, str], dues: Sequence[Due], left: list[Due]) -> Iterator[Mismatch]:
    """Take the due that a transfer meets from those that are left of its cause's."""
    found = _words(
        one.amount,
        one.unit,
        (one.source, one.destination),
        (one.enrollment, one.fact_no),
        (one.day, one.funding),
    )
    for due in left:
        if _called_for(due) == found:
            left.remove(due)
            return
    expected = _called_for((left or dues)[0])
    yield Mismatch("transfers", ids, expected if left else f"{expected}, once", found)
    left[:1] = []


def _of_awards(books: ParticipantBooks, zone: tzinfo) -> Iterator[Due]:
    for enrollment in books.enrollments:
        day_of = {event.no: local_day(event.at, zone) for event in enrollment.events}
        day_of[WELCOME_FACT] = enrollment.starts_on
        for award in enrollment.awards:
            way = ("issued", "available") if award.amount > 0 else ("available", "issued")
            yield Due(
                "awards",
                {"award_id": str(award.id), "enrollment_id": str(award.enrollment)},
                "award",
                award.id,
                abs(award.amount),
                award.unit,
                way,
                day_of.get(award.fact_no),
                enrollment.funding,
                award.enrollment,
                award.fact_no,
            )


def _called_for(due: Due) -> str:
    return _words(due.amount, due.unit, due.way, (due.enrollment, due.fact_no), (due.day, due.funding))


def _words(
    amount: int, unit: str, way: tuple[str, str], of: tuple[object, object], day: tuple[object, object]
) -> str:
    if not amount:
        return "no transfer"
    return (
        f"{amount} {unit} from {way[0]} to {way[1]}, enrollment {of[0]}, fact {of[1]}, day {day[0]}, "
        f"funding {day[1]}"
    )

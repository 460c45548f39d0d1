"""Names drawn from the hat worked out again: from the seed and the tickets to who was drawn."""

from collections.abc import Iterator, Sequence
from datetime import date

from msgspec import Struct

from schemas.draws import HatPerson
from schemas.ids import Id
from service.core.draws.hats import hat_name, names
from service.core.verify.books import Mismatch


class PersonRow(Struct, frozen=True):
    """Somebody in a hat as it stands on record; `owner` is whose the enrollment is.

    `came` is how many facts there are on the target on that day, and `sessions` on how many days there are
    some up to it. None is ever deleted, so there can only be more of them since.
    """

    enrollment: Id
    participant: Id
    owner: Id | None
    tickets: int
    place: int | None
    slip: int | None
    amount: int | None
    clipped: int | None
    came: int
    sessions: int


class HatRow(Struct, frozen=True):
    """A hat as it stands on record, with everyone in it."""

    id: Id
    clinic: Id
    program: str
    target: str
    day: date
    draws: int
    seed: bytes | None
    people: Sequence[PersonRow]


def hat_mismatches(row: HatRow) -> Iterator[Mismatch]:
    """Mismatches of a hat: who was drawn must follow from its seed and tickets, and be credited."""
    ids = {"hat_id": str(row.id)}
    if row.seed is None:
        yield Mismatch("hats", ids, "a seed that opens", "none")
        return
    for one in row.people:
        if one.owner != one.participant:
            expected = f"participant_id = {one.owner}"
            yield Mismatch("hat_people", _of(row, one), expected, f"participant_id = {one.participant}")
        if not one.came or one.tickets > one.sessions:
            expected = f"a fact on {row.target} on {row.day}, and at most {one.sessions} tickets"
            yield Mismatch("hat_people", _of(row, one), expected, f"{one.came}, and {one.tickets} tickets")
    in_hat = [HatPerson(one.enrollment, one.tickets) for one in row.people]
    if not in_hat or min(person.tickets for person in in_hat) < 1:
        yield Mismatch("hat_people", ids, "people with a ticket each", f"{len(in_hat)} of them")
        return
    must = {
        name.enrollment: (name.index, name.slip)
        for name in names(row.seed, hat_name(row.clinic, row.program, row.target, row.day), in_hat)
    }
    for one in row.people:
        expected_name, found = must.get(one.enrollment), (one.place, one.slip)
        if found != (expected_name or (None, None)):
            yield Mismatch("hat_people", _of(row, one), f"place and slip {expected_name}", f"{found}")
        won = (one.amount or 0) + (one.clipped or 0)
        if won != (row.draws if expected_name else 0):
            yield Mismatch("hat_people", _of(row, one), f"{row.draws} draws with what was clipped", f"{won}")


def _of(row: HatRow, one: PersonRow) -> dict[str, str]:
    return {"hat_id": str(row.id), "enrollment_id": str(one.enrollment)}

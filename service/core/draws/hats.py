"""Names drawn from the hat: who came to a session is in it, with a ticket for each session attended in a row.

Half of those present, rounded up, are drawn one by one. Tickets are numbered from 1 in the order of
enrollments' ids; who was drawn leaves the hat with all tickets, so nobody is drawn twice.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import takewhile

from msgspec import Struct

from schemas.draws import HatPerson, HatRecord
from schemas.ids import Id
from schemas.program import Effect
from service.core.compiled import Rules
from service.core.draws.draws import check_seed, slip
from service.core.rules import fold
from service.core.state import Fact


class Name(Struct, frozen=True):
    """One name drawn: the ticket's number among the `tickets` still in the hat, and whose it is."""

    index: int
    slip: int
    tickets: int
    enrollment: Id


def hat_name(clinic: Id, program: str, target: str, day: date) -> str:
    """The id that a hat goes into the hash with: one hat a session, so that nobody can choose it."""
    return f"hat/{clinic}/{program}/{target}/{day.isoformat()}/1"


def tickets_of(rules: Rules, starts_on: date, facts: Sequence[Fact], target: str, day: date) -> int:
    """How many tickets somebody has: the days in a row, back from a day, on which they came to the target.

    A day with a success counts once, whatever else is on record of it and however many a week pay. One with a
    failure and no success ends the row; any other day neither counts nor ends it, nor does one outside the
    target's weeks. 0 for somebody who is not in the hat: without a success on the day itself.
    """
    place = rules.place_of.get(target)
    if place is None:
        return 0
    _, decisions = fold(rules, starts_on, [fact for fact in facts if fact.day <= day])
    effects: dict[date, set[Effect]] = {}
    for fact in facts:
        if fact.target == place and fact.day <= day and rules.targets[place].phase(fact.week, fact.after):
            effects.setdefault(fact.day, set()).add(decisions[fact.no].effect)
    if "success" not in effects.get(day, ()):
        return 0
    row = takewhile(
        lambda on: "success" in on or "failure" not in on,
        (effects[on] for on in sorted(effects, reverse=True)),
    )
    return sum("success" in on for on in row)


def names(seed: bytes, draw_id: str, people: Sequence[HatPerson]) -> Iterator[Name]:
    """The names drawn from a hat, in order; people are put in in the order of their enrollments' ids."""
    left = sorted(people, key=lambda person: person.enrollment.bytes)
    for index in range((len(people) + 1) // 2):
        total = sum(person.tickets for person in left)
        number = slip(seed, draw_id, index, total)
        drawn = _whose(left, number)
        left = [person for person in left if person is not drawn]
        yield Name(index, number, total, drawn.enrollment)


def check_hat(record: HatRecord, seed: bytes) -> Iterator[str]:
    """Everything about a hat's public record that does not follow from its seed, in sentences."""
    yield from check_seed(record.commitment, seed)
    session = f"/{record.program}/{record.target}/{record.on.isoformat()}/1"
    if not (record.draw_id.startswith("hat/") and record.draw_id.endswith(session)):
        yield f"The hat's id {record.draw_id} is not of {record.program}, {record.target} on {record.on}."
    if any(person.tickets < 1 for person in record.people):
        yield "Somebody is in the hat without a ticket."
        return
    expected = list(names(seed, record.draw_id, record.people))
    if len(expected) != len(record.names):
        yield f"{len(expected)} names must be drawn, and {len(record.names)} are shown."
    for must, shown in zip(expected, record.names, strict=False):
        if (must.index, must.slip, must.tickets, must.enrollment) != (
            shown.index,
            shown.slip,
            shown.tickets,
            shown.enrollment,
        ):
            yield (
                f"Name {must.index} must be ticket {must.slip} of {must.tickets}, of {must.enrollment}; "
                f"the record says ticket {shown.slip} of {shown.tickets}, of {shown.enrollment}."
            )
        if shown.amount + shown.clipped != record.draws:
            yield f"Name {must.index} wins {record.draws} draws, and the record says {shown.amount}."


def _whose(left: Sequence[HatPerson], number: int) -> HatPerson:
    for person in left:
        if number <= person.tickets:
            return person
        number -= person.tickets
    raise AssertionError(number)

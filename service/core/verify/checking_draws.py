"""Draws worked out again: from their seeds to slips, prizes and transfers; and days drawn by lot."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date

from msgspec import Struct

from schemas.ids import Id
from schemas.program import Bowl
from service.core.compiled import Rules
from service.core.draws.bowls import STANDARD_BOWL
from service.core.draws.days import Turn, is_hit, slip_of
from service.core.draws.draws import Slip, commitment, draw, draw_name, wins
from service.core.laid_days import days_to_draw
from service.core.verify.books import Mismatch


class SeedRow(Struct, frozen=True):
    """A seed as it stands on record; `seed` is none where it cannot be opened."""

    id: Id
    seed: bytes | None
    commitment: bytes


class PrizeRow(Struct, frozen=True):
    """A prize as it stands on record.

    `kind` is that of the reward given for it, and `codes` how many codes went with it.
    """

    id: Id
    place: int
    participant: Id
    tier: str
    status: str
    unit: str | None
    amount: int | None
    clipped: int | None
    category: str | None
    codes: int
    reward: Id | None
    kind: str | None


class DrawRow(Struct, frozen=True):
    """A draw as it stands on record; `owner` is whose its enrollment in `program` is.

    `unit` is what the values of its bowl are in.
    """

    id: Id
    participant: Id
    owner: Id | None
    program: str
    enrollment: Id
    n: int
    seed: bytes | None
    bowl: str
    unit: str
    document: Bowl | None
    slips: Sequence[int]
    won: Sequence[PrizeRow]


class DayRow(Struct, frozen=True):
    """A day's turn as it stands on record; `before` is how many days of its week were drawn before it."""

    id: Id
    enrollment: Id
    starts_on: date | None
    rules: Rules | None
    target: str
    day: date
    days: Sequence[date]
    wanted: int
    slip: int | None
    is_drawn: bool
    seed: bytes | None
    before: int


def seed_mismatches(row: SeedRow) -> Iterator[Mismatch]:
    """Mismatches of a seed: it must open, and be the one that was committed to."""
    ids = {"seed_id": str(row.id)}
    if row.seed is None:
        yield Mismatch("seeds", ids, "a seed that opens", "one that does not")
    elif row.commitment != commitment(row.seed):
        expected = f"commitment = {commitment(row.seed).hex()}"
        yield Mismatch("seeds", ids, expected, f"commitment = {row.commitment.hex()}")


def draw_mismatches(row: DrawRow, n: int, bowls: Collection[Bowl]) -> Iterator[Mismatch]:
    """Mismatches of a draw, which should be number `n` of its enrollment; `bowls` are its program's."""
    ids = {"draw_id": str(row.id), "enrollment_id": str(row.enrollment)}
    if row.n != n:
        yield Mismatch("draws", ids, f"n = {n}", f"n = {row.n}")
    if row.owner != row.participant:
        yield Mismatch("draws", ids, f"participant_id = {row.owner}", f"participant_id = {row.participant}")
    if row.document is None or row.document.name != row.bowl:
        yield Mismatch("draws", ids, f"the document of {row.bowl}", "another, or none")
        return
    if row.document != STANDARD_BOWL and row.document not in bowls:
        yield Mismatch("draws", ids, f"a bowl {row.bowl} as {row.program} has it", f"{row.document}")
    if row.seed is None:
        yield Mismatch("draws", ids, "a seed that opens", "none")
        return
    slips = draw(row.seed, draw_name(row.enrollment, row.n), row.document, len(row.slips))
    numbers = [slip.number for slip in slips]
    if numbers != list(row.slips):
        yield Mismatch("draws", ids, f"slips = {numbers}", f"slips = {list(row.slips)}")
        return
    yield from _of_prizes(row, slips, ids)


def day_mismatches(row: DayRow) -> Iterator[Mismatch]:
    """Mismatches of a day's turn: a day of its program, wanted as its week wants, that follows from its seed.

    Which of the days left were closed on that morning stands in it alone.
    """
    ids = {"drawn_day_id": str(row.id), "enrollment_id": str(row.enrollment)}
    place = None if row.rules is None else row.rules.place_of.get(row.target)
    if row.rules is None or place is None or row.starts_on is None:
        yield Mismatch("drawn_days", ids, "a target of its program's version", row.target)
        return
    wanted, days = days_to_draw(row.rules, place, row.starts_on, row.day)
    left = [day for day in days if day >= row.day]
    if row.day not in left or not set(row.days) <= set(left) or list(row.days) != sorted(set(row.days)):
        found = ", ".join(map(str, row.days))
        yield Mismatch("drawn_days", ids, f"days left of {', '.join(map(str, left)) or 'none'}", found)
        return
    if row.wanted != max(wanted - row.before, 0):
        yield Mismatch("drawn_days", ids, f"wanted = {max(wanted - row.before, 0)}", f"wanted = {row.wanted}")
    if row.seed is None:
        yield Mismatch("drawn_days", ids, "a seed that opens", "none")
        return
    slip = slip_of(row.seed, row.enrollment, row.target, Turn(tuple(row.days), row.wanted))
    if (row.slip, row.is_drawn) != (slip, is_hit(slip, row.wanted)):
        expected = f"slip = {slip}, drawn = {is_hit(slip, row.wanted)}"
        yield Mismatch("drawn_days", ids, expected, f"slip = {row.slip}, drawn = {row.is_drawn}")


def overdrawn(enrollment: Id, drawn: int, credited: int) -> Iterator[Mismatch]:
    """Mismatches of enrollments for which more was drawn than was ever credited."""
    if drawn > credited:
        ids = {"enrollment_id": str(enrollment)}
        yield Mismatch("draws", ids, f"at most {credited} drawn, as many as were ever credited", f"{drawn}")


def _of_prizes(row: DrawRow, slips: Sequence[Slip], ids: dict[str, str]) -> Iterator[Mismatch]:
    places = [place for place, slip in enumerate(slips) if wins(slip.tier)]
    found = [prize.place for prize in row.won]
    if places != found:
        yield Mismatch("prizes", ids, f"prizes for slips {places}", f"for slips {found}")
        return
    for prize in row.won:
        yield from _of_prize(row, prize, slips[prize.place])


def _of_prize(row: DrawRow, prize: PrizeRow, slip: Slip) -> Iterator[Mismatch]:
    ids = {"prize_id": str(prize.id), "draw_id": str(row.id)}
    tier = slip.tier
    if (prize.participant, prize.tier, prize.category) != (row.participant, tier.name, tier.category):
        expected = f"{tier.name} of {row.participant}, category {tier.category}"
        yield Mismatch(
            "prizes", ids, expected, f"{prize.tier} of {prize.participant}, category {prize.category}"
        )
    if tier.category is not None:
        codes = 1 if prize.kind == "code" else 0
        status = "owed" if prize.reward is None else "given"
        if prize.status != status or prize.codes != codes:
            found = f"{prize.status}, {prize.codes} code(s)"
            yield Mismatch("prizes", ids, f"{status}, {codes} code(s)", found)
        return
    amount, clipped = prize.amount or 0, prize.clipped or 0
    if prize.status != "credited" or amount + clipped != tier.value or prize.unit != row.unit:
        found = f"{prize.status}, {amount} {prize.unit} with {clipped} clipped"
        yield Mismatch("prizes", ids, f"credited, {tier.value} with what was clipped", found)

"""Draws: draw slips, read draws, and compare how often each tier comes with its odds.

Drawing spends the participant's draws; what the slips win is credited, or owed from the shelf.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from schemas.draws import Drawn, DrawPage, DrawRecord, NewDraws, Prize
from schemas.notices import DrawMade
from schemas.people import Enrollment
from schemas.program import Bowl
from service.core.calendar import local_day
from service.core.compiled import Rules
from service.core.cursors import LAST_ID, Page, before_id, cut
from service.core.dated_caps import clip
from service.core.draws.draws import Slip, bowl_of, draw, draw_name, prize_unit, wins
from service.core.draws.fairness import Fairness, fairness
from service.core.draws.holdings import Held, Holding, choose, holdings
from service.core.draws.program_caps import caps_on_prizes, limits_of
from service.core.ledger import Credit, Movement, spot_of_credit
from service.core.notices.telling import Notice
from service.core.refusals import Refused, refused
from service.flows.draws.seeds import hold_seed
from service.flows.perform import Act, Done, moves_value
from service.store import charts, clinics, draws, enrollments, episodes, ledger, prizes
from service.store.cap_totals import credited_of
from service.store.charts import Person
from service.store.database.pool import Database
from service.store.draws import NewDraw

ENROLLMENTS_MAX = 10_000
"""More enrollments than any participant has, so that all of them are read at once."""


class _Drawing(Struct, frozen=True):
    """The source of a draw: an enrollment with its rules, its bowl, and the local day of drawing."""

    enrollment: Enrollment
    rules: Rules
    bowl: Bowl
    day: date


@moves_value
async def draw_prizes(act: Act, participant: UUID, new: NewDraws) -> Done[Drawn] | Refused:
    """Draw slips; the participant stays locked until this is done, so that no draw is drawn twice."""
    person = await _locked(act, participant)
    if person is None:
        return refused("not_found.participant")
    participant = person.id
    drawing = await _choose(act, person, new)
    if isinstance(drawing, Refused):
        return drawing
    enrollment, bowl = drawing.enrollment, drawing.bowl
    seed = await hold_seed(act)
    draw_id = act.new_id()
    n = await draws.last(act, enrollment.id) + 1
    name = draw_name(enrollment.id, n)
    slips = draw(seed.seed, name, bowl, new.count)
    numbers = tuple(slip.number for slip in slips)
    made = NewDraw(draw_id, participant, enrollment.id, n, seed.id, bowl, numbers, act.actor.id)
    await draws.insert(act, made)
    spent = Movement(participant, "draw", "available", "given", new.count, "draw", draw_id, enrollment.id)
    await ledger.move(act, [spent])
    won = await _pay(act, drawing, list(_won(act, drawing, draw_id, slips)))
    await prizes.insert(act, draw_id, participant, won)
    sheets = await ledger.sheets(act, [participant])
    act.audit(
        "draw.made",
        draw_id,
        participant,
        enrollment=str(enrollment.id),
        n=n,
        bowl=bowl.name,
        count=new.count,
        prizes=len(won),
    )
    act.notify(Notice("draw.made", DrawMade(draw_id, enrollment.id, new.count), participant))
    shown = draws.slips_shown(bowl, numbers, {prize.index: prize for prize in won})
    return Done(
        Drawn(
            draw_id,
            name,
            enrollment.id,
            bowl.name,
            new.count,
            seed.commitment,
            seed.id,
            act.now,
            shown,
            sheets[participant].balances,
        ),
        "created",
    )


async def _locked(act: Act, participant: UUID) -> Person | None:
    locked = await charts.lock_person(act, participant)
    return None if locked is None else await charts.person(act, locked)


async def _choose(act: Act, person: Person, new: NewDraws) -> _Drawing | Refused:
    """Which of the participant's enrollments and bowls the slips are drawn from."""
    participant = person.id
    newest_first = await enrollments.before(act, LAST_ID, ENROLLMENTS_MAX, participant, None)
    own = {one.id: one for one in reversed(newest_first)}
    if new.enrollment is not None and new.enrollment not in own:
        return refused("unknown_enrollment.of_participant", "$.enrollment")
    rules = {one.id: await episodes.rules_of(act, one.program, one.version) for one in own.values()}
    found = holdings(
        [Held(one.id, one.opened_at, rules[one.id]) for one in own.values()],
        await draws.credits_of(act, person),
        await draws.drawn(act, person),
    )
    balance = (await ledger.balances(act, [participant])).get((participant, "draw"))
    chosen = choose(found, balance.available if balance else 0, new.count, new.enrollment, new.bowl)
    if isinstance(chosen, Refused):
        return chosen
    return await _from(act, own[chosen.enrollment], rules[chosen.enrollment], chosen)


async def _from(act: Act, enrollment: Enrollment, rules: Rules, chosen: Holding) -> _Drawing:
    bowl = bowl_of(rules.program, chosen.bowl)
    if bowl is None:
        message = "draws are held in bowls that their program has"
        raise AssertionError(message)
    day = local_day(act.now, await clinics.zone(act))
    return _Drawing(enrollment, rules, bowl, day)


def _won(act: Act, drawing: _Drawing, draw_id: UUID, slips: Sequence[Slip]) -> Iterator[Prize]:
    """The prizes of the slips that win something; amounts are as the bowl says, before any cap."""
    winning = [(index, slip.tier) for index, slip in enumerate(slips) if wins(slip.tier)]
    unit = prize_unit(drawing.rules.program, drawing.bowl.name)
    # Ids made in one moment are in no order; prizes are listed in the order of their slips.
    for prize_id, (index, tier) in zip(sorted(act.new_id() for _ in winning), winning, strict=True):
        prize = Prize(prize_id, drawing.enrollment.participant, draw_id, index, tier.name, "owed", act.now)
        if tier.category is not None:
            yield replace(prize, category=tier.category)
        else:
            yield replace(prize, status="credited", unit=unit, amount=tier.value, clipped=0)


async def _pay(act: Act, drawing: _Drawing, won: Sequence[Prize]) -> list[Prize]:
    """Credit what is credited at once; a cap of the program's, the clinic's or a funder's may leave less."""
    enrollment = drawing.enrollment
    wanted = {
        prize.id: Credit(
            prize.participant,
            prize.unit,
            prize.amount,
            "prize",
            prize.id,
            drawing.day,
            enrollment.funding,
            enrollment.id,
        )
        for prize in won
        if prize.unit is not None and prize.amount is not None
    }
    allowed = await _within_program(act, drawing, list(wanted.values()))
    paid = dict(zip(wanted, await ledger.pay(act, allowed), strict=True))
    return [
        replace(
            prize,
            amount=paid[prize.id].amount,
            clipped=wanted[prize.id].amount - paid[prize.id].amount,
        )
        if prize.id in paid
        else prize
        for prize in won
    ]


async def _within_program(act: Act, drawing: _Drawing, wanted: Sequence[Credit]) -> list[Credit]:
    """Credits as far as the program's own caps have room, by what the enrollment was really credited."""
    enrollment = drawing.enrollment
    caps = caps_on_prizes(enrollment.id, drawing.rules.program)
    if not caps:
        return list(wanted)
    spots = [spot_of_credit(credit) for credit in wanted]
    found = await credited_of(act, enrollment.participant, enrollment.id)
    limits = limits_of(caps, found.credits, spots)
    allowed = []
    for credit, spot in zip(wanted, spots, strict=True):
        limits, amount, _ = clip(limits, spot, credit.amount)
        allowed.append(replace(credit, amount=amount))
    return allowed


async def read_draw(act: Act, draw_id: UUID) -> Done[DrawRecord] | Refused:
    """One draw's public record, which holds all that checking it takes once its seed is revealed."""
    known = await draws.find(act, draw_id)
    if known is None:
        return refused("not_found.draw")
    act.audit("draw.read", draw_id, known.participant)
    return Done(known.record)


async def list_draws(act: Act, participant: UUID, page: Page) -> Done[DrawPage] | Refused:
    """A participant's draws, newest first."""
    person = await charts.person(act, participant)
    if person is None:
        return refused("not_found.participant")
    last = before_id(page)
    if isinstance(last, Refused):
        return last
    found = await draws.before(act, last, page.limit + 1, person)
    shown, more = cut([one.record for one in found], page, lambda record: record.id.bytes)
    act.audit("draws.listed", person.id, person.id, count=len(shown))
    return Done(DrawPage(shown, more))


async def watch_draws(database: Database) -> list[Fairness]:
    """How even all draws from each bowl are; it goes through all of them, so it is not asked often."""
    async with database.transaction(None) as tx:
        tallies = await draws.tallies(tx)
    drawn: dict[Bowl, dict[int, int]] = defaultdict(dict)
    for tally in tallies:
        drawn[tally.bowl][tally.slip] = tally.drawn
    return [fairness(bowl, slips) for bowl, slips in drawn.items()]

"""Names from the hat: draw half of those who came to a session, and read past drawings."""

from collections.abc import Sequence
from datetime import date, timedelta, tzinfo
from uuid import UUID

from msgspec.structs import replace

from schemas.books import PublishedProgram
from schemas.draws import HatName, HatPage, HatPerson, HatRecord, NewHat
from schemas.program import Hat
from service.core.calendar import day_end, local_day
from service.core.cursors import Page, before_id, cut
from service.core.draws.hats import Name, hat_name, names, tickets_of
from service.core.ledger import Credit
from service.core.refusals import Refused, refused
from service.flows.draws.seeds import hold_seed
from service.flows.perform import Act, Done, moves_value
from service.store import charts, clinics, episodes, hats, ledger, programs
from service.store.hats import Candidate, InHat, OwnedHat


@moves_value
async def draw_names(act: Act, new: NewHat) -> Done[HatRecord] | Refused:
    """Draw names; everyone who has a fact that day stays locked until this is done.

    Who is in the hat is decided by the facts up to the end of that day, by each enrollment's own version of
    the program; what a name wins, by the latest version. A later correction undoes nothing of it.
    """
    program = await programs.latest(act, new.program)
    if program is None:
        return refused("unknown_program", "$.program")
    rule = _rule(program, new.target)
    if isinstance(rule, Refused):
        return rule
    zone = await clinics.zone(act)
    if new.on > local_day(act.now, zone):
        return refused("event_in_future.hat", "$.on")
    if await hats.of_session(act, new.program, new.target, new.on) is not None:
        return refused("already_drawn", "$.on")
    present = await in_hat(act, new, zone, is_locking=True)
    if not present:
        return refused("hat_empty", "$.on")
    record = await _drawn(act, new, rule, present, local_day(act.now, zone))
    people = [
        InHat(
            candidate.participant,
            person,
            next((name for name in record.names if name.enrollment == person.enrollment), None),
        )
        for candidate, person in present
    ]
    await hats.insert(act, record, program.version, act.actor.id, people)
    act.audit("hat.drawn", record.id, people=len(people), names=len(record.names), draws=rule.draws)
    for one in people:
        if one.name is not None:
            act.audit("hat.won", record.id, one.participant, amount=one.name.amount)
    return Done(record, "created")


def _rule(program: PublishedProgram, target: str) -> Hat | Refused:
    """The draws that a name wins on a target, by the program's latest version."""
    found = next((one for one in program.document.targets if one.name == target), None)
    if found is None:
        return refused("unknown_target.hat", "$.target")
    if found.hat is None:
        return refused("unknown_target.without_hat", "$.target")
    return found.hat


async def in_hat(
    act: Act, new: NewHat, zone: tzinfo, *, is_locking: bool
) -> list[tuple[Candidate, HatPerson]]:
    """Everyone in the hat with their tickets, in the order of enrollments."""
    began, ended = (day_end(one, zone) for one in (new.on - timedelta(days=1), new.on))
    found = await hats.candidates(act, new.program, new.target, new.on, began, ended)
    if is_locking:
        await charts.lock(act, [], sorted({one.participant for one in found}), [])
    ruled = await episodes.ruled(act, found)
    stand = await episodes.standing_facts(act, ruled, zone)
    present = []
    for candidate, own in zip(found, ruled, strict=True):
        facts = [one.fact for one in stand[own.id]]
        tickets = tickets_of(own.rules, own.starts_on, facts, new.target, new.on)
        if tickets:
            present.append((candidate, HatPerson(candidate.enrollment, tickets)))
    return present


async def _drawn(
    act: Act, new: NewHat, rule: Hat, present: Sequence[tuple[Candidate, HatPerson]], today: date
) -> HatRecord:
    """The names drawn, each credited; a cap may leave less of it."""
    hat_id = act.new_id()
    seed = await hold_seed(act)
    draw_id = hat_name(act.clinic, new.program, new.target, new.on)
    people = tuple(person for _, person in present)
    drawn = tuple(names(seed.seed, draw_id, people))
    who = {candidate.enrollment: candidate for candidate, _ in present}
    wanted = [_credit(who[name.enrollment], rule, hat_id, today) for name in drawn]
    paid = await ledger.pay(act, wanted)
    record = HatRecord(
        hat_id,
        draw_id,
        new.program,
        new.target,
        new.on,
        rule.bowl,
        rule.draws,
        seed.commitment,
        seed.id,
        act.now,
        people,
        (),
    )
    return replace(
        record,
        names=tuple(_name(name, one.amount, one.clipped) for name, one in zip(drawn, paid, strict=True)),
    )


def _credit(winner: Candidate, rule: Hat, hat_id: UUID, today: date) -> Credit:
    return Credit(
        winner.participant, "draw", rule.draws, "hat", hat_id, today, winner.funding, winner.enrollment
    )


def _name(name: Name, amount: int, clipped: int) -> HatName:
    return HatName(name.index, name.slip, name.tickets, name.enrollment, amount, clipped)


async def read_hat(act: Act, hat_id: UUID) -> Done[HatRecord] | Refused:
    """One hat's public record, which holds all that checking it takes once its seed is revealed."""
    known = await hats.find(act, hat_id)
    if known is None:
        return refused("not_found.hat")
    _tell(act, known, "hat.read")
    return Done(known.record)


async def list_hats(act: Act, page: Page) -> Done[HatPage] | Refused:
    """The clinic's hats, newest first."""
    last = before_id(page)
    if isinstance(last, Refused):
        return last
    found = await hats.before(act, last, page.limit + 1)
    shown, more = cut(found, page, lambda hat: hat.record.id.bytes)
    for hat in shown:
        _tell(act, hat, "hat.listed")
    return Done(HatPage(tuple(hat.record for hat in shown), more))


def _tell(act: Act, hat: OwnedHat, operation: str) -> None:
    """Whose attendance was shown: each person in the hat has it in their own trail."""
    for participant in hat.participants:
        act.audit(operation, hat.record.id, participant)

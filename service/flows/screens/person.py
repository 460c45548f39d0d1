"""Read somebody for the desk's panel: what can be recorded now, what it would do, and what was done today."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from time import monotonic
from typing import Final
from uuid import UUID

from msgspec import UNSET, Struct
from msgspec.structs import replace

from schemas.people import Enrollment, Language, Participant
from schemas.program import Behavior, Effect, Measure, Title
from schemas.receipts import Balance, DueProgram, Money, Outlook, Receipt
from service.core.calendar import day_end, local_day, program_week
from service.core.compiled import Rules
from service.core.cursors import LAST_ID
from service.core.limits import reached
from service.core.naming import program_title, target_title
from service.core.outcomes import FIXED, titles_of
from service.core.outlook import outlook
from service.core.phases import DAYS_A_WEEK
from service.core.quantities import measure_of
from service.core.refusals import Refused
from service.core.state import State
from service.core.undoing import UNDO_FOR, may_undo
from service.core.words.sentences import miss_sentence
from service.flows.people.participants import read_participant
from service.flows.perform import Act, Done
from service.flows.programs.levels import due_programs
from service.flows.visits.read_events import EventFilter, read_event
from service.flows.visits.visits import read_visits
from service.store import actors, clinics, enrollments, episodes, ledger, outside_caps, recorded_events

EPISODES_MAX: Final = 20
COUNTED_MAX: Final = 300
"""How many of the clinic's latest events say how often each outcome is used."""
COUNTED_FOR_S: Final = 600.0
MAIN_COUNT: Final = 2
"""How many outcomes of each behavior have a large button: its plain success and its plain failure."""


class DeskOutcome(Struct, frozen=True):
    """One outcome that can be recorded, and what it does to the ladder; a main one has a large button."""

    outcome: str
    effect: Effect
    is_main: bool
    pays: int
    title: Title | None = None


class DeskAnswer(Struct, frozen=True):
    """The effect of today's last record on a target; it can be undone until `undo_until`, or not at all."""

    receipt: Receipt
    undo_until: datetime | None
    miss: str | None
    next_visit: date | None


class DeskTarget(Struct, frozen=True):
    """One target of one enrollment: its outcomes, what a success earns today, and what was recorded today.

    `counts` says whether a success recorded today would count: a program may take only so many a week.
    `measure` is what it counts, such as hours, where a success is paid for each of them.
    """

    enrollment: UUID
    target: str
    title: Title
    behavior: Behavior
    run: int
    outcomes: tuple[DeskOutcome, ...]
    next: tuple[Money, ...]
    counts: bool
    sentence: str
    answer: DeskAnswer | None
    measure: Measure | None = None


class DeskEpisode(Struct, frozen=True):
    """One enrollment of the panel, with the week that it is in and its targets."""

    enrollment: Enrollment
    title: Title
    week: int
    weeks: int
    targets: tuple[DeskTarget, ...]
    due: tuple[DueProgram, ...] = ()


class DeskPerson(Struct, frozen=True):
    """Somebody at the desk: who they are, what they have, and what can be recorded."""

    participant: Participant
    balances: tuple[Balance, ...]
    episodes: tuple[DeskEpisode, ...]

    @property
    def draws(self) -> int:
        """How many draws they may draw now."""
        return next((one.available for one in self.balances if one.unit == "draw"), 0)


async def read_person(
    act: Act, participant_id: UUID, language: Language | None = None
) -> Done[DeskPerson] | Refused:
    """Everything that the desk's panel shows of one participant; sentences in `language` or their own."""
    known = await read_participant(act, participant_id)
    if isinstance(known, Refused):
        return known
    participant_id = known.value.id
    zone = await clinics.zone(act)
    today = local_day(act.now, zone)
    since = day_end(today - timedelta(days=1), zone)
    wanted = EventFilter(participant_id, since=since)
    events = await recorded_events.before(act, LAST_ID, COUNTED_MAX, wanted)
    answers: dict[tuple[UUID, str], DeskAnswer] = {}
    for event in events:
        place = (event.enrollment, event.target)
        if place not in answers and event.expected_on is None:
            answer = await _answer(act, event.id, language, known.value.language)
            if isinstance(answer, DeskAnswer):
                answers[place] = answer
    own = await enrollments.before(act, LAST_ID, EPISODES_MAX, participant_id, "open")
    states = await enrollments.checkpoints(act, [one.id for one in own])
    usage = await _usage(act)
    shown = []
    for one in reversed(own):
        rules = await episodes.rules_of(act, one.program, one.version)
        state = states[one.id]
        last_day = None if state.last_at is None else local_day(state.last_at, zone)
        outside = await outside_caps.outside(act, one, rules.program, (today, last_day))
        ahead = outlook(
            rules,
            state,
            one.starts_on,
            today,
            language or known.value.language,
            last_day=last_day,
            outside=outside,
        )
        due = await due_programs(act, rules.program, state, [each.program for each in own], language or "en")
        shown.append(replace(_episode(one, rules, state, ahead, answers, usage, today), due=due))
    sheet = (await ledger.sheets(act, [participant_id]))[participant_id]
    money_first = sorted(sheet.balances, key=lambda one: one.unit == "draw")
    return Done(DeskPerson(known.value, tuple(money_first), tuple(shown)))


def _episode(
    one: Enrollment,
    rules: Rules,
    state: State,
    ahead: Sequence[Outlook],
    answers: dict[tuple[UUID, str], DeskAnswer],
    usage: Counter[tuple[str, str]],
    today: date,
) -> DeskEpisode:
    week, after = program_week(today, one.starts_on), (today - one.starts_on).days % DAYS_A_WEEK
    targets = []
    for place, target in enumerate(rules.targets):
        name, behavior = target.target.name, target.target.behavior
        here = state.targets[place]
        is_full = here.week == week and here.in_week >= target.per_week
        is_full = is_full or reached(target.limits, here, today) is not None
        phase = target.phase(week, after)
        effects, titles = target.effects_in(phase), titles_of(target.target)
        main = list(FIXED[behavior])[:MAIN_COUNT]
        others = sorted(target.effects.keys() - set(main), key=lambda each: (-usage[behavior, each], each))
        targets.append(
            DeskTarget(
                one.id,
                name,
                target_title(rules.program, target.target),
                behavior,
                here.run,
                tuple(
                    DeskOutcome(each, effects[each], each in main, target.part(phase, each), titles.get(each))
                    for each in (*main, *others)
                ),
                ahead[place].next,
                not is_full and phase is not None,
                ahead[place].sentence,
                answers.get((one.id, name)),
                measure_of(target.target),
            )
        )
    return DeskEpisode(one, program_title(rules.program), week, rules.program.weeks, tuple(targets))


async def name_of_actor(act: Act, actor: UUID) -> Done[str | None]:
    """The name of whoever recorded something, or none where they have no name."""
    return Done((await actors.names(act, [actor])).get(actor))


async def _answer(
    act: Act, event_id: UUID, language: Language | None, own: Language
) -> DeskAnswer | Refused | None:
    """The effect of a record of today; None where it was withdrawn since.

    What is said to the person after a miss is in `own`, the language that they read.
    """
    read = await read_event(act, event_id, language=language)
    if isinstance(read, Refused):
        return read
    receipt = read.value
    event = receipt.event
    if event.withdrawn is True:
        return None
    is_corrected = receipt.corrections is not UNSET
    may = None if is_corrected else may_undo(event.recorded_by, event.recorded_at, (), act.actor.id, act.now)
    until = event.recorded_at + UNDO_FOR if may is None and not is_corrected else None
    known = await enrollments.find(act, event.enrollment)
    miss, ahead = None, None
    if known is not None:
        if event.effect == "failure":
            theirs = read if language in {None, own} else await read_event(act, event_id, language=own)
            if isinstance(theirs, Refused):
                return theirs
            ahead_of = {one.target: one for one in theirs.value.outlook}
            miss = miss_sentence(event.outcome, ahead_of.get(event.target), own)
        ahead = await _next_visit(act, known, event.target)
    return DeskAnswer(receipt, until, miss, ahead)


async def _next_visit(act: Act, known: Enrollment, target: str) -> date | None:
    """The day of the next visit that is expected on a target after today."""
    tomorrow = local_day(act.now, await clinics.zone(act)) + timedelta(days=1)
    read = await read_visits(act, known.id, since=tomorrow, until=tomorrow + timedelta(days=60))
    if isinstance(read, Refused):
        return None
    return next(
        (one.due_on for one in read.value.items if one.target == target and one.status == "expected"), None
    )


_used: dict[UUID, tuple[float, Counter[tuple[str, str]]]] = {}
"""How often each clinic used each outcome lately: it only orders buttons, so a stale count does no harm."""


async def _usage(act: Act) -> Counter[tuple[str, str]]:
    known = _used.get(act.clinic)
    if known is not None and known[0] > monotonic():
        return known[1]
    found: Counter[tuple[str, str]] = Counter()
    for event in await recorded_events.before(act, LAST_ID, COUNTED_MAX, EventFilter()):
        rules = await episodes.rules_of(act, event.program, event.version)
        behavior = rules.program.targets[rules.place_of[event.target]].behavior
        found[behavior, event.outcome] += event.expected_on is None
    _used[act.clinic] = (monotonic() + COUNTED_FOR_S, found)
    return found

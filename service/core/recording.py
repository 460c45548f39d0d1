"""One event from its words to its answer: where it belongs, what it earns, what is posted, what is said."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta, tzinfo

from msgspec import Struct
from msgspec.structs import replace

from schemas.events import NewEvent
from schemas.ids import Id
from schemas.people import Language
from schemas.program import Unit
from schemas.receipts import Award, Balance, Money, Receipt, RecordedEvent
from service.core.calendar import local_day, program_week
from service.core.compiled import TargetRules
from service.core.corrections import PastFact
from service.core.dated_caps import Outside
from service.core.episode import Decided, Episode
from service.core.expected import MISSED_REFERENCE
from service.core.gap import Where, first_postings
from service.core.ledger import Movement, Posting, award_movement, settle
from service.core.minutes import minutes_fault
from service.core.outlook import outlook
from service.core.phases import DAYS_A_WEEK
from service.core.quantities import in_hundredths
from service.core.refolding import adjustments, refold
from service.core.refusals import Refused, refused
from service.core.rules import follows, step
from service.core.state import WELCOME_FACT, Fact
from service.core.words.sentences import noun_of, reason


class Admitted(Struct, frozen=True):
    """An event that belongs to one enrollment and one of its targets, as the fact that comes next there."""

    episode: Episode
    fact: Fact


def admit(
    event: NewEvent,
    candidates: Sequence[Episode],
    zone: tzinfo,
    now: datetime,
    skew: timedelta,
    expected_on: date | None = None,
) -> Admitted | Refused:
    """Find the enrollment and target that an event means; `candidates` are its participant's enrollments.

    `expected_on` is the due day of a visit that nobody came to: that may be found out at any later time.
    """
    if expected_on is None and (event.reference or "").startswith(MISSED_REFERENCE):
        return refused("reference_reserved", "$.reference", prefix=MISSED_REFERENCE)
    found = _place(event, candidates, local_day(event.occurred_at, zone), local_day(now, zone))
    if isinstance(found, Refused):
        return found
    episode, place = found
    if event.occurred_at > now + skew:
        return refused("event_in_future", "$.occurred_at")
    day = local_day(event.occurred_at, zone)
    if not _covers(episode, day):
        first, last = episode.starts_on, episode.closed_on
        if last is None:
            return refused("outside_enrollment.before", "$.occurred_at", day=day, first_day=first)
        return refused("outside_enrollment.closed", "$.occurred_at", day=day, first_day=first, last_day=last)
    back = episode.rules.program.record_within_days
    if back is not None and expected_on is None and day < local_day(now, zone) - timedelta(days=back):
        return refused("recorded_too_late", "$.occurred_at", days=back)
    target = episode.rules.targets[place]
    quantity = _said(event, target)
    if isinstance(quantity, Refused):
        return quantity
    week = program_week(day, episode.starts_on)
    after = (day - episode.starts_on).days % DAYS_A_WEEK
    fact = Fact(
        episode.facts + 1,
        place,
        event.outcome,
        event.occurred_at,
        day,
        week,
        expected_on,
        after=after,
        quantity=quantity,
    )
    return Admitted(episode, fact)


def _said(event: NewEvent, target: TargetRules) -> int | Refused:
    """The quantity of an event, in hundredths, where its target has that outcome and counts one."""
    if event.outcome not in target.effects:
        known = tuple(sorted(target.effects))
        behavior = target.target.behavior
        return refused(
            "outcome_not_allowed", "$.outcome", behavior=behavior, outcome=event.outcome, known=known
        )
    if event.quantity is not None and not target.by_quantity:
        return refused("invalid.quantity_unwanted", "$.quantity", target=target.target.name)
    if event.minutes is not None and (fault := minutes_fault(target.target, event.outcome)) is not None:
        return fault
    quantity = in_hundredths(event.quantity)
    return refused("invalid.quantity_fine", "$.quantity") if quantity is None else quantity


def _named(
    event: NewEvent, candidates: Sequence[Episode], day: date, today: date
) -> Sequence[Episode] | Refused:
    """The enrollments that an event may mean: the one it names, or those that cover its day.

    Where none covers it, those that are open say why not.
    """
    if event.enrollment is None:
        if event.behavior is None and event.target is None:
            return refused("invalid.event_about_nothing", "$.behavior")
        own = [one for one in candidates if event.program in {None, one.program}]
        covering = [one for one in own if _covers(one, day)]
        return covering or [one for one in own if one.closed_on is None or one.closed_on >= today]
    found = next((one for one in candidates if one.id == event.enrollment), None)
    if found is None:
        return refused("unknown_enrollment", "$.enrollment")
    if event.participant not in {None, found.participant}:
        return refused("unknown_enrollment.of_participant", "$.participant")
    if event.participant_reference not in {None, found.reference, *found.named}:
        return refused("unknown_enrollment.of_participant", "$.participant_reference")
    if event.program not in {None, found.program}:
        return refused("unknown_enrollment.other_program", "$.program", program=found.program)
    if event.target is None and event.behavior is None:
        return refused("unknown_target.unnamed", "$.target")
    return [found]


def _covers(episode: Episode, day: date) -> bool:
    """Whether an enrollment holds on a day, open or closed by now."""
    return episode.starts_on <= day and (episode.closed_on is None or day <= episode.closed_on)


def _place(
    event: NewEvent, candidates: Sequence[Episode], day: date, today: date
) -> tuple[Episode, int] | Refused:
    named = _named(event, candidates, day, today)
    if isinstance(named, Refused):
        return named
    found = [
        (episode, place)
        for episode in named
        for place, target in enumerate(episode.rules.program.targets)
        if event.target in {None, target.name} and event.behavior in {None, target.behavior}
    ]
    if len(found) > 1 and event.enrollment is None:
        found = _going_on(found)
    if len(found) == 1:
        return found[0]
    if found:
        return refused("ambiguous_enrollment", "$.target" if event.enrollment else "$.enrollment")
    if event.enrollment is not None or (event.target is not None and named):
        known = tuple(target.name for episode in named for target in episode.rules.program.targets)
        return refused("unknown_target", "$.target", known=known)
    return refused(
        "not_enrolled", "$.participant_reference" if event.participant is None else "$.participant"
    )


def _going_on(found: list[tuple[Episode, int]]) -> list[tuple[Episode, int]]:
    """Of enrollments that held beside each other in one program, as only merged charts have them, the last.

    One that ended on the day on which the next began does not stand beside it: that day may mean either.
    """
    if len({episode.program for episode, _ in found}) > 1:
        return found
    ends = sorted(episode.closed_on or date.max for episode, _ in found)
    if max(episode.starts_on for episode, _ in found) >= ends[0]:
        return found
    return [one for one in found if (one[0].closed_on or date.max) == ends[-1]]


def needs_past(admitted: Admitted) -> bool:
    """Whether the fact is late, or replaces a test, so that all facts must be folded again."""
    episode = admitted.episode
    return episode.past is None and not follows(episode.state, admitted.fact)


def decide(
    admitted: Admitted, event: Id, by: Id, available: Mapping[Unit, int], *, imported: bool = False
) -> Decided:
    """Step the fact, or fold it with all earlier ones, and say what must be posted.

    `available` is what the participant has in each unit: nothing is taken back beyond it. What was posted
    for an `imported` fact is provisional toward other imported ones, and toward visits that nobody came to:
    into how many files a history is split, and in which order they are brought, changes no award.
    """
    episode, fact = admitted.episode, admitted.fact
    past = episode.past
    if past is not None:
        past = replace(past, facts=(*past.facts, PastFact(event, fact, by, imported)))
    if not follows(episode.state, fact):
        if past is None:
            message = "a late fact is decided with the earlier ones at hand"
            raise AssertionError(message)
        policy = episode.rules.program.corrections.late
        is_history = imported or fact.expected_on is not None
        provisional = [one.fact.no for one in past.facts if one.imported] if is_history else ()
        return refold(episode, past, fact.no, fact.no, policy, available, provisional)
    state, decision = step(episode.rules, episode.state, fact)
    where = Where(episode.id, episode.funding, {fact.no: fact.day})
    postings, limits = first_postings(fact.no, decision, where, episode.limits)
    if past is not None:
        past = replace(past, posted=settle(past.posted, postings))
    after = replace(episode, facts=fact.no, state=state, past=past, limits=limits)
    return Decided(after, fact, decision.effect, postings)


def receipt(
    decided: Decided,
    event: RecordedEvent,
    award_ids: Iterable[Id],
    balances: tuple[Balance, ...],
    language: Language,
    local: Callable[[datetime], date],
    *,
    own: bool = False,
) -> Receipt:
    """The answer to a recorded event or a correction of it; with `own`, its adjustments tell of it too."""
    episode = decided.episode
    last_at = episode.state.last_at
    last_day = local(event.occurred_at if last_at is None else last_at)
    awards = tuple(
        award(decided, event.id, award_id, posting, language)
        for award_id, posting in zip(award_ids, decided.postings, strict=True)
    )
    return Receipt(
        event,
        awards,
        totals(awards),
        balances,
        outlook(
            episode.rules,
            episode.state,
            episode.starts_on,
            last_day,
            language,
            last_day=last_day,
            outside=Outside(episode.limits, episode.id, episode.funding),
        ),
        adjustments(decided, own=own, language=language),
    )


def totals(awards: Iterable[Award]) -> tuple[Money, ...]:
    """The sum of postings in each unit."""
    sums: dict[Unit, int] = {}
    for award in awards:
        sums[award.unit] = sums.get(award.unit, 0) + award.amount
    return tuple(Money(unit, amount) for unit, amount in sums.items())


def event_of(decided: Decided, posting: Posting, event: Id | None) -> Id | None:
    """The event that a posting is for: the recorded one, an earlier or later one, or none for the welcome."""
    if posting.fact_no == WELCOME_FACT:
        return None
    past = decided.episode.past
    return event if past is None else past.by_no[posting.fact_no].event


def movement(decided: Decided, posting: Posting, award_id: Id) -> Movement | None:
    """The transfer that a posting makes, if it moves anything."""
    episode = decided.episode
    day = _fact_of(decided, posting).day if posting.fact_no != WELCOME_FACT else episode.starts_on
    return award_movement(episode.participant, episode.id, award_id, posting, day, episode.funding)


def _fact_of(decided: Decided, posting: Posting) -> Fact:
    """The fact that a posting is for, which is not the welcome."""
    past, fact = decided.episode.past, decided.fact
    if past is not None:
        return past.by_no[posting.fact_no].fact
    if fact is None:
        message = "what is about no fact is decided with all of them at hand"
        raise AssertionError(message)
    return fact


def award(decided: Decided, event: Id | None, award_id: Id, posting: Posting, language: Language) -> Award:
    """A posting as it is answered."""
    program = decided.episode.rules.program
    is_welcome = posting.fact_no == WELCOME_FACT
    noun = noun_of(None if is_welcome else program.targets[_fact_of(decided, posting).target])
    return Award(
        award_id,
        posting.kind,
        posting.unit,
        posting.amount,
        posting.clipped + max(posting.withheld, 0),
        tuple(reason(why, posting.unit, noun, language) for why in posting.why),
        event_of(decided, posting, event),
        posting.overpaid,
        posting.unrecovered,
    )

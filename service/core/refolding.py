"""All facts of an enrollment folded again: after a late fact, a correction, or a move to another version."""

from collections.abc import Collection, Mapping, Sequence

from msgspec.structs import replace

from schemas.people import Language
from schemas.program import Effect, Policy, Unit
from schemas.receipts import Adjustment
from service.core.compiled import Rules
from service.core.corrections import PastCorrection, PastFact, standing
from service.core.episode import Decided, Episode, Past
from service.core.gap import Moving, Where, gap_within
from service.core.ledger import Posted, Posting, SlotKey, settle
from service.core.quantities import ONE, measure_of
from service.core.refusals import Refused, refused
from service.core.rules import fold
from service.core.state import WELCOME_FACT, Fact
from service.core.words.sentences import Worth, adjustment_sentence, noun_of, reason


def refold(
    episode: Episode,
    past: Past,
    cause_no: int,
    about: int | None,
    policy: Policy,
    available: Mapping[Unit, int],
    provisional: Collection[int] = (),
) -> Decided:
    """Fold all facts that stand in `past` and say what must be posted, caused by number `cause_no`.

    `about` is the number of the fact that is corrected. `available` is what the participant has in each
    unit: nothing is taken back beyond it. Falls of `provisional` facts are recovered, whatever the `policy`.
    """
    facts = {one.fact.no: one.fact for one in standing(past.facts, past.corrections)}
    state, decisions = fold(episode.rules, episode.starts_on, facts.values())
    where = where_of(replace(episode, past=past))
    effect: Effect = "neutral"
    fact = None
    if about is not None:
        # One that is withdrawn is shown as it was recorded, and counts for nothing.
        fact = facts.get(about) or past.by_no[about].fact
        effect = decisions[about].effect if about in facts else "neutral"
    program = episode.rules.program
    # A late success pays nothing twice: of arrival orders, only a late failure may leave something overpaid.
    moving = Moving(about == cause_no and effect == "success", program.caps, program.unit)
    postings, limits = gap_within(
        decisions, past.posted, cause_no, policy, available, where, episode.limits, moving, provisional
    )
    after = Past(past.facts, past.corrections, settle(past.posted, postings))
    changed = replace(episode, facts=cause_no, state=state, past=after, limits=limits)
    return Decided(changed, fact, effect, postings, past.posted)


def where_of(episode: Episode, fact: Fact | None = None) -> Where:
    """Spots of an enrollment's postings: of `fact`, and where they are at hand its facts and welcome."""
    days = {} if fact is None else {fact.no: fact.day}
    if episode.past is not None:
        days[WELCOME_FACT] = episode.starts_on
        days |= {one.fact.no: one.fact.day for one in episode.past.facts}
    return Where(episode.id, episode.funding, days)


def correct(episode: Episode, correction: PastCorrection, available: Mapping[Unit, int]) -> Decided:
    """The effect of a correction; it has been judged, and the episode has its past."""
    past = _past(episode)
    event = next(one for one in past.facts if one.event == correction.event)
    policies = episode.rules.program.corrections
    policy = {
        "lab_overturn": policies.lab_overturn,
        "excuse": policies.excuse,
        "entry_error": policies.entry_error,
        # Other minutes change no award: should anything else differ by now, nobody loses by them.
        "minutes": "keep",
    }[correction.kind]
    corrected = replace(past, corrections=(*past.corrections, correction))
    return refold(episode, corrected, correction.no, event.fact.no, policy, available)


def fits(episode: Episode, rules: Rules) -> Refused | None:
    """Why an enrollment cannot move to other rules; none where all that is on record has its place there."""
    past = _past(episode)
    outcomes = {(one.fact.target, one.fact.outcome) for one in past.facts}
    target_of = {one.event: one.fact.target for one in past.facts}
    outcomes |= {(target_of[one.event], one.outcome) for one in past.corrections if one.outcome is not None}
    for place, outcome in sorted(outcomes):
        target = episode.rules.program.targets[place]
        there = rules.place_of.get(target.name)
        if there is None or rules.program.targets[there].behavior != target.behavior:
            return refused("unknown_target.not_in_version", "$.version", target=target.name)
        if outcome not in rules.targets[there].effects:
            return refused(
                "outcome_not_allowed.not_in_version", "$.version", target=target.name, outcome=outcome
            )
    for place in sorted({one.fact.target for one in past.facts if one.fact.quantity != ONE}):
        counting = episode.rules.program.targets[place]
        if measure_of(rules.program.targets[rules.place_of[counting.name]]) != measure_of(counting):
            return refused("invalid.quantity_not_in_version", "$.version", target=counting.name)
    return None


def move(episode: Episode, version: int, rules: Rules, available: Mapping[Unit, int]) -> Decided:
    """The effect of moving to another version; what it lowers is kept, since nobody's record was wrong.

    The episode has its past, and `fits` found nothing.
    """
    past = _past(episode)
    place_of = [rules.place_of.get(target.name, 0) for target in episode.rules.program.targets]
    facts = tuple(
        replace(one, fact=replace(one.fact, target=place_of[one.fact.target])) for one in past.facts
    )
    moved = replace(episode, version=version, rules=rules)
    return refold(moved, replace(past, facts=facts), episode.facts + 1, None, "keep", available)


def adjustments(decided: Decided, *, own: bool, language: Language) -> tuple[Adjustment, ...]:
    """The visits that an operation changed, in the order in which they happened.

    With `own` the corrected fact is told too, even where nothing of it changed; without, it is
    left out. The welcome comes first.
    """
    past = decided.episode.past
    if decided.before is None or past is None:
        return ()
    about = None if decided.fact is None else decided.fact.no
    visits: dict[tuple[int, Unit], list[Posting]] = {}
    for posting in decided.postings:
        if own or posting.fact_no != about:
            visits.setdefault((posting.fact_no, posting.unit), []).append(posting)
    if own and about is not None and about not in {no for no, _ in visits}:
        visits[about, decided.episode.rules.program.unit] = []
    order = {one.fact.no: (one.fact.at, one.fact.no) for one in past.facts}
    stands = {WELCOME_FACT, *(one.fact.no for one in standing(past.facts, past.corrections))}
    before, after = _values(decided.before), _values(past.posted)
    return tuple(
        _adjustment(
            decided.episode,
            past.by_no.get(key[0]),
            Worth(key[1], before.get(key, 0), after.get(key, 0), is_withdrawn=key[0] not in stands),
            visits[key],
            language,
        )
        for key in sorted(visits, key=lambda key: (key[0] != WELCOME_FACT, order.get(key[0], ()), key[1]))
    )


def _adjustment(
    episode: Episode, of: PastFact | None, worth: Worth, postings: Sequence[Posting], language: Language
) -> Adjustment:
    """The adjustment of one visit, or of the welcome where it is `of` none."""
    target = None if of is None else episode.rules.program.targets[of.fact.target]
    noun = noun_of(target)
    reasons = tuple(reason(why, worth.unit, noun, language) for posting in postings for why in posting.why)
    day = episode.starts_on if of is None else of.fact.day
    return Adjustment(
        worth.unit,
        worth.before,
        worth.after,
        sum(posting.amount for posting in postings),
        sum(posting.overpaid for posting in postings),
        sum(posting.unrecovered for posting in postings),
        reasons,
        adjustment_sentence(worth, day, target, reasons, language),
        None if of is None else of.event,
        None if target is None else target.name,
        None if of is None else of.fact.at,
    )


def _values(posted: Mapping[SlotKey, Posted]) -> dict[tuple[int, Unit], int]:
    """The amount of each visit in each unit by the rules and within outside caps, as it was last posted."""
    sums: dict[tuple[int, Unit], int] = {}
    for (no, _, unit), one in posted.items():
        sums[no, unit] = sums.get((no, unit), 0) + one.settled - one.withheld
    return sums


def _past(episode: Episode) -> Past:
    if episode.past is None:
        message = "facts are folded again with all of them at hand"
        raise AssertionError(message)
    return episode.past

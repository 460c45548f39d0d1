"""The rules: what each verified behavior earns, as a pure function of a program and its facts.

`step` decides one fact from a checkpoint; `fold` decides all facts of an enrollment from the beginning.
`fold` is repeated `step` over the facts in order, so the two cannot drift apart; a fact that is not the
next one in that order cannot be stepped, and `follows` says so.
"""

from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import assert_never

from msgspec.structs import replace

from schemas.program import Condition, Effect, Phase
from schemas.receipts import ReasonCode
from service.core.bonuses import bonuses_after
from service.core.calendar import program_week
from service.core.caps import clip
from service.core.compiled import Rules, TargetRules
from service.core.conditions import NONE, Successes, seen, successes, wanting
from service.core.conditions import unmet as unmet_of
from service.core.expected import may_be_met_until, met_after_all
from service.core.limits import OVER, counting, reached
from service.core.outcomes import EXCUSED, RETESTABLE, VALID_TEST
from service.core.phases import DAYS_A_WEEK
from service.core.quantities import ONE, pay_for
from service.core.retests import retested
from service.core.rungs import LEVEL, earned_at, entered, failed, rises_by_week
from service.core.state import WELCOME_FACT, Award, Decision, Fact, State, TargetState, Why

WHOLE = 100
"""A value paid in full, in percent."""


def opening(rules: Rules, starts_on: date) -> tuple[State, Award | None]:
    """The state before the first fact, and the welcome that is paid at enrollment."""
    state = State(
        targets=tuple(
            TargetState(
                rung=t.first_rung,
                used_week=(0,) * len(t.target.allowances),
                used_ever=(0,) * len(t.target.allowances),
            )
            for t in rules.targets
        ),
        spent=((-1, 0),) * len(rules.program.caps),
    )
    amount = rules.program.welcome
    if amount == 0:
        return state, None
    welcome = Award("welcome", "welcome", rules.program.unit, amount, 0, (Why("welcome", amount),))
    spent, (paid,) = clip(rules, state.spent, starts_on, WELCOME_FACT, (welcome,))
    return replace(state, spent=spent), paid


def follows(state: State, fact: Fact) -> bool:
    """Whether `fact` can be stepped from `state`; if not, all facts must be folded again.

    It cannot be stepped when it happened before the last one, when it is the retest that replaces an earlier
    test, when it may meet a visit that counts as missed, or when something of its day waits for its target.
    Whether a visit is missed, only all facts say.
    """
    if (state.last_at is not None and fact.at < state.last_at) or fact.expected_on is not None:
        return False
    before = state.targets[fact.target]
    if before.missed_until is not None and fact.day <= before.missed_until:
        return False
    if before.wanted_on == fact.day:
        return False
    until = before.retest_until
    return until is None or fact.outcome not in VALID_TEST or fact.at > until


def fold(rules: Rules, starts_on: date, facts: Iterable[Fact]) -> tuple[State, dict[int, Decision]]:
    """Decide all facts of an enrollment in the order they happened; the welcome is under number 0."""
    state, welcome = opening(rules, starts_on)
    decisions: dict[int, Decision] = {}
    if welcome is not None:
        decisions[WELCOME_FACT] = Decision("neutral", (welcome,))
    ordered = sorted(facts, key=lambda fact: (fact.at, fact.no))
    replaced = retested(rules, ordered) | met_after_all(rules, starts_on, ordered)
    known = successes(rules, ordered, replaced)
    for fact in ordered:
        state, decisions[fact.no] = step(rules, state, fact, replaced=fact.no in replaced, known=known)
    return state, decisions


def step(
    rules: Rules, state: State, fact: Fact, *, replaced: bool = False, known: Successes = NONE
) -> tuple[State, Decision]:
    """Decide one fact that follows `state`; `replaced` says that another one stands in its place.

    `known` are successes of the same day that follow, on which conditions rest.

    Raises KeyError for an outcome that the target's behavior does not have.
    """
    target = rules.targets[fact.target]
    before = state.targets[fact.target]
    phase = target.phase(fact.week, fact.after)
    before = arrived(target, phase, before, fact.week)
    effect = target.effects_in(phase)[fact.outcome] if target.varied else target.effects[fact.outcome]
    excused = state.excused
    unmet: frozenset[Condition] = frozenset()
    if phase is None:
        # First of all: what lies outside changes nothing, so no retest can change it either.
        after, awards = before, _nothing(rules, phase, "no_phase")
    elif replaced:
        code: ReasonCode = "retested" if fact.expected_on is None else "replaced"
        effect, after, awards = "neutral", before, _nothing(rules, phase, code)
    elif fact.was_closed:
        # Before any limit is asked: nobody's excuses are used up by the days on which the clinic was closed.
        effect, after, awards = "neutral", before, _nothing(rules, phase, "no_change")
    elif fact.outcome == EXCUSED and excused == rules.program.excuses.limit:
        effect, after, awards = _beyond_allowance(rules, phase, before)
    else:
        excused += fact.outcome == EXCUSED and rules.program.excuses.limit is not None
        if target.conditions and effect == "success":
            unmet = unmet_of(rules, state, target.conditions, fact.day, known)
        effect, after, awards = _decide(rules, target, phase, before, fact, effect, unmet)
        if target.retest is not None and fact.outcome in RETESTABLE:
            after = replace(after, retest_until=fact.at + target.retest)
    if fact.expected_on is not None:
        after = _may_be_met(target, after, max(fact.expected_on, fact.day), fact.week)
    spent = state.spent
    if spent and any(award.amount for award in awards):
        spent, awards = clip(rules, spent, fact.day, fact.no, awards)
    after = seen(rules, fact, after, replaced=replaced) if rules.subjects else after
    place = fact.target
    targets = (*state.targets[:place], after, *state.targets[place + 1 :])
    if unmet:
        targets = wanting(rules, targets, unmet, fact.day)
    return State(targets, spent, fact.at, fact.no, excused), Decision(effect, awards)


def arrived(target: TargetRules, phase: Phase | None, before: TargetState, week: int) -> TargetState:
    """A target as a fact of a week and its phase finds it.

    A week begins with no successes, on a ladder that rises by the week one rung higher after a whole one, and
    a phase may begin the ladder anew.
    """
    if week != before.week:
        rung = before.rung + (target.rises_by_week and _was_whole(target, before))
        before = replace(before, week=week, in_week=0, rung=rung, used_week=(0,) * len(before.used_week))
    return before if phase is None or phase.begin == "on" else entered(phase, before)


def _was_whole(target: TargetRules, before: TargetState) -> bool:
    """Whether every visit expected in the last week was a success, where the ladder rises by such weeks."""
    phase = target.phase(before.week)
    if phase is None or not rises_by_week(phase.earn) or before.missed_in == before.week:
        return False
    return before.in_week >= target.expected(phase)


def fact_of(
    rules: Rules,
    no: int,
    target: str,
    outcome: str,
    at: datetime,
    day: date,
    starts_on: date,
    expected_on: date | None = None,
    quantity: int = ONE,
) -> Fact:
    """A fact as the rules see it, from the words it was recorded in."""
    week, after = program_week(day, starts_on), (day - starts_on).days % DAYS_A_WEEK
    return Fact(
        no, rules.place_of[target], outcome, at, day, week, expected_on, after=after, quantity=quantity
    )


def _decide(
    rules: Rules,
    target: TargetRules,
    phase: Phase,
    before: TargetState,
    fact: Fact,
    effect: Effect,
    unmet: Collection[Condition],
) -> tuple[Effect, TargetState, tuple[Award, ...]]:
    place = target.allowance_of.get(fact.outcome)
    if place is not None and effect == "neutral":
        allowance = target.target.allowances[place]
        used = before.used_week if allowance.per == "week" else before.used_ever
        if used[place] >= allowance.count:
            return _beyond_allowance(rules, phase, before)
        used_one = replace(
            before, used_week=_more(before.used_week, place), used_ever=_more(before.used_ever, place)
        )
        return "neutral", used_one, _nothing(rules, phase, "no_change")
    match effect:
        case "neutral":
            return effect, before, _nothing(rules, phase, "no_change")
        case "failure":
            after = failed(before, phase)
            return effect, after, _nothing(rules, phase, *_fell(phase, before, after))
        case "success":
            return effect, *_counted(rules, target, phase, before, fact, unmet)
        case _ as unreachable:
            assert_never(unreachable)


def _beyond_allowance(
    rules: Rules, phase: Phase, before: TargetState
) -> tuple[Effect, TargetState, tuple[Award, ...]]:
    """A failure because an allowance is used up: it says so, and where the ladder stands now."""
    after = failed(before, phase)
    (nothing,) = _nothing(rules, phase, "allowance_used")
    code, count = _fell(phase, before, after)
    return "failure", after, (replace(nothing, why=(*nothing.why, Why(code, count=count))),)


def _fell(phase: Phase, before: TargetState, after: TargetState) -> tuple[ReasonCode, int]:
    """What a failure did to the ladder, as a reason with the number that it speaks of."""
    if after.rung == before.rung:
        return "miss", 0
    return ("reset", 0) if phase.on_failure.to is None else ("stepped_back", after.rung + 1)


def _counted(
    rules: Rules,
    target: TargetRules,
    phase: Phase,
    before: TargetState,
    fact: Fact,
    unmet: Collection[Condition],
) -> tuple[TargetState, tuple[Award, ...]]:
    """A success, if a limit leaves room for it and its condition is met."""
    if before.in_week >= target.per_week:
        return before, _nothing(rules, phase, OVER["week"])
    if target.limits:
        beyond = reached(target.limits, before, fact.day)
        if beyond is not None:
            return before, _nothing(rules, phase, OVER[beyond])
    if phase.earn.if_ in unmet:
        return before, _nothing(rules, phase, "condition_unmet")
    if target.limits:
        before = counting(target.limits, before, fact.day)
    return _succeeded(rules, target, phase, before, fact, unmet)


def _succeeded(
    rules: Rules,
    target: TargetRules,
    phase: Phase,
    before: TargetState,
    fact: Fact,
    unmet: Collection[Condition],
) -> tuple[TargetState, tuple[Award, ...]]:
    rung, resume = before.rung, before.resume
    code: ReasonCode = "flat" if isinstance(phase.earn, LEVEL) else "step"
    recovery = phase.on_failure.recovery
    if recovery is not None and resume is not None:
        needed = recovery.after if recovery.pays == "next" else recovery.after - 1
        if before.run >= needed:
            # Recovery never lowers anybody: whoever has climbed past `resume` meanwhile stays there.
            if resume >= rung:
                rung, code = resume, "recovered"
            resume = None
    value = earned_at(phase.earn, rung)
    after = replace(
        before,
        rung=rung if target.rises_by_week and rises_by_week(phase.earn) else rung + 1,
        run=before.run + 1,
        resume=resume,
        total=before.total + 1,
        in_week=before.in_week + 1,
    )
    unit = rules.unit_of(phase)
    why: tuple[Why, ...] = (Why(code, value, rung + 1),)
    if target.by_quantity:
        value, counted = pay_for(phase.earn, value, fact.quantity)
        why = (counted, *why)
    if target.pays_parts and (part := target.part(phase, fact.outcome)) != WHOLE:
        value = (value * part * 2 + WHOLE) // (WHOLE * 2)
        why = (Why("part", value, part), *why[:-1])
    base = Award("base", "base", unit, value, 0, why)
    if not target.target.bonuses:
        return after, (base,)
    after, bonuses = bonuses_after(target.target.bonuses, after, unit, unmet)
    return after, (base, *bonuses)


def _more(counts: tuple[int, ...], place: int) -> tuple[int, ...]:
    return (*counts[:place], counts[place] + 1, *counts[place + 1 :])


def _nothing(rules: Rules, phase: Phase | None, code: ReasonCode, count: int = 0) -> tuple[Award, ...]:
    return (Award("base", "base", rules.unit_of(phase), 0, 0, (Why(code, count=count),)),)


def _may_be_met(target: TargetRules, after: TargetState, expected_on: date, week: int) -> TargetState:
    until = may_be_met_until(target, expected_on, week)
    return after if after.missed_until and after.missed_until >= until else replace(after, missed_until=until)

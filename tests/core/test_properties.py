# long: how programs and histories are drawn, and every property that holds for all of them
"""What holds for every program and every history: random ones, the same on each run."""

from collections import defaultdict
from datetime import UTC, date, datetime, timedelta
from typing import Any

import msgspec
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st
from msgspec import convert

from schemas.program import Program
from service.core.authoring.programs import check, decode, encode
from service.core.calendar import local_day, period_key
from service.core.compiled import Rules, compile_rules
from service.core.limits import first_free
from service.core.outcomes import OPEN, outcomes_of
from service.core.outlook import outlook
from service.core.quantities import ONE
from service.core.rules import fact_of, fold, follows, opening, step
from service.core.state import Fact, State

bounded = settings(
    max_examples=120,
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)

START = date(2025, 12, 22)
"""A Monday ten days before a year's end, so that short histories cross day, week, month and year."""

OWN_BOWL = {
    "name": "own",
    "tiers": [{"name": "none", "slips": 3}, {"name": "some", "slips": 1, "value": 250}],
}

amounts = st.integers(0, 300)
counts = st.integers(1, 4)
rarely = st.sampled_from([False, False, False, True])
effects = st.sampled_from(["success", "failure", "neutral"])
parts = st.sampled_from([{"effect": "success", "pays": pays} for pays in (0, 33, 50, 100)])
decided = st.one_of(effects, effects, parts)
quantities = st.sampled_from([1, 25, 50, 100, 333, 350, 1_000])
few_days = st.integers(0, 3)


def optional(**fields: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """Draw a mapping in which every field may be left out."""
    return st.fixed_dictionaries({}, optional=fields)


@st.composite
def earns(draw: st.DrawFn, pace: int | None, *, counts_hours: bool = False) -> dict[str, Any]:
    """Draw one way of earning; it can rise by the week where so many visits a week are known."""
    kinds = ["rate", "rate", "ladder", "table"] if counts_hours else ["flat", "ladder", "table", "draws"]
    kind = draw(st.sampled_from(kinds))
    per = {"per": "hour"} if counts_hours else {}
    if kind == "flat":
        return {"type": kind, "amount": draw(amounts)}
    if kind == "rate":
        amount = draw(amounts)
        return {"type": kind, "amount": amount, **per, **draw(optional(max=st.integers(amount, 900)))}
    first = draw(optional(first=st.integers(0, 4))) | per
    if kind == "table":
        return {"type": kind, "values": draw(st.lists(amounts, min_size=1, max_size=5)), **first}
    start = draw(amounts)
    rises = counts if pace is None else counts | st.just("week")
    rest = draw(optional(every=rises, max=st.integers(start, start + 200))) | first
    return {"type": kind, "start": start, "step": draw(amounts), **rest}


def recoveries() -> st.SearchStrategy[dict[str, Any]]:
    """Draw one way back."""
    pays, to = st.sampled_from(["next", "nth"]), st.sampled_from(["due", "paid"])
    return st.fixed_dictionaries({"after": counts, "pays": pays, "to": to})


def bonuses(limit: int | None) -> st.SearchStrategy[dict[str, Any]]:
    """Draw one bonus that can be reached under the limit."""
    milestones = st.sets(st.integers(1, 9), min_size=1, max_size=3).map(sorted)
    weeks = st.tuples(st.integers(1, 4), st.integers(0, 4)).map(lambda pair: [pair[0], sum(pair)])
    when, once = {"weeks": weeks}, {"once": st.booleans(), "weeks": weeks}
    return st.one_of(
        st.fixed_dictionaries({"type": st.just("run"), "every": counts, "amount": amounts}, optional=once),
        st.fixed_dictionaries({"type": st.just("run"), "at": milestones, "amount": amounts}, optional=once),
        st.fixed_dictionaries(
            {"type": st.just("week"), "successes": st.integers(1, limit or 4), "amount": amounts},
            optional=when,
        ),
        st.fixed_dictionaries({"type": st.just("total"), "at": milestones, "amount": amounts}, optional=when),
    )


def landings() -> st.SearchStrategy[dict[str, int]]:
    """Draw one rung on which a reset lands."""
    return st.one_of(
        st.fixed_dictionaries({"rung": st.integers(0, 4)}), st.fixed_dictionaries({"back": counts})
    )


@st.composite
def phases_of(
    draw: st.DrawFn, limit: int | None, *, by_day: bool, counts_hours: bool
) -> list[dict[str, Any]]:
    """Draw one to three phases, some of them with a gap before them, in weeks or in days."""
    phases: list[dict[str, Any]] = []
    week = 1
    for _ in range(draw(st.integers(1, 3))):
        first = week + draw(st.integers(0, 1))
        week = first + draw(st.integers(1, 3))
        rule = draw(optional(reset=st.booleans(), recovery=recoveries(), to=landings()))
        begin = draw(optional(begin=st.sampled_from(["on", "anew"])))
        span: dict[str, Any] = {"weeks": [first, week - 1]}
        if by_day:
            # The same time in days, begun and ended inside a week.
            span = {"days": [first * 7 - 6 + draw(few_days), week * 7 - 7 - draw(few_days)]}
        earn = draw(earns(None if by_day else limit, counts_hours=counts_hours))
        phases.append({**span, "earn": earn, "on_failure": rule, **begin})
    return phases


@st.composite
def targets(draw: st.DrawFn, name: str) -> dict[str, Any]:
    """Draw one target with one to three phases, some of them with a gap before them."""
    behavior = draw(st.sampled_from(list(OPEN)))
    limit, by_day = draw(st.none() | counts), draw(rarely)
    phases = draw(phases_of(limit, by_day=by_day, counts_hours=draw(rarely)))
    changed: dict[str, Any] = {outcome: draw(decided) for outcome in OPEN[behavior] if draw(st.booleans())}
    changed |= {word: draw(decided) for word in ("cut_down", "machine_broken") if draw(st.booleans())}
    for phase in phases:
        phase["outcomes"] = {word: draw(decided) for word in changed if draw(rarely)}
    neutral = [
        outcome for outcome, effect in (outcomes_of(behavior) | changed).items() if effect == "neutral"
    ]
    allowances = [
        {
            "outcome": outcome,
            "count": draw(st.integers(0, 2)),
            "per": draw(st.sampled_from(["week", "enrollment"])),
        }
        for outcome in neutral
        if draw(st.booleans())
    ]
    target: dict[str, Any] = {
        "name": name,
        "behavior": behavior,
        "phases": phases,
        "outcomes": changed,
        "allowances": allowances,
        "bonuses": draw(st.lists(bonuses(limit), max_size=3)),
    }
    others = {
        per: {"count": draw(counts), "per": per} for per in ("day", "month", "enrollment") if draw(rarely)
    }
    if limit is not None:
        target["limit"] = [{"per_week": limit}, *others.values()] if others else {"per_week": limit}
    if behavior == "test":
        target |= draw(optional(retest_minutes=st.integers(30, 2000)))
    return target


@st.composite
def programs(draw: st.DrawFn) -> Program:
    """Draw a program without faults."""
    period = st.sampled_from(["event", "day", "week", "month", "year", "enrollment"])
    cap = st.fixed_dictionaries({"per": period, "amount": st.integers(0, 900)})
    names = ["one", "other"][: draw(st.integers(1, 2))]
    drawn = [draw(targets(name)) for name in names]
    for target, subject in zip(drawn, reversed(names), strict=True):
        # Each may rest on the other, also both at once: conditions look at outcomes, and never at each other.
        for conditional in (*(phase["earn"] for phase in target["phases"]), *target["bonuses"]):
            if len(names) > 1 and draw(rarely):
                conditional["if"] = {"target": subject}
    unit = draw(st.sampled_from(["usd", "points", "draw", "eur", "jpy", "kwd"]))
    for target in drawn:
        for phase in target["phases"]:
            if phase["earn"]["type"] == "draws" and unit in {"eur", "jpy", "kwd"}:
                # The prizes of the predefined bowl are dollars.
                phase["earn"]["bowl"] = "own"
    document = {
        "name": "drawn",
        "title": "Drawn",
        "unit": unit,
        "bowls": [OWN_BOWL],
        "weeks": draw(st.integers(1, 8)),
        "welcome": draw(st.sampled_from([0, 0, 250])),
        "caps": draw(st.lists(cap, max_size=3)),
        "targets": drawn,
    }
    made = convert(document, Program)
    assert check(made) == ()
    return made


@st.composite
def histories(draw: st.DrawFn) -> tuple[Rules, list[Fact]]:
    """Draw a program and facts of it in any order of arrival, several at one moment among them."""
    rules = compile_rules(draw(programs()))
    days = draw(st.sampled_from([3, 30]))
    times = draw(st.lists(st.integers(0, 4 * 24 * days), min_size=1, max_size=14))
    facts: list[Fact] = []
    for no, quarter_hours in enumerate(sorted(times) if draw(st.booleans()) else times, start=1):
        target = draw(st.sampled_from(rules.program.targets))
        # A success is drawn more often than its share, so that ladders, runs and ways back are climbed.
        words = list(rules.targets[rules.place_of[target.name]].effects)
        outcome = draw(st.sampled_from([words[0]] * 4 + words))
        at = datetime(START.year, START.month, START.day, tzinfo=UTC) + timedelta(minutes=15 * quarter_hours)
        of = rules.targets[rules.place_of[target.name]]
        quantity = draw(quantities) if of.by_quantity else ONE
        day = local_day(at, UTC)
        facts.append(fact_of(rules, no, target.name, outcome, at, day, START, quantity=quantity))
    return rules, facts


def stepped(rules: Rules, facts: list[Fact]) -> State:
    """Step facts as they arrive, and fold all of them again whenever one cannot be stepped."""
    state, _ = opening(rules, START)
    for place, fact in enumerate(facts):
        if follows(state, fact):
            state, decision = step(rules, state, fact)
            again, decisions = fold(rules, START, facts[: place + 1])
            assert (state, decision) == (again, decisions[fact.no])
            event("stepped")
        else:
            state, _ = fold(rules, START, facts[: place + 1])
            event("folded again")
    return state


@bounded
@given(histories())
def test_stepping_each_fact_agrees_with_folding_all_of_them(drawn: tuple[Rules, list[Fact]]) -> None:
    """A checkpoint and one new fact give what all facts give, state and awards alike."""
    rules, facts = drawn
    assert stepped(rules, facts) == fold(rules, START, facts)[0]


@bounded
@given(histories())
def test_a_step_changes_no_earlier_decision(drawn: tuple[Rules, list[Fact]]) -> None:
    """What follows the last fact adds its own decision and leaves every other as it was."""
    rules, facts = drawn
    before, decisions = fold(rules, START, facts[:-1])
    if follows(before, facts[-1]):
        after = fold(rules, START, facts)[1]
        assert {no: one for no, one in after.items() if no != facts[-1].no} == decisions


@bounded
@given(histories(), st.randoms(use_true_random=False))
def test_any_order_of_arrival_gives_the_same_fold(drawn: tuple[Rules, list[Fact]], chance: Any) -> None:  # noqa: ANN401
    """Facts are folded as they happened, so how they came in does not matter."""
    rules, facts = drawn
    mixed = list(facts)
    chance.shuffle(mixed)
    assert fold(rules, START, mixed) == fold(rules, START, facts)


@bounded
@given(histories())
def test_no_cap_is_passed_in_any_of_its_periods(drawn: tuple[Rules, list[Fact]]) -> None:
    """Summed anew per cap and calendar period, welcome included, no sum is above its cap."""
    rules, facts = drawn
    _, decisions = fold(rules, START, facts)
    days = {fact.no: fact.day for fact in facts} | {0: START}
    for cap in rules.program.caps:
        sums: dict[int, int] = defaultdict(int)
        for no, decision in decisions.items():
            for award in decision.awards:
                if award.unit == rules.program.unit:
                    sums[period_key(cap.per, days[no], no)] += award.amount
        assert all(paid <= cap.amount for paid in sums.values())


@bounded
@given(histories())
def test_only_a_success_is_paid_and_nothing_is_below_zero(drawn: tuple[Rules, list[Fact]]) -> None:
    """A failure and a neutral outcome pay 0; what caps took off and what is paid add up to the reasons."""
    rules, facts = drawn
    _, decisions = fold(rules, START, facts)
    for no, decision in decisions.items():
        for award in decision.awards:
            assert award.amount >= 0
            assert award.clipped >= 0
            assert award.why[0].amount == award.amount + award.clipped
            assert decision.effect == "success" or award.amount == 0 or no == 0


@bounded
@given(histories())
def test_a_neutral_outcome_leaves_every_ladder_as_it_was(drawn: tuple[Rules, list[Fact]]) -> None:
    """Only the uses of its allowance and the time left for a retest may change, and a phase begin anew."""
    rules, facts = drawn
    state, _ = opening(rules, START)
    for fact in sorted(facts, key=lambda one: (one.at, one.no)):
        before = [(one.rung, one.run, one.resume, one.total) for one in state.targets]
        begun = state.targets[fact.target].begun
        state, decision = step(rules, state, fact)
        if decision.effect == "neutral" and state.targets[fact.target].begun == begun:
            assert [(one.rung, one.run, one.resume, one.total) for one in state.targets] == before


@bounded
@given(histories())
def test_the_outlook_is_what_the_next_success_is_paid(drawn: tuple[Rules, list[Fact]]) -> None:
    """Recorded on the day that the outlook speaks of, the success it promises is paid just that."""
    rules, facts = drawn
    state, _ = fold(rules, START, facts)
    last = max(facts, key=lambda one: (one.at, one.no))
    seen = outlook(rules, state, START, last.day, "en", last_day=last.day)
    for place, promised in enumerate(seen):
        target = rules.program.targets[place]
        if not promised.next or rules.targets[place].phase(last.week) is None:
            continue
        here = state.targets[place]
        if here.week == last.week and here.in_week >= rules.targets[place].per_week:
            continue
        if first_free(rules.targets[place].limits, here, last.day) != last.day:
            continue
        phase = rules.targets[place].phase(last.week, last.after)
        needed = None if phase is None else phase.earn.if_
        if needed is not None and state.targets[rules.place_of[needed.target]].succeeded_on != last.day:
            # The outlook promises it for a day on which the other target succeeds too.
            continue
        success = next(iter(outcomes_of(target.behavior)))
        fact = Fact(last.no + 100, place, success, last.at, last.day, last.week, after=last.after)
        _, decision = step(rules, state, fact)
        assert sum(award.amount for award in decision.awards) == promised.next[0].amount
        assert decision.awards[0].unit == promised.next[0].unit


@bounded
@given(programs())
def test_a_program_read_from_its_canonical_form_is_the_same(made: Program) -> None:
    """Leaving out defaults and ordering keys loses nothing, and a second writing changes no byte."""
    again = decode(encode(made), yaml=False)
    assert again == made
    assert isinstance(again, Program)
    assert encode(again) == encode(made)


@bounded
@given(histories())
def test_a_checkpoint_survives_being_written_down(drawn: tuple[Rules, list[Fact]]) -> None:
    """State read back from JSON is equal to what was written, so a step from it is the same step."""
    rules, facts = drawn
    state, _ = fold(rules, START, facts)
    assert msgspec.json.decode(msgspec.json.encode(state), type=State) == state


@bounded
@given(histories())
def test_a_program_has_money_in_one_currency(drawn: tuple[Rules, list[Fact]]) -> None:
    """Whatever is awarded is in its unit or in draws, and its own caps look at nothing else."""
    rules, facts = drawn
    _, decisions = fold(rules, START, facts)
    awarded = {award.unit for one in decisions.values() for award in one.awards}
    assert awarded <= {rules.program.unit, "draw"}

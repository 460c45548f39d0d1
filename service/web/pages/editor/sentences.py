"""A program read back in plain sentences, so that whoever writes one sees what it will do."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Final, assert_never, get_args

from msgspec import Struct

from schemas.program import (
    Bonus,
    Condition,
    Draws,
    Flat,
    Ladder,
    Landing,
    OutcomeRule,
    Outcomes,
    Phase,
    Program,
    Rate,
    RunBonus,
    Table,
    Target,
    Title,
    TotalBonus,
    Unit,
    Visits,
    WeekBonus,
    Weekday,
)
from service.core.catalogs import worded
from service.core.compiled import compile_rules, pace
from service.core.levels import nexts_of
from service.core.limits import limits_of
from service.core.naming import target_titles
from service.core.outcomes import effect_of, titles_of
from service.core.phases import days_of
from service.core.quantities import measure_of, per_of
from service.core.rungs import earned_at, first_rung
from service.core.words.sentences import noun_of
from service.web.pages.framework.voice import Voice

NO_TITLES: Final[Mapping[str, Title]] = {}
A_MONDAY: Final = date(2024, 1, 1)
DAYS: Final[tuple[str, ...]] = get_args(Weekday)
FEW: Final = 12
"""How many written-out values a sentence shows."""


class Said(Struct, frozen=True):
    """One part of a program in words: the pointer of the part, and its sentence."""

    place: str
    text: str


def said_of(program: Program, voice: Voice, called: Mapping[str, Title] = NO_TITLES) -> tuple[Said, ...]:
    """Every phase, every bonus and every cap in a sentence of its own."""
    rules = compile_rules(program)
    found: list[Said] = []
    for number, target in enumerate(program.targets):
        at = f"targets.{number}"
        for place, phase in enumerate(target.phases):
            where = f"{at}.phases.{place}"
            unit = rules.unit_of(phase)
            weeks = _weeks(phase, voice)
            earn = _earn(phase, target, unit, voice)
            said = (
                weeks,
                earn,
                *_condition(program, phase.earn.if_, voice),
                *_begins(phase, unit, voice),
                _miss(phase, voice),
                *_visits(phase.visits, voice),
                *_outcomes(target, phase.outcomes, voice),
            )
            found.append(Said(where, " ".join(said)))
        unit = rules.unit_of(target.phases[0])
        for place, bonus in enumerate(target.bonuses):
            found.append(
                Said(
                    f"{at}.bonuses.{place}",
                    " ".join((*_bonus(bonus, unit, voice), *_condition(program, bonus.if_, voice))),
                )
            )
        visits = " ".join((*_visits(target.visits, voice), *_outcomes(target, target.outcomes, voice)))
        if visits:
            found.append(Said(at, visits))
        for place, (per, count) in enumerate(limits_of(target)):
            where = f"{at}.limit.{place}" if isinstance(target.limit, tuple) else f"{at}.limit"
            found.append(Said(where, voice.plain(f"manage.said.limit_{per}", count=count)))
    for place, cap in enumerate(program.caps):
        period = voice.plain(f"manage.per.{cap.per}")
        words = voice.plain("manage.said.cap", amount=voice.money(cap.amount, program.unit), period=period)
        found.append(Said(f"caps.{place}", words))
    found += _following(program, voice, called)
    if program.welcome:
        words = voice.plain("manage.said.welcome", amount=voice.money(program.welcome, program.unit))
        found.append(Said("welcome", words))
    return tuple(found)


def _following(program: Program, voice: Voice, others: Mapping[str, Title]) -> Iterator[Said]:
    called = target_titles(program)
    for place, following in enumerate(nexts_of(program)):
        where = f"then.{place}" if isinstance(program.then, tuple) else "then"
        when = following.when
        words = voice.plain(
            "manage.said.then",
            program=voice.titled(others.get(following.program, following.program)),
            count=when.successes,
            target=voice.titled(called[when.of]),
        )
        yield Said(where, words)


def _weeks(phase: Phase, voice: Voice) -> str:
    unit = "week" if phase.days is None else "day"
    first, last = phase.days or phase.weeks or days_of(phase)
    if first == last:
        return voice.plain(f"manage.said.{unit}", first=first)
    return voice.plain(f"manage.said.{unit}s", first=first, last=last)


def _earn(phase: Phase, target: Target, unit: Unit, voice: Voice) -> str:
    noun = noun_of(target)
    word = worded(noun, voice.language)
    one = _for_one(target, voice)
    match phase.earn:
        case Flat(amount):
            return voice.plain("manage.said.flat", noun=word, amount=voice.money(amount, unit))
        case Rate(amount):
            words = voice.plain("manage.said.rate", noun=word, amount=voice.money(amount, unit), one=one)
            if phase.earn.max is None:
                return f"{words}."
            return words + voice.plain("manage.said.up_to", most=voice.money(phase.earn.max, unit))
        case Ladder() | Draws() as rungs:
            start, step = (voice.money(amount, unit) for amount in (rungs.start, rungs.step))
            key = {1: "every_one", "week": "every_week"}.get(rungs.every, "every")
            words = voice.plain(f"manage.said.{key}", noun=word, start=start, step=step, count=rungs.every)
            if rungs.max is None:
                return f"{words}.{_each(phase, one, voice)}"
            most = voice.money(rungs.max, unit)
            return words + voice.plain("manage.said.up_to", most=most) + _each(phase, one, voice)
        case Table(values):
            shown = ", ".join(voice.money(amount, unit) for amount in values[:FEW])
            more = ", \u2026" if len(values) > FEW else ""
            words = voice.plain("manage.said.table", noun=word, values=shown + more)
            return words + _each(phase, one, voice)
        case _ as unreachable:
            assert_never(unreachable)


def _for_one(target: Target, voice: Voice) -> str:
    """One of what a target counts; empty where it counts nothing."""
    measure = measure_of(target)
    if measure is None:
        return ""
    return worded(measure.one, voice.language)


def _each(phase: Phase, one: str, voice: Voice) -> str:
    """That the values of a phase are for each of what it counts, where they are."""
    return "" if per_of(phase.earn) is None else " " + voice.plain("manage.said.each", one=one)


def _condition(program: Program, condition: Condition | None, voice: Voice) -> Iterator[str]:
    for target in program.targets:
        if condition is not None and target.name == condition.target:
            noun = noun_of(target)
            yield voice.plain("manage.said.condition", noun=worded(noun, voice.language))


def _begins(phase: Phase, unit: Unit, voice: Voice) -> Iterator[str]:
    if phase.begin == "anew":
        yield voice.plain("manage.said.anew")
    rung = first_rung(phase.earn)
    if rung:
        amount = voice.money(earned_at(phase.earn, rung), unit)
        yield voice.plain("manage.said.first", amount=amount, step=rung + 1)


def _miss(phase: Phase, voice: Voice) -> str:
    rule = phase.on_failure
    if not rule.reset:
        return voice.plain("manage.said.no_reset")
    reset = _landing(rule.to, voice)
    if rule.recovery is None:
        return reset
    back = rule.recovery
    words = voice.plain(f"manage.said.recovery_{back.pays}_{back.to}", count=back.after)
    return f"{reset} {words}"


def _weekdays(days: Iterable[str], voice: Voice) -> str:
    return ", ".join(voice.day(A_MONDAY + timedelta(days=DAYS.index(day)), "E") for day in days)


def _visits(visits: Visits | None, voice: Voice) -> Iterator[str]:
    if visits is None or not pace(visits):
        return
    if visits.weekdays:
        yield voice.plain("manage.said.visits_on", days=_weekdays(visits.weekdays, voice))
    elif visits.lots:
        days = _weekdays(visits.of or DAYS, voice)
        yield voice.plain("manage.said.visits_drawn", count=visits.lots, days=days)
    else:
        yield voice.plain("manage.said.visits", count=pace(visits))
    if visits.every_weeks > 1:
        yield voice.plain("manage.said.every_weeks", weeks=visits.every_weeks)
    if visits.first_day == "not":
        yield voice.plain("manage.said.first_day")
    if visits.missed_after_hours is not None:
        yield voice.plain("manage.said.missed_after", hours=visits.missed_after_hours)


def _outcomes(target: Target, outcomes: Outcomes, voice: Voice) -> Iterator[str]:
    titles = titles_of(target)
    for word, rule in outcomes.items():
        said, effect = voice.outcome(word, titles.get(word)), effect_of(rule)
        if isinstance(rule, OutcomeRule) and rule.pays != OutcomeRule("success").pays:
            yield voice.plain("manage.said.outcome_part", outcome=said, percent=rule.pays)
        else:
            yield voice.plain(f"manage.said.outcome_{effect}", outcome=said)


def _landing(to: Landing | None, voice: Voice) -> str:
    if to is None:
        return voice.plain("manage.said.reset")
    if to.rung is None:
        return voice.plain("manage.said.reset_back", count=to.back or 0)
    return voice.plain("manage.said.reset_rung", step=to.rung + 1)


def _bonus(bonus: Bonus, unit: Unit, voice: Voice) -> Iterator[str]:
    amount = voice.money(bonus.amount, unit)
    match bonus:
        case RunBonus(every=None):
            yield voice.plain("manage.said.run_at", amount=amount, at=_numbers(bonus.at))
        case RunBonus():
            yield voice.plain("manage.said.run", amount=amount, count=bonus.every)
        case WeekBonus():
            yield voice.plain("manage.said.week_bonus", amount=amount, count=bonus.successes)
        case TotalBonus():
            yield voice.plain("manage.said.total", amount=amount, at=_numbers(bonus.at))
        case _ as unreachable:
            assert_never(unreachable)
    if isinstance(bonus, RunBonus) and bonus.once:
        yield voice.plain("manage.said.once")
    if bonus.weeks is not None:
        first, last = bonus.weeks
        yield voice.plain("manage.said.bonus_weeks", first=first, last=last)


def _numbers(numbers: tuple[int, ...]) -> str:
    return ", ".join(str(one) for one in numbers)

"""A program beside the evidence: how much, how often, how soon, rising, resets and ways back, how long.

Each line is advice with its source. What a point is worth is counted where a clinic has said it.
"""

from collections.abc import Iterator
from typing import Final

from schemas.people import Language
from schemas.program import Program, Target
from schemas.trials import Finding, Review, ReviewLine, Topic
from service.core.authoring.doubts import rises
from service.core.authoring.perfect import costs, perfect_run
from service.core.compiled import pace
from service.core.currencies import is_money
from service.core.phases import in_order, weeks_of
from service.core.words.evidence import line, sources
from service.core.words.sentences import money

ENOUGH_CENTS: Final = 2000
"""What a perfect week is worth at the least: $240 in twelve weeks did better than $80 (Petry 2004)."""
OFTEN_ENOUGH: Final = 2
WEEKS_ENOUGH: Final = 12
TESTED: Final = frozenset({"test"})
"""The behaviors of which the evidence on frequency speaks."""


def review(program: Program, language: Language = "en", point_cents: int | None = None) -> Review:
    """Say how a program stands beside the evidence; `point_cents` is what a clinic's point is worth."""
    return Review(
        (
            _magnitude(program, language, point_cents),
            *_of_targets(program, language),
            _said("immediacy", "in_line", "immediacy", sources("lussier", "griffith"), language),
            _duration(program, language),
        )
    )


def _said(
    topic: Topic,
    finding: Finding,
    key: str,
    source: str,
    language: Language,
    target: Target | None = None,
    **values: object,
) -> ReviewLine:
    name = None if target is None else target.name
    return ReviewLine(topic, finding, line(key, language, **values), source, name)


def _magnitude(program: Program, language: Language, point_cents: int | None) -> ReviewLine:
    source = sources("lussier", "petry_low", "silverman")
    found = costs(program, perfect_run(program))
    foreign = next((one for one in found if is_money(one.unit) and one.unit != "usd"), None)
    if foreign is not None:
        weekly = foreign.expected / program.weeks
        total, each = (money(round(one), foreign.unit, language) for one in (foreign.expected, weekly))
        return _said(
            "magnitude",
            "unknown",
            "magnitude_in_currency",
            source,
            language,
            weeks=program.weeks,
            total=total,
            weekly=each,
            enough=money(ENOUGH_CENTS, "usd", language),
        )
    if any(one.unit == "points" for one in found) and point_cents is None:
        return _said("magnitude", "unknown", "magnitude_unknown", source, language)
    cents = sum(one.expected * (point_cents or 0) if one.unit == "points" else one.expected for one in found)
    weekly = cents / program.weeks
    is_small = weekly < ENOUGH_CENTS
    total, each, enough = (money(round(one), "usd", language) for one in (cents, weekly, ENOUGH_CENTS))
    finding: Finding = "look" if is_small else "in_line"
    key = "magnitude_small" if is_small else "magnitude"
    weeks = program.weeks
    return _said(
        "magnitude", finding, key, source, language, weeks=weeks, total=total, weekly=each, enough=enough
    )


def _of_targets(program: Program, language: Language) -> Iterator[ReviewLine]:
    for target in program.targets:
        if target.behavior in TESTED:
            yield _frequency(target, language)
    rising = [one for one in program.targets if any(rises(phase.earn) for phase in one.phases)]
    schedules = sources("roll_schedules", "petry_guide")
    if not rising:
        yield _said("escalation", "look", "escalation_none", schedules, language)
    for target in rising:
        yield _said("escalation", "in_line", "escalation", schedules, language, target)
        yield _recovery(target, language)
    for target in program.targets:
        if any(pace(one) for one in (target.visits, *(phase.visits for phase in target.phases))):
            yield _misses(target, language)


def _frequency(target: Target, language: Language) -> ReviewLine:
    source = sources("griffith", "petry_guide")
    first = in_order(target.phases)[0]
    visits = first.visits or target.visits
    count = pace(visits)
    if visits is None or not count:
        return _said("frequency", "unknown", "frequency_unknown", source, language, target)
    is_often = count >= OFTEN_ENOUGH and visits.every_weeks == 1
    key = "frequency" if is_often else "frequency_low"
    each = count if visits.every_weeks == 1 else f"{count}/{visits.every_weeks}"
    return _said("frequency", "in_line" if is_often else "look", key, source, language, target, count=each)


def _recovery(target: Target, language: Language) -> ReviewLine:
    rules = [phase.on_failure for phase in target.phases if rises(phase.earn)]
    source = sources("roll_schedules", "higgins")
    if not all(one.reset for one in rules):
        return _said("recovery", "look", "recovery_no_reset", source, language, target)
    if all(one.recovery is not None or one.to is not None for one in rules):
        return _said("recovery", "in_line", "recovery", source, language, target)
    return _said("recovery", "look", "recovery_none", source, language, target)


def _misses(target: Target, language: Language) -> ReviewLine:
    visits = [one for one in (target.visits, *(phase.visits for phase in target.phases)) if pace(one)]
    hours = {one.missed_after_hours for one in visits if one is not None}
    source = sources("higgins", "petry_guide")
    if None in hours:
        return _said("misses", "look", "misses_none", source, language, target)
    said = ", ".join(str(one) for one in sorted(one for one in hours if one is not None))
    return _said("misses", "in_line", "misses", source, language, target, hours=said)


def _duration(program: Program, language: Language) -> ReviewLine:
    weeks = {
        week
        for target in program.targets
        for phase in target.phases
        for week in range(weeks_of(phase)[0], min(weeks_of(phase)[1], program.weeks) + 1)
    }
    is_long = len(weeks) >= WEEKS_ENOUGH
    key = "duration" if is_long else "duration_short"
    finding: Finding = "in_line" if is_long else "look"
    return _said("duration", finding, key, sources("roll_duration"), language, weeks=len(weeks))

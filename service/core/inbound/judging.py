"""Mappings judged when they are saved: every fault at its place, none left for the first message to find."""

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Final, cast

from schemas.mapping import (
    EventMapping,
    FieldRule,
    MessageMapping,
    PersonRule,
    Places,
    ResultsRule,
    ScheduleRule,
    TimeRule,
)
from schemas.program import Behavior
from service.core.inbound.mapping import TEXTS, WHO
from service.core.inbound.moments import faults_of_pattern
from service.core.inbound.paths import each, is_place
from service.core.outcomes import EVERY, FIXED, outcomes_of
from service.core.refusals import Fault, fault

RULES: Final = ("outcome", *WHO, *TEXTS, "quantity", "minutes", "reference")
"""Fields of a mapping that are rules of one value each."""
OWN_OUTCOME: Final = re.compile(r"[a-z][a-z0-9_]{0,63}")
"""How an outcome is written, a program's own too."""


OwnWords = Mapping[Behavior, Collection[str]]
NO_WORDS: Final[OwnWords] = {}


def judge(mapping: EventMapping, own: OwnWords = NO_WORDS) -> tuple[Fault, ...]:
    """Find what is wrong with a mapping, each fault at its place in it; its zones are known elsewhere.

    `own` are the outcome words that published programs have of their own, by behavior.
    """
    return tuple(_faults(mapping, own))


def time_rules(mapping: EventMapping) -> Iterator[tuple[str, TimeRule]]:
    """Every rule of times that a mapping has, with its place in it."""
    for place, kind in _kinds(mapping):
        if kind.occurred_at is not None:
            yield f"{place}.occurred_at", kind.occurred_at
        if kind.person is not None and kind.person.deceased_on is not None:
            yield f"{place}.person.deceased_on", kind.person.deceased_on


def _kinds(mapping: EventMapping) -> Iterator[tuple[str, MessageMapping]]:
    if not mapping.messages:
        yield "$", mapping
    for place, kind in enumerate(mapping.messages):
        yield f"$.messages[{place}]", kind


def _faults(mapping: EventMapping, own: OwnWords) -> Iterator[Fault]:
    if mapping.messages:
        for name in (*RULES, "occurred_at", "results", "status", "events", "only", "schedule", "person"):
            if getattr(mapping, name) is not None:
                yield fault(f"$.{name}", "mapping.beside_messages")
        for number, kind in enumerate(mapping.messages[:-1]):
            if kind.only is None:
                yield fault(f"$.messages[{number}].only", "mapping.hides_others")
    for place, kind in _kinds(mapping):
        yield from _of_kind(mapping, kind, place, own)


def _of_kind(mapping: EventMapping, kind: MessageMapping, place: str, own: OwnWords) -> Iterator[Fault]:
    besides = kind.schedule is not None or kind.person is not None
    if not besides and (kind.outcome is None) == (kind.results is None):
        yield fault(f"{place}.outcome", "mapping.outcome_or_results")
    if besides:
        yield from _besides(kind, place)
    for name in RULES:
        rule: FieldRule | None = getattr(kind, name)
        if rule is not None:
            yield from _of_rule(rule, f"{place}.{name}")
    only = kind.only if isinstance(kind.only, tuple) else () if kind.only is None else (kind.only,)
    for one in only:
        yield from _of_places(one.at, f"{place}.only.at")
    yield from _of_places(kind.events, f"{place}.events")
    if kind.status is not None:
        yield from _of_places(kind.status.at, f"{place}.status.at")
    if kind.occurred_at is not None or not besides:
        yield from _of_time(kind.occurred_at, f"{place}.occurred_at")
    if kind.results is not None:
        yield from _of_results(mapping, kind.results, f"{place}.results")
    if not besides:
        yield from _of_words(kind, place, own)
        yield from _about(kind, place)


def _besides(kind: MessageMapping, place: str) -> Iterator[Fault]:
    """What is wrong with a kind that is an appointment or a person in place of an event."""
    unwanted = ["outcome", "results", "status", "behavior", "evidence", "note", "enrollment"]
    if kind.person is not None:
        unwanted += ["schedule", "target", "program", "participant", "reference", "occurred_at"]
    for name in unwanted:
        if getattr(kind, name) is not None:
            yield fault(f"{place}.{name}", "mapping.one_reading")
    named = kind.participant_reference
    if kind.person is not None:
        yield from _of_person(kind.person, f"{place}.person")
        if named is None or named.at is None:
            yield fault(f"{place}.participant_reference", "mapping.person_numbers")
    elif kind.schedule is not None:
        yield from _of_schedule(kind.schedule, f"{place}.schedule")
        for name in ("reference", "target", "occurred_at"):
            if getattr(kind, name) is None:
                yield fault(f"{place}.{name}", "mapping.schedule_needs")
        if named is None and kind.participant is None:
            yield fault(f"{place}.participant_reference", "mapping.about_nobody")


def _of_schedule(rule: ScheduleRule, place: str) -> Iterator[Fault]:
    yield from _of_places(rule.status.at, f"{place}.status.at")
    for name in ("arrived", "no_show"):
        word = getattr(rule, name)
        # A target may have outcomes of its program's own; what is not written like one is none.
        if word is not None and not OWN_OUTCOME.fullmatch(word):
            known = ", ".join(sorted(EVERY))
            yield fault(f"{place}.{name}", "mapping.outcome_of_visit", word=word, known=known)


def _of_person(rule: PersonRule, place: str) -> Iterator[Fault]:
    for number, at in enumerate(rule.name):
        yield from _of_places(at, f"{place}.name[{number}]")
    for name in ("phone", "email", "language", "former", "deceased"):
        one: FieldRule | None = getattr(rule, name)
        if one is not None:
            yield from _of_rule(one, f"{place}.{name}")
    if rule.deceased_on is not None:
        yield from _of_time(rule.deceased_on, f"{place}.deceased_on")


def _about(kind: MessageMapping, place: str) -> Iterator[Fault]:
    rules = {name: getattr(kind, name) for name in WHO}
    if not any(rules.values()):
        yield fault(f"{place}.participant_reference", "mapping.about_nobody")
    for name, rule in rules.items():
        if rule is not None and rule.at is None:
            yield fault(f"{place}.{name}.at", "mapping.fixed_person")
    named = kind.results is not None and all(one.target for one in kind.results.targets)
    if kind.behavior is None and kind.target is None and not named:
        yield fault(f"{place}.behavior", "mapping.about_nothing")


def _of_rule(rule: FieldRule, place: str) -> Iterator[Fault]:
    if rule.at is None and rule.value is None:
        yield fault(place, "mapping.empty_rule")
    yield from _of_places(rule.at, f"{place}.at")
    if rule.at is None and rule.words:
        yield fault(f"{place}.words", "mapping.words_of_nothing")


def _of_places(places: Places | None, pointer: str) -> Iterator[Fault]:
    if each(places) and not is_place(places or ""):
        yield fault(pointer, "mapping.not_a_place")


def _of_time(rule: TimeRule | None, place: str) -> Iterator[Fault]:
    if rule is None:
        yield fault(place, "mapping.no_time")
        return
    yield from _of_places(rule.at, f"{place}.at")
    if (rule.form == "pattern") != (rule.pattern is not None):
        yield fault(f"{place}.pattern", "mapping.pattern_unwanted")
    if rule.pattern is not None:
        yield from faults_of_pattern(rule.pattern, f"{place}.pattern")
    if rule.zone is not None and rule.form not in {"pattern", "hl7", "fhir"}:
        yield fault(f"{place}.zone", "mapping.zone_unwanted")


def _of_results(mapping: EventMapping, rule: ResultsRule, place: str) -> Iterator[Fault]:
    names = {"at": rule.at, "code": rule.code, "value": rule.value, "flag": rule.flag, "unit": rule.unit}
    for name, places in names.items():
        yield from _of_places(places, f"{place}.{name}")
    if rule.status is not None:
        yield from _of_places(rule.status.at, f"{place}.status.at")
    if not rule.words and not rule.cutoffs and not rule.flags:
        yield fault(f"{place}.words", "mapping.no_words")
    yield from _of_sets(mapping, rule, place)


def _of_sets(mapping: EventMapping, rule: ResultsRule, place: str) -> Iterator[Fault]:
    for number, target in enumerate(rule.targets):
        if len(rule.targets) > 1 and target.target is None:
            yield fault(f"{place}.targets[{number}].target", "mapping.target_unnamed")
        for needed in target.needs:
            if needed not in mapping.values:
                yield fault(f"{place}.targets[{number}].needs", "mapping.no_value_set", name=needed)
    for field in ("cutoffs", "dilute"):
        for name in getattr(rule, field):
            if name not in mapping.values:
                yield fault(f"{place}.{field}.{name}", "mapping.no_value_set", name=name)


def _of_words(kind: MessageMapping, at: str, own: OwnWords) -> Iterator[Fault]:
    """Words that no event can have: outcomes that the behavior has not, and behaviors that there are not."""
    behaviors = set(FIXED) if kind.behavior is None else set(_said(kind.behavior)) & set(FIXED)
    if kind.behavior is not None:
        for place, word in _said_at(kind.behavior, f"{at}.behavior"):
            if word not in FIXED:
                yield fault(place, "mapping.behavior", word=word, known=", ".join(FIXED))
        if kind.behavior.at is not None and not kind.behavior.words:
            behaviors = set(FIXED)
    known = {
        outcome
        for behavior in (cast("Behavior", one) for one in behaviors)
        for outcome in (*outcomes_of(behavior), *own.get(behavior, ()))
    }
    if kind.outcome is None or kind.target is not None:
        # A target may have outcomes of its program's own.
        return
    for place, word in _said_at(kind.outcome, f"{at}.outcome"):
        if known and word not in known:
            yield fault(place, "mapping.outcome", word=word, known=", ".join(sorted(known)))


def _said(rule: FieldRule) -> list[str]:
    return [word for _, word in _said_at(rule, "")]


def _said_at(rule: FieldRule, place: str) -> list[tuple[str, str]]:
    """The words that a rule itself says, with their places in it."""
    said = [] if rule.value is None else [(f"{place}.value", rule.value)]
    return said + [(f"{place}.words.{theirs}", ours) for theirs, ours in rule.words.items()]

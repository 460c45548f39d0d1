"""A case played through: its visits and corrections on record one by one, and what each correction paid."""

from collections.abc import Mapping, Sequence
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from schemas.cases import CaseCorrection
from schemas.ids import Id
from schemas.program import Unit
from service.core.compiled import Rules
from service.core.corrections import PastCorrection, judge, standing
from service.core.episode import Decided, Episode, Past
from service.core.ledger import Posted, Posting
from service.core.recording import Admitted, decide
from service.core.refolding import correct
from service.core.refusals import Refused
from service.core.rules import fold, opening
from service.core.state import WELCOME_FACT, Decision, Fact, State
from service.core.words.refusals.catalog import in_english

Seat = tuple[int, int]
"""Where a case tells a visit: the place of its target in the case, and its number there, both from 0."""

_PERSON, _NURSE, _CLINICIAN = Id(int=1), Id(int=2), Id(int=3)
"""Whose case it is, who records the visits and who corrects them: in some programs nobody may do both."""


class Change(Struct, frozen=True):
    """The effect of one correction in one unit: the amount paid, and the amount recorded as overpaid."""

    pays: int = 0
    overpaid: int = 0
    unrecovered: int = 0


class Played(Struct, frozen=True):
    """A case after its last visit and correction.

    `decisions` are what the rules say in the end of each visit that stands. `paid` are all postings since the
    start, each with the fact that it is for, and `changes` what each correction did, in the order written;
    one that could not be made says why.
    """

    state: State
    decisions: Mapping[Seat, Decision]
    welcome: Decision | None
    paid: Sequence[tuple[Fact, Posting]]
    changes: Sequence[Mapping[Unit, Change] | str]


class _Going(Struct, frozen=True):
    """A case while it is played: the enrollment, what is available, and all that was posted so far."""

    episode: Episode
    available: Mapping[Unit, int]
    no_of: Mapping[Seat, int] = {}
    postings: tuple[Posting, ...] = ()


def play(
    rules: Rules,
    starts_on: date,
    facts: Mapping[Seat, Fact],
    corrections: Sequence[tuple[Seat, CaseCorrection]],
) -> Played:
    """Record the visits in the order in which they happened, and make each correction when its time comes."""
    going = _opened(rules, starts_on)
    changes: dict[int, Mapping[Unit, Change] | str] = {}
    recorded: dict[int, int] = {}
    for seat in sorted(facts, key=lambda one: (facts[one].at, facts[one].no)):
        going = _record(going, seat, facts[seat])
        recorded[seat[0]] = recorded.get(seat[0], 0) + 1
        for number, (of, correction) in enumerate(corrections):
            if of[0] == seat[0] and correction.after == recorded[seat[0]]:
                going, changes[number] = _correct(going, of, correction)
    for number, (of, correction) in enumerate(corrections):
        if correction.after is None:
            going, changes[number] = _correct(going, of, correction)
    return _played(going, [changes[number] for number in range(len(corrections))])


def _opened(rules: Rules, starts_on: date) -> _Going:
    state, welcome = opening(rules, starts_on)
    posted = {} if welcome is None else {(WELCOME_FACT, welcome.slot, welcome.unit): Posted(welcome.amount)}
    past = Past(posted=posted)
    name = rules.program.name
    episode = Episode(
        _PERSON, _PERSON, "case", name, 1, starts_on, None, None, rules, WELCOME_FACT, state, past
    )
    return _Going(episode, {} if welcome is None else {welcome.unit: welcome.amount})


def _record(going: _Going, seat: Seat, told: Fact) -> _Going:
    fact = replace(told, no=going.episode.facts + 1)
    made = decide(Admitted(going.episode, fact), Id(int=fact.no), _NURSE, going.available)
    return replace(_after(going, made), no_of={**going.no_of, seat: fact.no})


def _after(going: _Going, made: Decided) -> _Going:
    available = dict(going.available)
    for one in made.postings:
        available[one.unit] = available.get(one.unit, 0) + one.amount
    return _Going(made.episode, available, going.no_of, (*going.postings, *made.postings))


def _correct(
    going: _Going, seat: Seat, correction: CaseCorrection
) -> tuple[_Going, Mapping[Unit, Change] | str]:
    """Make one correction; where it cannot be made, say why."""
    if seat not in going.no_of:
        return going, "it is made before the visit is on record"
    past, rules = _past(going), going.episode.rules
    event = past.by_no[going.no_of[seat]]
    no = going.episode.facts + 1
    new = PastCorrection(Id(int=no), no, event.event, event.event, correction.kind, correction.outcome)
    earlier = [one for one in past.corrections if one.event == event.event]
    wrong = judge(rules, event, earlier, new, _CLINICIAN)
    if isinstance(wrong, Refused):
        return going, in_english(wrong)
    unit = unit_of(rules, event.fact)
    left = going.available.get(unit, 0) - correction.spent
    if left < 0:
        return going, f"{correction.spent} {unit} are spent, of {left + correction.spent}"
    spent = replace(going, available={**going.available, unit: left})
    made = correct(spent.episode, new, spent.available)
    return _after(spent, made), _changes(made.postings)


def _changes(postings: Sequence[Posting]) -> Mapping[Unit, Change]:
    changes: dict[Unit, Change] = {}
    for one in postings:
        so_far = changes.get(one.unit, Change())
        changes[one.unit] = Change(
            so_far.pays + one.amount,
            so_far.overpaid + one.overpaid,
            so_far.unrecovered + one.unrecovered,
        )
    return changes


def unit_of(rules: Rules, fact: Fact) -> Unit:
    """The unit that a visit awards in."""
    return rules.unit_of(rules.targets[fact.target].phase(fact.week, fact.after))


def _past(going: _Going) -> Past:
    if going.episode.past is None:
        message = "a case is played with all of its facts at hand"
        raise AssertionError(message)
    return going.episode.past


def _played(going: _Going, changes: Sequence[Mapping[Unit, Change] | str]) -> Played:
    past, rules = _past(going), going.episode.rules
    stand = [one.fact for one in standing(past.facts, past.corrections)]
    state, decisions = fold(rules, going.episode.starts_on, stand)
    return Played(
        state,
        {seat: decisions[no] for seat, no in going.no_of.items() if no in decisions},
        decisions.get(WELCOME_FACT),
        tuple((past.by_no[one.fact_no].fact, one) for one in going.postings if one.fact_no in past.by_no),
        changes,
    )

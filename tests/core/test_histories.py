"""What holds for every program and every history with late facts, missed visits, corrections and caps."""

from __future__ import annotations

import dataclasses
from collections import Counter
from typing import TYPE_CHECKING, get_args

from hypothesis import HealthCheck, assume, event, given, settings
from hypothesis import strategies as st

from schemas.books import AccountName
from schemas.corrections import CorrectionKind
from schemas.program import Unit
from service.core.calendar import period_key
from service.core.dated_caps import summed
from service.core.ledger import Posted, Posting, credited, settle
from service.core.outcomes import EXCUSED
from service.core.state import WELCOME_FACT, Decision, State
from tests.core.stories import (
    Amendment,
    Story,
    Visit,
    policies,
    rearranged,
    stories,
)
from tests.core.test_properties import START
from tests.core.told_books import Books, told

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

bounded = settings(
    max_examples=60,
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


Seen = tuple[State, dict[int, Decision]]


def seen(books: Books, state: State, decisions: Mapping[int, Decision]) -> Seen:
    """Tell a fold by the visits' names, which are the same in every order of arrival."""
    name = {no: label for label, no in books.no_of.items()} | {WELCOME_FACT: WELCOME_FACT}
    caps = books.rules.program.caps
    spent = tuple(
        (name.get(key, key), paid) if cap.per == "event" else (key, paid)
        for cap, (key, paid) in zip(caps, state.spent, strict=True)
    )
    state = State(state.targets, spent, state.last_at, name[state.last_no], state.excused)
    return state, {name[no]: decision for no, decision in decisions.items()}


@bounded
@given(stories(), st.data())
def test_any_order_of_arrival_ends_in_the_same_fold(story: Story, data: st.DataObject) -> None:
    """A correction comes after its visit and those of one visit keep their order; nothing else matters."""
    other = data.draw(rearranged(story.deeds))
    here, there = told(story), told(story, other)
    assert here.refused == there.refused
    assert seen(here, here.episode.state, here.folded()[1]) == seen(
        there, there.episode.state, there.folded()[1]
    )


Spending = list[int]
spending = st.lists(st.sampled_from([0, 0, 2, 4]), min_size=3, max_size=20)
"""After each operation: how many fourths of what is there are redeemed."""


def telling(story: Story, parts: Spending) -> Iterator[Books]:
    """Tell a story operation by operation, with redemptions in between; gives the books after each."""
    books = Books(story.rules, story.caps)
    yield books
    for place, deed in enumerate(story.deeds):
        posted = books.tell(deed)
        event(f"{type(deed).__name__} {'refused' if deed.label in books.refused else 'recorded'}")
        event("changes earlier ones" if len({one.fact_no for one in posted}) > 1 else "changes itself alone")
        yield books
        books.spend(parts[place] if place < len(parts) else 0)


@bounded
@given(stories(capped=True), spending)
def test_after_each_deed_the_checkpoint_is_everything_folded(story: Story, parts: Spending) -> None:
    """However the facts came in, and whatever was corrected."""
    for books in telling(story, parts):
        assert books.episode.state == books.folded()[0]


@bounded
@given(stories(capped=True), spending)
def test_each_slot_is_paid_what_the_rules_say_but_for_what_is_on_record(
    story: Story, parts: Spending
) -> None:
    """Paid and withheld, less overpaid and unrecovered, is the fold; none of the four is below nothing."""
    for books in telling(story, parts):
        due = books.due()
        for key in due.keys() | books.past.posted.keys():
            one = books.past.posted.get(key, Posted())
            assert one.amount + one.withheld - one.overpaid - one.unrecovered == due[key]
            assert min(one.amount, one.withheld, one.overpaid, one.unrecovered) >= 0
            assert one.withheld == 0 or books.caps


@bounded
@given(stories(capped=True), spending)
def test_accounts_sum_to_zero_and_none_is_below_it(story: Story, parts: Spending) -> None:
    """Every movement takes from one account what it puts into another; only what was issued is owed."""
    for books in telling(story, parts):
        accounts: Counter[tuple[Unit, AccountName]] = Counter()
        for one in books.movements:
            accounts[one.unit, one.source] -= one.amount
            accounts[one.unit, one.destination] += one.amount
        for unit, balance in books.balances.items():
            there = [accounts[unit, name] for name in get_args(AccountName)]
            assert sum(there) == 0
            assert accounts[unit, "available"] == balance.available >= 0
            assert -accounts[unit, "issued"] == books.paid()[unit] == balance.earned


@bounded
@given(stories(capped=True), spending)
def test_nothing_posted_ever_changes(story: Story, parts: Spending) -> None:
    """Postings only grow, and all of them together are what counts as posted."""
    before: list[Posting] = []
    for books in telling(story, parts):
        assert books.postings[: len(before)] == before
        assert settle({}, books.postings) == books.past.posted
        before = list(books.postings)


@bounded
@given(stories(), spending)
def test_no_cap_of_the_program_is_passed_by_the_fold(story: Story, parts: Spending) -> None:
    """After each operation, in each period of each cap, welcome included."""
    for books in telling(story, parts):
        days = {no: one.fact.day for no, one in books.past.by_no.items()} | {WELCOME_FACT: START}
        for cap in books.rules.program.caps:
            sums: Counter[int] = Counter()
            for (no, _, unit), amount in books.due().items():
                if unit == books.rules.program.unit:
                    sums[period_key(cap.per, days[no], no)] += amount
            assert max(sums.values(), default=0) <= cap.amount


@bounded
@given(stories(capped=True), spending)
def test_no_cap_of_the_clinic_is_passed_by_what_is_paid(story: Story, parts: Spending) -> None:
    """Whatever is kept or moved, no total is above its cap, and each is the sum of its transfers."""
    for books in telling(story, parts):
        amount_of = {cap.id: cap.amount for cap in books.caps}
        sums = Counter(summed(books.caps, credited(books.movements)))
        for key, total in books.episode.limits.totals.items():
            assert sums[key] == total <= amount_of[key[0]]


@bounded
@given(stories())
def test_a_corrected_record_is_what_it_would_have_been_had_it_been_right_at_once(story: Story) -> None:
    """What was withdrawn is as if never recorded; an overturn or an excuse as if recorded so."""
    books = told(story)
    right = Books(books.rules)
    for deed in story.deeds:
        stands = outcome_in_the_end(deed, story, books) if isinstance(deed, Visit) else None
        if isinstance(deed, Visit) and stands is not None:
            right.tell(dataclasses.replace(deed, outcome=stands))
    assert seen(books, *books.folded()) == seen(right, right.episode.state, right.folded()[1])


def outcome_in_the_end(visit: Visit, story: Story, books: Books) -> str | None:
    """Work out what stands of a visit from what is said of corrections; none where it is withdrawn."""
    about = [
        one
        for one in story.deeds
        if isinstance(one, Amendment) and one.visit == visit.label and one.label not in books.refused
    ]

    def holds(one: Amendment) -> bool:
        return not any(later.about == one.label and holds(later) for later in about)

    last = next((one for one in reversed(about) if one.about == visit.label and holds(one)), None)
    if last is None:
        return visit.outcome
    return {"lab_overturn": last.outcome, "excuse": EXCUSED, "entry_error": None}[last.kind]


@bounded
@given(stories(policies("recover")))
def test_where_all_is_recovered_and_nothing_is_spent_the_books_are_the_fold(story: Story) -> None:
    """So no order of arrival and no mistake that was corrected pays anybody more or less."""
    for books in telling(story, []):
        due: Counter[Unit] = Counter()
        for (_, _, unit), amount in books.due().items():
            due[unit] += amount
        assert +books.paid() == +due
        assert all(one.amount == due_of for one, due_of in paired(books))


def paired(books: Books) -> list[tuple[Posted, int]]:
    """Each slot as it is posted, with what the rules say of it."""
    due = books.due()
    return [(one, due[key]) for key, one in books.past.posted.items()]


@bounded
@given(stories(capped=True), spending)
def test_what_a_deed_lowers_is_kept_or_recovered_as_the_program_says_of_its_kind(
    story: Story, parts: Spending
) -> None:
    """Kept, it takes nothing from a balance and is never unrecovered; recovered, it is never overpaid."""
    books, program = Books(story.rules, story.caps), story.rules.program
    for place, deed in enumerate(story.deeds):
        kind = "late" if isinstance(deed, Visit) else deed.kind
        policy = getattr(program.corrections, kind)
        sums: Counter[Unit] = Counter()
        for posting in books.tell(deed):
            sums[posting.unit] += posting.amount
            event(f"{policy}: {'moves' if posting.amount else 'does not move'} something")
            assert posting.unrecovered <= 0 or policy == "recover"
            assert posting.overpaid <= 0 or policy == "keep"
        assert policy == "recover" or min(sums.values(), default=0) >= 0
        books.spend(parts[place] if place < len(parts) else 0)


@bounded
@given(stories(), st.data())
def test_a_correction_and_its_withdrawal_leave_the_fold_that_was(story: Story, data: st.DataObject) -> None:
    """State and decisions are those from before, and each slot is settled on the same value."""
    books = told(story)
    before = seen(books, *books.folded())
    settled = {key: one.settled for key, one in books.past.posted.items() if one.settled}
    there_and_back(books, data.draw(amendments(story)), 1000)
    assert seen(books, *books.folded()) == before
    assert {key: one.settled for key, one in books.past.posted.items() if one.settled} == settled


@bounded
@given(stories(policies("keep")), st.data())
def test_a_correction_made_and_withdrawn_again_and_again_pays_once(story: Story, data: st.DataObject) -> None:
    """What it paid the first time is overpaid once it is withdrawn, and not paid again the second time."""
    books = told(story)
    amendment = data.draw(amendments(story))
    there_and_back(books, amendment, 1000)
    once = books.paid()
    there_and_back(books, amendment, 1002)
    assert books.paid() == once


@bounded
@given(stories(policies("recover")), st.data())
def test_a_correction_and_its_withdrawal_give_back_what_they_took_where_all_is_recovered(
    story: Story, data: st.DataObject
) -> None:
    """With nothing spent, every slot is paid just what it was paid before."""
    books = told(story)
    before = dict(books.past.posted)
    there_and_back(books, data.draw(amendments(story)), 1000)
    after = {key: one for key, one in books.past.posted.items() if one != Posted()}
    assert after == {key: one for key, one in before.items() if one != Posted()}


def there_and_back(books: Books, amendment: Amendment, label: int) -> None:
    """Make a correction under a label, and withdraw it under the next."""
    books.tell(dataclasses.replace(amendment, label=label))
    assume(label not in books.refused)
    books.tell(Amendment(label + 1, amendment.visit, label, "entry_error"))
    assert label + 1 not in books.refused


def amendments(story: Story) -> st.SearchStrategy[Amendment]:
    """Draw a correction of any visit of a story."""
    found = [
        Amendment(0, one.label, one.label, kind, outcome)
        for one in story.deeds
        if isinstance(one, Visit)
        for kind, outcome in ways(story, one)
    ]
    return st.sampled_from(found)


def ways(story: Story, visit: Visit) -> list[tuple[CorrectionKind, str | None]]:
    """List every way in which a visit can be corrected."""
    effects = story.rules.targets[story.rules.place_of[visit.target]].effects
    overturns = sorted(effects.keys() - {EXCUSED})
    return [("excuse", None), ("entry_error", None), *(("lab_overturn", outcome) for outcome in overturns)]

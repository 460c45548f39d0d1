"""Every step of a redemption that there is, every one that there is not, and what each moves."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import get_args
from uuid import UUID

import pytest
from msgspec.structs import replace

from schemas.receipts import Balance
from schemas.redemption_changes import RedemptionChangeKind
from schemas.shelf import RedemptionStatus, Reward
from service.core.ledger import Movement, apply
from service.core.redemption import MOVES, ON_ORDER, OPEN, STEPS, Requested, Step, ask, is_for_one, settle
from service.core.redemption import change as status_after
from service.core.refusals import Refused
from service.core.words.refusals.catalog import in_english
from service.core.words.statements import movement_of

STATUSES: tuple[RedemptionStatus, ...] = get_args(RedemptionStatus)
KINDS: tuple[RedemptionChangeKind, ...] = get_args(RedemptionChangeKind)
ALL_STEPS: tuple[Step, ...] = get_args(Step)
NOBODY = UUID(int=0)
MUG = Reward(
    NOBODY,
    "Mug",
    "usd",
    500,
    "item",
    "home",
    instant=False,
    active=True,
    created_at=datetime(2026, 3, 2, tzinfo=UTC),
)


@pytest.mark.parametrize("step", ALL_STEPS)
@pytest.mark.parametrize("status", STATUSES)
def test_a_redemption_is_settled_from_held_and_from_nothing_else(
    status: RedemptionStatus, step: Step
) -> None:
    """Given and canceled are the end, failed and reversed too; what is on order is its provider's to end."""
    after = settle(status, step)
    if status == "held":
        assert after == {"give": "given", "cancel": "canceled"}[step]
        return
    assert isinstance(after, Refused)
    if status in ON_ORDER and step == "give":
        assert (after.code, "on order" in in_english(after)) == ("not_given", True)
    else:
        assert after.code == "already_settled"
        assert status in in_english(after) or status not in {"given", "canceled"}


def test_every_step_moves_the_price_and_has_a_sentence() -> None:
    """There is no change of status without its transfer, and none that a statement cannot say."""
    assert {(before, after) for (before, _), after in STEPS.items()} <= set(MOVES)
    for source, destination in MOVES.values():
        assert movement_of("redemption", source, destination)


@pytest.mark.parametrize("end", ["given", "canceled"])
def test_what_was_held_ends_given_or_available_again(end: RedemptionStatus) -> None:
    """The sum of the accounts stays what was earned."""
    balance = Balance("usd", 700, 0, 0, 700)
    changes: list[tuple[RedemptionStatus | None, RedemptionStatus]] = [(None, "held"), ("held", end)]
    for change in changes:
        source, destination = MOVES[change]
        balance = apply(balance, Movement(NOBODY, "usd", source, destination, 500, "redemption", NOBODY))
    expected = (700, 0, 0) if end == "canceled" else (200, 0, 500)
    assert (balance.available, balance.held, balance.given, balance.earned) == (*expected, 700)


@pytest.mark.parametrize("status", STATUSES)
@pytest.mark.parametrize("kind", KINDS)
def test_only_what_is_given_is_replaced_or_taken_back(
    status: RedemptionStatus, kind: RedemptionChangeKind
) -> None:
    """What is held is canceled instead, and what is canceled has its price back already."""
    after = status_after(status, kind)
    if status == "given":
        assert after == {"replacement": "given", "take_back": "canceled"}[kind]
    else:
        assert isinstance(after, Refused)
        assert after.code == ("not_given" if status in OPEN else "already_settled")


def test_one_person_is_enough_up_to_the_limit() -> None:
    """One cent above it takes another."""
    assert [is_for_one(counted, 2500) for counted in (2499, 2500, 2501)] == [True, True, False]


def test_exactly_what_is_available_is_enough() -> None:
    """One cent less is not, and the refusal says how much is missing."""
    assert ask(MUG, 2, 1000) == Requested("usd", 1000, "held", None)
    answer = ask(MUG, 2, 999)
    assert isinstance(answer, Refused)
    assert (answer.code, "$0.01 more" in in_english(answer)) == ("insufficient_balance", True)


def test_exactly_what_is_in_stock_is_enough() -> None:
    """One piece more is not."""
    assert ask(replace(MUG, stock=2), 2, 1000) == Requested("usd", 1000, "held", 0)
    for stock, words in ((1, "only 1 left"), (0, "none left")):
        answer = ask(replace(MUG, stock=stock), 2, 1000)
        assert isinstance(answer, Refused)
        assert (answer.code, words in in_english(answer)) == ("out_of_stock", True)


def test_codes_and_instant_items_are_given_at_once() -> None:
    """There is nothing to hand over later."""
    for reward in (replace(MUG, kind="code", stock=3), replace(MUG, instant=True, stock=3)):
        assert ask(reward, 1, 1000) == Requested("usd", 500, "given", 2)


def test_what_is_not_offered_is_refused_whatever_is_available() -> None:
    """It was taken off the shelf."""
    answer = ask(replace(MUG, active=False, stock=0), 1, 0)
    assert isinstance(answer, Refused)
    assert answer.code == "reward_not_offered"

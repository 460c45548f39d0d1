"""Orders with providers: what each answer makes of one, and that no answers lose or make a cent."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import cast
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from schemas.receipts import Balance
from schemas.shelf import RedemptionStatus
from service.core.ledger import apply
from service.core.order_matching import Difference, Ours, compared, is_behind
from service.core.orders import (
    ABSENT,
    FAULTS_MAX,
    SHUT_S_MAX,
    Absent,
    Away,
    Busy,
    Learned,
    NoFunds,
    Order,
    Placed,
    Rejected,
    Seen,
    Sent,
    Unsure,
    cancel_refused,
    learn_seen,
    learn_sent,
    movements,
    returned_of,
    shut_s,
)
from service.core.redemption import ON_ORDER

NOBODY = UUID(int=0)
NOW = datetime(2026, 3, 2, 17, tzinfo=UTC)
FRESH = Order(NOBODY, NOBODY, "ordered", "usd", 2500, 0, 2500, NOW, None, 0)
LINK = "https://gifts.example/1"
DELIVERED = Placed("R1", "delivered", LINK)

refunds = st.integers(0, 2600)
placed = st.builds(
    Placed,
    st.just("R1"),
    st.sampled_from(["pending", "delivered", "failed", "canceled"]),
    st.sampled_from([None, LINK]),
    refunds,
)
sent = st.one_of(
    placed,
    st.builds(NoFunds),
    st.builds(Rejected),
    st.builds(Busy, st.floats(0, 100)),
    st.builds(Away, st.just("denied")),
    st.builds(Unsure, st.just("no_answer")),
)
seen = st.one_of(
    placed,
    st.builds(Absent),
    st.builds(Busy, st.floats(0, 100)),
    st.builds(Away, st.just("unreachable")),
    st.builds(Unsure, st.just("unreadable")),
)


def after(order: Order, learned: Learned) -> Order:
    """Give an order as it stands once something was learned of it."""
    return replace(
        order,
        status=learned.status,
        returned=learned.returned,
        reference=learned.reference or order.reference,
        sent_at=order.sent_at if learned.is_sent else None,
        tries=order.tries + 1,
    )


@pytest.mark.parametrize(
    ("answer", "status", "is_sent"),
    [
        (DELIVERED, "given", True),
        (Placed("R1", "pending"), "awaiting_provider", True),
        (Placed("R1", "delivered", None), "awaiting_provider", True),
        (Placed("R1", "failed"), "failed", True),
        (Placed("R1", "canceled"), "failed", True),
        (NoFunds(), "awaiting_funds", False),
        (Rejected(), "failed", True),
        (Busy(7.0), "ordered", False),
        (Away("denied"), "ordered", False),
        (Unsure("no_answer"), "awaiting_provider", True),
    ],
)
def test_an_answer_to_sending_says_whether_it_may_be_sent_again(
    answer: Sent, status: RedemptionStatus, is_sent: bool
) -> None:
    """Only what surely did nothing leaves an order as one that was never sent."""
    learned = learn_sent(FRESH, answer)
    assert (learned.status, learned.is_sent) == (status, is_sent)
    assert (learned.due_s is None) is (status in {"given", "failed"})


@pytest.mark.parametrize(
    ("answer", "minutes", "status"),
    [
        (Absent(), 59, "awaiting_provider"),
        (Absent(), 60, "failed"),
        (DELIVERED, 60, "given"),
        (Unsure("no_answer"), 600, "awaiting_provider"),
        (Away("denied"), 600, "awaiting_provider"),
    ],
)
def test_an_order_that_is_nowhere_fails_after_an_hour_and_never_for_want_of_an_answer(
    answer: Seen, minutes: int, status: RedemptionStatus
) -> None:
    """It is never sent again, whatever is answered."""
    learned = learn_seen(FRESH, answer, NOW + timedelta(minutes=minutes))
    assert (learned.status, learned.is_sent) == (status, True)


def test_an_order_that_the_provider_knew_once_does_not_fail_for_being_gone() -> None:
    """Somebody must look: the match names it."""
    known = replace(FRESH, status="awaiting_provider", reference="R1")
    assert learn_seen(known, Absent(), NOW + 9 * ABSENT).status == "awaiting_provider"


def test_a_refused_cancellation_leaves_an_order_as_it_was() -> None:
    """What is given stays given."""
    order = replace(FRESH, status="given", reference="R1", cancel_asked=True)
    assert (cancel_refused(order).status, cancel_refused(order).returned) == ("given", 0)
    assert learn_seen(order, DELIVERED, NOW).due_s is not None


@given(
    st.lists(st.one_of(sent.map(lambda one: ("sent", one)), seen.map(lambda one: ("seen", one)))), st.data()
)
def test_no_answers_in_any_order_lose_or_make_anything(
    answers: list[tuple[str, Sent | Seen]], data: st.DataObject
) -> None:
    """Accounts are where the state says at each step; an end stays an end; refunds only grow."""
    amount, face = data.draw(st.integers(1, 5000)), data.draw(st.integers(1, 5000))
    order = replace(FRESH, amount=amount, face=face)
    balance = Balance("usd", 0, amount, 0, amount)
    for minutes, (kind, answer) in enumerate(answers):
        now = NOW + timedelta(minutes=10 * minutes)
        learned = (
            learn_sent(order, cast("Sent", answer))
            if kind == "sent"
            else learn_seen(order, cast("Seen", answer), now)
        )
        for movement in movements(order, learned):
            balance = apply(balance, movement)
        if order.status in {"failed", "reversed"}:
            assert learned.status == order.status
        assert learned.status in {"given", "reversed"} or order.status != "given"
        assert learned.returned >= order.returned
        order = after(order, learned)
        is_open = order.status in ON_ORDER
        given_now = amount - order.returned if order.status in {"given", "reversed"} else 0
        assert (balance.held, balance.given) == (amount if is_open else 0, given_now)
        assert balance.available + balance.held + balance.given == amount
        assert (order.status == "reversed") == (order.returned == amount)


@given(st.integers(1, 10**8), st.integers(1, 10**8), st.data())
def test_refunds_return_together_what_one_would(amount: int, face: int, data: st.DataObject) -> None:
    """By totals: all of the price for all of the face value alone, and never less later."""
    order = replace(FRESH, amount=amount, face=face)
    totals = sorted(data.draw(st.lists(st.integers(0, face), max_size=6)))
    returned = [returned_of(order, total) for total in totals]
    assert returned == sorted(returned)
    assert returned_of(order, face) == amount
    assert all(one < amount for one, total in zip(returned, totals, strict=True) if total < face)


def test_an_account_is_left_alone_longer_and_longer() -> None:
    """Not for one call that came to nothing, at once where the key is refused, and at most ten minutes."""
    waits = [shut_s(faults, "no_answer") for faults in range(1, 12)]
    assert waits[: FAULTS_MAX - 1] == [None, None]
    assert waits[FAULTS_MAX - 1 : FAULTS_MAX + 2] == [10.0, 20.0, 40.0]
    assert waits[-1] == SHUT_S_MAX
    assert shut_s(1, "denied") == 600.0


def test_lists_that_agree_have_no_differences_and_others_each_its_own() -> None:
    """What waits here for its end there is behind; what we gave up and they delivered is named."""
    late = NOW + timedelta(days=1)
    statuses: list[RedemptionStatus] = ["given", "failed", "awaiting_provider", "canceled", "given"]
    mine = {
        str(number): Ours(UUID(int=number), status, 2500, 0, NOW) for number, status in enumerate(statuses)
    }
    theirs = {
        str(number): Placed(f"R{number}", "delivered", None, 0, str(number), 2500) for number in (0, 1, 2)
    }
    theirs["X"] = Placed("X", "pending")
    found = {(one.kind, one.reference) for one in compared(mine, theirs, late)}
    assert found == {("state", "1"), ("state", "2"), ("missing_there", "4"), ("missing_here", "X")}
    assert is_behind(mine["2"], theirs["2"])
    assert not is_behind(mine["0"], theirs["0"])
    assert is_behind(mine["0"], replace(theirs["0"], refunded=1))
    assert compared({"0": mine["0"]}, {"0": theirs["0"]}, late) == []
    dear = {"0": replace(theirs["0"], face=5000)}
    assert compared({"0": mine["0"]}, dear, late) == [Difference("face", "0", UUID(int=0), "2500", "5000")]

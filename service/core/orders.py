"""Orders with reward providers: what their answers say of one, and what that does to it and to its money.

    ordered -> awaiting_provider | awaiting_funds -> given | failed
    given -> reversed

An order is sent once. Before it is sent that is put on record; from then on it is only looked up, by the id
that it was sent with, until the provider says what became of it. It is sent once more only where it surely
never arrived: no connection came about, or the provider said no. Everything here is pure.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final, Literal, assert_never

from msgspec import Struct

from schemas.ids import Id
from schemas.program import Unit
from schemas.providers import ProviderName
from schemas.shelf import RedemptionStatus
from service.core.ledger import Movement
from service.core.redemption import ON_ORDER

TheirState = Literal["pending", "delivered", "failed", "canceled"]
"""How an order stands at its provider; what was canceled is paid back whole."""
Fault = Literal[
    "unreachable",
    "no_answer",
    "unreadable",
    "redirected",
    "address",
    "denied",
    "busy",
    "funds",
    "rejected",
    "absent",
]
"""Why a call came to nothing: no connection; one without an answer in time, or a server's own fault; an
answer that is none; a redirect, which is never followed; an address that may not be spoken to; credentials
that are refused; too many calls; too little money; an order that is refused; an order that the provider does
not know."""

CALLS_APART_S: Final[Mapping[ProviderName, float]] = {"tremendous": 0.1, "tango": 1.0, "giftbit": 0.5}
"""How many seconds lie between two calls of one account: Tango takes one a second."""
LOOK_S: Final = 5.0
"""How soon an order is looked up that may have arrived; each further look waits twice as long."""
PENDING_S: Final = 30.0
LOOK_S_MAX: Final = 3600.0
FUNDS_S: Final = 300.0
"""How often an order that waits for money is tried."""
ABSENT: Final = timedelta(hours=1)
"""How long an order that was sent and is not there may still arrive; then it never did."""
FAULTS_MAX: Final = 3
"""How many calls in a row come to nothing before an account is left alone for a while."""
SHUT_S: Final = 10.0
SHUT_S_MAX: Final = 600.0
DENIED_S: Final = 600.0
"""How long an account is left alone whose credentials are refused."""


class Placed(Struct, frozen=True):
    """An order as its provider has it: the face value and what was paid back of it are in cents."""

    reference: str
    state: TheirState
    link: str | None = None
    refunded: int = 0
    external_id: str | None = None
    face: int | None = None


class NoFunds(Struct, frozen=True):
    """The account holds too little: nothing was ordered."""


class Rejected(Struct, frozen=True):
    """The provider does not take such an order: nothing was ordered."""


class Absent(Struct, frozen=True):
    """The provider knows no such order."""


class Busy(Struct, frozen=True):
    """Too many calls: nothing was done."""

    after_s: float


class Away(Struct, frozen=True):
    """A call that did not reach the provider, or that it did not let in: nothing was done."""

    why: Fault


class Unsure(Struct, frozen=True):
    """A call without an answer that can be read: it may have been done."""

    why: Fault


Sent = Placed | NoFunds | Rejected | Busy | Away | Unsure
"""Answers to sending an order."""
Seen = Placed | Absent | Busy | Away | Unsure
"""Answers to looking one up, or to asking for its cancellation."""


class Order(Struct, frozen=True):
    """An order as it stands on record; `amount` and `returned` are in minor units of `unit`, `face` in cents.

    `amount` is what was set aside for it, `returned` what of it was paid back so far.
    """

    redemption: Id
    participant: Id
    status: RedemptionStatus
    unit: Unit
    amount: int
    returned: int
    face: int
    sent_at: datetime | None
    reference: str | None
    tries: int
    cancel_asked: bool = False


class Learned(Struct, frozen=True):
    """What an answer makes of an order; `is_sent` is false where it may be sent once more.

    `returned` and `refunded` are totals: in the order's unit, and in cents. It is next looked at after
    `due_s` seconds, never where that is None.
    """

    status: RedemptionStatus
    returned: int
    refunded: int | None
    reference: str | None
    link: str | None
    is_sent: bool
    due_s: float | None
    fault: Fault | None


def learn_sent(order: Order, answer: Sent) -> Learned:
    """What the answer to sending an order makes of it; one that was settled meanwhile stays as it is."""
    waits = order.status in ON_ORDER
    match answer:
        case Placed():
            return _placed(order, answer)
        case NoFunds():
            return _still(order, "awaiting_funds" if waits else order.status, FUNDS_S, "funds", is_sent=False)
        case Rejected():
            return _settled(
                order, "failed" if waits else order.status, returned=order.returned, fault="rejected"
            )
        case Busy(after_s):
            return _still(order, order.status, after_s, "busy", is_sent=False)
        case Away(why):
            return _still(order, order.status, _wait(LOOK_S, order.tries), why, is_sent=False)
        case Unsure(why):
            return _still(order, "awaiting_provider" if waits else order.status, LOOK_S, why, is_sent=True)
        case _ as unreachable:
            assert_never(unreachable)


def learn_seen(order: Order, answer: Seen, now: datetime) -> Learned:
    """What the answer to looking an order up makes of it; an order that was sent stays sent."""
    waits = order.status in ON_ORDER
    status: RedemptionStatus = "awaiting_provider" if waits else order.status
    again_s = _wait(LOOK_S, order.tries) if waits else LOOK_S_MAX
    match answer:
        case Placed():
            return _placed(order, answer)
        case Absent():
            late = order.sent_at is not None and now - order.sent_at >= ABSENT
            if waits and late and order.reference is None:
                return _settled(order, "failed", fault="absent")
            return _still(order, status, again_s, "absent", is_sent=True)
        case Busy(after_s):
            return _still(order, status, after_s, "busy", is_sent=True)
        case Away(why) | Unsure(why):
            return _still(order, status, again_s, why, is_sent=True)
        case _ as unreachable:
            assert_never(unreachable)


def cancel_refused(order: Order) -> Learned:
    """What a provider's refusal to cancel makes of an order: it goes on as it was."""
    return _still(order, order.status, LOOK_S, "rejected", is_sent=True)


def _placed(order: Order, there: Placed) -> Learned:
    """How an order stands by its provider's word; what is settled here stays, but for refunds."""
    refunded = order.face if there.state == "canceled" else min(max(there.refunded, 0), order.face)
    returned = max(order.returned, returned_of(order, refunded))
    if order.status in ON_ORDER:
        if there.state == "failed" or refunded == order.face:
            return _settled(order, "failed", there)
        if there.state == "delivered" and there.link is not None:
            return _settled(order, "given", there, returned, refunded)
        wait_s = _wait(PENDING_S, order.tries)
        return Learned(
            "awaiting_provider", 0, None, there.reference, None, is_sent=True, due_s=wait_s, fault=None
        )
    if order.status != "given":
        return _settled(order, order.status, there, order.returned)
    if there.state == "failed":
        returned, refunded = order.amount, order.face
    return _settled(order, "reversed" if returned == order.amount else "given", there, returned, refunded)


def returned_of(order: Order, refunded: int) -> int:
    """How much of an order's price a refund in cents returns, in its own unit.

    By totals and rounded down, so that any number of partial refunds return together what a single one would.
    """
    return order.amount * refunded // order.face


def movements(order: Order, learned: Learned) -> list[Movement]:
    """The transfers that what was learned makes: the price is given or returned, and refunds are returned."""
    found: list[Movement] = []
    if order.status in ON_ORDER and learned.status == "failed":
        found.append(_movement(order, "held", "available", order.amount, "order_failed"))
    if order.status in ON_ORDER and learned.status in {"given", "reversed"}:
        found.append(_movement(order, "held", "given", order.amount, "redemption"))
    if learned.returned > order.returned:
        back = learned.returned - order.returned
        found.append(_movement(order, "given", "available", back, "refund"))
    return found


def _movement(
    order: Order,
    source: Literal["held", "given"],
    destination: Literal["given", "available"],
    amount: int,
    cause: Literal["redemption", "order_failed", "refund"],
) -> Movement:
    return Movement(order.participant, order.unit, source, destination, amount, cause, order.redemption)


def _settled(
    order: Order,
    status: RedemptionStatus,
    there: Placed | None = None,
    returned: int = 0,
    refunded: int | None = None,
    fault: Fault | None = None,
) -> Learned:
    reference, link = (None, None) if there is None else (there.reference, there.link)
    # One that somebody wants canceled is asked about once more, though it was given meanwhile.
    due_s = LOOK_S if status == "given" and order.cancel_asked else None
    return Learned(status, returned, refunded, reference, link, order.sent_at is not None, due_s, fault)


def _still(order: Order, status: RedemptionStatus, due_s: float, why: Fault, *, is_sent: bool) -> Learned:
    due = due_s if status in ON_ORDER or order.cancel_asked else None
    return Learned(status, order.returned, None, None, None, is_sent, due, why)


def _wait(first_s: float, tries: int) -> float:
    return float(min(first_s * 2 ** min(tries, 20), LOOK_S_MAX))


def shut_s(faults: int, why: Fault) -> float | None:
    """How many seconds an account is left alone after so many calls in a row came to nothing."""
    if why in {"denied", "address", "redirected"}:
        return DENIED_S
    if faults < FAULTS_MAX:
        return None
    return float(min(SHUT_S * 2 ** min(faults - FAULTS_MAX, 20), SHUT_S_MAX))

"""Cards that staff load by hand: what somebody's word of one makes of its order. Everything here is pure.

Nobody is asked, so the order waits until somebody says that it was loaded, with what, or that it could not
be. What a card pays back is said the same way. Its money moves as with any provider.
"""

from schemas.shelf import RedemptionStatus
from service.core.orders import Learned, Order, returned_of


def loaded(order: Order, card: str, cents: int) -> Learned:
    """An order that was loaded with so many cents of its face value; the rest of its price comes back."""
    if not 0 < cents <= order.face:
        raise AssertionError("a card is loaded with a part of its face value, or all of it")
    left = order.face - cents
    return Learned("given", returned_of(order, left), left, card, None, is_sent=True, due_s=None, fault=None)


def not_loaded(order: Order) -> Learned:
    """An order that could not be loaded: its price comes back."""
    return Learned("failed", order.returned, None, None, None, is_sent=True, due_s=None, fault="rejected")


def paid_back(order: Order, refunded: int) -> Learned:
    """A loaded card of which so many cents were paid back in all; wholly, it is reversed."""
    if not 0 < refunded <= order.face:
        raise AssertionError("a card pays back a part of its face value, or all of it")
    returned = max(order.returned, returned_of(order, refunded))
    status: RedemptionStatus = "reversed" if returned == order.amount else "given"
    return Learned(status, returned, refunded, None, None, is_sent=True, due_s=None, fault=None)

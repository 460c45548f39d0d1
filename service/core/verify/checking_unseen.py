"""What went out to people whom one person alone knew, held against its bound of that week: pure."""

from collections import deque
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Final

from msgspec import Struct

from schemas.ids import Id
from service.core.persons import Hands, are_one
from service.core.refusals import Refused
from service.core.unseen import UNSEEN_DAYS, may_go_unseen
from service.core.verify.books import Mismatch
from service.core.verify.checking_hand_outs import mismatch_of
from service.core.verify.staffing import Staffing, Standing
from service.core.verify.timeline import HandOut

WEEK: Final = timedelta(days=UNSEEN_DAYS)
MUCH: Final = 10**12
"""More than any bound allows."""


class Gone(Struct, frozen=True):
    """Something that left, with everybody who has had to do with its participant and since when.

    `enrolled_at` is when the participant was first enrolled, and `ended` the number of the entry by which it
    came back.
    """

    hand_out: HandOut
    known: Sequence[tuple[Id, datetime]]
    enrolled_at: datetime | None
    ended: int | None

    def by(self, at: datetime) -> list[Id]:
        """Who had had to do with the participant at a time."""
        return [who for who, since in self.known if since <= at]


class Unseen:
    """Everything that left in the trail's order, of which the last week is kept."""

    def __init__(self, staffing: Staffing) -> None:
        """Begin with nothing that left."""
        self._staffing = staffing
        # By whom the participants were first known, who is the only one where they count.
        self._week: dict[Id, deque[Gone]] = {}

    def of(self, one: Gone) -> Iterator[Mismatch]:
        """Whether the next thing went out beyond the bound."""
        if not one.known:
            return
        refusal = None
        for moment in (one.hand_out.moment, one.hand_out.moment.before()):
            refusal = self._refusal(one, self._staffing.at(moment))
            if refusal is None:
                break
        if refusal is not None:
            yield mismatch_of(one.hand_out, refusal)
        self._week.setdefault(one.known[0][0], deque()).append(one)

    def _refusal(self, one: Gone, then: Standing) -> Refused | None:
        at, by = one.hand_out.moment.at, one.hand_out.by
        known = one.by(at)
        if not known:
            return None
        first = then.hands(known[0])
        is_own = one.hand_out.role == "participant"
        if not _is_of_one(known, first, then) or not (is_own or are_one(first, then.hands(by))):
            return None
        rules = then.rules_among_colleagues(known[0])
        roles = [then.role(who) for who in known]
        price = one.hand_out.price
        if may_go_unseen(rules, roles, MUCH, MUCH, price.currency) is None:
            return None
        given = sum(
            each.hand_out.price.worth
            for who, week in self._week.items()
            if are_one(first, then.hands(who))
            for each in _of_a_week(week, at)
            if each.hand_out.price.currency == price.currency
            and (each.ended is None or each.ended > one.hand_out.moment.seq)
            and each.enrolled_at is not None
            and each.enrolled_at <= at
            and _is_of_one(each.by(at), first, then)
        )
        return may_go_unseen(rules, roles, given, price.worth, price.currency)


def _of_a_week(gone: deque[Gone], at: datetime) -> deque[Gone]:
    """What left within the week before a time; what is older is forgotten."""
    while gone and gone[0].hand_out.moment.at < at - WEEK:
        gone.popleft()
    return gone


def _is_of_one(known: Sequence[Id], first: Hands, then: Standing) -> bool:
    return bool(known) and all(are_one(first, then.hands(who)) for who in known)

"""Everything that was handed out, held against the rules and the persons of that moment: pure.

Each is decided again by what the books and the trail say was there before it, by the same law that decided
it (service/core/second_looks.py). What may have crossed it unseen, or cannot be told any more, counts for it:
whoever is named here handed out what nobody's rules allowed.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime, time, tzinfo
from typing import Final, cast

from msgspec.structs import replace

from schemas.ids import Id
from schemas.people import Role
from schemas.program import Unit
from schemas.second_looks import DeedAlone
from service.core.actors import Actor
from service.core.calendar import local_day
from service.core.persons import Hands, are_one, second_person
from service.core.refusals import Refused, refused
from service.core.second_looks import (
    UNLESS_ALONE,
    Opened,
    Recorded,
    another_hands_out,
    deeds_alone,
    given_max,
    may_hand_out,
    of_a_feed,
    of_one_alone,
    of_one_known,
)
from service.core.verify.books import Mismatch
from service.core.verify.staffing import Staffing, Standing
from service.core.verify.timeline import HandOut, Start, Timeline
from service.core.words.refusals.catalog import in_english

OWN: Final = refused("second_person_needed.own")
VISITS_MAX: Final = 1000
"""How many of the newest visits are asked about at most when something is handed out."""


def of_hand_outs(line: Timeline, staffing: Staffing, zone: tzinfo) -> Iterator[Mismatch]:
    """Whatever was handed out to one participant against the rules and persons of its moment."""
    for one in line.hand_outs:
        if not one.is_told:
            continue
        before = Past(line, line.charts(one.chart, one.moment.seq), one, zone)
        refusal = None
        for moment in (one.moment, one.moment.before()):
            refusal = before.refusal(staffing.at(moment))
            if refusal is None:
                break
        if refusal is not None:
            yield mismatch_of(one, refusal)


def mismatch_of(one: HandOut, refusal: Refused) -> Mismatch:
    """What was handed out although it would have been refused."""
    ids = {
        "redemption_id" if one.table == "redemptions" else "prize_id": str(one.id),
        "participant_id": str(one.chart),
        "seq": str(one.moment.seq),
    }
    expected = "handed out as the rules of its day allow"
    return Mismatch(one.table, ids, expected, f"by {one.by}, although: {in_english(refusal)}")


class Past:
    """What was there of a participant before something was handed out."""

    def __init__(self, line: Timeline, charts: frozenset[Id], of: HandOut, zone: tzinfo) -> None:
        """Leave out what came later, and the look that handing it out was."""
        seq = of.moment.seq
        self.of = of
        self.zone = zone
        self.line = line
        self.charts = charts
        self.visits = [one for one in line.visits if one.seq < seq and one.chart in charts]
        self.starts = [one for one in line.starts if one.seq < seq and one.chart in charts]
        self.looks = [
            one
            for one in line.looks
            if one.chart in charts
            and (one.seq is None or (one.seq < seq and (one.at, one.by) != (of.moment.at, of.by)))
        ]
        self.given = [one for one in line.hand_outs if one.moment.seq < seq and one.chart in charts]

    def refusal(self, then: Standing) -> Refused | None:
        """Why it would have been refused; none where it was right."""
        one = self.of
        gives = None if one.role == "participant" else then.hands(one.by)
        alone = [(hands, OWN) for hands in self.waiting(then)]
        alone += [(then.hands(who), OWN) for who in (one.lowered_by, one.moved_by) if who is not None]
        return another_hands_out(alone, gives) or self.within_the_day(then)

    def waiting(self, then: Standing) -> list[Hands]:
        """Whose deeds wait for somebody else's look."""
        looked = self._looked()
        legacy = max((one.at for one in self.looks if one.through is None), default=None)
        newest = sorted(
            (
                one
                for one in self.visits
                if one.no > looked.get(one.enrollment, 0)
                and (legacy is None or one.recorded.recorded_at > legacy)
            ),
            key=lambda one: one.recorded.recorded_at,
        )[-VISITS_MAX:]
        visits = [replace(one.recorded, role=then.role(one.recorded.by)) for one in newest]
        starts = [
            self._opened(one, then)
            for one in self.starts
            if one.opened.enrollment not in looked and (legacy is None or one.opened.opened_at > legacy)
        ]
        visits = [one for one in visits if _is_asked_about(one.role, one.recorded_at, then)]
        starts = [one for one in starts if _is_asked_about(one.role, one.opened_at, then)]
        return self._waiting(then, visits, starts)

    def _waiting(self, then: Standing, visits: list[Recorded], starts: list[Opened]) -> list[Hands]:
        persons: list[Hands] = []
        for who in dict.fromkeys([*(one.by for one in visits), *(one.by for one in starts)]):
            if not any(are_one(then.hands(who), known) for known in persons):
                persons.append(then.hands(who))
        found = []
        for person in persons:
            own = [one for one in visits if are_one(then.hands(one.by), person)]
            begun = [one for one in starts if are_one(then.hands(one.by), person)]
            by = (own[0] if own else begun[0]).by
            merged = [replace(one, by=by) for one in own]
            deeds = self._deeds(then, merged, [replace(one, by=by) for one in begun], len(persons) == 1)
            if deeds:
                is_feed = _roles(own, begun) == {"integration"}
                found.append(of_a_feed(person) if is_feed else person)
        return found

    def _deeds(
        self, then: Standing, visits: list[Recorded], starts: list[Opened], is_alone: bool
    ) -> Sequence[DeedAlone]:
        by = (visits[0] if visits else starts[0]).by
        rules = then.rules_over(by)
        deeds = deeds_alone(rules, visits, starts, self.zone)
        if not deeds and is_alone and not self.looks and not self._others_gave(then, by):
            deeds = of_one_known(rules, visits)
        roles = _roles(visits, starts)
        if deeds and not roles.isdisjoint(UNLESS_ALONE) and not then.could_another_look(by):
            return deeds_alone(of_one_alone(rules), visits, starts, self.zone)
        return deeds

    def _others_gave(self, then: Standing, by: Id) -> bool:
        did = then.hands(by)
        return any(second_person(did, then.hands(one.by), OWN) is None for one in self.given)

    def _looked(self) -> dict[Id, int]:
        numbers: dict[Id, int] = {}
        for one in self.looks:
            for enrollment, no in (one.through or {}).items():
                numbers[enrollment] = max(no, numbers.get(enrollment, 0))
        return numbers

    def _opened(self, one: Start, then: Standing) -> Opened:
        by = then.hands(one.opened.by)
        welcomes: dict[Unit, int] = {}
        for who, sums in one.welcomes.items():
            if are_one(then.hands(who), by):
                for unit, amount in sums.items():
                    welcomes[unit] = welcomes.get(unit, 0) + amount
        is_again = any(
            other.program == one.program and other.opened.opened_at < one.opened.opened_at
            for other in self.starts
        )
        return replace(one.opened, role=then.role(one.opened.by), welcomes=welcomes, is_again=is_again)

    def within_the_day(self, then: Standing) -> Refused | None:
        """Why it was too much for one person on one day."""
        one = self.of
        is_own = one.role == "participant"
        newest = then.newest()
        if is_own:
            rules = newest if newest.set_by is None else then.rules_over(newest.set_by)
        else:
            rules = then.rules_over(one.by)
        actor = Actor(one.chart, one.by, cast("Role", one.role))
        aside = one.set_aside_by
        is_of_two = aside is not None and second_person(then.hands(one.by), then.hands(aside), OWN) is None
        refusal = None
        midnight = datetime.combine(local_day(one.moment.at, self.zone), time(), self.zone)
        today = [
            each.price
            for each in self.given
            if each.moment.at >= midnight
            and self.line.ended.get(each.id, one.moment.seq) >= one.moment.seq
            and (is_own or are_one(then.hands(each.by), then.hands(one.by)))
        ]
        if given_max(rules, one.price.unit) is not None:
            given = sum(each.amount for each in today if each.unit == one.price.unit)
            refusal = may_hand_out(
                rules, actor, one.price.unit, one.price.amount, given, is_set_aside=is_of_two
            )
        currency = one.price.currency
        if refusal is None and given_max(rules, currency) is not None:
            worth = sum(each.worth for each in today if each.currency == currency)
            refusal = may_hand_out(rules, actor, currency, one.price.worth, worth, is_set_aside=is_of_two)
        if refusal is None or (one.role in UNLESS_ALONE and not then.could_another_look(one.by)):
            return None
        return refusal


def _roles(visits: Sequence[Recorded], starts: Sequence[Opened]) -> set[str | None]:
    return {one.role for one in visits} | {one.role for one in starts}


def _is_asked_about(role: str | None, at: datetime, then: Standing) -> bool:
    """Whether a deed is asked about: the service's are not, nor what managers did before theirs were."""
    since = then.asked_since
    return role is not None and not (since is not None and role in UNLESS_ALONE and at <= since)

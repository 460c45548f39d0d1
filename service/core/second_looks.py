"""Where value leaves: what one person did alone, and who may hand out what came of it; all of it pure."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, tzinfo
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from schemas.currencies import Currency
from schemas.ids import Id
from schemas.people import Role
from schemas.program import Unit
from schemas.redemption_changes import SecondPersonLimit
from schemas.second_looks import DeedAlone, SecondPersonRules
from service.core import currencies
from service.core.actors import Actor
from service.core.persons import Hands, second_person
from service.core.refusals import Amount, Refused, refused

UNLESS_ALONE: Final[frozenset[Role]] = frozenset({"manager", "integration"})
"""Whose deeds are asked about only where somebody else on the staff could look."""
LEFT_DAYS: Final = 30
"""How long somebody counts as a colleague who could look after they were disabled, given a role that looks at
nothing, or had a way into their account shown to somebody: a press makes nobody alone at once."""
BEGINNING_DAYS: Final = 3
"""How long after an account is made a way into it that is shown makes two one at once: so accounts begin."""
BOUNDS: Final = (
    "record_within_days", "enroll_within_days", "recorded_usd_max", "recorded_points_max",
    "recorded_draws_max", "welcomed_usd_max", "welcomed_points_max", "welcomed_draws_max", "given_usd_max",
    "given_points_max", "unseen_usd_max",
)  # fmt: skip  # table: fields of the rules
"""The rules that are a bound: none is no bound, and a lower one is stricter."""


class Recorded(Struct, frozen=True):
    """A visit or a correction as somebody recorded it, with what was posted for it in minor units by unit."""

    event: Id
    by: Id
    role: str | None
    is_success: bool
    occurred_at: datetime
    recorded_at: datetime
    earned: Mapping[Unit, int]
    spent: Mapping[Unit, int] = {}
    """What a correction would have taken back, had it not been handed out already."""


class Opened(Struct, frozen=True):
    """An enrollment as somebody opened it."""

    enrollment: Id
    by: Id
    role: str | None
    starts_on: date
    opened_at: datetime
    is_again: bool = False
    """Whether the participant had begun the program before."""
    welcome: Mapping[Unit, int] = {}
    """What was paid for it as a welcome, in minor units by unit."""
    welcomes: Mapping[Unit, int] = {}
    """What the same person's enrollments of that day were welcomed with, up to this one and with it."""


class Price(Struct, frozen=True):
    """The price of what is handed out, in its unit, and its fair value: a prize's in that of `prized`."""

    unit: Unit
    amount: int
    fair_value: int | None
    prized: Currency | None = None

    @property
    def currency(self) -> Currency:
        """The currency of the worth."""
        return self.prized or currencies.worth_unit(self.unit)

    @property
    def worth(self) -> int:
        """The worth in its currency: what is paid in money is worth that at least."""
        return max(self.fair_value or 0, self.amount if currencies.is_money(self.unit) else 0)


def _bound(unit: Unit, money: int | None, points: int | None, draws: int | None) -> int | None:
    """The bound of a unit; that in money holds for each currency by itself, in its minor units."""
    return points if unit == "points" else draws if unit == "draw" else money


def recorded_max(rules: SecondPersonRules, unit: Unit) -> int | None:
    """How much one person records for one participant on one day without being asked about."""
    return _bound(unit, rules.recorded_usd_max, rules.recorded_points_max, rules.recorded_draws_max)


def given_max(rules: SecondPersonRules, unit: Unit) -> int | None:
    """How much one person hands out to one participant on one day."""
    return _bound(unit, rules.given_usd_max, rules.given_points_max, None)


def welcomed_max(rules: SecondPersonRules, unit: Unit) -> int | None:
    """How much the welcomes of one person's enrollments of a day come to without being asked about."""
    return _bound(unit, rules.welcomed_usd_max, rules.welcomed_points_max, rules.welcomed_draws_max)


def rules_held(
    history: Iterable[tuple[SecondPersonRules, bool]], *, settled_by: datetime | None = None
) -> SecondPersonRules:
    """The rules that somebody is held to: `history` is every setting, newest first, and whether it is theirs.

    What they set themselves loosens nothing for them: of the settings since another person's, the strictest
    holds in each point. Whatever was set until `settled_by` counts as another person's, and so do the rules
    of a new clinic.
    """
    own: list[SecondPersonRules] = []
    base = SecondPersonRules()
    for rules, is_theirs in history:
        is_settled = settled_by is not None and rules.set_at is not None and rules.set_at <= settled_by
        if is_settled or not is_theirs:
            base = rules
            break
        own.append(rules)
    for rules in reversed(own):
        base = _strictest(base, rules)
    return base


def limit_held(
    first: int, history: Iterable[tuple[SecondPersonLimit, bool]], *, settled_by: datetime | None = None
) -> int:
    """How much somebody replaces and takes back alone, in the same way: `first` is a new clinic's limit."""
    own: list[int] = []
    for limit, is_theirs in history:
        is_settled = settled_by is not None and limit.set_at is not None and limit.set_at <= settled_by
        if is_settled or not is_theirs:
            return min(limit.amount, *own) if own else limit.amount
        own.append(limit.amount)
    return min(first, *own) if own else first


def _strictest(one: SecondPersonRules, other: SecondPersonRules) -> SecondPersonRules:
    return replace(
        other,
        roles=(*one.roles, *(role for role in other.roles if role not in one.roles)),
        **{name: _lower(getattr(one, name), getattr(other, name)) for name in BOUNDS},
        overturn_own=one.overturn_own and other.overturn_own,
        new_address_hours=max(one.new_address_hours or 0, other.new_address_hours or 0),
    )


def _lower(one: int | None, other: int | None) -> int | None:
    return min((bound for bound in (one, other) if bound is not None), default=None)


def of_one_alone(rules: SecondPersonRules) -> SecondPersonRules:
    """The rules over a manager or an integration where nobody else could look."""
    return replace(rules, roles=tuple(role for role in rules.roles if role not in UNLESS_ALONE))


def deeds_alone(
    rules: SecondPersonRules, recorded: Iterable[Recorded], opened: Iterable[Opened], zone: tzinfo
) -> tuple[DeedAlone, ...]:
    """What is asked about of what was done for one participant since the last look, oldest first."""
    visits = [one for one in recorded if one.role in rules.roles]
    found = [
        *_recorded_late(rules, visits, zone),
        *_recorded_much(rules, visits, zone),
        *_withdrew_spent(visits),
        *(one for each in opened if each.role in rules.roles for one in _enrolled(rules, each, zone)),
    ]
    return in_order(found)


def of_one_known(rules: SecondPersonRules, visits: Iterable[Recorded]) -> tuple[DeedAlone, ...]:
    """What one person recorded in all for somebody whom nobody else has had to do with, beyond a day's bound.

    People can be made up, and visited a little each day. What a program records is another one's word.
    """
    every = list(visits)
    if not every or any(one.role not in rules.roles or one.role == "integration" for one in every):
        return ()
    last = max(every, key=lambda one: (one.recorded_at, one.event.bytes))
    found = []
    for unit in currencies.in_order(unit for one in every for unit in one.earned):
        limit, whole = recorded_max(rules, unit), sum(max(0, one.earned.get(unit, 0)) for one in every)
        if limit is not None and whole > limit:
            found.append(
                DeedAlone(
                    "recorded_much", last.by, last.recorded_at, last.occurred_at, last.event, unit, whole
                )
            )
    return tuple(found)


def in_order(found: Iterable[DeedAlone]) -> tuple[DeedAlone, ...]:
    """Deeds, the oldest first."""
    return tuple(sorted(found, key=lambda one: (one.done_at, one.id.bytes, one.kind)))


def _recorded_late(rules: SecondPersonRules, visits: Iterable[Recorded], zone: tzinfo) -> Iterable[DeedAlone]:
    if rules.record_within_days is None:
        return
    for one in visits:
        days = (one.recorded_at.astimezone(zone).date() - one.occurred_at.astimezone(zone).date()).days
        earned = [(unit, amount) for unit, amount in one.earned.items() if amount > 0]
        if days > rules.record_within_days and (one.is_success or earned):
            unit, amount = earned[0] if earned else (None, 0)
            yield DeedAlone(
                "recorded_late", one.by, one.recorded_at, one.occurred_at, one.event, unit, amount
            )


def _recorded_much(rules: SecondPersonRules, visits: Iterable[Recorded], zone: tzinfo) -> Iterable[DeedAlone]:
    days: dict[tuple[Id, date, Unit], list[Recorded]] = {}
    for one in visits:
        day = one.recorded_at.astimezone(zone).date()
        for unit in one.earned:
            days.setdefault((one.by, day, unit), []).append(one)
    for (by, _, unit), own in days.items():
        limit = recorded_max(rules, unit)
        whole = sum(one.earned[unit] for one in own)
        if limit is not None and whole > limit:
            last = max(own, key=lambda one: (one.recorded_at, one.event.bytes))
            yield DeedAlone("recorded_much", by, last.recorded_at, last.occurred_at, last.event, unit, whole)


def _withdrew_spent(visits: Iterable[Recorded]) -> Iterable[DeedAlone]:
    """What was handed out for a visit stays out when it is withdrawn, and it can be recorded anew."""
    for one in visits:
        for unit, amount in one.spent.items():
            yield DeedAlone(
                "withdrew_spent", one.by, one.recorded_at, one.occurred_at, one.event, unit, amount
            )


def _enrolled(rules: SecondPersonRules, one: Opened, zone: tzinfo) -> Iterable[DeedAlone]:
    days = (one.opened_at.astimezone(zone).date() - one.starts_on).days
    since = datetime.combine(one.starts_on, time(), zone)
    if rules.enroll_within_days is not None and days > rules.enroll_within_days:
        yield DeedAlone("enrolled_late", one.by, one.opened_at, since, one.enrollment)
    if one.is_again and one.welcome:
        # No behavior earned it: closed and opened again, an enrollment would pay as often as somebody likes.
        yield DeedAlone("welcomed_again", one.by, one.opened_at, since, one.enrollment)
    for unit in one.welcome:
        limit, whole = welcomed_max(rules, unit), one.welcomes.get(unit, 0)
        if limit is not None and whole > limit:
            # Nor for the first: a dozen people made up in one day would each be welcomed.
            yield DeedAlone("welcomed_much", one.by, one.opened_at, since, one.enrollment, unit, whole)


def of_a_feed(hands: Hands) -> Hands:
    """The hands on a feed that nobody answers for: whoever is on the staff may look at what it recorded."""
    return hands if hands.is_known else Hands(hands.ids, frozenset({"nobody's"}), is_person=False)


def another_hands_out(alone: Iterable[tuple[Hands, Refused]], gives: Hands | None) -> Refused | None:
    """Why somebody may not hand out what others did `alone`, each with the refusal if it was their own deed.

    Handing it out is a look at it, which a key does not take: whose hand is on it cannot be seen. Nor does a
    participant, for whom `gives` is none.
    """
    if gives is None:
        return next((refused("second_person_needed.desk") for _ in alone), None)
    for did, own in alone:
        match second_person(did, gives, own):
            case None:
                pass
            case Refused("person_needed"):
                return refused("second_person_needed.key")
            case Refused("proposer_unknown"):
                return refused("second_person_needed.unknown")
            case refusal:
                return refusal
    return None


def may_hand_out(
    rules: SecondPersonRules,
    actor: Actor,
    unit: Unit,
    amount: int,
    given_today: int,
    *,
    is_set_aside: bool = False,
) -> Refused | None:
    """Whether `actor` hands out `amount` of a unit, who gave the participant `given_today` of it already.

    A participant takes as much on one day as one person hands out, with what they were given by anybody. A
    manager hands out more where another person set it aside (`is_set_aside`): that takes two.
    """
    limit = given_max(rules, unit)
    if limit is None or given_today + amount <= limit:
        return None
    if actor.role == "participant":
        return refused("second_person_needed.desk")
    if actor.role == "manager" and is_set_aside:
        return None
    if actor.role in rules.roles:
        most, has = Amount(limit, unit), Amount(given_today, unit)
        return refused("second_person_needed.much", limit=most, given=has)
    return None

"""The front desk's day: expected, seen and missing people, and rewards waiting to be handed over."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Final, Literal
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from schemas.draws import Prize
from schemas.program import Behavior, Effect, Title
from schemas.receipts import Money
from schemas.shelf import Redemption, Reward
from schemas.visits import Visit
from service.core.calendar import local_day
from service.core.compiled import Rules, TargetRules
from service.core.cursors import Page
from service.core.naming import target_title
from service.core.outcomes import own_words, titles_of
from service.core.refusals import Refused
from service.flows.draws.prizes import list_prizes
from service.flows.perform import Act, Done
from service.flows.providers.by_hand import list_to_load
from service.flows.screens.group import has_hats
from service.flows.screens.shown import audit_listed
from service.flows.shelf.redemptions import list_redemptions
from service.flows.shelf.rewards import list_rewards
from service.flows.visits.visits_of_days import of_everybody
from service.store import clinics, names, recorded_events, redemptions
from service.store.names import Named
from service.store.recorded_events import Earned

HANDED_MAX = 99

Group = Literal["to_record", "yesterday", "done"]
SHOWN_MAX: Final = 200
SHELF_MAX: Final = 200


class OwnWord(Struct, frozen=True):
    """An outcome word of a program's own; neutral here where its effect is not the same in all phases."""

    outcome: str
    effect: Effect
    title: Title | None


class DeskPlace(Struct, frozen=True):
    """Where an outcome of this person can be recorded without asking for more: an enrollment and a target.

    `own` are the program's own words for it.
    """

    enrollment: UUID
    target: str
    title: Title
    behavior: Behavior
    own: tuple[OwnWord, ...] = ()

    @property
    def board(self) -> str:
        """The name of the buttons for it: the behavior's, with those of the own words."""
        return ".".join((self.behavior, *(f"{one.outcome}-{one.effect}" for one in self.own)))


class DeskRow(Struct, frozen=True):
    """One person in the day's list: what is due still, what was done, and what the next success is worth."""

    participant: UUID
    display_code: str
    name: str | None
    group: Group
    due: tuple[Title, ...]
    next: tuple[Money, ...]
    came_at: datetime | None
    earned: tuple[Money, ...]
    targets: tuple[DeskPlace, ...]
    was_missed: bool = False
    mark: str | None = None
    """What tells them apart, where somebody else in the list has the same name."""


class DeskDay(Struct, frozen=True):
    """The day's list; `expected` counts people with a visit due, `done` those of them without one left."""

    day: date
    rows: tuple[DeskRow, ...]
    expected: int
    done: int
    to_hand_over: int
    """How many rewards and prizes wait to be handed over, counted up to `HANDED_MAX` of each."""
    has_hats: bool


async def read_desk(act: Act) -> Done[DeskDay]:
    """The clinic's list of today; whoever is new in it for this actor is audited as listed."""
    today = local_day(act.now, await clinics.zone(act))
    yesterday = today - timedelta(days=1)
    found, rules = await of_everybody(act, (yesterday, today))
    now, before = (
        _by_person(one for one in found[day] if one.status not in {"closed", "canceled"})
        for day in (today, yesterday)
    )
    late = {
        person: own
        for person, own in before.items()
        if person not in now and any(one.status in {"expected", "missed"} for one in own)
    }
    called = await names.of(act, [*now, *late])
    events = [one.event for own in now.values() for one in own if one.event is not None]
    earned = await recorded_events.earned(act, events)
    audit_listed(act, today, [*now, *late], day=today.isoformat())
    rows = [_row(called[person], own, earned, rules, is_late=False) for person, own in now.items()]
    rows += [_row(called[person], own, earned, rules, is_late=True) for person, own in late.items()]
    rows.sort(key=_place)
    alike = Counter(row.name for row in rows)
    rows = [replace(row, mark=called[row.participant].mark) if alike[row.name] > 1 else row for row in rows]
    todays = [row for row in rows if row.group != "yesterday"]
    done = sum(row.group == "done" for row in todays)
    waiting = await redemptions.waiting(act, HANDED_MAX)
    return Done(DeskDay(today, tuple(rows), len(todays), done, waiting, await has_hats(act)))


def _by_person(some: Iterable[Visit]) -> dict[UUID, list[Visit]]:
    found: dict[UUID, list[Visit]] = {}
    for one in some:
        found.setdefault(one.participant, []).append(one)
    return found


def _row(
    person: names.Named,
    own: list[Visit],
    earned: dict[UUID, Earned],
    rules: dict[UUID, Rules],
    *,
    is_late: bool,
) -> DeskRow:
    left = [one for one in own if one.status == "expected" or is_late]
    met = [earned[one.event] for one in own if one.event is not None and one.event in earned]
    # A visit that was recorded as missed or excused has an event too, and yet nobody came.
    came = [earned[one.event].at for one in own if one.status == "came" and one.event in earned]
    places = [
        _where(one.enrollment, known, known.targets[known.place_of[one.target]])
        for one in own
        if (known := rules.get(one.enrollment)) is not None
        # How much it was is asked in the panel alone, and never guessed from a tap on the list.
        and not known.targets[known.place_of[one.target]].by_quantity
    ]
    return DeskRow(
        person.id,
        person.display_code,
        person.name,
        "yesterday" if is_late else "to_record" if left else "done",
        tuple(dict.fromkeys(_title(rules[one.enrollment], one.target) for one in left)),
        _next(left or own),
        max(came, default=None),
        tuple(money for one in met for money in one.money),
        tuple(dict.fromkeys(places)),
        is_late and all(one.status == "missed" for one in left),
    )


def _title(rules: Rules, target: str) -> Title:
    return target_title(rules.program, rules.targets[rules.place_of[target]].target)


def _where(enrollment: UUID, whole: Rules, rules: TargetRules) -> DeskPlace:
    target, titles = rules.target, titles_of(rules.target)
    varied = {outcome for phase in target.phases for outcome in phase.outcomes}
    own = tuple(
        OwnWord(one, "neutral" if one in varied else rules.effects[one], titles.get(one))
        for one in own_words(target)
    )
    title = target_title(whole.program, target)
    return DeskPlace(enrollment, target.name, title, target.behavior, own)


def _next(some: Iterable[Visit]) -> tuple[Money, ...]:
    return tuple(dict.fromkeys(money for one in some for money in one.next if money.amount))


def _place(row: DeskRow) -> tuple[int, str, str]:
    order: tuple[Group, ...] = ("to_record", "yesterday", "done")
    return order.index(row.group), (row.name or "~").casefold(), row.display_code


class Handover(Struct, frozen=True):
    """Held rewards, owed prizes and cards to load, oldest first, with the names of people and rewards."""

    redemptions: tuple[Redemption, ...]
    prizes: tuple[Prize, ...]
    cards: tuple[Redemption, ...]
    people: dict[UUID, Named]
    rewards: dict[UUID, Reward]
    has_hats: bool

    @property
    def count(self) -> int:
        """How much waits."""
        return len(self.redemptions) + len(self.prizes) + len(self.cards)

    def fitting(self, prize: Prize) -> list[Reward]:
        """The rewards on the shelf that a prize can be given from."""
        return [
            one
            for one in self.rewards.values()
            if one.active and one.category == prize.category and (one.stock is None or one.stock > 0)
        ]


async def read_handover(act: Act) -> Done[Handover] | Refused:
    """Everything that waits to be handed over; each one shown is audited."""
    held = await list_redemptions(act, Page(SHOWN_MAX), status="held")
    if isinstance(held, Refused):
        return held
    owed = await list_prizes(act, Page(SHOWN_MAX), status="owed")
    if isinstance(owed, Refused):
        return owed
    cards = await list_to_load(act, Page(SHOWN_MAX))
    if isinstance(cards, Refused):
        return cards
    shelf = await list_rewards(act, Page(SHELF_MAX))
    if isinstance(shelf, Refused):
        return shelf
    waiting = {one.participant for one in (*held.value.items, *cards.value.items)}
    waiting |= {one.participant for one in owed.value.items}
    people = await names.of(act, waiting)
    rewards = {one.id: one for one in shelf.value.items}
    held_first, owed_first = tuple(reversed(held.value.items)), tuple(reversed(owed.value.items))
    cards_first = tuple(reversed(cards.value.items))
    return Done(Handover(held_first, owed_first, cards_first, people, rewards, await has_hats(act)))

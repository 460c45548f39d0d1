"""Read what somebody in care sees first: all of their own that the portal shows, in one transaction."""

from datetime import date, timedelta
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from msgspec import Struct

from schemas.books import Transfer
from schemas.draws import Prize
from schemas.people import Enrollment, Language
from schemas.program import Target, Unit
from schemas.receipts import Balance, Money, Outlook
from schemas.shelf import Redemption, Reward, RewardName
from service.core.calendar import local_day
from service.core.catalogs import worded
from service.core.corrections import PastFact
from service.core.cursors import LAST_ID, Page
from service.core.dated_caps import NOTHING_OUTSIDE
from service.core.draws.holdings import Held, Holding, holdings
from service.core.ladder import Ladder, Standing, days_ahead, ladder
from service.core.naming import shown_as, target_title, titled
from service.core.outlook import closed, outlook
from service.core.progress import Progress, progress
from service.core.quiet import QuietVisit
from service.core.refusals import Refused
from service.core.shelf import called
from service.core.state import Fact
from service.core.words.sentences import MoneyWriter, money, noun_of
from service.flows.ledger.statements import read_statement
from service.flows.perform import Act, Done
from service.flows.screens.history import ENROLLMENTS_MAX, days_of, facts_of, happened_of
from service.flows.shelf.brands import offered_to
from service.store import (
    charts,
    clinics,
    draws,
    enrollments,
    episodes,
    ledger,
    outside_caps,
    planned_visits,
    prizes,
    redemptions,
    rewards,
    statements,
    visits,
)

SHOWN: Final = 6
"""How many lines of the statement the first page shows."""
LINES_A_DAY_MAX: Final = 200
"""Among how many of the latest lines those of today are looked for: more slips are drawn on no day."""
SHELF_MAX: Final = 200
WAITING_MAX: Final = 20
VISITS_SHOWN: Final = 3
"""How many days of visits that lie ahead the first page shows."""
CLOSED_FOR: Final = timedelta(days=30)
"""How long a closed enrollment still has its card."""


class TargetCard(Struct, frozen=True):
    """One target of an enrollment: what comes next and its ladder; `last` is the latest fact.

    `days` are those of the next visits that are laid.
    """

    target: Target
    title: str
    noun: str
    outlook: Outlook
    ladder: Ladder
    last: Fact | None
    missed: bool
    days: tuple[date, ...]


class EnrollmentCard(Struct, frozen=True):
    """One enrollment with a card for each target."""

    enrollment: Enrollment
    title: str
    over: bool
    targets: tuple[TargetCard, ...]
    progress: Progress

    @property
    def size(self) -> int:
        """How many targets it has from which something can come."""
        return 0 if self.over else len(self.targets)


class Portal(Struct, frozen=True):
    """The first page of somebody in care."""

    today: date
    earned: tuple[Money, ...]
    balances: tuple[Balance, ...]
    cards: tuple[EnrollmentCard, ...]
    draws: tuple[Holding, ...]
    shelf: tuple[Reward, ...]
    held: tuple[Redemption, ...]
    coming: tuple[Redemption, ...]
    prizes: tuple[Prize, ...]
    lines: tuple[Transfer, ...]
    happened: tuple[Transfer | QuietVisit, ...]
    has_more: bool
    names: dict[UUID, RewardName | str]
    days: dict[UUID, date]

    @property
    def visits(self) -> tuple[date, ...]:
        """The next days on which they are expected, the nearest first."""
        found = {day for card in self.cards for one in card.targets for day in one.days}
        return tuple(sorted(found))[:VISITS_SHOWN]


async def read_portal(act: Act, language: Language, write: MoneyWriter) -> Done[Portal] | Refused:
    """Read the first page of the participant who asks; audited as `statement.read` and `portal.read`.

    `write` writes the amounts of its sentences.
    """
    me = act.actor.id
    statement = await read_statement(act, me, Page(SHOWN), language=language, write=write)
    if isinstance(statement, Refused):
        return statement
    zone = await clinics.zone(act)
    today = local_day(act.now, zone)
    sheet = (await ledger.sheets(act, [me]))[me]
    own = await enrollments.before(act, LAST_ID, ENROLLMENTS_MAX, me, None)
    shown = [one for one in own if _is_shown(one, today)]
    facts = await facts_of(act, own, zone)
    cards = await _cards(act, shown, today, zone, (language, write), facts)
    happened = await happened_of(act, own, facts, statement.value, LAST_ID, (language, write))
    mine = await charts.whose(act, me)
    held = await redemptions.before(act, LAST_ID, WAITING_MAX, "held", mine)
    coming = [] if mine is None else await redemptions.on_order(act, mine, WAITING_MAX)
    whole = await rewards.before(act, LAST_ID, SHELF_MAX, True, None)  # noqa: FBT003  as the store has it
    shelf = await offered_to(act, me, whole)
    names = {one.id: called(one) for one in shelf}
    for one in (*held, *coming):
        if one.reward not in names:
            known = await rewards.find(act, one.reward)
            names[one.reward] = called(known.reward) if known else ""
    act.audit("portal.read", me, me)
    return Done(
        Portal(
            today,
            await _earned(act, days_of(facts), today, zone),
            sheet.balances,
            tuple(cards),
            tuple(await _draws(act, own, sheet.balances)),
            tuple(shelf),
            tuple(held),
            tuple(coming),
            tuple(await prizes.before(act, LAST_ID, WAITING_MAX, "owed", mine)),
            statement.value.items,
            happened[:SHOWN],
            statement.value.next_cursor is not None or len(happened) > SHOWN,
            names,
            days_of(facts),
        )
    )


async def read_cards(act: Act, participant: UUID, language: Language) -> list[EnrollmentCard]:
    """The ladders of somebody's enrollments as their own page draws them, in a language."""
    zone = await clinics.zone(act)
    own = await enrollments.before(act, LAST_ID, ENROLLMENTS_MAX, participant, "open")
    today, facts = local_day(act.now, zone), await facts_of(act, own, zone)
    return await _cards(act, own, today, zone, (language, money), facts)


async def _earned(act: Act, days: dict[UUID, date], today: date, zone: ZoneInfo) -> tuple[Money, ...]:
    """The amount earned today in each unit; what was taken back since is not subtracted."""
    me = await charts.person(act, act.actor.id)
    lines = [] if me is None else await statements.before(act, me, LAST_ID, LINES_A_DAY_MAX, None)
    found: dict[Unit, int] = {}
    for line in lines:
        on = local_day(line.at, zone) if line.event is None else days.get(line.event)
        if on == today and "issued" in (line.source, line.destination) and line.cause != "opening":
            amount = line.amount if line.destination == "available" else -line.amount
            found[line.unit] = found.get(line.unit, 0) + amount
    return tuple(Money(unit, amount) for unit, amount in found.items() if amount > 0)


def _is_shown(one: Enrollment, today: date) -> bool:
    return one.closed_on is None or today - one.closed_on <= CLOSED_FOR


async def _cards(
    act: Act,
    own: list[Enrollment],
    today: date,
    zone: ZoneInfo,
    spoken: tuple[Language, MoneyWriter],
    past: dict[UUID, list[PastFact]],
) -> list[EnrollmentCard]:
    """A card for each enrollment, the oldest first, and those that are closed after the others."""
    language, write = spoken
    days = await visits.closed_days(act)
    plans = await planned_visits.plans(act, [one.id for one in own])
    states = await enrollments.checkpoints(act, [one.id for one in own])
    made = []
    for one in reversed(own):
        rules = await episodes.rules_of(act, one.program, one.version)
        facts = tuple(known.fact for known in past[one.id])
        state = states[one.id]
        last_day = None if state.last_at is None else local_day(state.last_at, zone)
        over = one.closed_on is not None and one.closed_on < today
        outside = NOTHING_OUTSIDE
        if over:
            ahead = closed(rules, language)
        else:
            outside = await outside_caps.outside(act, one, rules.program, (today, last_day))
            ahead = outlook(
                rules, state, one.starts_on, today, language, last_day=last_day, outside=outside, write=write
            )
        standing = Standing(
            rules,
            one.starts_on,
            one.closed_on or one.ends_on,
            facts,
            state,
            days,
            today,
            outside,
            plans.get(one.id, ()),
        )
        cards = tuple(_card(standing, place, next_, language) for place, next_ in enumerate(ahead))
        title = shown_as(rules.program, language)
        so_far = progress(
            [(card.target, card.ladder) for card in cards], one.starts_on, rules.program.weeks, today
        )
        made.append(EnrollmentCard(one, title, over, cards, so_far))
    return sorted(made, key=lambda card: card.over)


def _card(one: Standing, place: int, ahead: Outlook, language: Language) -> TargetCard:
    target = one.rules.program.targets[place]
    title = titled(target_title(one.rules.program, target), language)
    noun = noun_of(target)
    own = [fact for fact in one.facts if fact.target == place]
    last = max(own, key=lambda fact: (fact.at, fact.no), default=None)
    made = ladder(one, place, ahead)
    missed = made.last is not None and made.last.kind == "none"
    days = days_ahead(one, place)[:VISITS_SHOWN]
    return TargetCard(target, title, worded(noun, language), ahead, made, last, missed, days)


async def _draws(act: Act, own: list[Enrollment], balances: tuple[Balance, ...]) -> list[Holding]:
    """Draws available, by enrollment and bowl; empty where there are none."""
    there = next((one.available for one in balances if one.unit == "draw"), 0)
    if there <= 0:
        return []
    held = [
        Held(one.id, one.opened_at, await episodes.rules_of(act, one.program, one.version))
        for one in reversed(own)
    ]
    me = await charts.person(act, act.actor.id)
    if me is None:
        return []
    found = holdings(held, await draws.credits_of(act, me), await draws.drawn(act, me))
    return [Holding(one.enrollment, one.bowl, min(one.count, there)) for one in found]

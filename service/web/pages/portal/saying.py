"""How the portal says what it read: amounts, or dots where somebody wants them hidden."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from msgspec import Struct

from schemas.program import Draws, Ladder, Phase, Unit
from schemas.receipts import Outlook
from schemas.shelf import Reward
from service.core.ladder import Bar
from service.core.outcomes import EXCUSED
from service.core.phases import weeks_of
from service.core.quiet import QuietVisit
from service.core.words.sentences import MoneyWriter, money, veiled_money, was_there
from service.flows.screens.portal import Portal, TargetCard
from service.web.pages.framework.call import PageCall
from service.web.pages.framework.picture import Picture, picture_of

HIDDEN: Final = "cmr_hidden"
"""The cookie that says that amounts are hidden in this browser."""
MINUS: Final = "\N{MINUS SIGN}"


class AmountFormatter:
    """The amounts of one page, said or hidden."""

    def __init__(self, call: PageCall) -> None:
        """Hide them where the browser was told to."""
        self.voice = call.voice
        self.is_hidden = call.request.cookies.get(HIDDEN) == "1"
        self.write: MoneyWriter = veiled_money if self.is_hidden else money
        """How the amounts in the sentences of the records are written."""

    def money(self, amount: int, unit: Unit) -> str:
        """An amount in its unit."""
        return self.write(amount, unit, self.voice.language)

    def nothing(self, portal: Portal) -> str:
        """No amount yet, in the unit that they earn; in dollars where that is draws, or nothing at all."""
        earns = (part.unit for card in portal.cards for one in card.targets for part in one.outlook.next)
        return self.money(0, next((unit for unit in earns if unit != "draw"), "usd"))

    def signed(self, amount: int, unit: Unit) -> str:
        """An amount that was added (or, below zero, taken)."""
        sign = "" if self.is_hidden else "+" if amount >= 0 else MINUS
        return f"{sign}{self.money(abs(amount), unit)}"

    def picture(self, card: TargetCard) -> Picture:
        """A target's ladder."""
        return picture_of(card.ladder, self.voice, self.money)

    def grows(self, card: TargetCard) -> str:
        """The sentence of how a ladder grows, empty where it does not, or no more."""
        bar = card.ladder.next
        target = card.target
        week = bar.week if bar else 1
        phase = next((one for one in target.phases if _covers(one, week)), None)
        if (
            bar is None
            or not bar.amount
            or phase is None
            or not isinstance(phase.earn, Ladder | Draws)
            or not phase.earn.step
            or (phase.earn.max is not None and bar.amount >= phase.earn.max)
            or not _rises(card.ladder.bars)
        ):
            return ""
        more = self.money(phase.earn.step, card.ladder.unit)
        key = {1: "portal.grows_each", "week": "portal.grows_week"}.get(phase.earn.every, "portal.grows")
        return self.voice.plain(key, every=phase.earn.every, more=more)

    def quiet(self, visit: QuietVisit) -> str:
        """The words for a visit that earned nothing."""
        if visit.outcome == EXCUSED:
            return self.voice.plain("portal.excused")
        if was_there(visit.outcome):
            return self.voice.plain("portal.thanks")
        if visit.effect == "failure":
            return self.voice.plain("portal.missed_you")
        return visit.noun[:1].upper() + visit.noun[1:]

    def came(self, card: TargetCard) -> bool:
        """Whether somebody was there at the visit that earned nothing."""
        return card.last is not None and was_there(card.last.outcome)


def _rises(bars: Sequence[Bar]) -> bool:
    """Whether any visit that lies ahead is worth more than the one before it, within every cap."""
    amounts = [one.amount for one in bars if one.kind in {"next", "ahead"}]
    return any(later > before for before, later in pairwise(amounts))


def _covers(phase: Phase, week: int) -> bool:
    first, last = weeks_of(phase)
    return first <= week <= last


class Wish(Struct, frozen=True):
    """A reward that is still out of reach: how much is lacking, how far it is, and by what it comes."""

    reward: Reward
    lacks: int
    percent: int
    nearest: str | None


def on_shelf(portal: Portal) -> tuple[list[Reward], list[Wish]]:
    """Affordable rewards, cheapest first, and the others with the missing amount, nearest first."""
    has = {one.unit: one.available for one in portal.balances}
    there = [one for one in portal.shelf if one.stock is None or one.stock > 0]
    now = [one for one in there if one.price <= has.get(one.unit, 0)]
    # What costs a unit that they neither have nor earn is no wish that comes closer.
    earns = {part.unit for card in portal.cards for one in card.targets for part in one.outlook.next}
    wishes = []
    for one in there:
        if one.unit not in earns and not has.get(one.unit):
            continue
        lacks = one.price - has.get(one.unit, 0)
        if lacks > 0:
            percent = 100 * max(has.get(one.unit, 0), 0) // one.price
            wishes.append(Wish(one, lacks, percent, _nearest(portal, one.unit, lacks)))
    return sorted(now, key=lambda one: one.price), sorted(wishes, key=lambda one: one.lacks)


def _nearest(portal: Portal, unit: Unit, lacks: int) -> str | None:
    """The noun of what, if it succeeds next, pays for what lacks."""
    for card in portal.cards:
        for target in card.targets:
            if _amount(target.outlook, unit) >= lacks:
                return target.noun
    return None


def _amount(outlook: Outlook, unit: Unit) -> int:
    return sum(part.amount for part in outlook.next if part.unit == unit)

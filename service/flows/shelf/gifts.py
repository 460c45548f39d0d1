"""What is given in kind, counted at its worth against the caps that look at what was paid in money.

Whoever calls these holds the participant's lock, so that two at once never pass a cap together.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Literal
from uuid import UUID

from msgspec.structs import replace

from schemas.program import Program
from schemas.receipts import Balance
from schemas.shelf import Redemption, Reward
from service.core.calendar import local_day
from service.core.currencies import worth_unit
from service.core.dated_caps import Full, Spot, fill
from service.core.draws.program_caps import caps_on_prizes, limits_of
from service.core.refusals import Amount, Refused, refused
from service.core.worth import (
    Gift,
    GiftCause,
    Portion,
    Source,
    costs_its_worth,
    counts_for,
    currency_of,
    part_of,
    portions,
    valued,
)
from service.flows.perform import Act
from service.store import caps, clinics, worth
from service.store.cap_totals import Tallies, credited_of

Moment = Literal["asked", "handed_over"]


async def today(act: Act) -> date:
    """The local day of what is done now."""
    return local_day(act.now, await clinics.zone(act))


async def at_worth(act: Act, rewards: Iterable[Reward]) -> list[Reward]:
    """Rewards with what each is worth today: as stated, or as it follows from the price."""
    known = list(rewards)
    asked = any(one.unit == "points" and not one.fair_value_stated for one in known)
    cents = await worth.cents_a_point(act, await today(act)) if asked else None
    return [valued(one, cents) for one in known]


async def take_up(act: Act, redemption: Redemption, balance: Balance) -> Refused | None:
    """Count a redemption that is asked for, if every cap has room; `balance` is the one before it is paid."""
    counts = counts_for(redemption.unit, redemption.amount, redemption.fair_value)
    if costs_its_worth(redemption.unit, counts):
        return None
    parts = portions(
        await worth.earned(act, redemption.participant, redemption.unit),
        await worth.attributed(act, redemption.participant, redemption.unit),
        balance.held + balance.given,
        redemption.amount,
        counts,
    )
    gift = Gift(
        "redemption", redemption.id, redemption.unit, await today(act), parts, worth_unit(redemption.unit)
    )
    return await _count(act, redemption.participant, [gift], (), "asked")


async def give_away(
    act: Act, participant: UUID, prize: UUID, source: Source, reward: Reward, program: Program
) -> Refused | None:
    """Count a prize that is handed over, at its worth today, if every cap has room, its own program's too."""
    counts, currency = reward.fair_value or 0, currency_of(reward)
    gift = Gift("prize", prize, None, await today(act), (Portion(source, 0, counts),), currency)
    enrollment = source[0]
    if enrollment is not None:
        known = await credited_of(act, participant, enrollment)
        spots = [spot for spot, _ in gift.counted()]
        own = fill(limits_of(caps_on_prizes(enrollment, program), known.credits, spots), gift.counted())
        if isinstance(own, Full):
            return _refused(own, [gift], "asked")
    return await _count(act, participant, [gift], (), "asked")


async def hand_over(act: Act, participant: UUID, cause: GiftCause, cause_id: UUID) -> Refused | None:
    """Count what was set aside for the day on which it is handed over, if every cap of that day has room."""
    day = await today(act)
    held = [gift for gift in await worth.of_cause(act, participant, cause, cause_id) if gift.day != day]
    return await _count(act, participant, [replace(gift, day=day) for gift in held], held, "handed_over")


async def give_back(act: Act, participant: UUID, cause: GiftCause, cause_id: UUID) -> None:
    """Count something no longer: the room that it took is there again."""
    held = await worth.of_cause(act, participant, cause, cause_id)
    await _count(act, participant, (), held, "asked")


async def give_back_part(act: Act, redemption: Redemption) -> None:
    """Count a redemption only for what was not refunded; `redemption` is as it is after a refund."""
    held = await worth.of_cause(act, redemption.participant, "redemption", redemption.id)
    left = redemption.amount - redemption.refunded
    counts = counts_for(redemption.unit, redemption.amount, redemption.fair_value) * left // redemption.amount
    rest = [part_of(gift, left, counts) for gift in held] if left else []
    await _count(act, redemption.participant, rest, held, "asked")


async def _count(
    act: Act, participant: UUID, given: Sequence[Gift], returned: Sequence[Gift], when: Moment
) -> Refused | None:
    entering = [credit for gift in given for credit in gift.counted()]
    leaving = [credit for gift in returned for credit in gift.counted()]
    if entering or leaving:
        tallies = Tallies(act, await caps.whole(act))
        spots: list[Spot] = [spot for spot, _ in (*entering, *leaving)]
        await tallies.read((participant, spot) for spot in spots)
        after = fill(tallies.limits(participant), entering, leaving)
        if isinstance(after, Full):
            return _refused(after, given, when)
        tallies.settle(act.actor, participant, after, spots)
        act.audit_caps(await tallies.keep())
    await worth.write(act, participant, given, returned)
    return None


def _refused(full: Full, given: Sequence[Gift], when: Moment) -> Refused:
    unit = full.cap.unit
    counts = sum(gift.worth for gift in given if gift.currency == unit)
    fair, cap, left = (Amount(amount, unit) for amount in (counts, full.cap.amount, full.left))
    if when == "handed_over":
        return refused("cap_reached.handed_over", worth=fair, cap=cap, left=left)
    if not full.left:
        return refused(f"cap_reached.none_{full.cap.per}", "$.reward", cap=cap)
    return refused(f"cap_reached.some_{full.cap.per}", "$.reward", worth=fair, cap=cap, left=left)

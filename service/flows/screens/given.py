"""Read what somebody was given, for the desk: rewards with codes, and what waits for another person."""

from uuid import UUID

from msgspec import Struct

from schemas.draws import Prize
from schemas.people import Participant
from schemas.redemption_changes import RedemptionChange
from schemas.shelf import Redemption, RewardKind, RewardName
from service.core.cursors import LAST_ID
from service.core.refusals import Refused
from service.core.shelf import called
from service.flows.draws.prizes import read_prize
from service.flows.people.participants import read_participant
from service.flows.perform import Act, Done
from service.flows.shelf.redemptions import read_redemption
from service.store import charts, prizes, redemption_changes, redemptions, rewards

SHOWN = 30


class GivenReward(Struct, frozen=True):
    """A reward that somebody was given, perhaps taken back since; `waits` is a change that is not settled."""

    redemption: Redemption
    name: RewardName | str
    kind: RewardKind
    waits: RedemptionChange | None


class GivenPrize(Struct, frozen=True):
    """A prize from the shelf that somebody was given; `waits` is a change that is not settled."""

    prize: Prize
    name: RewardName | str
    kind: RewardKind
    waits: RedemptionChange | None


class Given(Struct, frozen=True):
    """Somebody, and what they were given and won, newest first."""

    participant: Participant
    rewards: tuple[GivenReward, ...]
    prizes: tuple[GivenPrize, ...]


async def read_given(act: Act, participant_id: UUID) -> Done[Given] | Refused:
    """What a participant was given; the codes that are shown are told of in the audit trail."""
    known = await read_participant(act, participant_id)
    if isinstance(known, Refused):
        return known
    whose = await charts.whose(act, participant_id)
    found = await redemptions.before(act, LAST_ID, SHOWN, None, whose)
    shown = []
    for one in found:
        reward = await rewards.find(act, one.reward)
        if one.status == "held" or reward is None:
            continue
        read = await read_redemption(act, one.id)
        if isinstance(read, Refused):
            return read
        if one.status in {"failed", "reversed"} or (
            one.status == "canceled" and reward.reward.kind == "provider"
        ):
            continue
        if one.status == "canceled" and not await redemption_changes.before(
            act, LAST_ID, 1, "approved", one.id
        ):
            continue
        waits = await redemption_changes.before(act, LAST_ID, 1, "proposed", one.id)
        shown.append(
            GivenReward(read.value, called(reward.reward), reward.reward.kind, waits[0] if waits else None)
        )
    return Done(Given(known.value, tuple(shown), await _prizes(act, whose)))


async def _prizes(act: Act, whose: charts.Person | None) -> tuple[GivenPrize, ...]:
    """The prizes that a person was handed, each with its codes."""
    shown = []
    for one in await prizes.before(act, LAST_ID, SHOWN, "given", whose):
        reward = None if one.reward is None else await rewards.find(act, one.reward)
        read = await read_prize(act, one.id)
        if reward is None or isinstance(read, Refused):
            continue
        waits = await redemption_changes.of_prize(act, LAST_ID, 1, "proposed", one.id)
        kind = reward.reward.kind
        shown.append(GivenPrize(read.value, called(reward.reward), kind, waits[0] if waits else None))
    return tuple(shown)

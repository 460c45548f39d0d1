"""A participant's own records, to read and cancel: their redemptions with the codes, and their draws.

What is another person's is not there for them, whatever its id.
"""

from uuid import UUID

from msgspec import Struct

from schemas.draws import DrawRecord
from schemas.receipts import Balance
from schemas.shelf import Redemption, Reward, RewardName
from service.core.cursors import Page
from service.core.refusals import Refused, refused
from service.core.shelf import called
from service.flows.draws.draws import read_draw
from service.flows.perform import Act, Done
from service.flows.shelf.orders import is_by_hand
from service.flows.shelf.redemptions import cancel_redemption, list_redemptions, with_codes
from service.store import draws, ledger, redemptions, rewards


class OwnRedemption(Struct, frozen=True):
    """A redemption of one's own with its reward's name."""

    redemption: Redemption
    reward: RewardName | str


class OwnChoice(Struct, frozen=True):
    """A reward that somebody thinks of, and what they have in its unit."""

    reward: Reward
    available: int
    by_hand: bool
    """Whether staff load a card for it."""


async def own_redemption(act: Act, redemption: UUID) -> Done[OwnRedemption] | Refused:
    """One redemption of one's own; its codes are its owner's, who is shown them as often as they like."""
    known = await redemptions.find(act, redemption)
    if known is None or known.participant != act.actor.id:
        return refused("not_found.own")
    shown = await with_codes(act, known)
    reward = await rewards.find(act, known.reward)
    codes_shown = len(shown.codes) + len(shown.void_codes) + (shown.link is not None)
    act.audit("redemption.read", redemption, known.participant, codes_shown=codes_shown)
    return Done(OwnRedemption(shown, called(reward.reward) if reward else ""))


async def cancel_own(act: Act, redemption: UUID) -> Done[Redemption] | Refused:
    """Think better of something that is set aside: the price comes back."""
    known = await redemptions.find(act, redemption)
    if known is None or known.participant != act.actor.id:
        return refused("not_found.own")
    return await cancel_redemption(act, redemption)


async def own_draw(act: Act, draw: UUID) -> Done[DrawRecord] | Refused:
    """One draw of one's own."""
    known = await draws.find(act, draw)
    if known is None or known.participant != act.actor.id:
        return refused("not_found.own")
    return await read_draw(act, draw)


async def own_choice(act: Act, reward: UUID) -> Done[OwnChoice] | Refused:
    """A reward on the shelf, with what its asker has."""
    known = await rewards.find(act, reward)
    if known is None:
        return refused("not_found.own")
    sheet: dict[UUID, tuple[Balance, ...]] = {
        who: found.balances for who, found in (await ledger.sheets(act, [act.actor.id])).items()
    }
    own = next((one.available for one in sheet[act.actor.id] if one.unit == known.reward.unit), 0)
    act.audit("balance.read", act.actor.id, act.actor.id)
    return Done(OwnChoice(known.reward, own, await is_by_hand(act, known.reward)))


async def own_redemptions(act: Act, page: Page) -> Done[tuple[OwnRedemption, ...]] | Refused:
    """A participant's own redemptions, newest first, without codes."""
    found = await list_redemptions(act, page, participant=act.actor.id)
    if isinstance(found, Refused):
        return found
    named = []
    for one in found.value.items:
        reward = await rewards.find(act, one.reward)
        named.append(OwnRedemption(one, called(reward.reward) if reward else ""))
    return Done(tuple(named))

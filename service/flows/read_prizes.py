"""Read prizes: those owed from the shelf, and all that were won."""

from uuid import UUID

from msgspec.structs import replace

from schemas.draws import Prize, PrizePage, PrizeStatus
from service.core.cursors import Page, before_id, cut
from service.core.refusals import Refused, refused
from service.flows.perform import Act, Done
from service.flows.read_redemptions import MAY_SEE_CODES
from service.store import prizes, rewards


async def read_prize(act: Act, prize_id: UUID) -> Done[Prize] | Refused:
    """One prize by id; its code is shown to those who give them."""
    known = await prizes.find(act, act.clinic, prize_id)
    if known is None:
        return refused("not_found", "There is no such prize.")
    code = None
    if act.actor.role in MAY_SEE_CODES:
        code = await rewards.code_of_prize(act, act.clinic, prize_id)
    act.tell("prize.read", prize_id, known.participant, codes_shown=0 if code is None else 1)
    return Done(replace(known, code=code))


async def list_prizes(
    act: Act, page: Page, *, status: PrizeStatus | None = None, participant: UUID | None = None
) -> Done[PrizePage] | Refused:
    """Prizes of the clinic or of one participant, newest first, without their codes."""
    last = before_id(page)
    if isinstance(last, Refused):
        return last
    found = await prizes.before(act, act.clinic, last, page.limit + 1, status, participant)
    shown, more = cut(found, page, lambda prize: prize.id.bytes)
    for prize in shown:
        act.tell("prize.listed", prize.id, prize.participant)
    return Done(PrizePage(shown, more))

"""Read redemptions: one by id with its codes, or those that wait to be given."""

from uuid import UUID

from msgspec.structs import replace

from schemas.people import Role
from schemas.shelf import Redemption, RedemptionPage, RedemptionStatus
from service.core.cursors import Page, before_id, cut
from service.core.refusals import Refused, refused
from service.flows.perform import Act, Done
from service.store import redemptions, rewards

MAY_SEE_CODES: frozenset[Role] = frozenset({"front_desk", "clinician", "manager"})
"""Who hands codes over at the desk; to others a code is as good as money."""


async def read_redemption(act: Act, redemption_id: UUID) -> Done[Redemption] | Refused:
    """One redemption by id; its codes are shown to those who give them."""
    known = await redemptions.find(act, act.clinic, redemption_id)
    if known is None:
        return refused("not_found", "There is no such redemption.")
    codes: tuple[str, ...] = ()
    if act.actor.role in MAY_SEE_CODES:
        codes = await rewards.codes_of(act, act.clinic, redemption_id)
    act.tell("redemption.read", redemption_id, known.participant, codes_shown=len(codes))
    return Done(replace(known, code=codes[0], codes=codes) if codes else known)


async def list_redemptions(
    act: Act, page: Page, *, status: RedemptionStatus | None = None, participant: UUID | None = None
) -> Done[RedemptionPage] | Refused:
    """Redemptions of the clinic or of one participant, newest first, without their codes."""
    last = before_id(page)
    if isinstance(last, Refused):
        return last
    found = await redemptions.before(act, act.clinic, last, page.limit + 1, status, participant)
    shown, more = cut(found, page, lambda redemption: redemption.id.bytes)
    for redemption in shown:
        act.tell("redemption.listed", redemption.id, redemption.participant)
    return Done(RedemptionPage(shown, more))

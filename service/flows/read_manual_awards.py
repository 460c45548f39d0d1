"""Read manual awards: one by id, or those that wait for a second person."""

from uuid import UUID

from schemas.proposals import ManualAward, ManualAwardPage, ProposalStatus
from service.core.cursors import Page, before_id, cut
from service.core.refusals import Refused, refused
from service.flows.perform import Act, Done
from service.store import manual_awards


async def read_manual_award(act: Act, manual_award: UUID) -> Done[ManualAward] | Refused:
    """One manual award by id."""
    known = await manual_awards.find(act, act.clinic, manual_award)
    if known is None:
        return refused("not_found", "There is no such manual award.")
    act.tell("manual_award.read", known.id, known.participant)
    return Done(known)


async def list_manual_awards(
    act: Act, page: Page, *, status: ProposalStatus | None = None, participant: UUID | None = None
) -> Done[ManualAwardPage] | Refused:
    """Manual awards of the clinic or of one participant, newest first."""
    last = before_id(page)
    if isinstance(last, Refused):
        return last
    found = await manual_awards.before(act, act.clinic, last, page.limit + 1, status, participant)
    shown, more = cut(found, page, lambda one: one.id.bytes)
    for one in shown:
        act.tell("manual_award.listed", one.id, one.participant)
    return Done(ManualAwardPage(shown, more))

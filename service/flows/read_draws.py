"""Read draws: the public record of one, and those of a participant."""

from uuid import UUID

from schemas.draws import DrawPage, DrawRecord
from service.core.cursors import Page, before_id, cut
from service.core.refusals import Refused, refused
from service.flows.perform import Act, Done
from service.store import draws, participants


async def read_draw(act: Act, draw_id: UUID) -> Done[DrawRecord] | Refused:
    """One draw's public record, which holds all that checking it takes once its seed is revealed."""
    known = await draws.find(act, act.clinic, draw_id)
    if known is None:
        return refused("not_found", "There is no such draw.")
    act.tell("draw.read", draw_id, known.participant)
    return Done(known.record)


async def list_draws(act: Act, participant: UUID, page: Page) -> Done[DrawPage] | Refused:
    """A participant's draws, newest first."""
    if await participants.language(act, act.clinic, participant) is None:
        return refused("not_found", "There is no such participant.")
    last = before_id(page)
    if isinstance(last, Refused):
        return last
    found = await draws.before(act, act.clinic, last, page.limit + 1, participant)
    shown, more = cut([one.record for one in found], page, lambda record: record.id.bytes)
    act.tell("draws.listed", participant, participant, count=len(shown))
    return Done(DrawPage(shown, more))

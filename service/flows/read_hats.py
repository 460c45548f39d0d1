"""Read hats: the public record of one, and all of them."""

from uuid import UUID

from schemas.draws import HatPage, HatRecord
from service.core.cursors import Page, before_id, cut
from service.core.refusals import Refused, refused
from service.flows.perform import Act, Done
from service.store import hats
from service.store.hats import OnRecord


async def read_hat(act: Act, hat_id: UUID) -> Done[HatRecord] | Refused:
    """One hat's public record, which holds all that checking it takes once its seed is revealed."""
    known = await hats.find(act, act.clinic, hat_id)
    if known is None:
        return refused("not_found", "There is no such hat.")
    _tell(act, known, "hat.read")
    return Done(known.record)


async def list_hats(act: Act, page: Page) -> Done[HatPage] | Refused:
    """The clinic's hats, newest first."""
    last = before_id(page)
    if isinstance(last, Refused):
        return last
    found = await hats.before(act, act.clinic, last, page.limit + 1)
    shown, more = cut(found, page, lambda hat: hat.record.id.bytes)
    for hat in shown:
        _tell(act, hat, "hat.listed")
    return Done(HatPage(tuple(hat.record for hat in shown), more))


def _tell(act: Act, hat: OnRecord, deed: str) -> None:
    """Whose attendance was shown: each person in the hat has it in their own trail."""
    for participant in hat.participants:
        act.tell(deed, hat.record.id, participant)

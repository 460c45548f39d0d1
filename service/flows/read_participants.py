"""Read participants: one by id, or those that match a filter."""

from uuid import UUID

from msgspec.structs import replace

from schemas.people import Participant, ParticipantPage
from service.core.access.display_codes import display_code_spelling
from service.core.cursors import Page, before_id, cut
from service.core.refusals import Refused, refused
from service.flows.perform import Act, Done
from service.store import participants
from service.store.participants import Sought as ParticipantFilter

__all__ = ["ParticipantFilter", "list_participants", "read_participant"]


async def read_participant(act: Act, participant_id: UUID) -> Done[Participant] | Refused:
    """One participant by id."""
    known = await participants.find(act, act.clinic, participant_id)
    if known is None:
        return refused("not_found", "There is no such participant.")
    act.tell("participant.read", participant_id, participant_id)
    return Done(known.participant, revision=known.revision)


async def list_participants(
    act: Act, wanted: ParticipantFilter, page: Page
) -> Done[ParticipantPage] | Refused:
    """Participants that match everything that is wanted, newest first; each one shown is told."""
    last = before_id(page)
    if isinstance(last, Refused):
        return last
    if wanted.display_code is not None:
        wanted = replace(wanted, display_code=display_code_spelling(wanted.display_code))
    found = await participants.before(act, act.clinic, last, page.limit + 1, wanted)
    shown, more = cut(found, page, lambda person: person.id.bytes)
    for person in shown:
        act.tell("participant.listed", person.id, person.id)
    return Done(ParticipantPage(shown, more))

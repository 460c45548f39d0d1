"""Change a participant's reference, language or contact details."""

from uuid import UUID

from msgspec import UNSET
from msgspec.structs import asdict, replace

from schemas.people import Participant, ParticipantChange
from service.core.refusals import Refused, refused
from service.flows.perform import Act, Done
from service.store import enrollments, participants


async def change_participant(
    act: Act, participant_id: UUID, change: ParticipantChange, revision: int
) -> Done[Participant] | Refused:
    """Change what is named; refused where somebody else changed the participant since `revision`."""
    await enrollments.lock(act, act.clinic, [], [participant_id], [])
    known = await participants.find(act, act.clinic, participant_id)
    if known is None:
        return refused("not_found", "There is no such participant.")
    if known.revision != revision:
        words = "The participant was changed meanwhile; read it again and change that."
        return refused("precondition_failed", words)
    changed = {field: value for field, value in asdict(change).items() if value is not UNSET}
    after = replace(known.participant, **changed)
    if after == known.participant:
        return Done(after, revision=revision)
    if after.reference != known.participant.reference:
        other = await participants.find_by_reference(act, act.clinic, after.reference)
        if other is not None:
            words = "This reference belongs to another participant; use one of its own."
            return refused("reference_conflict", words, "$.reference")
    await participants.change(act, act.clinic, after)
    act.tell("participant.changed", participant_id, participant_id, fields=",".join(sorted(changed)))
    return Done(after, revision=revision + 1)

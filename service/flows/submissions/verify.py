"""Verify submissions: what is right becomes an event, by the one way that events have."""

from functools import partial
from typing import Final, Protocol
from uuid import UUID

import msgspec
from msgspec.structs import replace

from schemas.events import NewEvent
from schemas.people import Language
from schemas.program import Behavior
from schemas.receipts import Receipt
from schemas.submissions import SubmissionVerdict
from service.core.actors import Actor
from service.core.refusals import Refused
from service.flows.perform import Act, Done, perform
from service.flows.submissions.submissions import GONE, SETTLED
from service.flows.visits.record_events import Recorded, ToRecord
from service.store import enrollments, episodes, submissions
from service.store.database.pool import Database

SHOWN: Final[dict[Behavior, str]] = {"homework": "completed", "activity": "verified"}
"""The outcome of what was handed in and is right."""


class Records(Protocol):
    """The one way that events are recorded."""

    async def __call__(self, clinic: UUID, item: ToRecord) -> Recorded | Refused:
        """Record one event."""


async def verify_submission(
    database: Database,
    actor: Actor,
    submission: UUID,
    verdict: SubmissionVerdict,
    language: Language,
    record: Records,
) -> Receipt | Refused:
    """Record what was handed in as an event of the time at which it was, by whoever looked at it.

    It is `verifying` from before the event is recorded until after: its event's reference is its own, so that
    whoever goes on after this was broken off records none twice, and nobody gives back what is paid.
    """
    begun = await perform(database, actor, partial(_begin, submission=submission))
    if not isinstance(begun, Done):
        return begun if isinstance(begun, Refused) else SETTLED
    event = replace(begun.value, another=verdict.another)
    recorded = await record(actor.clinic, ToRecord(actor, event, language))
    if isinstance(recorded, Refused):
        await perform(database, actor, partial(_not_yet, submission=submission))
        return recorded
    receipt = msgspec.json.decode(recorded.receipt, type=Receipt)
    await perform(database, actor, partial(_verified, submission=submission, event=receipt.event.id))
    return receipt


async def _begin(act: Act, submission: UUID) -> Done[NewEvent] | Refused:
    known = await submissions.find(act, submission)
    if known is None:
        return GONE
    if not await submissions.step(act, submission, ("waiting", "verifying"), "verifying"):
        return SETTLED
    enrollment = await enrollments.find(act, known.enrollment)
    if enrollment is None:
        return GONE
    rules = await episodes.rules_of(act, enrollment.program, enrollment.version)
    behavior = rules.program.targets[rules.place_of[known.target]].behavior
    return Done(
        NewEvent(
            SHOWN[behavior],
            known.submitted_at,
            enrollment=known.enrollment,
            target=known.target,
            reference=f"submission-{known.id}",
        )
    )


async def _not_yet(act: Act, submission: UUID) -> Done[None]:
    await submissions.step(act, submission, ("verifying",), "waiting")
    return Done(None)


async def _verified(act: Act, submission: UUID, event: UUID) -> Done[None] | Refused:
    known = await submissions.find(act, submission)
    by = act.actor.id
    if known is not None and await submissions.step(
        act, submission, ("verifying",), "verified", by=by, event=event
    ):
        act.audit("submission.verified", submission, known.participant, event=str(event))
    return Done(None)

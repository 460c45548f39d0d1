"""Merges: two charts of one person become one, and are taken apart again."""

from uuid import UUID

from schemas.merges import Merge, MergeList, NewMerge, NewUnmerge
from service.flows.people.merge_history import list_merges
from service.flows.people.merges import merge_participants
from service.flows.people.unmerges import unmerge_participants
from service.web.http.answers import Answer
from service.web.http.call import Call
from service.web.http.route import AUDITORS, MANAGERS, route


@route(
    "POST",
    "/v1/participants/{participant}/merge",
    "merge_participants",
    roles=MANAGERS,
    answer=Merge,
    refusals=(
        "not_found",
        "unknown_participant",
        "merge_undecided",
        "enrollment_closed",
        "outside_enrollment",
    ),
)
async def merge(call: Call, participant: UUID, body: NewMerge) -> Answer:
    """Make another chart part of this participant's, or say what that would do (`dry_run`).

    The other id and reference lead to this participant from now on, in every call: they answer with this
    one's body.
    """
    return await call.perform(lambda act: merge_participants(act, participant, body))


@route(
    "POST",
    "/v1/participants/{participant}/unmerge",
    "unmerge_participants",
    roles=MANAGERS,
    answer=Merge,
    bodiless=True,
    refusals=(
        "not_found",
        "same_person",
        "merge_not_last",
        "already_recorded",
        "outside_enrollment",
    ),
)
async def unmerge(call: Call, participant: UUID, body: NewUnmerge) -> Answer:
    """Take two charts apart again that somebody else merged, or say what that would do (`dry_run`).

    Each takes back what is its own; what was spent meanwhile stays spent, and is named in `lacking`.
    """
    return await call.perform(lambda act: unmerge_participants(act, participant, body))


@route(
    "GET",
    "/v1/participants/{participant}/merges",
    "list_merges",
    roles=AUDITORS,
    answer=MergeList,
    refusals=("not_found",),
)
async def find(call: Call, participant: UUID) -> Answer:
    """List the merges of a participant's charts, newest first, undone ones too."""
    return await call.perform(lambda act: list_merges(act, participant))

"""A page is told what was committed late under an earlier id than its last."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from service.flows.screens.changes import Follower, ToFollow, open_participant

if TYPE_CHECKING:
    from tests.flows.conftest import Scene


async def test_transfers_of_late_events_are_notified(scene: Scene) -> None:
    """A machine whose clock runs behind commits a transfer with an earlier id than the page's last."""
    enrollment = await scene.enrolled()
    who = enrollment.participant
    await scene.record(enrollment.id, "negative")
    opened = await scene.value(lambda act: open_participant(act, who, None, None))
    mark = opened.missed.mark
    late = UUID(int=mark.last.int - (3 << 80))
    async with scene.database.transaction(scene.clinic) as tx:
        # Only the ids' order matters here; the books themselves are looked at in other tests.
        await tx.connection.execute(
            """
            insert into transfers (
                clinic_id, participant_id, unit, transfer_id, source, destination, amount, cause, cause_id,
                enrollment_id, fact_no, at, day, funding
            )
            select clinic_id, participant_id, unit, $2, source, destination, amount, cause, cause_id,
                enrollment_id, fact_no, at, day, funding
            from transfers where clinic_id = $1
            """,
            scene.clinic,
            late,
        )
    (found,) = await Follower(scene.database).participants(scene.clinic, [ToFollow(who, mark, "en")])
    assert late in {one.id for one in found.transfers}
    assert (found.mark.last, found.mark.seen) == (mark.last, mark.seen + 1)
    (then,) = await Follower(scene.database).participants(scene.clinic, [ToFollow(who, found.mark, "en")])
    assert then.transfers == ()

"""Checkpoints of the audit trail: made at rotations, at the end of each day, and when somebody asks."""

from uuid import UUID

from schemas.checkpoints import Checkpoint, CheckpointReason
from service.core.actors import system
from service.core.calendar import local_day
from service.core.notices.telling import Notice
from service.core.refusals import Refused, refused
from service.flows.perform import Act, Done, perform
from service.store import audit_checkpoints, books, clinics
from service.store.database.pool import Database


async def make_checkpoint(act: Act, why: CheckpointReason) -> Done[Checkpoint] | Refused:
    """Sign where the trail stands before this, and tell of it there and whoever keeps it elsewhere.

    Refused where there is no trail.
    """
    made = await audit_checkpoints.make(act, why)
    if made is None:
        return refused("not_found.clinic")
    kept, shown = made
    act.audit("audit.checkpointed", kept, None, seq=shown.seq, why=why)
    act.notify(Notice("audit.checkpoint", shown))
    return Done(shown, "created")


async def sign_head(act: Act) -> Done[Checkpoint] | Refused:
    """Sign where the trail stands for whoever keeps it elsewhere; nothing is kept of it here.

    Refused where there is no trail.
    """
    signed = await audit_checkpoints.signed(act, "asked")
    return refused("not_found.clinic") if signed is None else Done(signed)


async def end_day(database: Database, clinic: UUID) -> int:
    """Make a checkpoint where a day of the clinic ended since the last one, and something was told in it."""

    async def operation(act: Act) -> Done[int] | Refused:
        last, head = await audit_checkpoints.last(act), await books.head(act)
        if last is not None and head is not None:
            zone = await clinics.zone(act)
            # A checkpoint's own entry is nothing new.
            if head["seq"] <= last[0] + 1 or local_day(act.now, zone) <= local_day(last[1], zone):
                return Done(0)
        made = await make_checkpoint(act, "day_ended")
        return Done(int(isinstance(made, Done)))

    done = await perform(database, system(clinic), operation)
    return done.value if isinstance(done, Done) else 0

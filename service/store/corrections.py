"""Corrections of events, and moves of enrollments to another version of their program."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal, cast
from uuid import UUID

from asyncpg import Record
from msgspec import Struct

from schemas.corrections import Correction, CorrectionKind
from schemas.program import Effect
from service.core.actors import Actor
from service.core.corrections import PastCorrection, correction_digest, withdrawn
from service.core.episode import Episode
from service.store.database.pool import Tx

REASON = "corrections.reason"
"""The field that a correction's reason is sealed as."""


StandsFor = Literal["success", "failure", "neutral", "withdrawn"]
"""What an event counts as after a correction: an effect, or nothing where it is withdrawn."""


class Standing(Struct, frozen=True):
    """What stands of an event after a correction: the outcome, and the effect that the rules say of it."""

    outcome: str
    effect: Effect


def standing(outcome: str | None, effect: Effect) -> Standing | None:
    """What stands of an event whose outcome is one now; none where it is withdrawn."""
    return None if outcome is None else Standing(outcome, effect)


class CorrectionOnRecord(Struct, frozen=True):
    """A correction with who recorded it, when and why."""

    past: PastCorrection
    recorded_at: datetime
    recorded_by: UUID
    reason: str


async def insert(
    tx: Tx, actor: Actor, episode: Episode, new: PastCorrection, reason: str, after: Standing | None
) -> bytes:
    """Write a correction; gives the digest of what it says.

    `after` is what stands then, none where its event is withdrawn.
    """
    blind = tx.cipher.blind(actor.clinic, REASON, reason)
    digest = correction_digest(new, blind)
    counts_as: StandsFor = "withdrawn" if after is None else after.effect
    await tx.run(
        "corrections/insert",
        enrollment_id=episode.id,
        fact_no=new.no,
        correction_id=new.id,
        participant_id=episode.participant,
        event_id=new.event,
        about_id=new.about,
        kind=new.kind,
        outcome=new.outcome,
        reason=tx.cipher.seal(actor.clinic, REASON, reason),
        recorded_by=actor.id,
        digest=digest,
        closure_id=new.closure,
        merge_id=new.merge,
        minutes=new.minutes,
        stands=None if after is None else after.outcome,
        standing=counts_as,
    )
    return digest


def past_correction(row: Record) -> PastCorrection:
    """A correction as the core sees it, from any query that reads what one says."""
    return PastCorrection(
        row["correction_id"],
        row["fact_no"],
        row["event_id"],
        row["about_id"],
        cast("CorrectionKind", row["kind"]),
        row["outcome"],
        row["closure_id"],
        row["merge_id"],
        row["minutes"],
    )


async def event_of(tx: Tx, correction: UUID) -> UUID | None:
    """The event that a correction belongs to, where there is such a correction."""
    return cast("UUID | None", await tx.value("corrections/event_of", correction_id=correction))


async def of_events(tx: Tx, events: Sequence[UUID]) -> dict[UUID, list[CorrectionOnRecord]]:
    """All corrections of some events in the order recorded, by event."""
    found: dict[UUID, list[CorrectionOnRecord]] = {}
    for row in await tx.rows("corrections/of_events", events=events):
        reason = tx.cipher.open(tx.clinic, REASON, row["reason"]).decode()
        one = CorrectionOnRecord(past_correction(row), row["recorded_at"], row["recorded_by"], reason)
        found.setdefault(row["event_id"], []).append(one)
    return found


async def of_merge(tx: Tx, merge: UUID) -> list[UUID]:
    """The corrections by which a merge withdrew events that nothing was corrected about since."""
    return [row["correction_id"] for row in await tx.rows("corrections/of_merge", merge_id=merge)]


def shown(known: Sequence[CorrectionOnRecord]) -> tuple[Correction, ...]:
    """Corrections of one event as they are answered, oldest first."""
    taken = withdrawn([one.past for one in known])
    return tuple(
        Correction(
            one.past.id,
            one.past.event,
            one.past.about,
            one.past.kind,
            one.recorded_at,
            one.recorded_by,
            one.past.outcome,
            one.reason,
            one.past.id in taken,
            one.past.closure,
            one.past.minutes,
        )
        for one in known
    )


async def move(tx: Tx, actor: Actor, before: Episode, after: Episode, reason: str) -> None:
    """Write that an enrollment is in another version of its program from now on."""
    sealed = tx.cipher.seal(actor.clinic, "enrollment_moves.reason", reason)
    await tx.run(
        "enrollment_moves/insert",
        enrollment_id=after.id,
        fact_no=after.facts,
        from_version=before.version,
        to_version=after.version,
        reason=sealed,
        moved_by=actor.id,
    )

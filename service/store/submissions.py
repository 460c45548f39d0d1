"""Submissions: what was handed in, sealed, what became of it, and what a clinic takes."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final, cast
from uuid import UUID

from asyncpg import Record
from msgspec import Struct

from schemas.submissions import (
    Submission,
    SubmissionSettings,
    SubmissionStatus,
)
from service.store.database.pool import Tx

SAID: Final = "submissions.said"
PICTURE: Final = "submissions.picture"
ANSWER: Final = "submissions.answer"
"""The fields that a submission's words and picture are sealed as."""
UNSET: Final = SubmissionSettings((), 30)
"""What holds where nobody has set anything: nothing is taken."""


class SubmissionFilter(Struct, frozen=True):
    """Which submissions are asked for."""

    participant: UUID | None = None
    status: SubmissionStatus | None = None


async def settings(tx: Tx) -> SubmissionSettings:
    """What the clinic takes; nothing where nobody has set it."""
    row = await tx.row("submissions/settings")
    if row is None:
        return UNSET
    return SubmissionSettings(tuple(row["takes"]), row["keep_days"], row["set_at"], row["set_by"])


async def set_settings(tx: Tx, new: SubmissionSettings, by: UUID) -> None:
    """Write what is taken from now on."""
    await tx.run("submissions/set", takes=list(new.takes), keep_days=new.keep_days, set_by=by)


async def insert(tx: Tx, new: Submission, picture: bytes | None) -> None:
    """Keep what was handed in."""
    await tx.run(
        "submissions/insert",
        submission_id=new.id,
        participant_id=new.participant,
        enrollment_id=new.enrollment,
        target=new.target,
        submitted_by=new.submitted_by,
        said=None if new.text is None else tx.cipher.seal(tx.clinic, SAID, new.text),
        picture=None if picture is None else tx.cipher.seal(tx.clinic, PICTURE, picture),
        had_picture=picture is not None,
    )


async def find(tx: Tx, submission: UUID) -> Submission | None:
    """One submission by id."""
    row = await tx.row("submissions/find", submission_id=submission)
    return None if row is None else _submission(tx, row)


async def picture(tx: Tx, submission: UUID) -> bytes | None:
    """The picture of a submission, where it is kept."""
    sealed = await tx.value("submissions/picture", submission_id=submission)
    return None if sealed is None else tx.cipher.open(tx.clinic, PICTURE, sealed)


async def step(
    tx: Tx,
    submission: UUID,
    states: Sequence[SubmissionStatus],
    status: SubmissionStatus,
    *,
    by: UUID | None = None,
    words: str | None = None,
    event: UUID | None = None,
) -> bool:
    """Bring a submission from one of some states to another; false where it is in none of them."""
    found = await tx.value(
        "submissions/step",
        submission_id=submission,
        states=list(states),
        status=status,
        settled_at=None if by is None else tx.now,
        settled_by=by,
        answer=None if words is None else tx.cipher.seal(tx.clinic, ANSWER, words),
        event_id=event,
    )
    return found is not None


async def count(tx: Tx, most: int) -> int:
    """How many wait for the staff, up to a bound."""
    return int(await tx.value("submissions/count", limit=most))


async def count_of(tx: Tx, charts: Sequence[UUID], since: datetime) -> tuple[int, int]:
    """How many of somebody's wait, and how many they handed in since a moment."""
    row = await tx.row("submissions/count_of", charts=list(charts), since=since)
    return (0, 0) if row is None else (row["waiting"], row["lately"])


async def open_ones(tx: Tx, rows_max: int) -> list[Submission]:
    """What waits for the staff, the first handed in first."""
    return [_submission(tx, row) for row in await tx.rows("submissions/open", limit=rows_max)]


async def before(
    tx: Tx, last: UUID, rows_max: int, status: SubmissionStatus | None, charts: Sequence[UUID] | None
) -> list[Submission]:
    """Submissions before an id, newest first; of the charts of one person where those are given."""
    values: dict[str, Any] = {"before": last, "limit": rows_max, "status": status}
    if charts is None:
        rows = await tx.rows("submissions/list", **values)
    else:
        rows = await tx.rows("submissions/list_of_participant", charts=list(charts), **values)
    return [_submission(tx, row) for row in rows]


async def forget_pictures(tx: Tx, settled_before: datetime, submitted_before: datetime) -> int:
    """Forget pictures whose days are over; says how many."""
    said = await tx.run(
        "submissions/forget_pictures", settled_before=settled_before, submitted_before=submitted_before
    )
    return int(said.rpartition(" ")[2])


def _submission(tx: Tx, row: Record) -> Submission:
    return Submission(
        row["submission_id"],
        row["participant_id"],
        row["enrollment_id"],
        row["target"],
        cast("SubmissionStatus", row["status"]),
        row["submitted_at"],
        row["submitted_by"],
        row["had_picture"],
        row["has_picture"],
        tx.cipher.open_text(tx.clinic, SAID, row["said"]),
        row["settled_at"],
        row["settled_by"],
        tx.cipher.open_text(tx.clinic, ANSWER, row["answer"]),
        row["event_id"],
    )

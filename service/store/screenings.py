"""What programs ask before somebody is enrolled, and what was answered: answers and reasons are sealed."""

from collections.abc import Sequence
from uuid import UUID

import msgspec
from asyncpg import Record

from schemas.screening import Question, Screening, ScreeningAnswer, ScreeningQuestions
from service.core.cursors import LAST_ID
from service.core.screening import status_of
from service.store.database.pool import Tx

ANSWERS = "screenings.answers"
EXCEPTION = "screenings.exception"
"""The fields that a screening's words are sealed as."""
_questions = msgspec.json.Decoder(tuple[Question, ...])
_answers = msgspec.json.Decoder(tuple[ScreeningAnswer, ...])


async def ask(tx: Tx, new: ScreeningQuestions) -> None:
    """Write what a program asks from now on."""
    await tx.run(
        "screenings/ask",
        screening_questions_id=new.id,
        program=new.program,
        questions=msgspec.json.encode(new.questions).decode(),
        by_another=new.exception_by_another,
        set_by=new.set_by,
    )


async def asked(tx: Tx, program: str) -> ScreeningQuestions | None:
    """What a program asks; none where nobody ever said."""
    row = await tx.row("screenings/asked", program=program)
    if row is None:
        return None
    return ScreeningQuestions(
        row["screening_questions_id"],
        row["program"],
        _questions.decode(row["questions"]),
        row["by_another"],
        row["set_at"],
        row["set_by"],
    )


async def insert(tx: Tx, new: Screening) -> None:
    """Write what somebody answered."""
    seal = tx.cipher.seal
    await tx.run(
        "screenings/insert",
        screening_id=new.id,
        participant_id=new.participant,
        program=new.program,
        screening_questions_id=new.questions,
        answers=seal(tx.clinic, ANSWERS, msgspec.json.encode(new.answers).decode()),
        fits=new.status == "fits",
        exception=None if new.exception is None else seal(tx.clinic, EXCEPTION, new.exception),
        asked_by=new.asked_by,
    )


async def find(tx: Tx, screening: UUID) -> Screening | None:
    """One screening by id."""
    row = await tx.row("screenings/find", screening_id=screening)
    return None if row is None else _screening(tx, row)


async def approve(tx: Tx, screening: UUID, by: UUID) -> None:
    """Write who approved an exception."""
    await tx.run("screenings/approve", screening_id=screening, approved_by=by)


async def before(
    tx: Tx, charts: Sequence[UUID], rows_max: int, last: UUID = LAST_ID, program: str | None = None
) -> list[Screening]:
    """Screenings of somebody's charts before `last`, newest first; of one program, where it is given."""
    rows = await tx.rows("screenings/list", participants=charts, before=last, program=program, limit=rows_max)
    return [_screening(tx, row) for row in rows]


def _screening(tx: Tx, row: Record) -> Screening:
    exception = row["exception"]
    status = status_of(
        is_fitting=row["fits"],
        has_exception=exception is not None,
        by_another=row["by_another"],
        is_approved=row["approved_at"] is not None,
    )
    return Screening(
        row["screening_id"],
        row["participant_id"],
        row["program"],
        row["screening_questions_id"],
        _answers.decode(tx.cipher.open(tx.clinic, ANSWERS, row["answers"])),
        status,
        row["asked_at"],
        row["asked_by"],
        None if exception is None else tx.cipher.open(tx.clinic, EXCEPTION, exception).decode(),
        row["approved_at"],
        row["approved_by"],
    )

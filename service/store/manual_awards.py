"""Manual awards: proposed, then approved or refused by another person."""

from typing import cast
from uuid import UUID

import msgspec
from asyncpg import Record
from msgspec import Struct

from schemas.people import Language
from schemas.program import Unit
from schemas.proposals import ManualAward, ProposalStatus
from service.core.ledger import Paid
from service.core.state import Why
from service.core.words.sentences import reason
from service.core.words.words import NOUNS
from service.store.charts import Person
from service.store.database.pool import Tx

REASON = "manual_awards.reason"
REFUSAL = "manual_awards.refusal"
"""The fields that the words of a manual award are sealed as."""

_encode = msgspec.json.Encoder().encode
_why = msgspec.json.Decoder(tuple[Why, ...])


class Settled(Struct, frozen=True):
    """How a manual award was settled: what was paid where it was approved, and the words of a refusal."""

    status: ProposalStatus
    by: UUID
    paid: Paid | None = None
    refusal: str | None = None


async def insert(tx: Tx, new: ManualAward) -> None:
    """Write a proposal."""
    await tx.run(
        "manual_awards/insert",
        manual_award_id=new.id,
        participant_id=new.participant,
        unit=new.unit,
        amount=new.amount,
        reason=tx.cipher.seal(tx.clinic, REASON, new.reason),
        funding=new.funding,
        enrollment_id=new.enrollment,
        proposed_at=new.proposed_at,
        proposed_by=new.proposed_by,
    )


async def find(tx: Tx, manual_award: UUID) -> ManualAward | None:
    """One manual award by id, with its reasons in the participant's language."""
    row = await tx.row("manual_awards/find", manual_award_id=manual_award)
    return None if row is None else _manual_award(tx, row)


async def before(
    tx: Tx,
    last: UUID,
    rows_max: int,
    status: ProposalStatus | None,
    person: Person | None,
) -> list[ManualAward]:
    """Manual awards proposed before `last`, newest first."""
    if person is not None:
        rows = await tx.rows(
            "manual_awards/list_of_participant",
            before=last,
            limit=rows_max,
            status=status,
            accounts=person.accounts,
            person=person.id,
        )
    elif status is not None:
        rows = await tx.rows("manual_awards/list_of_status", before=last, limit=rows_max, status=status)
    else:
        rows = await tx.rows("manual_awards/list", before=last, limit=rows_max)
    return [_manual_award(tx, row) for row in rows]


async def settle(tx: Tx, manual_award: UUID, settled: Settled) -> None:
    """Write how a proposal was settled; its participant is locked by the caller."""
    paid = settled.paid
    await tx.run(
        "manual_awards/settle",
        manual_award_id=manual_award,
        status=settled.status,
        settled_by=settled.by,
        refusal=None if settled.refusal is None else tx.cipher.seal(tx.clinic, REFUSAL, settled.refusal),
        paid=paid and paid.amount,
        clipped=paid and paid.clipped,
        why=paid and _encode(paid.why),
    )


def _manual_award(tx: Tx, row: Record) -> ManualAward:
    unit, language = cast("Unit", row["unit"]), cast("Language", row["language"])
    why = () if row["why"] is None else _why.decode(row["why"])
    return ManualAward(
        row["manual_award_id"],
        row["participant_id"],
        unit,
        row["amount"],
        tx.cipher.open(tx.clinic, REASON, row["reason"]).decode(),
        cast("ProposalStatus", row["status"]),
        row["proposed_at"],
        row["proposed_by"],
        row["funding"],
        row["enrollment_id"],
        row["settled_at"],
        row["settled_by"],
        tx.cipher.open_text(tx.clinic, REFUSAL, row["refusal"]),
        row["paid"],
        row["clipped"],
        # No reason of a manual award speaks of a target.
        tuple(reason(one, unit, NOUNS["activity"], language) for one in why),
    )

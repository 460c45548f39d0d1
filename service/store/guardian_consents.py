"""Consents of parents and guardians, their names sealed, and the rules of who needs one."""

from collections.abc import Sequence
from uuid import UUID

from asyncpg import Record

from schemas.guardians import GuardianConsent, GuardianRule
from service.store.database.pool import Tx

GUARDIAN = "guardian_consents.guardian"
"""The field that a guardian's name is sealed as."""


async def insert(tx: Tx, new: GuardianConsent) -> None:
    """Write a consent."""
    await tx.run(
        "guardian_consents/insert",
        guardian_consent_id=new.id,
        participant_id=new.participant,
        guardian=tx.cipher.seal(tx.clinic, GUARDIAN, new.guardian),
        relation=new.relation,
        consented_on=new.consented_on,
        recorded_by=new.recorded_by,
    )


async def find(tx: Tx, consent: UUID) -> GuardianConsent | None:
    """One consent by id."""
    row = await tx.row("guardian_consents/find", guardian_consent_id=consent)
    return None if row is None else _consent(tx, row)


async def of_charts(tx: Tx, charts: Sequence[UUID], rows_max: int) -> list[GuardianConsent]:
    """The consents for somebody's charts, newest first."""
    rows = await tx.rows("guardian_consents/list", participants=charts, limit=rows_max)
    return [_consent(tx, row) for row in rows]


async def withdraw(tx: Tx, consent: UUID, by: UUID) -> None:
    """Write that a consent does not stand any more."""
    await tx.run("guardian_consents/withdraw", guardian_consent_id=consent, withdrawn_by=by)


async def set_rule(tx: Tx, new: GuardianRule) -> None:
    """Write who needs a consent from now on."""
    await tx.run(
        "guardian_consents/set",
        guardian_rule_id=new.id,
        program=new.program,
        need=new.need,
        set_by=new.set_by,
    )


async def rules(tx: Tx) -> list[GuardianRule]:
    """The newest rule of the clinic and of each program."""
    return [
        GuardianRule(row["guardian_rule_id"], row["need"], row["set_at"], row["set_by"], row["program"])
        for row in await tx.rows("guardian_consents/rules")
    ]


def _consent(tx: Tx, row: Record) -> GuardianConsent:
    return GuardianConsent(
        row["guardian_consent_id"],
        row["participant_id"],
        tx.cipher.open(tx.clinic, GUARDIAN, row["guardian"]).decode(),
        row["relation"],
        row["consented_on"],
        row["recorded_at"],
        row["recorded_by"],
        row["withdrawn_at"],
        row["withdrawn_by"],
    )

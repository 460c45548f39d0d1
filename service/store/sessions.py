"""Sessions: who is signed in, found by the keyed hash of a token that only their browser has.

Beside each row stand two keyed marks (HMAC-SHA256): `mark` of whose session it is and how long it lasts, and
`proof` of when its owner last showed who they are. A row whose mark is not its own is no session, and where
the proof is another's its owner has shown nothing: writing into the table is not signing in.
"""

import hmac
from datetime import UTC, datetime
from hashlib import sha256
from uuid import UUID

from msgspec import Struct

from service.core.access.sessions import TERMS, Session, SessionKind, is_over
from service.store.database.elsewhere import refuse_elsewhere
from service.store.database.pool import Tx


class NewSession(Struct, frozen=True):
    """A session to be kept; `subject` is the member of staff or the participant, none for a tablet.

    `let_in_by` printed the code that it goes back to, if any, or made the tablet. It `is_proved` where a
    member of staff has just shown who they are, and not where their identity provider knew them from before.
    """

    id: UUID
    kind: SessionKind
    token: str
    subject: UUID | None
    ends_at: datetime
    agent: str | None
    let_in_by: UUID | None = None
    is_proved: bool = True


class OpenSession(Struct, frozen=True):
    """A session as its owner knows it again: when it began and was last used, and in which browser."""

    id: UUID
    created_at: datetime
    seen_at: datetime
    ends_at: datetime
    agent: str | None


async def insert(tx: Tx, new: NewSession) -> None:
    """Keep a new session, which begins now."""
    staff = new.subject if new.kind in {"staff", "api"} else None
    participant = new.subject if new.kind in {"portal", "kiosk"} else None
    token_hash = hash_of(tx, new.token)
    proved_at = tx.now if staff is not None and new.is_proved else None
    agent = None if new.agent is None else tx.cipher.seal(tx.clinic, "sessions.agent", new.agent)
    await tx.run(
        "sessions/insert",
        session_id=new.id,
        kind=new.kind,
        token_hash=token_hash,
        staff_id=staff,
        participant_id=participant,
        ends_at=new.ends_at,
        agent=agent,
        proved_at=proved_at,
        mark=_mark(tx, new.id, token_hash, new.kind, new.subject, tx.now, new.ends_at),
        proof=_proof(tx, new.id, proved_at),
        let_in_by=new.let_in_by,
    )


async def find(tx: Tx, token: str) -> Session | None:
    """The session with this token, unless it was revoked or its member of staff is disabled.

    None too where the row is not as the service wrote it. Raises ElsewhereError where its clinic is not
    served here.
    """
    token_hash = hash_of(tx, token)
    row = await tx.row("sessions/find", token_hash=token_hash)
    if row is None:
        return None
    subject = row["staff_id"] or row["participant_id"]
    mark = _mark(tx, row["session_id"], token_hash, row["kind"], subject, row["created_at"], row["ends_at"])
    if not hmac.compare_digest(mark, row["mark"] or b""):
        return None
    refuse_elsewhere(row["step"], row["place"])
    is_proved = hmac.compare_digest(_proof(tx, row["session_id"], row["proved_at"]), row["proof"] or b"")
    is_staff = row["kind"] in {"staff", "api"}
    sealed = row["staff_name"] if is_staff else row["participant_name"]
    field = "staff.name" if is_staff else "participants.name"
    return Session(
        id=row["session_id"],
        kind=row["kind"],
        clinic=tx.clinic,
        clinic_name=row["clinic_name"],
        zone=row["zone"],
        subject=subject,
        role=row["role"],
        name=tx.cipher.open_text(tx.clinic, field, sealed, subject),
        language=row["staff_language"] or row["participant_language"] or "en",
        created_at=row["created_at"],
        seen_at=row["seen_at"],
        ends_at=row["ends_at"],
        must_choose=bool(row["must_choose"]),
        proved_at=row["proved_at"] if is_proved else None,
        let_in_by=row["let_in_by"],
        clinic_phone=row["clinic_phone"],
        has_shortcuts=bool(row["has_shortcuts"]),
    )


async def touch(tx: Tx, session: UUID) -> None:
    """Write down that a session is used now."""
    await tx.run("sessions/touch", session_id=session)


async def prove(tx: Tx, session: UUID) -> None:
    """Write that whoever is signed in has shown their password or second factor now."""
    await tx.run("sessions/prove", session_id=session, proof=_proof(tx, session, tx.now))


async def revoke(tx: Tx, session: UUID) -> bool:
    """End a session for good; whether there was one to end."""
    return await tx.value("sessions/revoke", session_id=session) is not None


class OpenTablet(Struct, frozen=True):
    """A tablet's session: since when, when it was last used, its browser, and who made it one."""

    id: UUID
    created_at: datetime
    seen_at: datetime
    agent: str | None
    made_by: UUID | None


async def tablets(tx: Tx) -> list[OpenTablet]:
    """The clinic's tablets, save in their last day."""
    return [
        OpenTablet(
            row["session_id"],
            row["created_at"],
            row["seen_at"],
            tx.cipher.open_text(tx.clinic, "sessions.agent", row["agent"]),
            row["let_in_by"],
        )
        for row in await tx.rows("sessions/list_tablets", ends_after=tx.now + TERMS["portal"].whole)
    ]


async def of_staff(tx: Tx, staff: UUID) -> list[OpenSession]:
    """The sessions of a member of staff that are not over, newest first."""
    return [
        OpenSession(
            row["session_id"],
            row["created_at"],
            row["seen_at"],
            row["ends_at"],
            tx.cipher.open_text(tx.clinic, "sessions.agent", row["agent"]),
        )
        for row in await tx.rows("sessions/list_of_staff", staff_id=staff)
        if not is_over("staff", row["seen_at"], row["ends_at"], tx.now)
    ]


async def revoke_of_staff(tx: Tx, staff: UUID, but: UUID | None = None) -> list[UUID]:
    """End the sessions of a member of staff, all `but` one where it is named; which ended."""
    rows = await tx.rows("sessions/revoke_of_staff", staff_id=staff, kept_session_id=but)
    return [row["session_id"] for row in rows]


async def revoke_let_in_by(tx: Tx, staff: UUID) -> list[UUID]:
    """End the sessions that go back to a code that a member of staff, or a key of theirs, printed."""
    rows = await tx.rows("sessions/revoke_let_in_by", staff_id=staff)
    return [row["session_id"] for row in rows]


async def revoke_of_participant(tx: Tx, participant: UUID) -> None:
    """End the sessions of somebody in care for good."""
    await tx.run("sessions/revoke_of_participant", participant_id=participant)


def hash_of(tx: Tx, token: str) -> bytes:
    """The kept hash of a token: keyed, so that none can be made of a token in the database alone."""
    return hmac.digest(tx.cipher.session_key, b"token|" + token.encode(), sha256)


def _mark(
    tx: Tx,
    session: UUID,
    token_hash: bytes,
    kind: SessionKind,
    subject: UUID | None,
    created_at: datetime,
    ends_at: datetime,
) -> bytes:
    said = (tx.clinic, session, token_hash.hex(), kind, subject, _moment(created_at), _moment(ends_at))
    return hmac.digest(tx.cipher.session_key, "|".join(("mark", *map(str, said))).encode(), sha256)


def _proof(tx: Tx, session: UUID, proved_at: datetime | None) -> bytes:
    said = f"proof|{tx.clinic}|{session}|{proved_at and _moment(proved_at)}"
    return hmac.digest(tx.cipher.session_key, said.encode(), sha256)


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")

"""Sessions: opened at a sign-in under a new token, found again by it, and ended.

A token is `cms_` and then, in base64url without padding, the clinic's id and 32 bytes of chance: so its
clinic is known before it is looked up, and row-level security holds for that look-up too. What is kept is
a keyed hash of the whole token. A token that somebody brings is never taken over: a sign-in makes a new one.
"""

import base64
import binascii
import secrets
from typing import Final
from uuid import UUID

from msgspec import Struct

from service.core.access.sessions import SEEN_EVERY, TERMS, Session, SessionKind, is_over
from service.flows.perform import Act, Done
from service.store import charts, sessions
from service.store.database.pool import Database

PREFIX: Final = "cms_"
CLINIC_BYTES: Final = 16
SECRET_BYTES: Final = 32
TOKEN_CHARACTERS: Final = len(PREFIX) + 64
AGENT_LETTERS_MAX: Final = 200


class OpenedSession(Struct, frozen=True):
    """A new session and its token, which is in this answer and nowhere else."""

    id: UUID
    token: str


async def open_session(
    act: Act,
    kind: SessionKind,
    subject: UUID | None,
    agent: str | None = None,
    let_in_by: UUID | None = None,
    *,
    is_proved: bool = True,
) -> Done[OpenedSession]:
    """Open a session for somebody who has just shown who they are; a tablet's has no subject.

    Nothing was shown lately by a member of staff where it is not `is_proved`.
    `let_in_by` printed the code that they, or the PIN or passkey that they came in by, go back to.
    Who signs in to a chart that was merged is let in to the one that it leads to.
    """
    if subject is not None and kind in {"portal", "kiosk"}:
        subject = (await charts.leads_to(act, [subject])).get(subject, subject)
    token = PREFIX + base64.urlsafe_b64encode(act.clinic.bytes + secrets.token_bytes(SECRET_BYTES)).decode()
    said = None if agent is None else agent[:AGENT_LETTERS_MAX]
    new = sessions.NewSession(
        act.new_id(), kind, token, subject, act.now + TERMS[kind].whole, said, let_in_by, is_proved
    )
    await sessions.insert(act, new)
    act.audit("session.opened", new.id, subject if kind in {"portal", "kiosk"} else None, kind=kind)
    return Done(OpenedSession(new.id, token), "created")


async def open_anew(act: Act, staff: UUID, agent: str | None) -> OpenedSession:
    """Open a session for a member of staff, and end every other of theirs."""
    for ended in await sessions.revoke_of_staff(act, staff):
        act.audit("session.ended", ended)
    return (await open_session(act, "staff", staff, agent)).value


async def end_session(act: Act, session: UUID) -> Done[bool]:
    """End a session for good; one that is over is left as it is."""
    ended = await sessions.revoke(act, session)
    if ended:
        act.audit("session.ended", session)
    return Done(ended)


async def find_session(database: Database, token: str, *, is_use: bool = True) -> Session | None:
    """The session that a token opens; none where it is unknown or over. `is_use` keeps it from idling out."""
    clinic = _clinic_of(token)
    if clinic is None:
        return None
    async with database.transaction(clinic) as tx:
        found = await sessions.find(tx, token)
        if found is None or is_over(found.kind, found.seen_at, found.ends_at, tx.now):
            return None
        if is_use and tx.now - found.seen_at >= SEEN_EVERY:
            await sessions.touch(tx, found.id)
    return found


def _clinic_of(token: str) -> UUID | None:
    if len(token) != TOKEN_CHARACTERS or not token.startswith(PREFIX) or not token.isascii():
        return None
    try:
        secret = base64.b64decode(token.removeprefix(PREFIX), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return None
    return UUID(bytes=secret[:CLINIC_BYTES])

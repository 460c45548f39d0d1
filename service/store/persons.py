"""Through whose hands accounts and keys went, read for the second-person rule."""

from collections.abc import Iterable
from uuid import UUID

from service.core.persons import Hands, mailbox_of
from service.core.verify.checking_persons import OnRecord, Shown
from service.store.act import Act
from service.store.database.pool import Tx
from service.store.staff import EMAIL, mailbox_index


async def hands_of(tx: Tx, actor: UUID) -> Hands:
    """Everybody through whose hands an account or a key went.

    Whoever has no hash of their mailbox yet is given one: the database compares by it.
    """
    rows = await tx.rows("persons/hands", actor=actor)
    mailboxes: set[str] = set()
    for row in rows:
        if row["email"] is None:
            continue
        email = _address(tx, row["email"], row["id"])
        mailboxes.add(mailbox_of(email))
        if row["mailbox_index"] is None:
            index = mailbox_index(tx.cipher, tx.clinic, email)
            await tx.run("persons/mailbox", staff_id=row["id"], mailbox_index=index)
    is_person = any(row["id"] == actor and row["email"] is not None for row in rows)
    return Hands(frozenset(row["id"] for row in rows), frozenset(mailboxes), is_person)


async def pair(act: Act, did: UUID) -> tuple[Hands, Hands]:
    """The hands of whoever did something, and of whoever acts now."""
    return await hands_of(act, did), await hands_of(act, act.actor.id)


async def same(act: Act, among: Iterable[UUID]) -> frozenset[UUID]:
    """Which of some accounts and keys are whoever acts; a second account of one mailbox is not looked for."""
    rows = await act.rows("persons/same", actors=list(set(among)), actor=act.actor.id)
    return frozenset(row["id"] for row in rows)


async def on_record(tx: Tx) -> OnRecord:
    """Whose hand every key and account is: who made a key and answers for it, and who was shown a way in."""
    mailboxes: dict[UUID, str] = {}
    for row in await tx.rows("persons/accounts"):
        mailboxes[row["staff_id"]] = mailbox_of(_address(tx, row["email"], row["staff_id"]))
    makers = {
        row["key_id"]: frozenset({row["responsible"], row["created_by"]} - {None, tx.clinic})
        for row in await tx.rows("persons/keys")
    }
    told: list[Shown] = []
    kept: list[Shown] = []
    for row in await tx.rows("persons/shown"):
        (kept if row["is_kept"] else told).append(Shown(row["staff_id"], row["reader_id"], row["at"]))
    since = await tx.row("persons/since")
    if since is None:
        raise AssertionError("it asks for one row")
    return OnRecord(makers, mailboxes, told, kept, since["only_added"], since["compared"])


def _address(tx: Tx, sealed: bytes, staff: UUID) -> str:
    """An account's address; where it cannot be opened, a mark that is the account's alone."""
    opened = tx.cipher.opened(tx.clinic, EMAIL, sealed, staff)
    return str(staff) if opened is None else opened.decode()

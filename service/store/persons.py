"""Through whose hands accounts and keys went, read for the second-person rule."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from service.core.persons import Hands, mailbox_of
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


async def hands_on_record(tx: Tx) -> dict[UUID, Hands]:
    """The hands of every key and account, by what never changes: who made a key and who answers for it."""
    links: dict[UUID, set[UUID]] = {}
    mailboxes: dict[UUID, str] = {}
    for row in await tx.rows("persons/accounts"):
        mailboxes[row["staff_id"]] = mailbox_of(_address(tx, row["email"], row["staff_id"]))
    for row in await tx.rows("persons/keys"):
        made = {row["responsible"], row["created_by"]} - {None, tx.clinic}
        links[row["key_id"]] = made
    ids = {*links, *mailboxes}
    return {one: _hands(one, links, mailboxes) for one in ids}


async def since(tx: Tx) -> datetime | None:
    """When persons began to be compared in this database."""
    found: datetime | None = await tx.value("persons/since")
    return found


def _address(tx: Tx, sealed: bytes, staff: UUID) -> str:
    """An account's address; where it cannot be opened, a mark that is the account's alone."""
    opened = tx.cipher.opened(tx.clinic, EMAIL, sealed, staff)
    return str(staff) if opened is None else opened.decode()


def _hands(one: UUID, links: dict[UUID, set[UUID]], mailboxes: dict[UUID, str]) -> Hands:
    reached = _reached([one], links)
    boxes = frozenset(mailboxes[who] for who in reached if who in mailboxes)
    return Hands(reached, boxes, one in mailboxes)


def _reached(first: Iterable[UUID], links: dict[UUID, set[UUID]]) -> frozenset[UUID]:
    reached: set[UUID] = set()
    waiting = list(first)
    while waiting:
        one = waiting.pop()
        if one not in reached:
            reached.add(one)
            waiting += links.get(one, ())
    return frozenset(reached)

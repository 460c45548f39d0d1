"""Addresses of people in care that another person set: whose, by whom, and what was said of each.

An address itself stands here as a keyed hash alone, which is bound to its row, and so is what was said of it:
neither is made in the database.
"""

import hmac
from collections.abc import Sequence
from typing import cast
from uuid import UUID

from asyncpg import Record

from service.core.access.messages import Channel
from service.core.access.new_addresses import SPELLINGS, NewAddress
from service.store.act import Act
from service.store.database.pool import Tx


async def insert(
    act: Act, participant: UUID, channel: Channel, address: str | None, *, had_before: bool
) -> UUID:
    """Write that whoever acts set an address, or took one away where it is none."""
    made = act.new_id()
    await act.run(
        "new_addresses/insert",
        new_address_id=made,
        participant_id=participant,
        channel=channel,
        mark=None if address is None else mark_of(act, made, channel, address),
        had_before=had_before,
        set_by=act.actor.id,
    )
    return made


async def of_charts(tx: Tx, charts: Sequence[UUID]) -> list[NewAddress]:
    """What was set of somebody, the newest first; what was said of one stands where its mark is right."""
    return [_read(tx, row) for row in await tx.rows("new_addresses/of_charts", charts=list(charts))]


async def last_set(tx: Tx, charts: Sequence[UUID], channel: Channel, address: str) -> NewAddress | None:
    """Who set an address of somebody last; none where it came with them."""
    for row in await tx.rows("new_addresses/of_charts", charts=list(charts)):
        mark = mark_of(tx, row["new_address_id"], channel, address)
        if row["channel"] == channel and hmac.compare_digest(mark, row["mark"] or b""):
            return _read(tx, row)
    return None


async def settle(act: Act, new_address: UUID, *, is_theirs: bool) -> None:
    """Write what was said of an address, for good."""
    await act.run(
        "new_addresses/settle",
        new_address_id=new_address,
        is_theirs=is_theirs,
        settled_by=act.actor.id,
        settled_mark=settled_mark_of(act, new_address, act.actor.id, is_theirs=is_theirs),
    )


async def kept_of(tx: Tx, charts: Sequence[UUID], channel: Channel) -> list[tuple[UUID, str]]:
    """The addresses that stand in some charts, each with its chart.

    They are opened: the hash by which a chart is found is not bound to it.
    """
    column = "phone" if channel == "text" else "email"
    rows = await tx.rows("participants/addresses", charts=list(charts))
    return [
        (row["participant_id"], opened)
        for row in rows
        if (
            opened := tx.cipher.open_text(
                tx.clinic, f"participants.{column}", row[column], row["participant_id"]
            )
        )
    ]


def _read(tx: Tx, row: Record) -> NewAddress:
    said: bool | None = row["is_theirs"]
    if said:
        mark = settled_mark_of(tx, row["new_address_id"], row["settled_by"], is_theirs=said)
        said = True if hmac.compare_digest(mark, row["settled_mark"]) else None
    return NewAddress(
        row["new_address_id"],
        row["participant_id"],
        cast("Channel", row["channel"]),
        row["set_at"],
        row["set_by"],
        row["had_before"],
        row["mark"] is None,
        said,
    )


def mark_of(tx: Tx, row: UUID, channel: Channel, address: str) -> bytes:
    """What stands of an address: a keyed hash that is bound to its row."""
    return tx.cipher.blind(tx.clinic, "new_addresses.mark", f"{row}|{channel}|{SPELLINGS[channel](address)}")


def settled_mark_of(tx: Tx, row: UUID, by: UUID, *, is_theirs: bool) -> bytes:
    """What shows that a thing was said of an address by the service."""
    return tx.cipher.blind(tx.clinic, "new_addresses.settled", f"{row}|{by}|{is_theirs}")

"""How often somebody tried to sign in, by place and account, in windows of ten minutes.

What is counted under is kept as a keyed hash. Tries at what a clinic knows belong to it; the others to none.
"""

from __future__ import annotations

from service.core.access.sign_in_codes import window_of
from service.store.database.pool import NO_CLINIC, Tx


async def take(tx: Tx, place: str) -> int:
    """Count one try from a place, and give how many there were in this window."""
    window = window_of(tx.now)
    tries: int = await tx.value("sign_in_tries/take", **_key(tx, place), window_at=window)
    if tries == 1:
        await tx.run("sign_in_tries/expire", clinic_id=tx.named, before=window)
    return tries


async def count(tx: Tx, place: str) -> int:
    """How many tries there were from a place in this window."""
    found: int | None = await tx.value("sign_in_tries/count", **_key(tx, place), window_at=window_of(tx.now))
    return found or 0


async def give_back(tx: Tx, place: str) -> None:
    """Count a try as none: it was right."""
    await tx.run("sign_in_tries/give_back", **_key(tx, place), window_at=window_of(tx.now))


async def forget(tx: Tx, place: str) -> None:
    """Let tries from a place count from nothing again."""
    await tx.run("sign_in_tries/forget", **_key(tx, place))


def _key(tx: Tx, place: str) -> dict[str, object]:
    return {"clinic_id": tx.named, "place": tx.cipher.blind(NO_CLINIC, "sign_in_tries.place", place)}

"""Programs of SMART Backend Services: their public keys, the tokens that they were given, signatures used."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import cast
from uuid import UUID

from msgspec import Struct

from schemas.keys import Scope
from schemas.people import Role
from service.store import marks
from service.store.database.elsewhere import refuse_elsewhere
from service.store.database.pool import Tx


class Registered(Struct, frozen=True):
    """A program whose key holds: by which public keys it shows who it is, and for what it is given tokens."""

    id: UUID
    role: Role
    jwks: str | None
    jwks_url: str | None
    scopes: tuple[str, ...]
    expires_on: date
    zone: str


class GivenToken(Struct, frozen=True):
    """A token that holds by itself, with the key that it was given to."""

    id: UUID
    role: Role
    scopes: frozenset[str]
    key_scopes: frozenset[Scope]
    ends_at: datetime


class Listed(Struct, frozen=True):
    """A program as managers see it; its public keys are kept here where it has no address of them."""

    id: UUID
    client_id: str
    scopes: tuple[str, ...]
    role: Role
    created_at: datetime
    responsible: UUID | None
    expires_on: date
    label: str | None
    jwks_url: str | None
    revoked_at: datetime | None


async def insert(tx: Tx, key: UUID, jwks: str | None, jwks_url: str | None, scopes: Sequence[str]) -> None:
    """Write a new program, whose key is there already."""
    mark = _mark_of_client(tx, key, jwks, jwks_url, scopes)
    await tx.run("smart/insert", key_id=key, jwks=jwks, jwks_url=jwks_url, scopes=list(scopes), mark=mark)


async def find(tx: Tx, key: UUID) -> Registered | None:
    """One program; none where there is none, its key does not hold, or its row is not as it was written."""
    row = await tx.row("smart/find", key_id=key)
    if row is None or row["revoked_at"] is not None or row["disabled_at"] is not None:
        return None
    mark = _mark_of_client(tx, key, row["jwks"], row["jwks_url"], row["scopes"])
    if not marks.fits(mark, row["mark"]):
        return None
    role = cast("Role", row["role"])
    scopes = tuple(row["scopes"])
    return Registered(key, role, row["jwks"], row["jwks_url"], scopes, row["expires_on"], row["zone"])


async def newest(tx: Tx, rows_max: int) -> list[Listed]:
    """The programs that were registered last, newest first, those too whose keys hold no more."""
    return [
        Listed(
            row["key_id"],
            f"{tx.clinic}.{row['key_id']}",
            tuple(row["scopes"]),
            cast("Role", row["role"]),
            row["created_at"],
            row["responsible"],
            row["expires_on"],
            row["label"],
            row["jwks_url"],
            row["revoked_at"],
        )
        for row in await tx.rows("smart/list", limit=rows_max)
    ]


async def use(tx: Tx, key: UUID, number_hash: bytes, ends_at: datetime) -> bool:
    """Note that a signature was used; False where it was used before."""
    return await tx.row("smart/use", key_id=key, number_hash=number_hash, ends_at=ends_at) is not None


async def drop_ended(tx: Tx, key: UUID) -> None:
    """Delete what has ended of one program."""
    await tx.run("smart/drop_ended", key_id=key)


async def insert_token(
    tx: Tx, key: UUID, token_hash: bytes, scopes: Sequence[str], ends_at: datetime
) -> None:
    """Write a token."""
    mark = _mark_of_token(tx, key, token_hash, scopes, ends_at)
    await tx.run(
        "smart/insert_token",
        token_hash=token_hash,
        key_id=key,
        scopes=list(scopes),
        ends_at=ends_at,
        mark=mark,
    )


async def find_token(tx: Tx, token_hash: bytes) -> GivenToken | None:
    """The token with a hash; none where its key does not hold any more, or it is not as it was written.

    Raises ElsewhereError where its clinic is not served here.
    """
    row = await tx.row("smart/find_token", token_hash=token_hash)
    if row is None or row["revoked_at"] is not None or row["disabled_at"] is not None:
        return None
    if not marks.fits(
        _mark_of_token(tx, row["key_id"], token_hash, row["scopes"], row["ends_at"]), row["mark"]
    ):
        return None
    refuse_elsewhere(row["step"], row["place"])
    return GivenToken(
        row["key_id"],
        cast("Role", row["role"]),
        frozenset(row["scopes"]),
        frozenset(row["key_scopes"]),
        row["ends_at"],
    )


def _mark_of_client(tx: Tx, key: UUID, jwks: str | None, jwks_url: str | None, scopes: Sequence[str]) -> str:
    return marks.mark_of(tx, "smart_clients.mark", key, jwks, jwks_url, ",".join(sorted(scopes)))


def _mark_of_token(tx: Tx, key: UUID, token_hash: bytes, scopes: Sequence[str], ends_at: datetime) -> str:
    said = (key, token_hash.hex(), ",".join(sorted(scopes)), ends_at.astimezone(UTC).isoformat())
    return marks.mark_of(tx, "smart_tokens.mark", *said)

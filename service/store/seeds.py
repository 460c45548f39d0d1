"""Seeds of draws: one in use in each clinic, committed before it is used, and always encrypted here."""

from uuid import UUID

from asyncpg import Record
from msgspec import Struct
from msgspec.structs import replace

from schemas.draws import Seed
from service.core.draws.draws import commitment
from service.store.database.pool import Tx

SEED = "seeds.seed"
"""The field that a seed is sealed as."""


class HeldSeed(Struct, frozen=True):
    """The seed in use, held by a transaction; it does not show itself when printed."""

    id: UUID
    seed: bytes
    commitment: str

    def __repr__(self) -> str:
        """Show the id alone, so that a printed seed tells nobody a draw to come."""
        return f"HeldSeed(id={self.id!r})"


async def insert(tx: Tx, seed: bytes) -> Seed:
    """Commit to a new seed, with which everything is drawn from here on.

    Raises UniqueViolationError where another one is in use.
    """
    made = Seed(tx.new_id(), commitment(seed).hex(), tx.now)
    sealed = tx.cipher.seal(tx.clinic, SEED, seed)
    await tx.run("seeds/insert", seed_id=made.id, seed=sealed, commitment=commitment(seed))
    return made


async def take_turn(tx: Tx) -> None:
    """Wait until no other transaction rotates the clinic's seeds, and let none until this one ends."""
    await tx.run("seeds/take_turn")


async def hold(tx: Tx) -> HeldSeed | None:
    """The seed in use, which cannot be revealed before the transaction ends."""
    row = await tx.row("seeds/hold")
    if row is None:
        return None
    seed = tx.cipher.open(tx.clinic, SEED, row["seed"])
    return HeldSeed(row["seed_id"], seed, row["commitment"].hex())


async def current(tx: Tx) -> Seed | None:
    """The seed in use without itself, with which nobody draws before the transaction ends."""
    row = await tx.row("seeds/current")
    return None if row is None else Seed(row["seed_id"], row["commitment"].hex(), row["committed_at"])


async def used(tx: Tx, seed: UUID) -> bool:
    """Whether anything was drawn with a seed."""
    return bool(await tx.value("seeds/used", seed_id=seed))


async def reveal(tx: Tx, seed: Seed) -> Seed:
    """Reveal a seed that `current` has locked; returns it with itself."""
    at = max(tx.now, seed.committed_at)
    sealed = await tx.value("seeds/reveal", seed_id=seed.id, revealed_at=at)
    return replace(seed, revealed_at=at, seed=tx.cipher.open(tx.clinic, SEED, sealed).hex())


async def before(tx: Tx, last: UUID, rows_max: int) -> list[Seed]:
    """Seeds committed before `last`, newest first; those in use without themselves."""
    return [
        Seed(
            row["seed_id"],
            row["commitment"].hex(),
            row["committed_at"],
            row["revealed_at"],
            revealed(tx, row),
        )
        for row in await tx.rows("seeds/list", before=last, limit=rows_max)
    ]


def revealed(tx: Tx, row: Record) -> str | None:
    """The seed of a row in hexadecimal, once it is revealed and never before."""
    return None if row["revealed_at"] is None else tx.cipher.open(tx.clinic, SEED, row["seed"]).hex()

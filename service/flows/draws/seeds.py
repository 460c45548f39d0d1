"""Seeds of draws: the commitments and the revealed ones, and rotating the seed in use."""

import secrets
from datetime import timedelta
from uuid import UUID

from schemas.draws import Seed, SeedPage, SeedRotation
from service.core.actors import system
from service.core.cursors import Page, before_id, cut
from service.core.draws.draws import SEED_BYTES
from service.core.refusals import Refused
from service.flows.perform import Act, Done, perform
from service.flows.trail.checkpoints import make_checkpoint
from service.store import seeds
from service.store.database.pool import Database, Tx
from service.store.seeds import HeldSeed


async def new_seed(tx: Tx) -> Seed:
    """Commit to a new seed; the caller tells its commitment, so that it stands in the audit trail too."""
    return await seeds.insert(tx, secrets.token_bytes(SEED_BYTES))


async def hold_seed(act: Act) -> HeldSeed:
    """The seed in use, held until this transaction ends; committed now where the clinic has none yet."""
    held = await seeds.hold(act)
    if held is None:
        # A rotation that was waited for leaves a new seed behind, which only another look sees; and while
        # it is this transaction's turn, no other rotation can take that one away again.
        await seeds.take_turn(act)
        held = await seeds.hold(act)
    if held is None:
        await _commit(act)
        held = await seeds.hold(act)
    if held is None:
        message = "a seed that was just committed is in use"
        raise AssertionError(message)
    return held


async def rotate_seeds(act: Act) -> Done[SeedRotation] | Refused:
    """Reveal the seed in use and commit the next one; of several at once, each reveals the one before."""
    await seeds.take_turn(act)
    return Done(await _rotate(act, await seeds.current(act)), "created")


async def rotate_due_seed(database: Database, clinic: UUID, older: timedelta) -> int:
    """Rotate a clinic's seed if something was drawn with it and it is older than `older`; returns how many.

    Two workers may do it at once: the second finds a seed that is new.
    """

    async def operation(act: Act) -> Done[int] | Refused:
        await seeds.take_turn(act)
        seed = await seeds.current(act)
        if seed is None or seed.committed_at > act.now - older or not await seeds.used(act, seed.id):
            return Done(0)
        await _rotate(act, seed)
        return Done(1)

    done = await perform(database, system(clinic), operation)
    return done.value if isinstance(done, Done) else 0


async def _rotate(act: Act, seed: Seed | None) -> SeedRotation:
    revealed = None
    if seed is not None:
        revealed = await seeds.reveal(act, seed)
        act.audit("seed.revealed", seed.id)
    rotation = SeedRotation(await _commit(act), revealed)
    if revealed is not None:
        await make_checkpoint(act, "seed_rotated")
    return rotation


async def _commit(act: Act) -> Seed:
    made = await new_seed(act)
    act.audit("seed.committed", made.id, commitment=made.commitment)
    return made


async def list_seeds(act: Act, page: Page) -> Done[SeedPage] | Refused:
    """The clinic's seeds, newest first; the one in use shows its commitment alone."""
    last = before_id(page)
    if isinstance(last, Refused):
        return last
    found = await seeds.before(act, last, page.limit + 1)
    return Done(SeedPage(*cut(found, page, lambda seed: seed.id.bytes)))

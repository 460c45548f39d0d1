"""Subscribers as tests make them, a worker that delivers to them, and operations that tell something."""

from __future__ import annotations

import asyncio
import base64
from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from asyncpg import Record

from schemas.notices import AwardPosted
from service.core.notices.telling import Notice
from service.flows.notices.deliver import DeliveryConfig, deliver_notices
from service.flows.perform import Act, Done
from service.outbound.addresses import Allowed
from service.outbound.post import Bounds, WebhookClient
from service.store.attempts import Tried
from service.store.database.ids import new_id
from service.store.leases import Lease
from service.store.subscribers import SECRET as SECRET_FIELD
from service.store.subscribers import URL
from tests.flows.conftest import Scene

SHORT = Bounds(deadline_s=0.8, connect_s=0.4, read_s=0.4, answer_bytes=256)
SECRET = "whsec_" + base64.b64encode(b"a secret of thirty-two bytes, ok").decode()
OTHER_SECRET = "whsec_" + base64.b64encode(b"another secret of the same size.").decode()
LEASE = timedelta(seconds=15)


class Worker:
    """One worker's means to deliver: a courier that may speak to this machine, and what it was told."""

    def __init__(self, scene: Scene, posts_max: int = 8) -> None:
        self.scene = scene
        self.webhook_client = WebhookClient(SHORT, Allowed(loopback=True))
        self.tried: list[Tried] = []
        self.dead = 0
        self.stop = asyncio.Event()
        self.config = DeliveryConfig(self.webhook_client.post, new_id(), LEASE, posts_max, 0.2, self._told)

    async def deliver(self, subscriber: UUID) -> bool:
        """Deliver what there is for one subscriber; False where another worker has it."""
        return await deliver_notices(
            self.scene.database, self.config, self.scene.clinic, subscriber, self.stop
        )

    def _told(self, _lease: Lease, tried: Sequence[Tried], dead: int) -> None:
        self.tried += tried
        self.dead += dead


async def subscribe(
    scene: Scene, url: str, types: Sequence[str] = ("award.posted",), *, consent_required: bool = False
) -> UUID:
    """Add a subscriber that gets what is told from now on."""
    subscriber = new_id()
    async with scene.database.transaction(scene.clinic) as tx:
        seal = tx.cipher.seal
        await tx.connection.execute(
            """insert into subscribers (clinic_id, subscriber_id, url, types, consent_required, secret,
            created_at, created_by) values ($1, $2, $3, $4, $5, $6, $7, $2)""",
            scene.clinic,
            subscriber,
            seal(scene.clinic, URL, url),
            list(types),
            consent_required,
            seal(scene.clinic, SECRET_FIELD, SECRET),
            tx.now,
        )
        await tx.connection.execute(
            """insert into subscriber_heads (clinic_id, subscriber_id, read_seq)
            select $1, $2, seq from audit_heads where clinic_id = $1""",
            scene.clinic,
            subscriber,
        )
    return subscriber


async def tell(scene: Scene, *notices: Notice) -> None:
    """Do an operation that tells so many notices, and nothing else."""

    async def operation(act: Act) -> Done[None]:
        act.notify(*notices)
        act.audit("test.told")
        return Done(None)

    await scene.value(operation)


async def tell_many(scene: Scene, how_many: int, participant: UUID | None = None) -> None:
    """Tell of so many awards, one a transaction."""
    for number in range(how_many):
        await tell(scene, award(number, participant))


def award(amount: int = 1750, participant: UUID | None = None) -> Notice:
    """Make the notice of an award."""
    return Notice("award.posted", AwardPosted(new_id(), "base", "usd", amount), participant)


async def rows(scene: Scene, query: str, *values: object) -> list[Record]:
    """Read rows of the scene's clinic; its id is the first value."""
    async with scene.database.transaction(scene.clinic) as tx:
        return list(await tx.connection.fetch(query, scene.clinic, *values))


async def outcomes(scene: Scene, subscriber: UUID) -> list[tuple[int, str]]:
    """List all attempts of a subscriber in the order of their numbers and times: number and outcome."""
    query = (
        "select sequence, outcome from attempts where clinic_id = $1 and subscriber_id = $2 order by 1, at"
    )
    return [(row["sequence"], row["outcome"]) for row in await rows(scene, query, subscriber)]


async def head(scene: Scene, subscriber: UUID) -> Record:
    """Read where a subscriber stands."""
    query = "select * from subscriber_heads where clinic_id = $1 and subscriber_id = $2"
    return (await rows(scene, query, subscriber))[0]


async def change(scene: Scene, query: str, *values: object) -> None:
    """Change something of the scene's clinic by hand; its id is the first value."""
    async with scene.database.transaction(scene.clinic) as tx:
        await tx.connection.execute(query, scene.clinic, *values)


async def replay(scene: Scene, subscriber: UUID) -> None:
    """Ask for all of a subscriber's notices once more, as the telling side does."""
    await change(
        scene,
        """insert into retries (clinic_id, subscriber_id, sequence, created_at, attempts, born_at, due_at)
        select clinic_id, subscriber_id, sequence, created_at, 0, $3, $3 from deliveries
        where clinic_id = $1 and subscriber_id = $2
        on conflict (clinic_id, subscriber_id, sequence) do update
        set attempts = 0, born_at = excluded.born_at, due_at = excluded.due_at""",
        subscriber,
        scene.clock.now,
    )

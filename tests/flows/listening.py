"""Short words for tests of notices: somebody who listens, and what the log and the deliveries hold."""

from __future__ import annotations

from datetime import datetime
from typing import get_args
from uuid import UUID

import msgspec
from asyncpg import Record
from msgspec import Struct

from schemas.notices import Logged, NoticeType
from schemas.subscribers import MadeSubscriber, NewSubscriber
from service.core.notices.telling import is_for, read_log, sent_body
from service.flows.notices.subscribers import add_subscriber
from service.store.database.ids import new_id
from service.store.database.pool import Tx
from service.store.deliveries import ANSWER
from tests.flows.conftest import Scene

EVERYTHING: tuple[NoticeType, ...] = get_args(NoticeType)
URL = "https://receiver.example.org/notices"


class Received(Struct, frozen=True):
    """One notice of the log, read back, and the number of its row."""

    seq: int
    notice: Logged

    @property
    def data(self) -> dict[str, object]:
        """What it tells."""
        return msgspec.json.decode(self.notice.data, type=dict[str, object])


async def listening(scene: Scene, *types: NoticeType, consent: bool = False) -> MadeSubscriber:
    """Add a subscriber, of everything where no types are named."""
    new = NewSubscriber(URL, types or EVERYTHING, consent)
    return await scene.value(lambda act: add_subscriber(act, new))


async def log(scene: Scene) -> list[Received]:
    """Read the whole log of the scene's clinic, in its order."""
    query = "select seq, body from notices where clinic_id = $1 order by seq"
    async with scene.database.transaction(scene.clinic) as tx:
        rows = await tx.connection.fetch(query, scene.clinic)
    return [Received(row["seq"], one) for row in rows for one in read_log(row["body"])]


async def types_told(scene: Scene) -> list[str]:
    """List the types of what was told, in its order."""
    return [one.notice.type for one in await log(scene)]


async def queued(scene: Scene, subscriber: MadeSubscriber) -> list[UUID]:
    """Make deliveries of all that was told and not yet queued, as the worker does; give their ids."""
    async with scene.database.transaction(scene.clinic) as tx:
        head = await tx.connection.fetchrow(
            "select read_seq, sequence from subscriber_heads where subscriber_id = $1", subscriber.id
        )
        assert head is not None
        rows = await tx.connection.fetch(
            "select seq, at, body from notices where seq > $1 order by seq", head["read_seq"]
        )
        sequence: int = head["sequence"]
        ids: list[UUID] = []
        for row in rows:
            for one in read_log(row["body"]):
                if not is_for(one, subscriber.id, subscriber.types):
                    continue
                sequence += 1
                ids.append(new_id())
                body = sent_body(one, row["at"], sequence)
                await tx.connection.execute(
                    "insert into deliveries values ($1, $2, $3, $4, $5, $6, $7, $8)",
                    scene.clinic,
                    subscriber.id,
                    sequence,
                    tx.now,
                    ids[-1],
                    one.type,
                    one.participant,
                    body,
                )
        await tx.connection.execute(
            "update subscriber_heads set read_seq = $2, sequence = $3 where subscriber_id = $1",
            subscriber.id,
            rows[-1]["seq"] if rows else head["read_seq"],
            sequence,
        )
    return ids


async def attempted(
    scene: Scene, delivery: UUID, outcome: str, *, due_at: datetime | None = None, no: int = 1
) -> None:
    """Note an attempt at a delivery, as the worker does; with `due_at` it will be tried again then."""
    async with scene.database.transaction(scene.clinic) as tx:
        run, now = tx.connection.execute, tx.now
        row = await tx.connection.fetchrow("select * from deliveries where delivery_id = $1", delivery)
        assert row is not None
        to, sequence, about = row["subscriber_id"], row["sequence"], row["participant_id"]
        await run("delete from retries where subscriber_id = $1 and sequence = $2", to, sequence)
        status = {"delivered": 200, "failed": 503, "gone": 410}.get(outcome)
        await run(
            "insert into attempts values ($1, $2, $3, $4, $5, $6, $7, 12, $8)",
            scene.clinic,
            to,
            sequence,
            no,
            now,
            outcome,
            status,
            tx.cipher.seal(scene.clinic, ANSWER, b"\xffbusy\0"),
        )
        if due_at is not None:
            await run(
                "insert into retries values ($1, $2, $3, $4, $5, $6, $7)",
                scene.clinic,
                to,
                sequence,
                row["created_at"],
                no,
                now,
                due_at,
            )
        ended = outcome if outcome in {"delivered", "withheld"} else "dead"
        await run(
            "update deliveries set status = $2 where delivery_id = $1",
            delivery,
            ended if due_at is None else "failed",
        )
        if outcome == "delivered" and about is not None:
            await _disclosed(tx, scene.clinic, row)
        await run(
            "update subscriber_heads set tried_sequence = greatest(tried_sequence, $2) "
            "where subscriber_id = $1",
            to,
            sequence,
        )


async def _disclosed(tx: Tx, clinic: UUID, row: Record) -> None:
    """Note that a subscriber was told of somebody, under the consent that there is."""
    to, about = row["subscriber_id"], row["participant_id"]
    await tx.connection.execute(
        "insert into disclosures values ($1, $2, $3, $4, $5, $6, $7, $8)",
        clinic,
        about,
        new_id(),
        to,
        row["delivery_id"],
        row["type"],
        await tx.connection.fetchval(
            "select consent_id from consents where participant_id = $1 and subscriber_id = $2", about, to
        ),
        tx.now,
    )

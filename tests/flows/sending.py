"""What tests of messages may ask for: a source, and messages signed by other people's code."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

import msgspec
import standardwebhooks

from schemas.inbound import (
    Bearer,
    IssuedSource,
    MessageStatus,
    NewSource,
    PlainHmac,
    TakenMessage,
    WholeMessage,
)
from schemas.mapping import EventMapping, FieldRule, TimeRule
from schemas.shown_once import shown
from service.core.cursors import Page
from service.core.refusals import Refused
from service.flows.batcher import Batcher
from service.flows.inbound.process import Record, process_kept
from service.flows.inbound.receive import Posted, Taken, take_message
from service.flows.inbound.review import list_messages, read_message
from service.flows.inbound.sources import add_source
from service.flows.visits.record_events import Recorded, ToRecord
from tests.flows.conftest import MONDAY, Scene, gather_for

if TYPE_CHECKING:
    from collections.abc import Mapping

NEGATIVE = {
    "outcome": "negative",
    "occurred_at": MONDAY.isoformat(),
    "participant_reference": "P-1",
    "behavior": "test",
}

LABORATORY = EventMapping(
    FieldRule("$.code", words={"N": "negative"}),
    TimeRule("$.at", "epoch_seconds"),
    FieldRule("$.chart"),
    behavior=FieldRule(value="test"),
)
REPORT = {"code": "N", "at": MONDAY.timestamp(), "chart": "P-1"}


class Sender:
    """Another service that sends us messages."""

    def __init__(
        self, scene: Scene, source: IssuedSource, batcher: Batcher[ToRecord, Recorded | Refused]
    ) -> None:
        """Send as one source."""
        self.scene = scene
        self.source = source
        self.record: Record = batcher.ask

    def signed(self, body: bytes, message: str, secret: str | None = None) -> dict[str, str]:
        """Sign a body as the source signs."""
        secret = secret or shown(self.source.secret)
        match self.source.verifier:
            case PlainHmac(header=header):
                return {header: hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()}
            case Bearer():
                return {"authorization": f"Bearer {secret}"}
            case _:
                at = self.scene.clock.now
                signature = standardwebhooks.Webhook(secret).sign(message, at, body.decode())
                return {
                    "webhook-id": message,
                    "webhook-timestamp": str(int(at.timestamp())),
                    "webhook-signature": signature,
                }

    async def send(self, message: object, name: str = "msg_1") -> Taken:
        """Send a message that must be taken."""
        body = message if isinstance(message, bytes) else msgspec.json.encode(message)
        taken = await self.post(body, self.signed(body, name))
        assert isinstance(taken, Taken), taken
        return taken

    async def post(self, body: bytes, headers: Mapping[str, str]) -> Taken | Refused:
        """Post bytes with headers."""
        return await take_message(self.scene.database, self.record, self.source.id, Posted(headers, body))

    async def keep_only(self, message: object, name: str = "msg_1") -> TakenMessage:
        """Send a message, and be killed between keeping and recording it."""
        reached = asyncio.Event()

        async def never(_clinic: UUID, _item: ToRecord) -> Recorded | Refused:
            reached.set()
            await asyncio.Event().wait()
            raise AssertionError

        lively, self.record = self.record, never
        body = msgspec.json.encode(message)
        sending = asyncio.create_task(self.post(body, self.signed(body, name)))
        await reached.wait()
        sending.cancel()
        await asyncio.wait([sending])
        self.record = lively
        kept = (await self.listed("kept"))[0]
        return TakenMessage(kept.id, kept.received_at)

    async def listed(self, status: MessageStatus | None = None) -> tuple[Any, ...]:
        """List the messages of one status."""
        page = await self.scene.value(lambda act: list_messages(act, Page(), status, self.source.id))
        return page.items

    async def read(self, message: UUID) -> WholeMessage:
        """Read one message."""
        return await self.scene.value(lambda act: read_message(act, message))


async def sender(scene: Scene, new: NewSource | None = None) -> Sender:
    """Add a source, and give whoever sends as it."""
    source = await scene.value(lambda act: add_source(act, new or NewSource()))
    return Sender(scene, source, gather_for(scene))


async def work(scene: Scene, later: timedelta = timedelta(minutes=2)) -> int:
    """Let a worker take up what was left, some time later."""
    scene.clock.now += later
    return await process_kept(scene.database, scene.clinic, timedelta(minutes=5))

"""Take messages of HL7 version 2 by MLLP: each is kept, encrypted, and then acknowledged.

A frame is 0x0B, the message, 0x1C and 0x0D (HL7 Version 2.5.1, appendix C.4). `AA` says that it is kept, and
nothing of whether it was understood; `AE` that it could not be kept, so that the sender goes on trying.
Whoever reaches the port is believed to be the source: it is bound to this machine unless said otherwise, and
TLS may ask for a certificate.
"""

import asyncio
import ssl
from collections.abc import Callable
from contextlib import suppress
from typing import Final
from uuid import UUID

import asyncpg
import structlog
from msgspec import Struct

from service.core.inbound.acknowledging import acknowledgment
from service.core.refusals import Refused
from service.flows.inbound.process import SKEW, one_by_one, process_message
from service.flows.inbound.receive import keep_from
from service.flows.visits.record_events import Recorder
from service.store import sources
from service.store.database.absence import is_away
from service.store.database.ids import new_id
from service.store.database.pool import Database

START, END, AFTER = b"\x0b", b"\x1c", b"\r"
FRAME_BYTES_MAX: Final = 1024 * 1024
"""The largest message that is taken, in bytes."""
CONNECTIONS_MAX: Final = 32
FRAME_S_MAX: Final = 30.0
"""How long a message may take to come in once it has begun, and its answer to be taken, in seconds."""
IDLE_S_MAX: Final = 600.0
"""How long a connection may say nothing, in seconds."""
ENDING_S_MAX: Final = 10.0
"""How long what is in hand may take when the listener ends, in seconds."""

_log = structlog.get_logger(__name__)


class Listening(Struct, frozen=True):
    """Where a listener listens, and for which source; with `tls`, by TLS alone."""

    source: UUID
    host: str
    port: int
    tls: ssl.SSLContext | None = None


class UnknownSourceError(LookupError):
    """There is no such source, or its messages are not HL7."""


class Listener:
    """Listens for one source until it is told to end."""

    def __init__(self, database: Database, clinic: UUID, source: UUID) -> None:
        """Keep what comes as the messages of one source."""
        self._database = database
        self._clinic = clinic
        self._source = source
        self._record = one_by_one(Recorder(database, SKEW))
        self._open: set[asyncio.Task[None]] = set()
        self._ending = asyncio.Event()

    def take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Serve one connection; one too many is closed at once."""
        if len(self._open) >= CONNECTIONS_MAX or self._ending.is_set():
            writer.close()
            return
        task = asyncio.create_task(self._serve(reader, writer))
        self._open.add(task)
        task.add_done_callback(self._open.discard)

    async def end(self) -> None:
        """Finish the messages that are in hand; a connection that waits for one is closed."""
        self._ending.set()
        if self._open:
            _, late = await asyncio.wait(self._open, timeout=ENDING_S_MAX)
            for task in late:
                task.cancel()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while (message := await self._frame(reader)) is not None:
                kept = await self._keep(message)
                answer = acknowledgment(
                    message, "AE" if kept is None else "AA", str(new_id()), self._database.clock()
                )
                writer.write(START + answer + END + AFTER)
                async with asyncio.timeout(FRAME_S_MAX):
                    await writer.drain()
                if kept is not None:
                    await self._process(kept)
        except (OSError, EOFError, asyncio.LimitOverrunError, TimeoutError) as error:
            _log.info("mllp_connection_ended", error=type(error).__name__)
        finally:
            writer.close()
            with suppress(OSError, asyncio.CancelledError):
                await writer.wait_closed()

    async def _frame(self, reader: asyncio.StreamReader) -> bytes | None:
        """The next message; none where the other side has ended, or this one ends."""
        if not await self._began(reader):
            return None
        async with asyncio.timeout(FRAME_S_MAX):
            message = await reader.readuntil(END + AFTER)
        return message[: -len(END + AFTER)]

    async def _began(self, reader: asyncio.StreamReader) -> bool:
        """Wait for the first byte of a message; what stands between two is passed over."""
        while not self._ending.is_set():
            reading = asyncio.ensure_future(reader.read(1))
            ending = asyncio.ensure_future(self._ending.wait())
            done, others = await asyncio.wait(
                {reading, ending}, timeout=IDLE_S_MAX, return_when=asyncio.FIRST_COMPLETED
            )
            for other in others:
                other.cancel()
            if reading not in done or reading.result() == b"":
                return False
            if reading.result() == START:
                return True
        return False

    async def _keep(self, message: bytes) -> UUID | None:
        """Keep a message; none where it could not be."""
        try:
            async with asyncio.timeout(FRAME_S_MAX):
                kept = await keep_from(self._database, self._clinic, self._source, message)
        except (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
            _log.warning("mllp_message_not_kept", error=type(error).__name__)
            return None
        if isinstance(kept, Refused):
            _log.warning("mllp_message_not_kept", code=kept.code)
            return None
        return kept.value.id

    async def _process(self, message: UUID) -> None:
        """Do what a kept message says; where that does not succeed now, a worker goes on with it."""
        try:
            await process_message(self._database, self._record, self._clinic, message)
        except Exception as error:  # noqa: BLE001  it is kept: whatever happens now, a worker goes on with it
            level = _log.warning if is_away(error) else _log.error
            level("message_left_to_worker", error=type(error).__name__)


async def listen(
    database: Database, given: Listening, stop: asyncio.Event, ready: Callable[[int], None]
) -> None:
    """Listen for a source until `stop` is set; `ready` is told the port once connections are taken.

    Raises UnknownSourceError, and OSError where the port cannot be had.
    """
    clinic = await sources.clinic_of(database, given.source)
    if clinic is None:
        raise UnknownSourceError
    listener = Listener(database, clinic, given.source)
    server = await asyncio.start_server(
        listener.take, given.host, given.port, ssl=given.tls, limit=FRAME_BYTES_MAX
    )
    port = server.sockets[0].getsockname()[1]
    _log.info("mllp_listening", source_id=str(given.source), port=port)
    ready(port)
    try:
        await stop.wait()
    finally:
        server.close()
        await listener.end()
    _log.info("mllp_stopped", source_id=str(given.source))

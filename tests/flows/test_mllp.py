"""HL7 by MLLP: kept and then acknowledged, refused only where it could not be kept, bounded, and ended."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from uuid import UUID

import pytest

from service import mllp
from service.core.inbound.acknowledging import acknowledgment
from service.core.inbound.presets import ADT, SIU
from service.flows.inbound.sources import remove_source
from service.mllp import Listening, UnknownSourceError, listen
from tests.feeds import message
from tests.flows.sending import work
from tests.flows.test_feeds import california, feed, outcome
from tests.flows.test_people_of_feeds import led
from tests.flows.test_schedules import week_of

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.flows.conftest import Scene
    from tests.flows.sending import Sender


@asynccontextmanager
async def listening(scene: Scene, one: Sender) -> AsyncIterator[int]:
    """Listen for a source; gives the port."""
    stop, port = asyncio.Event(), asyncio.get_running_loop().create_future()
    given = Listening(one.source.id, "127.0.0.1", 0)
    task = asyncio.create_task(listen(scene.database, given, stop, port.set_result))
    yield await port
    stop.set()
    await task


async def said(reader: asyncio.StreamReader) -> list[str]:
    """Read an answer: its segment MSA, field by field."""
    answer = await asyncio.wait_for(reader.readuntil(b"\x1c\r"), 10)
    assert answer.startswith(b"\x0bMSH|^~\\&|")
    return answer.decode().split("\r")[1].split("|")


def framed(body: bytes) -> bytes:
    """Frame a message as senders do."""
    return b"\x0b" + body + b"\x1c\r"


async def test_messages_are_kept_acknowledged_and_recorded(scene: Scene) -> None:
    """Several on one connection, in their order; noise between them is passed over."""
    enrollment = await california(scene)
    one = await feed(scene)
    async with listening(scene, one) as port:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        for name, number in (("pending", "M3"), ("final", "M4"), ("corrected", "M5")):
            writer.write(b"\r\n" + framed(message(f"oru-panel-{name}.hl7")))
            assert await said(reader) == ["MSA", "AA", number]
        writer.write(framed(message("oru-panel-final.hl7")))
        assert await said(reader) == ["MSA", "AA", "M4"]
        writer.close()
    listed = await one.listed()
    assert [told.status for told in listed] == ["recorded"] * 3
    assert await outcome(scene, listed[0].event) == "positive"
    assert (await scene.balance(enrollment.participant)).available == 1000


async def test_what_is_no_hl7_is_kept_all_the_same(scene: Scene) -> None:
    """It is acknowledged, for it is kept, and waits for somebody."""
    one = await feed(scene)
    async with listening(scene, one) as port:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(framed(b"PID|1||nobody"))
        assert await said(reader) == ["MSA", "AA", ""]
        writer.close()
    (told,) = await one.listed("review")
    assert told.code == "malformed"


async def test_what_could_not_be_kept_is_answered_with_an_error(scene: Scene) -> None:
    """So the sender goes on trying."""
    one = await feed(scene)
    async with listening(scene, one) as port:
        await scene.value(lambda act: remove_source(act, one.source.id))
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(framed(message("oru-panel-final.hl7")))
        assert await said(reader) == ["MSA", "AE", "M4"]
        writer.close()


async def test_frames_are_bounded_in_length_and_time(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    """One that is too long, or that does not end, ends its connection, and nothing of it is kept."""
    one = await feed(scene)
    async with listening(scene, one) as port:
        for begun in (b"\x0b" + b"A" * (mllp.FRAME_BYTES_MAX + 2), b"\x0bMSH|^~\\&|never"):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(begun)
            assert await asyncio.wait_for(reader.read(), 10) == b""
            writer.close()
            # What is too long is refused before its time is over; only the next one is.
            monkeypatch.setattr(mllp, "FRAME_S_MAX", 0.2)
        monkeypatch.setattr(mllp, "CONNECTIONS_MAX", 1)
        first, held = await asyncio.open_connection("127.0.0.1", port)
        await asyncio.sleep(0.05)
        second, refused = await asyncio.open_connection("127.0.0.1", port)
        assert await asyncio.wait_for(second.read(), 10) == b""
        assert not first.at_eof()
        held.close()
        refused.close()
    assert await one.listed() == ()


async def test_a_connection_that_waits_is_closed_when_it_ends(scene: Scene) -> None:
    """The listener does not wait for whoever says nothing."""
    one = await feed(scene)
    async with listening(scene, one) as port:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        await asyncio.sleep(0.05)
    assert await asyncio.wait_for(reader.read(), 5) == b""
    writer.close()
    given = Listening(UUID(int=1), "127.0.0.1", 0)
    with pytest.raises(UnknownSourceError):
        await listen(scene.database, given, asyncio.Event(), lambda _port: None)


def test_an_answer_is_by_the_message_s_own_delimiters() -> None:
    """It goes from whom it was sent to, to whom it came from."""
    at = datetime(2026, 11, 20, 13, 0, tzinfo=UTC)
    body = b"MSH*:+/%*LAB*NORTH*RW*CLINIC*2026**ORU:R01:X*M1*T*2.3\rPID*1"
    assert acknowledgment(body, "AA", "N1", at) == (
        b"MSH*:+/%*RW*CLINIC*LAB*NORTH*20261120130000+0000**ACK:R01*N1*T*2.3\rMSA*AA*M1\r"
    )


async def test_appointments_and_people_come_by_mllp_as_well(scene: Scene) -> None:
    """They give what they give over HTTP: expected, moved, called off; and two charts become one."""
    enrollment = await california(scene)
    one = await feed(scene, SIU)
    async with listening(scene, one) as port:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        for name, number in (("s12", "S1"), ("s13", "S2"), ("s15", "S3")):
            writer.write(framed(message(f"siu-{name}.hl7")))
            assert await said(reader) == ["MSA", "AA", number]
        writer.close()
    await work(scene)
    kinds = [(await one.read(told.id)).effects[0].kind for told in reversed(await one.listed())]
    assert kinds == ["planned", "planned", "canceled"]
    assert await week_of(scene, enrollment.id) == [(23, "canceled"), (26, "expected")]
    survivor, former = await scene.participant("88-16"), await scene.participant("88-17")
    async with listening(scene, await feed(scene, ADT)) as port:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(framed(message("adt-a40.hl7")))
        assert await said(reader) == ["MSA", "AA", "A1"]
        writer.close()
    await work(scene)
    assert await led(scene, "88-17") == survivor != former

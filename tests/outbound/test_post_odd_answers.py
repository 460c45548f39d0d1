"""Answers that lie, are too long or come unasked cost one notice one attempt, and no other anything."""

from __future__ import annotations

import asyncio
import gzip

import pytest

from service.core.notices.deliveries import Delivered
from service.outbound.post import WebhookClient
from tests.outbound.conftest import SHORT, failure, send
from tests.outbound.receivers import Receiver, answer, answering, receiving, take, trickling


async def test_an_answer_shorter_than_it_says_is_not_waited_for(webhook_client: WebhookClient) -> None:
    """The connection ends early: a 2xx is delivered, with what came; another status is told as broken."""
    short = b"HTTP/1.1 %d X\r\ncontent-length: 1000\r\n\r\nten bytes."
    for status in (200, 500):
        async with receiving(answering(short % status, then_close=True)) as receiver:
            outcome = await send(webhook_client, receiver)
        if status == 200:
            assert isinstance(outcome, Delivered)
            assert outcome.first_bytes == b"ten bytes."
        else:
            assert failure(outcome) == ("broken", 500)


async def test_an_answer_longer_than_it_says_harms_no_later_notice(webhook_client: WebhookClient) -> None:
    """What is too much is never taken for the answer to the next notice: that goes over a new connection."""
    forged = answer(500, b"forged")
    async with receiving(answering(answer(200, b"ok") + forged, answer(204))) as receiver:
        first, second = await send(webhook_client, receiver), await send(webhook_client, receiver)
    assert isinstance(first, Delivered)
    assert first.first_bytes == b"ok"
    assert isinstance(second, Delivered)
    assert second.status == 204
    assert receiver.connections == 2


async def test_unsolicited_bytes_end_a_kept_connection(webhook_client: WebhookClient) -> None:
    """An answer sent ahead of its notice would be taken for that notice's."""

    async def script(receiver: Receiver, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await take(receiver, reader)
        writer.write(answer(200))
        await asyncio.sleep(0.1)
        writer.write(answer(500, b"ahead"))
        await reader.read()

    async with receiving(script) as receiver:
        assert isinstance(await send(webhook_client, receiver), Delivered)
        await asyncio.sleep(0.2)
        assert isinstance(await send(webhook_client, receiver), Delivered)
    assert receiver.connections == 2


@pytest.mark.parametrize(
    "lie",
    [
        b"HTTP/1.1 200 OK\r\ncontent-length: -1\r\n\r\n",
        b"HTTP/1.1 200 OK\r\ncontent-length: ten\r\n\r\n",
        b"HTTP/1.1 200 OK\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nab",
        b"HTTP/1.1 200 OK\r\ncontent-length: 99999999999999999999999999\r\n\r\n",
        b"HTTP/1.1 2000 OK\r\n\r\n",
        b"HTTP/9.9 200 OK\r\n\r\n",
        b"HTTP/2.0 200 OK\r\n\r\n",
        b"HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nx: " + b"y" * 40_000,
        b"HTTP/1.1 200 OK\r\n" + b"x: y\r\n" * 10_000,
        b"HTTP/1.1 103 Early\r\n\r\n" * 20_000,
        b"HTTP/1.1 200 OK\r\n bad\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nno colon\r\n\r\n",
        b"SSH-2.0-OpenSSH_9.2\r\n",
        b"220 mail.example.com ESMTP\r\n",
        b"-ERR unknown command\r\n",
        b"\x00\xff" * 100,
        b"\x16\x03\x01\x02\x00\x01",
    ],
    ids=lambda lie: ascii(bytes(lie[:24])),
)
async def test_a_non_http_answer_is_malformed(webhook_client: WebhookClient, lie: bytes) -> None:
    """Heads without end and floods of preliminaries too; nothing raises."""
    async with receiving(answering(lie)) as receiver:
        why, status = failure(await send(webhook_client, receiver))
    assert (why, status) in {("malformed", None), ("read_time", None)}


async def test_a_body_in_faulty_chunks_leaves_the_status_standing(webhook_client: WebhookClient) -> None:
    """The head was whole; the rest is read as far as it makes sense."""
    lie = b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n3\r\nabc\r\nzz\r\n"
    async with receiving(answering(lie)) as receiver:
        outcome = await send(webhook_client, receiver)
    assert isinstance(outcome, Delivered)
    assert outcome.first_bytes == b"abc"


async def test_chunks_with_endless_words_around_them_are_not_read_for_long(
    webhook_client: WebhookClient,
) -> None:
    """One byte in thousands of bytes of chunk heads: what is read is bounded, not only what is kept."""
    start = b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n"
    chunk = b"1;" + b"x" * 8000 + b"\r\na\r\n"
    async with receiving(trickling(start, chunk * 4, 0.001)) as receiver:
        outcome = await send(webhook_client, receiver)
        async with asyncio.timeout(1):
            await receiver.ended.wait()
    assert isinstance(outcome, Delivered)
    assert outcome.ms < 900
    assert 1 <= len(outcome.first_bytes) < 100


async def test_a_connection_that_ends_without_an_answer_is_broken(webhook_client: WebhookClient) -> None:
    """Before the request was read, and after."""

    async def at_once(_receiver: Receiver, _reader: object, _writer: object) -> None:
        return

    async with receiving(at_once) as early, receiving(answering(b"", then_close=True)) as late:
        assert failure(await send(webhook_client, early)) == ("broken", None)
        assert failure(await send(webhook_client, late)) == ("broken", None)
        assert failure(await send(webhook_client, late)) == ("broken", None)


async def test_of_an_answer_of_ten_megabytes_only_the_first_bytes_are_read(
    webhook_client: WebhookClient,
) -> None:
    """The connection is ended long before the rest has come."""
    sent = 0

    async def script(receiver: Receiver, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal sent
        await take(receiver, reader)
        writer.write(b"HTTP/1.1 200 OK\r\ncontent-length: 10485760\r\n\r\n")
        for _ in range(1024):
            writer.write(b"x" * 10_240)
            await writer.drain()
            sent += 10_240

    async with receiving(script) as receiver:
        outcome = await send(webhook_client, receiver)
        async with asyncio.timeout(1):
            await receiver.ended.wait()
    assert isinstance(outcome, Delivered)
    assert outcome.first_bytes == b"x" * SHORT.answer_bytes
    assert sent < 10_485_760


async def test_a_packed_answer_is_not_unpacked(webhook_client: WebhookClient) -> None:
    """A few bytes can unpack to gigabytes; what is kept is what came."""
    packed = gzip.compress(b"\x00" * 100_000)
    async with receiving(answering(answer(200, packed, content_encoding="gzip"))) as receiver:
        outcome = await send(webhook_client, receiver)
    assert isinstance(outcome, Delivered)
    assert outcome.first_bytes == packed[: SHORT.answer_bytes]


async def test_cookies_are_forgotten_and_connections_kept(webhook_client: WebhookClient) -> None:
    """Ten notices go over one connection, and the tenth says nothing that the first was told."""
    async with receiving(answering(answer(200, b"ok", set_cookie="seen=1"))) as receiver:
        for _ in range(10):
            assert isinstance(await send(webhook_client, receiver), Delivered)
    assert receiver.connections == 1
    assert len(receiver.asked) == 10
    assert "cookie" not in receiver.asked[-1].headers


async def test_a_kept_connection_that_the_receiver_ended_costs_nothing(webhook_client: WebhookClient) -> None:
    """The notice goes out again over a new one, in the same attempt."""
    close = b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n"
    async with receiving(answering(close, then_close=True)) as receiver:
        for _ in range(3):
            assert isinstance(await send(webhook_client, receiver), Delivered)
    assert receiver.connections == 3

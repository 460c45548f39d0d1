"""One bounded POST ends as promised, whatever the receiver does with it: real sockets on both sides."""

from __future__ import annotations

import asyncio
import base64
import socket
import time
from datetime import timedelta
from email.utils import format_datetime

import pytest

from service import settings
from service.clock import machine_clock
from service.core.notices.deliveries import Delivered, Failed, Gone, Outcome, Refused
from service.outbound import post as post_module
from service.outbound.addresses import Allowed
from service.outbound.post import Bounds, WebhookClient
from tests.outbound.conftest import BODY, HEADERS, SHORT, failure, send
from tests.outbound.receivers import Receiver, answer, answering, hanging, receiving, trickling


def free_port() -> int:
    """Give a port that nobody listens on."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        port: int = held.getsockname()[1]
    return port


async def test_a_healthy_receiver_gets_the_notice_as_it_was_signed(webhook_client: WebhookClient) -> None:
    """The body byte by byte, our headers, and nothing that could tell or ask for more."""
    async with receiving(answering(answer(200, b"thanks"))) as receiver:
        outcome = await send(webhook_client, receiver)
    assert isinstance(outcome, Delivered)
    assert (outcome.status, outcome.first_bytes) == (200, b"thanks")
    assert 0 <= outcome.ms < 1000
    [asked] = receiver.asked
    assert asked.line == "POST /hooks?clinic=7 HTTP/1.1"
    assert asked.body == BODY
    assert asked.headers == {
        **HEADERS,
        "host": f"127.0.0.1:{receiver.port}",
        "user-agent": "rewards-notices/1",
        "accept": "*/*",
        "accept-encoding": "identity",
        "content-length": str(len(BODY)),
    }


@pytest.mark.parametrize("status", [200, 201, 202, 204, 299])
async def test_any_2xx_is_delivered(webhook_client: WebhookClient, status: int) -> None:
    """204 has no body, and the others need none."""
    async with receiving(answering(f"HTTP/1.1 {status} \r\ncontent-length: 0\r\n\r\n".encode())) as receiver:
        outcome = await send(webhook_client, receiver)
    assert isinstance(outcome, Delivered)
    assert outcome.status == status


@pytest.mark.parametrize("status", [400, 401, 404, 409, 422, 429, 500, 502, 503, 504, 600, 999])
async def test_any_other_answer_is_a_failure_with_its_status(
    webhook_client: WebhookClient, status: int
) -> None:
    """Its first bytes are kept, so that a person can see why."""
    async with receiving(answering(answer(status, b"no"))) as receiver:
        outcome = await send(webhook_client, receiver)
    assert failure(outcome) == ("status", status)
    assert isinstance(outcome, Failed)
    assert outcome.first_bytes == b"no"
    assert outcome.retry_after_s is None


@pytest.mark.parametrize("status", [300, 301, 302, 303, 307, 308])
async def test_a_redirect_is_not_followed(webhook_client: WebhookClient, status: int) -> None:
    """Neither to another receiver nor to an address inside; nothing is asked of the other place."""
    async with receiving(answering(answer(200))) as other:
        async with receiving(answering(answer(status, location=other.url))) as receiver:
            assert failure(await send(webhook_client, receiver)) == ("redirect", status)
        assert other.connections == 0


async def test_410_says_that_the_receiver_is_gone(webhook_client: WebhookClient) -> None:
    """With what it said."""
    async with receiving(answering(answer(410, b"bye"))) as receiver:
        outcome = await send(webhook_client, receiver)
    assert isinstance(outcome, Gone)
    assert outcome.first_bytes == b"bye"


async def test_retry_after_is_read_as_seconds_and_as_a_date(webhook_client: WebhookClient) -> None:
    """What a receiver asks for comes out in seconds."""
    at = format_datetime(machine_clock() + timedelta(minutes=5), usegmt=True)
    texts = ["120", at, "soon"]
    async with receiving(answering(*(answer(429, retry_after=text) for text in texts))) as receiver:
        outcomes = [await send(webhook_client, receiver) for _ in texts]
    waits = [outcome.retry_after_s for outcome in outcomes if isinstance(outcome, Failed)]
    assert waits[0] == 120
    assert waits[1] is not None
    assert 295 < waits[1] <= 300
    assert waits[2] is None


async def test_nobody_listening_is_a_failure_to_connect(webhook_client: WebhookClient) -> None:
    """At once, and without a status."""
    assert failure(await send(webhook_client, f"http://127.0.0.1:{free_port()}/")) == ("connect", None)


async def test_a_receiver_that_hangs_ends_when_it_was_silent_for_too_long(
    webhook_client: WebhookClient,
) -> None:
    """It sees the connection end, so its slot is free too."""
    async with receiving(hanging) as receiver:
        assert failure(await send(webhook_client, receiver)) == ("read_time", None)
        async with asyncio.timeout(1):
            await receiver.ended.wait()


async def test_a_receiver_that_takes_no_connection_ends_in_time(webhook_client: WebhookClient) -> None:
    """A full queue of connections is neither a refusal nor an answer."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen(0)
        waiting = [socket.socket() for _ in range(8)]
        for one in waiting:
            one.setblocking(False)
            one.connect_ex(listening.getsockname())
        outcome = await send(webhook_client, f"http://127.0.0.1:{listening.getsockname()[1]}/")
        for one in waiting:
            one.close()
    assert failure(outcome)[0] in {"connect_time", "read_time"}


@pytest.mark.parametrize(
    ("start", "piece"),
    [(b"", b"H"), (b"HTTP/1.1 200 OK\r\n", b"x-a: b\r\n"), (b"HTTP/1.1 ", b"2")],
    ids=["first_line", "headers", "status"],
)
async def test_a_receiver_that_trickles_its_head_ends_at_the_deadline(
    webhook_client: WebhookClient, start: bytes, piece: bytes
) -> None:
    """Each byte comes in time and the whole never does; what is no HTTP may end it sooner."""
    async with receiving(trickling(start, piece, 0.1)) as receiver:
        why, status = failure(await send(webhook_client, receiver))
    assert why in {"deadline", "malformed"}
    assert status is None


async def test_a_head_of_200_is_delivered_even_when_its_body_trickles(webhook_client: WebhookClient) -> None:
    """The receiver has the notice; sending it again would only repeat it. It ends all the same."""
    begun = time.monotonic()
    async with receiving(trickling(b"HTTP/1.1 200 OK\r\ncontent-length: 900\r\n\r\n", b"x", 0.1)) as receiver:
        outcome = await send(webhook_client, receiver)
        async with asyncio.timeout(1):
            await receiver.ended.wait()
    assert isinstance(outcome, Delivered)
    assert 1 <= len(outcome.first_bytes) <= 11
    assert time.monotonic() - begun > 0.9


async def test_a_failing_answer_that_trickles_or_hangs_says_so_beside_its_status(
    webhook_client: WebhookClient,
) -> None:
    """It has cost a slot, which the circuit must learn."""
    head = b"HTTP/1.1 500 No\r\ncontent-length: 900\r\n\r\n"
    async with receiving(trickling(head, b"x", 0.1)) as trickler, receiving(answering(head)) as silent:
        assert failure(await send(webhook_client, trickler)) == ("deadline", 500)
        assert failure(await send(webhook_client, silent)) == ("read_time", 500)


async def test_proxies_of_the_environment_are_not_used(
    webhook_client: WebhookClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A proxy would connect by name, and to whatever it likes."""
    for name in ("HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{free_port()}")
    async with receiving(answering(answer(200))) as receiver:
        assert isinstance(await send(webhook_client, receiver), Delivered)


async def test_a_notice_beyond_the_bound_is_not_sent(webhook_client: WebhookClient) -> None:
    """Ours are thin; one that is not is a mistake, and no receiver's problem."""
    async with receiving(answering(answer(200))) as receiver:
        outcome = await webhook_client.post(receiver.url, HEADERS, b"x" * (post_module.REQUEST_BYTES_MAX + 1))
        assert failure(outcome) == ("request_too_large", None)
        most = await webhook_client.post(receiver.url, HEADERS, b"x" * post_module.REQUEST_BYTES_MAX)
        assert isinstance(most, Delivered)
    assert receiver.connections == 1


async def test_without_the_setting_this_machine_is_not_spoken_to(world: object) -> None:
    """No connection is made; the url is refused before anything else."""
    del world
    webhook_client = WebhookClient(SHORT, Allowed())
    async with receiving(answering(answer(200))) as receiver:
        for host in ("127.0.0.1", "localhost", "[::1]"):
            for scheme in ("http", "https"):
                url = f"{scheme}://{host}:{receiver.port}/"
                assert await webhook_client.post(url, HEADERS, BODY) == Refused("url", "")
    assert receiver.connections == 0
    webhook_client.close()


async def test_the_systems_resolver_knows_this_machine() -> None:
    """The one test in which the names are not invented."""
    webhook_client = WebhookClient(SHORT, Allowed(loopback=True))
    async with receiving(answering(answer(204))) as receiver:
        assert isinstance(await send(webhook_client, f"http://localhost:{receiver.port}/"), Delivered)
    webhook_client.close()


async def test_a_healthy_receiver_is_not_held_up_by_those_beside_it() -> None:
    """Fifty notices arrive while sixteen posts to others hang and trickle, and more fail."""
    webhook_client = WebhookClient(Bounds(deadline_s=3, read_s=3), Allowed(loopback=True))

    async def post_to(receiver: Receiver) -> Outcome:
        return await webhook_client.post(receiver.url, HEADERS, BODY)

    async with (
        receiving(hanging) as hung,
        receiving(trickling(b"HTTP/1.1 200 OK\r\n", b"a: b\r\n", 0.05)) as slow,
        receiving(answering(answer(500))) as failing,
        receiving(answering(answer(200, b"ok"))) as healthy,
    ):
        others = [asyncio.create_task(post_to(bad)) for bad in (hung, slow, failing, hung, slow) * 4]
        await asyncio.sleep(0.05)
        arrived = await asyncio.gather(*(post_to(healthy) for _ in range(50)))
        assert sum(not other.done() for other in others) >= 16
        outcomes = await asyncio.gather(*others)
    webhook_client.close()
    assert all(isinstance(outcome, Delivered) for outcome in arrived)
    assert sorted(failure(outcome)[0] for outcome in outcomes)[-4:] == ["status"] * 4
    assert not any(isinstance(outcome, Delivered) for outcome in outcomes)


@pytest.mark.parametrize("word", ["yes", "no"])
async def test_the_settings_configure_the_webhook_client(word: str) -> None:
    """Whether this machine may be spoken to, and how much of an answer is kept."""
    key = base64.b64encode(bytes(32)).decode()
    environment = {
        "DATABASE_URL": "postgresql://localhost/rewards",
        "REDIS_URL": "redis://localhost",
        "FIELD_KEYS": f"a:{key}",
        "INDEX_KEY": key,
        "AUDIT_KEY": key,
        "WEBHOOK_ALLOW_LOOPBACK": word,
        "WEBHOOK_ANSWER_BYTES_MAX": "3",
    }
    made = post_module.webhook_client(settings.read(environment))
    async with receiving(answering(answer(200, b"thanks"))) as receiver:
        outcome = await made.post(receiver.url, HEADERS, BODY)
    made.close()
    if word == "yes":
        assert isinstance(outcome, Delivered)
        assert outcome.first_bytes == b"tha"
    else:
        assert outcome == Refused("url", "")

# long: the authority that vouches for names stands beside the tests that need it
"""What a name leads to is judged on every attempt, connected to as judged, and proven by its certificate."""

from __future__ import annotations

import asyncio
import socket
import ssl
import time
from collections.abc import Iterator
from datetime import timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from service.clock import machine_clock
from service.core.notices.deliveries import Delivered, Failed, Outcome, Refused
from service.outbound.addresses import Allowed
from service.outbound.names import Names
from service.outbound.post import Bounds, WebhookClient
from tests.outbound.conftest import SHORT, World
from tests.outbound.receivers import answer, answering, hanging, receiving

NAME = "hooks.receiver.org"
OK = answering(answer(200, b"ok"))
INSIDE = [
    "10.0.0.1",
    "192.168.1.1",
    "172.16.0.1",
    "169.254.169.254",
    "100.64.0.1",
    "0.0.0.1",
    "224.0.0.1",
    "fd00:ec2::254",
    "fe80::1%eth0",
    "fc00::1",
    "::",
    "64:ff9b::7f00:1",
    "2002:7f00:1::",
    "::ffff:10.0.0.1",
]


async def send(webhook_client: WebhookClient, port: int, name: str = NAME, scheme: str = "http") -> Outcome:
    """Post once to a name."""
    return await webhook_client.post(f"{scheme}://{name}:{port}/", {"webhook-id": "1"}, b"{}")


@pytest.mark.parametrize("address", INSIDE)
async def test_a_name_that_leads_inside_is_refused(
    webhook_client: WebhookClient, world: World, address: str
) -> None:
    """No connection is made, and the outcome says which address it was."""
    world.names[NAME] = [[address]]
    outcome = await send(webhook_client, 8443, scheme="https")
    assert isinstance(outcome, Refused)
    assert (outcome.address, outcome.why == "url") == (address, False)


async def test_one_address_inside_bars_a_name_with_good_ones_too(
    webhook_client: WebhookClient, world: World
) -> None:
    """A name that leads outside and inside is up to something."""
    async with receiving(OK) as receiver:
        world.names[NAME] = [["127.0.0.1", "10.0.0.1"]]
        outcome = await send(webhook_client, receiver.port)
    assert isinstance(outcome, Refused)
    assert (outcome.why, outcome.address) == ("private", "10.0.0.1")
    assert receiver.connections == 0


async def test_a_name_is_looked_up_once_an_attempt_and_what_was_judged_is_connected_to(
    webhook_client: WebhookClient, world: World
) -> None:
    """An answer that changes between judging and connecting is never asked for."""
    async with receiving(OK) as receiver:
        world.names[NAME] = [["127.0.0.1"], ["10.0.0.1"]]
        assert isinstance(await send(webhook_client, receiver.port), Delivered)
        assert world.asked == [NAME]
        assert receiver.asked[0].headers["host"] == f"{NAME}:{receiver.port}"
        outcome = await send(webhook_client, receiver.port)
    assert isinstance(outcome, Refused)
    assert (outcome.why, outcome.address, world.asked) == ("private", "10.0.0.1", [NAME, NAME])
    assert len(receiver.asked) == 1


async def test_a_kept_connection_is_used_only_while_the_name_still_leads_there(
    webhook_client: WebhookClient, world: World
) -> None:
    """A receiver that moved gets its notices at the new place at once."""
    async with receiving(OK) as before, receiving(OK, host="127.0.0.2", port=before.port) as after:
        world.names[NAME] = [["127.0.0.1"], ["127.0.0.1"], ["127.0.0.2"]]
        for _ in range(3):
            assert isinstance(await send(webhook_client, before.port), Delivered)
    assert (len(before.asked), before.connections, len(after.asked)) == (2, 1, 1)


async def test_two_names_at_one_address_never_share_a_connection(
    webhook_client: WebhookClient, world: World
) -> None:
    """A certificate was checked for one name only."""
    async with receiving(OK) as receiver:
        world.names = {NAME: [["127.0.0.1"]], "other.receiver.org": [["127.0.0.1"]]}
        for name in (NAME, "other.receiver.org", NAME):
            assert isinstance(await send(webhook_client, receiver.port, name), Delivered)
    assert receiver.connections == 2


async def test_http_stays_on_this_machine(world: World) -> None:
    """Where private addresses are allowed too, what leaves the machine is under TLS."""
    webhook_client = WebhookClient(SHORT, Allowed(loopback=True, private=True), world.resolve)
    for address in ("10.0.0.1", "8.8.8.8"):
        world.names[NAME] = [[address]]
        outcome = await send(webhook_client, 8080)
        assert isinstance(outcome, Refused)
        assert (outcome.why, outcome.address) == ("plain_http", address)
    webhook_client.close()


async def test_the_next_address_is_tried_where_one_takes_no_connection(
    webhook_client: WebhookClient, world: World
) -> None:
    """A receiver with two addresses is reached while one of them is up."""
    async with receiving(OK) as receiver:
        world.names[NAME] = [["127.0.0.9", "127.0.0.1"]]
        assert isinstance(await send(webhook_client, receiver.port), Delivered)


@pytest.mark.parametrize("answers", [None, []])
async def test_a_name_without_addresses_is_a_failure(
    webhook_client: WebhookClient, world: World, answers: list[str] | None
) -> None:
    """An error of the resolver and an empty answer are alike."""
    if answers is not None:
        world.names[NAME] = [answers]
    outcome = await send(webhook_client, 8443, scheme="https")
    assert isinstance(outcome, Failed)
    assert (outcome.why, outcome.status) == ("name_unknown", None)


async def test_a_name_that_is_never_answered_ends_at_the_deadline() -> None:
    """Looking up is part of the attempt."""

    async def never(_host: str, _port: int) -> list[str]:
        await asyncio.sleep(60)
        return []

    webhook_client = WebhookClient(Bounds(deadline_s=0.3), Allowed(), never)
    outcome = await send(webhook_client, 8443, scheme="https")
    assert isinstance(outcome, Failed)
    assert outcome.why == "deadline"
    webhook_client.close()


async def test_names_are_asked_for_once_at_a_time_and_anew_afterwards(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A hundred notices to a name whose servers are slow take one thread; another name is not held up."""
    asked: list[str] = []

    def slow(host: str, _port: int, *_rest: object, **_named: object) -> list[object]:
        asked.append(host)
        if host == NAME:
            time.sleep(0.2)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("192.0.2.7", 443))] * 2

    monkeypatch.setattr(socket, "getaddrinfo", slow)
    names = Names()
    waiting = [asyncio.create_task(names.resolve(NAME, 443)) for _ in range(100)]
    await asyncio.sleep(0.02)
    waiting[0].cancel()
    assert await names.resolve("other.receiver.org", 443) == ["192.0.2.7"]
    assert not any(one.done() for one in waiting[1:])
    assert await asyncio.gather(*waiting[1:]) == [["192.0.2.7"]] * 99
    assert await names.resolve(NAME, 443) == ["192.0.2.7"]
    assert asked == [NAME, "other.receiver.org", NAME]
    names.close()


class Authority:
    """An authority of the test's own, which vouches for names."""

    def __init__(self, folder: Path) -> None:
        """Make its key and its certificate."""
        self.folder = folder
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Authority of a test")])
        self.certificate = self._certificate(self.name, self.key, [], authority=True)

    def trusted(self) -> ssl.SSLContext:
        """Give what a client trusts that trusts this authority alone."""
        pem = self.certificate.public_bytes(serialization.Encoding.PEM).decode()
        return ssl.create_default_context(cadata=pem)

    def vouched(self, *names: str, days: int = 7, by_itself: bool = False) -> ssl.SSLContext:
        """Give a server's context with a certificate for some names, ours or signed by itself."""
        key = ec.generate_private_key(ec.SECP256R1())
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, names[0])])
        certificate = self._certificate(subject, key, list(names), days=days, by_itself=by_itself)
        path = self.folder / f"{names[0].replace(':', '_')}-{days}-{by_itself}.pem"
        private = key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        path.write_bytes(private + certificate.public_bytes(serialization.Encoding.PEM))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(path)
        return context

    def _certificate(
        self,
        subject: x509.Name,
        key: ec.EllipticCurvePrivateKey,
        names: list[str],
        *,
        days: int = 7,
        authority: bool = False,
        by_itself: bool = False,
    ) -> x509.Certificate:
        now = machine_clock()
        made = (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(subject if by_itself else self.name)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - timedelta(days=30))
            .not_valid_after(now + timedelta(days=days))
            .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
        )
        if names:
            alternatives = [
                x509.IPAddress(ip_address(name)) if name[:1].isdigit() else x509.DNSName(name)
                for name in names
            ]
            made = made.add_extension(x509.SubjectAlternativeName(alternatives), critical=False)
        return made.sign(key if by_itself else self.key, hashes.SHA256())


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    """Give an authority for these tests."""
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture
def secured(world: World, authority: Authority) -> Iterator[WebhookClient]:
    """Give a courier that trusts the authority, in a world where the name leads to this machine."""
    world.names[NAME] = [["127.0.0.1"]]
    made = WebhookClient(SHORT, Allowed(loopback=True), world.resolve, authority.trusted())
    yield made
    made.close()


async def test_a_certificate_of_the_name_is_taken_and_the_name_is_what_tls_asks_for(
    secured: WebhookClient, authority: Authority
) -> None:
    """We connect to an address; the name goes into the handshake, the check and the `Host` header."""
    async with receiving(OK, authority.vouched(NAME)) as receiver:
        for _ in range(3):
            assert isinstance(await send(secured, receiver.port, scheme="https"), Delivered)
    assert receiver.server_names == [NAME]
    assert receiver.connections == 1
    assert receiver.asked[0].headers["host"] == f"{NAME}:{receiver.port}"


async def test_an_address_in_the_url_needs_a_certificate_for_it(
    secured: WebhookClient, authority: Authority
) -> None:
    """A certificate for a name does not speak for an address."""
    async with (
        receiving(OK, authority.vouched("127.0.0.1")) as right,
        receiving(OK, authority.vouched(NAME)) as wrong,
    ):
        assert isinstance(await send(secured, right.port, "127.0.0.1", "https"), Delivered)
        outcome = await send(secured, wrong.port, "127.0.0.1", "https")
    assert isinstance(outcome, Failed)
    assert outcome.why == "tls"


@pytest.mark.parametrize("fault", ["self-signed", "another name", "expired", "unknown authority", "no TLS"])
async def test_a_certificate_that_nobody_vouches_for_is_refused(
    secured: WebhookClient, authority: Authority, world: World, fault: str
) -> None:
    """Nothing is sent: not even the request's first line."""
    webhook_client, context = secured, authority.vouched(NAME)
    if fault == "self-signed":
        context = authority.vouched(NAME, by_itself=True)
    if fault == "another name":
        context = authority.vouched("other.receiver.org")
    if fault == "expired":
        context = authority.vouched(NAME, days=-1)
    if fault == "unknown authority":
        webhook_client = WebhookClient(SHORT, Allowed(loopback=True), world.resolve)
    plain = answering(answer(200)) if fault == "no TLS" else OK
    async with receiving(plain, None if fault == "no TLS" else context) as receiver:
        outcome = await send(webhook_client, receiver.port, scheme="https")
    assert isinstance(outcome, Failed)
    assert outcome.why in ({"read_time", "connect_time", "tls"} if fault == "no TLS" else {"tls"})
    assert receiver.asked == []


async def test_the_address_that_a_connection_really_leads_to_is_judged_too(
    authority: Authority, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the network below us leads elsewhere than we asked, nothing is sent."""
    loop = asyncio.get_running_loop()
    connect = loop.create_connection

    async def bent(protocol: Any, _host: str, port: int, **how: Any) -> Any:  # noqa: ANN401  the loop's own
        return await connect(protocol, "127.0.0.1", port, **how)

    monkeypatch.setattr(loop, "create_connection", bent)
    world.names[NAME] = [["8.8.8.8"]]
    webhook_client = WebhookClient(SHORT, Allowed(), world.resolve, authority.trusted())
    async with receiving(OK, authority.vouched(NAME)) as receiver:
        outcome = await send(webhook_client, receiver.port, scheme="https")
    assert isinstance(outcome, Refused)
    assert (outcome.why, outcome.address, receiver.asked) == ("loopback", "127.0.0.1", [])


async def test_a_handshake_that_hangs_ends_in_time(secured: WebhookClient) -> None:
    """A receiver that takes the connection and says nothing costs as long as connecting may take."""
    async with receiving(hanging) as receiver:
        outcome = await send(secured, receiver.port, scheme="https")
    assert isinstance(outcome, Failed)
    assert outcome.why == "connect_time"
    assert outcome.ms < 900

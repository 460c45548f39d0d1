"""The Redis client of the processes over TLS, with a password, as the compose file's URL has it."""

from __future__ import annotations

import asyncio
import re
import ssl
import subprocess
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pytest
from redis.asyncio import Redis
from redis.exceptions import RedisError

from service.embedded import valkey
from service.scratch.rate_limits import RateLimits
from service.settings import RateLimit

COMPOSE: Final = Path(__file__).resolve().parents[2] / "deploy" / "compose.yaml"
START_S_MAX: Final = 10


@dataclass
class Secured:
    """A Valkey behind TLS, for `localhost`: its port, the file of its certificate, and its password."""

    port: int
    certificate: Path
    password: str

    def url(self, user: str | None = None, host: str = "localhost", certificate: Path | None = None) -> str:
        """Give the URL as the compose file writes it, or with another user, host or authority."""
        who = f"rewards:{self.password}" if user is None else user
        return f"rediss://{who}@{host}:{self.port}/0?ssl_ca_certs={certificate or self.certificate}"


async def relay(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Hand on what is said until its end."""
    with suppress(OSError):
        while said := await reader.read(65536):
            writer.write(said)
            await writer.drain()
    writer.close()


@pytest.fixture
def secrets_made(tmp_path: Path) -> Path:
    """Make the secrets as the compose file's head says, for `localhost`."""
    text = COMPOSE.read_text(encoding="utf-8").replace("DNS:postgres,DNS:valkey", "DNS:localhost")
    lines = "\n".join(re.findall(r"(?m)^#   (.+)$", text.split("# And a file pages.env")[0]))
    subprocess.run(["/bin/bash", "-euc", lines], cwd=tmp_path, capture_output=True, check=True, timeout=60)
    return tmp_path / "secrets"


@pytest.fixture
def inside(tmp_path: Path, secrets_made: Path) -> Iterator[Path]:
    """Run Valkey with the users of those secrets, and give its socket."""
    place = tmp_path / "v.sock"
    users = str(secrets_made / "valkey_users")
    words = ["--port", "0", "--unixsocket", str(place), "--save", "", "--aclfile", users]
    process = subprocess.Popen([str(valkey.program()), *words], cwd=tmp_path, stdout=subprocess.DEVNULL)
    try:
        for _ in range(START_S_MAX * 20):
            if place.exists():
                break
            time.sleep(0.05)
        yield place
    finally:
        process.terminate()
        process.wait(START_S_MAX)


@pytest.fixture
def other_certificate(tmp_path: Path) -> Path:
    """Make a certificate that nobody here trusts."""
    made = tmp_path / "other"
    asked = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=other", "-keyout", "/dev/null"]
    subprocess.run(["/usr/bin/openssl", *asked, "-out", str(made)], capture_output=True, check=True)
    return made


@pytest.fixture
async def secured(secrets_made: Path, inside: Path) -> AsyncIterator[Secured]:
    """Put TLS before Valkey: the wheel's is built without, so a relay speaks it."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(secrets_made / "tls_cert", secrets_made / "tls_key")

    async def served(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        answers, asks = await asyncio.open_unix_connection(str(inside))
        await asyncio.gather(relay(reader, asks), relay(answers, writer))

    server = await asyncio.start_server(served, "localhost", 0, ssl=context)
    password = (secrets_made / "valkey_password").read_text(encoding="utf-8").strip()
    yield Secured(server.sockets[0].getsockname()[1], secrets_made / "tls_cert", password)
    server.close()


async def test_limits_and_signals_work_over_tls_with_the_password(secured: Secured) -> None:
    """What the processes ask of it is what its user may: scripts, messages, and no more."""
    async with Redis.from_url(secured.url()) as redis:
        limits = RateLimits(redis, RateLimit(1, 60))
        first, second = await limits.take("a"), await limits.take("a")
        assert first is not None
        assert second is not None
        assert (first.allowed, second.allowed) == (True, False)
        heard = redis.pubsub()
        await heard.subscribe("changed")
        await heard.get_message(timeout=5)
        assert await redis.publish("changed", "x") == 1
        for words in ("CONFIG GET *", "ACL LIST", "FLUSHALL", "KEYS *"):
            with pytest.raises(RedisError, match="no permissions"):
                await redis.execute_command(*words.split())  # type: ignore[no-untyped-call]
        await heard.aclose()  # type: ignore[no-untyped-call]


@pytest.mark.parametrize("user", ["", "rewards:guessed"])
async def test_without_the_password_nothing_but_a_ping_is_answered(secured: Secured, user: str) -> None:
    """A wrong one opens nothing either."""
    async with Redis.from_url(secured.url(user)) as redis:
        if not user:
            assert await redis.ping()
        with pytest.raises(RedisError):
            await redis.set("a", "b")


async def test_another_authority_s_certificate_or_another_name_is_not_spoken_to(
    secured: Secured, other_certificate: Path
) -> None:
    """Whoever stands between shows a certificate of their own, or a right one for another host."""
    for url in (secured.url(certificate=other_certificate), secured.url(host="127.0.0.1")):
        async with Redis.from_url(url) as redis:
            with pytest.raises((RedisError, OSError)):
                await redis.ping()

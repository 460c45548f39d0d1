"""By `tls.yml` nobody comes in from another machine without TLS, and HAProxy asks Patroni over TLS."""

from __future__ import annotations

import asyncio
import socket
import ssl
import struct
import subprocess
from pathlib import Path
from typing import Final

import asyncpg
import httpx
import pytest

from tests.between import short_folder
from tests.cluster import parts
from tests.cluster.addresses import Addresses
from tests.cluster.cluster import until
from tests.cluster.kept import Keeper, guarded
from tests.programs import needed

pytestmark = pytest.mark.slow

PROGRAMS: Final = Path("/usr/lib/postgresql/15/bin")
"""Debian's PostgreSQL, since the wheel's knows no TLS."""
CERTIFICATE: Final = (
    "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
    "-subj", "/CN=server", "-addext", "subjectAltName=IP:127.0.0.1",
    "-keyout", "server.key", "-out", "server.crt",
)  # fmt: skip  # table: a command as it is typed


def refused(port: int) -> str:
    """Ask PostgreSQL in plain words, from an address that is not the loopback's first; gives what it says."""
    with socket.create_connection(("127.0.0.1", port), 5, source_address=("127.0.0.2", 0)) as line:
        asked = struct.pack("!i", 196608) + b"user\0rewards_owner\0database\0rewards\0\0"
        line.sendall(struct.pack("!i", len(asked) + 4) + asked)
        return line.recv(4096).decode("utf-8", "replace")


async def is_encrypted(url: str, trusted: ssl.SSLContext) -> bool:
    """Log in over TLS, and ask the server whether it thinks so too."""
    connection = await asyncpg.connect(url, ssl=trusted)
    try:
        return bool(await connection.fetchval("select ssl from pg_stat_ssl where pid = pg_backend_pid()"))
    finally:
        await connection.close()


def test_over_a_network_there_is_tls_from_one_end_to_the_other() -> None:
    """Patroni with Debian's PostgreSQL, and the file by which HAProxy finds the primary."""
    needed(**parts.NEEDED, **{str(PROGRAMS / "initdb"): "postgresql-15"})
    with short_folder() as folder, guarded(folder):
        at = Addresses.made(folder)
        tls = parts.patroni_files(at, "cluster.yml", "tls.yml").parent / "tls"
        tls.mkdir()
        subprocess.run(CERTIFICATE, cwd=tls, check=True, capture_output=True)
        (tls / "ca.crt").write_bytes((tls / "server.crt").read_bytes())
        trusted = ssl.create_default_context(cafile=str(tls / "ca.crt"))
        keeper = Keeper()
        try:
            for one in (
                parts.etcd(at),
                parts.haproxy(at, PATRONI_CA=str(tls / "ca.crt")),
                parts.patroni(at, "one", PROGRAMS),
            ):
                keeper.add(one)

            def is_primary() -> bool:
                try:
                    answer = httpx.get(f"https://{at.at('patroni-one')}/primary", verify=trusted, timeout=3)
                except httpx.TransportError:
                    return False
                return answer.status_code == httpx.codes.OK

            until(is_primary, "PostgreSQL is there, and Patroni says so over TLS")
            with pytest.raises(httpx.TransportError):
                httpx.get(f"http://{at.at('patroni-one')}/primary", timeout=3)
            until(lambda: _leads(at.ports["database"]), "HAProxy leads to it")
            assert asyncio.run(is_encrypted(at.owner_url, trusted))
            assert "no encryption" in refused(at.ports["postgresql-one"])
        finally:
            keeper.stop()


def _leads(port: int) -> bool:
    """Tell whether a server of PostgreSQL answers, by asking it whether it speaks TLS (protocol 55.2)."""
    with socket.create_connection(("127.0.0.1", port), 5) as line:
        line.sendall(struct.pack("!ii", 8, 80877103))
        try:
            return line.recv(1) == b"S"
        except ConnectionResetError:
            return False

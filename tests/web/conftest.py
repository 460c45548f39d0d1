"""A served database for the session, and for each test a clinic of its own with a key for every role."""

from __future__ import annotations

import asyncio
import os
import secrets
import socket
import subprocess
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, Literal, cast, get_args
from urllib.parse import urlsplit, urlunsplit
from uuid import UUID

import asyncpg
import httpx
import pytest

from schemas.keys import NewKey
from schemas.people import Role
from schemas.shown_once import shown
from schemas.staff import Staff, StaffRole
from service.embedded import Stores
from service.flows.access.keys import issue_key
from service.flows.access.sessions import open_session
from service.flows.perform import Act, Done, perform
from service.flows.setup.clinics import create_clinic, operator
from service.flows.verify.verify import verify
from service.settings import Settings, read
from service.store import staff
from service.store.database.cipher import Cipher
from service.store.database.pool import Database, connect
from service.store.database.waits import in_background
from tests import clock, databases, tls

ROOT = Path(__file__).resolve().parents[2]
START_S_MAX = 20
Who = Role | Literal["another"]


@dataclass(frozen=True)
class Server:
    """A running server of one web process, and the way to its database."""

    url: str
    settings: Settings
    database: Database

    @property
    def metrics_url(self) -> str:
        """The address of the port that is for metrics alone."""
        return f"http://127.0.0.1:{self.settings.metrics_port}"

    async def metrics(self) -> str:
        """Read what it has counted."""
        async with httpx.AsyncClient(verify=tls.CONTEXT) as client:
            return (await client.get(f"{self.metrics_url}/metrics")).text


@dataclass
class Clinic:
    """One clinic with a key for every role, the person who answers for it, and a client for each.

    `staff_ids` and `tokens`, of sessions, are by role, and those of a second manager under `another`.
    """

    id: str
    keys: dict[Role, str]
    url: str
    key_ids: dict[Role, str]
    staff_ids: dict[str, str]
    tokens: dict[str, str]
    clients: dict[str, httpx.AsyncClient] = field(default_factory=dict)

    def client(self, role: Who = "manager") -> httpx.AsyncClient:
        """Give the client that acts with one role: by its key, or as `another` manager, who is signed in."""
        if role == "another":
            return self.another()
        if role not in self.clients:
            headers = {"authorization": f"Bearer {self.keys[role]}"}
            limits = httpx.Limits(max_connections=64)
            self.clients[role] = httpx.AsyncClient(
                base_url=self.url, headers=headers, timeout=60, limits=limits, verify=tls.CONTEXT
            )
        return self.clients[role]

    def person(self, who: str = "manager") -> httpx.AsyncClient:
        """Give the client of a member of staff who is signed in."""
        name = f"person {who}"
        if name not in self.clients:
            headers = {"authorization": f"Bearer {self.tokens[who]}"}
            self.clients[name] = httpx.AsyncClient(
                base_url=self.url, headers=headers, timeout=60, verify=tls.CONTEXT
            )
        return self.clients[name]

    def another(self) -> httpx.AsyncClient:
        """Give the client of a second manager, who is signed in."""
        return self.person("another")

    async def close(self) -> None:
        """Close every client."""
        for client in self.clients.values():
            await client.aclose()

    async def post(self, path: str, body: Any, role: Who = "manager", **headers: str) -> httpx.Response:  # noqa: ANN401
        """Post JSON as one role; underscores in header names stand for hyphens."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return await self.client(role).post(path, json=body, headers=named)

    async def get(self, path: str, role: Who = "manager", **asked: Any) -> httpx.Response:  # noqa: ANN401
        """Read as one role."""
        return await self.client(role).get(path, params=asked)


@pytest.fixture(scope="session")
async def served_database(stores: Stores, template_database: str) -> AsyncIterator[str]:
    """Make the database that the session's server serves, and give its owner's URL."""
    # The browser's tests, in a folder of their own, have one of their own in the same session.
    name = f"rewards_web_{os.getpid()}_{secrets.token_hex(4)}"
    owner = urlsplit(stores.owner_url).username or "postgres"
    admin = await asyncpg.connect(stores.admin_url)
    try:
        await admin.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template_database}" OWNER "{owner}"')
        yield urlunsplit(urlsplit(stores.owner_url)._replace(path=f"/{name}"))
        await admin.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
    finally:
        await admin.close()


def free_port() -> int:
    """Find a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def start_server(
    environment: dict[str, str],
    port: int,
    workers: int = 1,
    application: str = "service.app:from_environment",
) -> subprocess.Popen[bytes]:
    """Start a real server as `rewards serve` does, with what a function `module:name` makes."""
    return subprocess.Popen(
        [
            sys.executable,
            "-m",
            "tests.web.serving",
            str(port),
            str(workers),
            application,
        ],
        cwd=ROOT,
        env={**os.environ, **environment},
    )


async def answering(url: str, process: subprocess.Popen[bytes]) -> None:
    """Wait until a server says that it is ready."""
    async with httpx.AsyncClient(base_url=url, verify=tls.CONTEXT) as client:
        for _ in range(START_S_MAX * 20):
            if process.poll() is not None:
                break
            try:
                if (await client.get("/readyz")).status_code == 200:
                    return
            except httpx.TransportError:
                pass
            await asyncio.sleep(0.05)
    pytest.fail("the server did not get ready")


def environment_of(stores: Stores, url: str) -> dict[str, str]:
    """Give the settings that lead a server to one database."""
    return {
        **databases.environment_of(stores, url),
        **clock.setting(),
        "LOG_LEVEL": "warning",
        "SECOND_FACTOR_ROLES": "off",
    }


@pytest.fixture(scope="session")
async def server(stores: Stores, served_database: str) -> AsyncIterator[Server]:
    """Serve the session's database by a real server in a process of its own."""
    environment = {**environment_of(stores, served_database), "METRICS_PORT": str(free_port())}
    settings = read(environment)
    port = free_port()
    process = start_server(environment, port)
    try:
        await answering(f"http://127.0.0.1:{port}", process)
        database = await open_database(settings)
        yield Server(f"http://127.0.0.1:{port}", settings, database)
        # After all tests over HTTP, the fuzzing too, every clinic's books must be right.
        for clinic in await database.clinics():
            verdict = await verify(database, clinic, lambda _what, _count: None)
            assert verdict is not None
            assert verdict.fault is None
        await database.close()
    finally:
        process.terminate()
        await asyncio.to_thread(process.wait, 20)


async def open_database(settings: Settings) -> Database:
    """Open the database that settings lead to."""
    cipher = Cipher(settings.field_keys, settings.index_key, settings.audit_key)
    return await connect(settings.database_url, cipher, clock.now, in_background(5), connections_max=4)


async def make_clinic(database: Database, url: str) -> Clinic:
    """Make a clinic with a key for every role."""
    made = await create_clinic(database, "A test clinic", "America/New_York")
    assert isinstance(made, Done)
    clinic = made.value.id
    hired = await perform(database, operator(clinic), _hire)
    assert isinstance(hired, Done)
    members = hired.value
    keys: dict[Role, str] = {}
    ids: dict[Role, str] = {}
    for role in get_args(Role):
        new = NewKey(role, None, members.get(role, members["manager"]))
        done = await perform(database, operator(clinic), partial(issue_key, new=new))
        assert isinstance(done, Done)
        keys[role], ids[role] = shown(done.value.key), str(done.value.id)
    tokens: dict[str, str] = {}
    for who, member in members.items():
        opened = await perform(database, operator(clinic), partial(open_session, kind="api", subject=member))
        assert isinstance(opened, Done)
        tokens[who] = opened.value.token
    return Clinic(str(clinic), keys, url, ids, {who: str(one) for who, one in members.items()}, tokens)


async def _hire(act: Act) -> Done[dict[str, UUID]]:
    """Put somebody of each role on the staff, and a second manager."""
    members: dict[str, UUID] = {}
    for who in (*get_args(StaffRole), "another"):
        role = cast("StaffRole", "manager" if who == "another" else who)
        made = Staff(act.new_id(), f"{who}.{act.clinic.hex}@clinic.example", role, "en", act.now)
        await staff.insert(act, made, None, is_temporary=False, by=act.actor.id)
        act.audit("staff.created", made.id, role=role)
        members[who] = made.id
    return Done(members)


@pytest.fixture
async def clinic(server: Server) -> AsyncIterator[Clinic]:
    """Give a clinic that no other test sees."""
    made = await make_clinic(server.database, server.url)
    yield made
    await made.close()


@pytest.fixture
async def other(server: Server) -> AsyncIterator[Clinic]:
    """Give a second clinic, to which nothing of the first may leak."""
    made = await make_clinic(server.database, server.url)
    yield made
    await made.close()


def assert_problem(answer: httpx.Response, status: int, code: str) -> None:
    """Hold an answer against the one shape that refusals have."""
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json"), (
        answer.text
    )
    problem = answer.json()
    assert set(problem) == {"type", "title", "status", "detail", "instance", "code", "errors", "trace_id"}
    assert (problem["code"], problem["status"], problem["type"]) == (code, status, f"/problems/{code}")
    assert problem["trace_id"] in answer.headers["traceparent"]
    assert "?" not in problem["instance"]
    assert answer.headers["cache-control"] == "no-store"

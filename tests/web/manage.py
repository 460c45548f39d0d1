"""A clinic with signed-in members of staff, for the pages of Manage."""

from __future__ import annotations

import html
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

import asyncpg
import httpx
import pytest

from service.flows.access.sessions import OpenedSession, open_session
from service.flows.perform import Act, Done, perform
from service.flows.setup.clinics import operator
from tests import tls

if TYPE_CHECKING:
    from tests.web.conftest import Clinic, Server

Files = dict[str, tuple[str, bytes]]
"""Files of a form: their names and bytes, by field."""
NAMES = {"manager": "Maria Lopez", "auditor": "Ann Audit", "clinician": "Cory Clin", "front_desk": "Fay Desk"}


async def signed_in(server: Server, clinic_id: str, role: str) -> str:
    """Make a member of staff, sign them in, and give the session's token."""
    clinic, member = UUID(clinic_id), uuid4()
    cipher = server.database.cipher
    connection = await asyncpg.connect(server.settings.migration_database_url)
    try:
        await connection.execute(
            "insert into staff (clinic_id, staff_id, role, email, email_index, name, created_at, created_by)"
            " values ($1, $2, $3, $4, $5, $6, now(), $2)",
            clinic,
            member,
            role,
            cipher.seal(clinic, "staff.email", f"{member}@clinic.example", member),
            member.bytes,
            cipher.seal(clinic, "staff.name", NAMES[role], member),
        )
    finally:
        await connection.close()

    async def sign_in(act: Act) -> Done[OpenedSession]:
        act.audit("staff.created", member, role=role)
        return await open_session(act, "staff", member, None)

    done = await perform(server.database, operator(clinic), sign_in)
    assert isinstance(done, Done)
    return done.value.token


@dataclass
class Manage:
    """A clinic, and its pages as members of staff see them."""

    server: Server
    clinic: Clinic
    clients: dict[str, httpx.AsyncClient] = field(default_factory=dict)

    async def as_role(self, role: str) -> httpx.AsyncClient:
        """Give the client of somebody signed in with a role."""
        if role not in self.clients:
            token = await signed_in(self.server, self.clinic.id, role)
            self.clients[role] = httpx.AsyncClient(
                base_url=self.server.url, cookies={"cmr_session": token}, timeout=60, verify=tls.CONTEXT
            )
        return self.clients[role]

    async def get(self, path: str, role: str = "manager") -> httpx.Response:
        """Open a page."""
        return await (await self.as_role(role)).get(path)

    async def post(
        self, path: str, form: dict[str, Any], role: str = "manager", *, files: Files | None = None
    ) -> httpx.Response:
        """Send a form as the page that it stands on would, with files where it has some."""
        client = await self.as_role(role)
        page = await client.get("/manage/audit" if role == "auditor" else "/manage/consents")
        word = re.search(r'name="csrf" value="([0-9a-f]+)"', page.text)
        assert word is not None
        return await client.post(path, data={**form, "csrf": word[1]}, files=files)

    async def person(self, reference: str) -> dict[str, Any]:
        """Register somebody over the API."""
        made: dict[str, Any] = (await self.clinic.post("/v1/participants", {"reference": reference})).json()
        return made


@pytest.fixture
async def manage(server: Server, clinic: Clinic) -> AsyncIterator[Manage]:
    """Give a clinic whose pages can be opened."""
    made = Manage(server, clinic)
    yield made
    for client in made.clients.values():
        await client.aclose()


def text_of(page: str) -> str:
    """What a page says, without its tags."""
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]*>", " ", page)))

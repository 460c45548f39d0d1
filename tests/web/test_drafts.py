"""Drafts of forms on the server: sealed, of nobody else, and gone when they are done or old."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

import asyncpg

from tests.web.manage import Manage, manage

if TYPE_CHECKING:
    import httpx

    from tests.web.conftest import Clinic, Server

__all__ = ["manage"]
BODY = '[["name","Nina Novak"]]'
AT = "/drafts?place=/desk/new"


async def kept(client: httpx.AsyncClient) -> str | None:
    """Give what a script of ours finds."""
    answer = await client.get(AT, headers={"hx-request": "true"})
    return None if answer.status_code == 204 else str(answer.json()["body"])


async def test_a_draft_outlives_the_session_for_whoever_typed_it_alone(
    manage: Manage, clinic: Clinic, server: Server
) -> None:
    """Sealed in the database; another member of staff finds nothing, and without a place there is none."""
    own, other = await manage.as_role("front_desk"), await manage.as_role("clinician")
    saved = await manage.post("/drafts", {"place": "/desk/new", "body": BODY}, "front_desk")
    assert saved.status_code == 204
    assert (await kept(own), await kept(other)) == (BODY, None)
    connection = await asyncpg.connect(server.settings.migration_database_url)
    (row,) = await connection.fetch("select body from drafts where clinic_id = $1", UUID(clinic.id))
    assert b"Novak" not in row["body"]
    await connection.execute(
        "update drafts set saved_at = saved_at - interval '8 days' where clinic_id = $1", UUID(clinic.id)
    )
    assert await kept(own) is None
    await manage.post("/drafts", {"place": "/manage/closures", "body": "[]"}, "front_desk")
    assert await connection.fetchval(
        "select array_agg(place) from drafts where clinic_id = $1", UUID(clinic.id)
    ) == ["/manage/closures"]
    await connection.close()


async def test_a_draft_that_is_done_is_gone(manage: Manage) -> None:
    """And a place that is no path of ours is refused; a page of another site finds no script's answer."""
    own = await manage.as_role("front_desk")
    await manage.post("/drafts", {"place": "/desk/new", "body": BODY}, "front_desk")
    assert (await own.get(AT)).status_code == 404
    assert (await manage.post("/drafts", {"place": "/desk/new"}, "front_desk")).status_code == 204
    assert await kept(own) is None
    elsewhere = await manage.post("/drafts", {"place": "//elsewhere example", "body": BODY}, "front_desk")
    assert elsewhere.status_code == 422

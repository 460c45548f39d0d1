"""Who tries what is not open to them is told of in the trail: by whom, what, and why; and only so often."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest

from service.flows.trail.denials import TOLD_MAX
from service.web.http.cookies import LANGUAGE
from tests.web.conftest import assert_problem
from tests.web.manage import Manage, manage, text_of
from tests.web.test_keys_and_sessions import bearer, write

if TYPE_CHECKING:
    from tests.web.conftest import Clinic, Server

__all__ = ["manage"]


async def told(clinic: Clinic) -> list[dict[str, Any]]:
    """What the trail tells of refused calls, newest first."""
    items: list[dict[str, Any]] = (await clinic.get("/v1/audit", deed="call.denied", limit=200)).json()[
        "items"
    ]
    return items


async def test_a_call_refused_for_its_role_is_told_without_what_stood_in_its_path(clinic: Clinic) -> None:
    """The template of the path alone; what is allowed, and what nobody known asks, is not told."""
    person = (await clinic.post("/v1/participants", {"reference": "A-1"})).json()["id"]
    assert_problem(await clinic.get(f"/v1/staff/{person}", "front_desk"), 403, "forbidden")
    assert (await clinic.get(f"/v1/participants/{person}", "front_desk")).status_code == 200
    nobody = await clinic.client().get("/v1/staff", headers=bearer("cmr_nobody"))
    assert_problem(nobody, 401, "unauthenticated")
    (one,) = await told(clinic)
    assert (one["actor"], one["role"]) == (clinic.key_ids["front_desk"], "front_desk")
    assert one["detail"] == {"code": "forbidden", "method": "GET", "path": "/v1/staff/{staff}"}
    assert (one.get("subject"), one.get("participant")) == (None, None)


async def test_a_key_s_missing_scope_and_a_session_s_missing_proof_are_told(
    server: Server, clinic: Clinic
) -> None:
    """And that a key asked for what only a session does."""
    small = await clinic.post("/v1/keys", {"role": "manager", "scopes": ["people.read"]})
    theirs = bearer(small.json()["key"])
    assert_problem(await clinic.client().get("/v1/keys", headers=theirs), 403, "scope_missing")
    assert_problem(await clinic.client().delete("/v1/sessions/current", headers=theirs), 403, "person_needed")
    await write(server, clinic, "update sessions set proved_at = null")
    assert_problem(await clinic.person().post("/v1/keys", json={"role": "auditor"}), 403, "proof_required")
    assert [(one["actor"], one["detail"]["code"]) for one in await told(clinic)] == [
        (clinic.staff_ids["manager"], "proof_required"),
        (small.json()["id"], "person_needed"),
        (small.json()["id"], "scope_missing"),
    ]


async def test_whoever_keeps_asking_fills_no_trail(server: Server, clinic: Clinic) -> None:
    """So many an hour of one actor, the last of which says so; another's are told all the same."""
    answers = await asyncio.gather(*(clinic.get("/v1/keys", "front_desk") for _ in range(TOLD_MAX * 2)))
    assert {answer.status_code for answer in answers} == {403}
    entries = await told(clinic)
    assert len(entries) == TOLD_MAX
    assert ["last_of_hour" in one["detail"] for one in entries] == [True] + [False] * (TOLD_MAX - 1)
    await clinic.get("/v1/keys", "clinician")
    assert len(await told(clinic)) == TOLD_MAX + 1
    async with server.database.transaction(UUID(clinic.id)) as tx:
        rows = await tx.connection.fetch("select told from denials order by told")
    assert [row["told"] for row in rows] == [1, TOLD_MAX]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "Ann Audit tried what is not open to them"),
        ("es", "Ann Audit intentó lo que no tiene permitido"),
    ],
)
async def test_a_refused_page_is_told_and_read_in_manage(manage: Manage, language: str, words: str) -> None:
    """With the page, the method and the code, as over the API."""
    auditor = await manage.as_role("auditor")
    assert (await auditor.get("/manage/staff")).status_code == 403
    assert (await auditor.get("/manage/audit")).status_code == 200
    (one,) = await told(manage.clinic)
    assert one["detail"] == {"code": "forbidden", "method": "GET", "path": "/manage/staff"}
    (await manage.as_role("manager")).cookies.set(LANGUAGE, language)
    page = text_of((await manage.get("/manage/audit?deed=call_denied")).text)
    assert words in page
    assert "/manage/staff" in page

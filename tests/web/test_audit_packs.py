"""Audit packs over the API and on their page: who gets one, and what of whom is in it."""

from __future__ import annotations

import json
import secrets
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZipFile

import httpx

from schemas.notices import PART_2_NOTICE
from tests.web.manage import Manage, manage

if TYPE_CHECKING:
    from schemas.people import Role
    from tests.web.conftest import Clinic

__all__ = ["manage"]

PATH = "/v1/audit/pack"


def table(answer: httpx.Response, name: str) -> list[dict[str, object]]:
    """Read a table of a pack."""
    with ZipFile(BytesIO(answer.content)) as archive:
        return [json.loads(line) for line in archive.read(f"{name}.ndjson").splitlines()]


async def test_auditors_and_managers_get_packs_of_their_own_clinic(clinic: Clinic, other: Clinic) -> None:
    """As a file with the notice; nobody else gets one, and of another clinic's people there is none."""
    made = await clinic.post("/v1/participants", {"reference": f"P-{secrets.token_hex(4)}"})
    person = made.json()["id"]
    packing: tuple[Role, ...] = ("auditor", "manager")
    refused: tuple[Role, ...] = ("front_desk", "clinician", "integration")
    for role in packing:
        answer = await clinic.get(PATH, role, participant=person)
        assert answer.status_code == 200, answer.text
        assert answer.headers["content-type"] == "application/zip"
        assert answer.headers["part2-notice"] == PART_2_NOTICE
        assert "attachment" in answer.headers["content-disposition"]
        assert [row["participant"] for row in table(answer, "people")] == [person]
    for role in refused:
        assert (await clinic.get(PATH, role, participant=person)).status_code == 403
    strange = await other.get(PATH, "auditor", participant=person)
    assert (strange.status_code, strange.json()["code"]) == (404, "not_found")
    assert (await clinic.get(PATH, "auditor")).status_code == 422


async def test_names_take_a_key_that_may_read_people(clinic: Clinic) -> None:
    """A key with the trail alone gets a pack without names, and is told what it lacks for one with."""
    reference = f"P-{secrets.token_hex(4)}"
    made = await clinic.post("/v1/participants", {"reference": reference, "name": "Ana Doe"})
    person = made.json()["id"]
    asked = {"role": "auditor", "responsible": clinic.staff_ids["auditor"], "scopes": ["audit.read"]}
    key = (await clinic.post("/v1/keys", asked)).json()["key"]
    async with httpx.AsyncClient(
        base_url=clinic.url, headers={"authorization": f"Bearer {key}"}, timeout=30
    ) as narrow:
        without = await narrow.get(PATH, params={"participant": person})
        assert without.status_code == 200
        assert [row.get("name") for row in table(without, "people")] == [None]
        refused = await narrow.get(PATH, params={"participant": person, "names": "true"})
        assert (refused.status_code, refused.json()["code"]) == (403, "scope_missing")
    named = await clinic.get(PATH, "auditor", participant=person, names="true")
    assert [(row["name"], row["reference"]) for row in table(named, "people")] == [("Ana Doe", reference)]


async def test_a_pack_is_made_on_its_page(manage: Manage) -> None:
    """By somebody's code; what cannot be meant is said at its field, and nothing typed is lost."""
    person = await manage.person("REF-90")
    assert "/manage/audit/pack" in (await manage.get("/manage/audit")).text
    made = await manage.post("/manage/audit/pack", {"person": "REF-90", "recipient": "State auditor"})
    assert made.status_code == 200
    assert [row["participant"] for row in table(made, "people")] == [person["id"]]
    wrong = await manage.post("/manage/audit/pack", {"since": "2026-03-02", "recipient": "State auditor"})
    assert wrong.status_code == 422
    assert "Fill in the first and the last day." in wrong.text
    assert 'value="State auditor"' in wrong.text
    assert (await manage.get("/manage/audit/pack", "clinician")).status_code == 403

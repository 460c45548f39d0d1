"""A role sees what its deeds need: the table of the documentation is what the reads of the API give."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Final, get_args

from schemas.people import Role
from tests.web.test_every_route_is_guarded import GUARDED, ask, belongings, name_of

if TYPE_CHECKING:
    from tests.web.conftest import Clinic

PAGE = Path(__file__).parents[2] / "docs" / "security.md"
ROLES: Final[tuple[Role, ...]] = get_args(Role)
SAID: Final = {
    "names": "Josephine",
    "phone and mail": "619 555 0199",
    "references and other numbers": "MRN-7781",
    "results of visits": '"outcome":"refused"',
    "notes and evidence": "sad about her brother",
    "reasons of corrections": "the lab called",
    "balances": '"available":',
    "consents": "for Dr. Roe",
    "restrictions": "not my aunt",
    "looks in an emergency": "Found unconscious",
    "what was told of somebody": '"how":"key"',
    "proposed erasures": "They asked in writing",
    "the audit trail": '"deed":',
}
"""What shows that an answer holds something, by the row of the table."""


def table() -> dict[str, set[str]]:
    """Which roles see what, by the documentation."""
    text = PAGE.read_text(encoding="utf-8").partition("### What a role sees")[2]
    rows: dict[str, set[str]] = {}
    for line in re.findall(r"^\| ([a-z ]+) \|(.*)\|$", text.partition("\n## ")[0], re.MULTILINE):
        cells = [cell.strip() for cell in line[1].split("|")]
        if len(cells) == len(ROLES) and line[0] != "what":
            rows[line[0]] = {role for role, cell in zip(ROLES, cells, strict=True) if cell == "yes"}
    return rows


async def something_of_everything(clinic: Clinic) -> dict[str, str]:
    """Make one of everything, with words of its own in each place; gives the ids."""
    ids = await belongings(clinic)
    who = ids["participant"]
    client = clinic.client("manager")
    details = {"name": "Josephine", "phone": "619 555 0199"}
    changed = await client.patch(f"/v1/participants/{who}", json=details, headers={"if-match": "*"})
    assert changed.status_code == 200, changed.text
    await clinic.post(f"/v1/participants/{who}/identifiers", {"system": "EHR", "value": "MRN-7781"})
    event = {"participant": who, "behavior": "test", "outcome": "refused", "another": True}
    event |= {"occurred_at": "2026-01-06T16:00:00Z", "note": "sad about her brother"}
    made = await clinic.post("/v1/events", event)
    assert made.status_code == 201, made.text
    ids["event"] = made.json()["event"]["id"]
    await clinic.post(f"/v1/events/{ids['event']}/additions", {"note": "sad about her brother"})
    correction = {"kind": "lab_overturn", "outcome": "negative", "reason": "the lab called"}
    await clinic.post(f"/v1/events/{ids['event']}/corrections", correction, "clinician")
    again = event | {"occurred_at": "2026-01-07T16:00:00Z"}
    assert (await clinic.post("/v1/events", again)).status_code == 201
    consent = {"participant": who, "subscriber": ids["subscriber"], "purpose": "for Dr. Roe"}
    await clinic.post("/v1/consents", consent)
    asked = {"participant": who, "recipient": "My aunt", "request": "not my aunt"}
    await clinic.post("/v1/restrictions", asked)
    urgent = {"participant": who, "reason": "Found unconscious", "recipient": "Dr. Poe"}
    await clinic.post("/v1/emergencies", urgent)
    await clinic.post(f"/v1/participants/{who}/erase", {"reason": "They asked in writing"})
    return ids


async def test_each_role_reads_what_the_table_says_and_nothing_else(clinic: Clinic) -> None:
    """Every route that it may read, about one person of whom there is something of everything.

    A whole record is left out: it is a deed of its own, which managers do, and is accounted for.
    """
    ids = await something_of_everything(clinic)
    seen: dict[str, set[str]] = {row: set() for row in SAID}
    where: dict[tuple[str, str], str] = {}
    for role in ROLES:
        for route in GUARDED:
            if route.method != "GET" or role not in route.roles or route.name == "export_participant":
                continue
            answer = await ask(clinic.client(role), route, ids)
            for row, word in SAID.items():
                if answer.status_code == 200 and word in answer.text:
                    seen[row].add(role)
                    where.setdefault((row, role), name_of(route))
    wanted = table()
    assert set(wanted) == set(SAID)
    strange = {
        (row, role): where.get((row, role), "not seen") for row in SAID for role in seen[row] ^ wanted[row]
    }
    assert strange == {}

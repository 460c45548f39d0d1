"""Programs that read FHIR by tokens, in Manage: registered, listed, and turned off."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from uuid import uuid4

import msgspec

from tests.web.manage import Manage, manage, text_of
from tests.web.test_smart_services import EC, PUBLIC, ask, signed

if TYPE_CHECKING:
    from tests.web.conftest import Clinic

__all__ = ["manage"]
PATH = "/manage/smart-clients"


async def test_a_program_is_registered_used_and_turned_off(clinic: Clinic, manage: Manage) -> None:
    """Its name is shown; from the press on neither it nor what it was given opens anything."""
    form = {
        "label": "County EHR",
        "jwks": msgspec.json.encode(PUBLIC).decode(),
        "scopes": ["system/Observation.rs", "system/CarePlan.rs"],
        "role": "auditor",
        "once": str(uuid4()),
    }
    made = await manage.post(PATH, form)
    assert made.status_code == 200, text_of(made.text)
    (client_id,) = re.findall(r'id="client-id" readonly value="([^"]+)"', made.text)
    page = text_of((await manage.get(PATH)).text)
    assert "County EHR" in page
    assert "Maria Lopez" in page
    assert client_id in page
    given = await ask(clinic.url, signed(client_id, f"{clinic.url}/oauth/token", EC))
    assert given.status_code == 200, given.text
    assert "system/Observation.rs system/CarePlan.rs" in page
    ended = await manage.post(f"{PATH}/{client_id.partition('.')[2]}/end", {})
    assert ended.headers["location"] == PATH
    assert (await ask(clinic.url, signed(client_id, f"{clinic.url}/oauth/token", EC))).status_code == 401
    assert "Turn off" not in text_of((await manage.get(PATH)).text)


async def test_what_is_no_program_is_refused_where_it_is_typed(manage: Manage) -> None:
    """No keys, private ones, an address inside, nothing ticked; and nobody but a manager comes here."""
    good = {"label": "X", "jwks": msgspec.json.encode(PUBLIC).decode(), "scopes": ["system/*.rs"]}
    wrong: tuple[dict[str, object], ...] = (
        {"jwks": ""},
        {"jwks": "{"},
        {"jwks": '{"keys": []}'},
        {"jwks": msgspec.json.encode({"keys": [EC.as_dict(private=True)]}).decode()},
        {"jwks_url": "https://10.0.0.1/jwks", "jwks": ""},
        {"jwks_url": "https://ehr.example.org/jwks"},
        {"scopes": []},
    )
    for more in wrong:
        refused = await manage.post(PATH, {**good, **more, "once": str(uuid4())})
        assert refused.status_code == 422, more
        assert "No program is registered" in text_of(refused.text)
    for role in ("front_desk", "clinician", "auditor"):
        assert (await manage.get(PATH, role)).status_code == 403

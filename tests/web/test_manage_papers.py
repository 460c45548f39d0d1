"""The pages of subscribers, consents and the audit trail over HTTP: who sees them and what they do."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

import httpx
import msgspec
import pytest

from schemas.checkpoints import Checkpoint
from service.web.pages.manage.audit import DEED, DEEDS, _spelled
from service.web.words import WORDS
from tests.web.manage import Manage, manage, text_of

if TYPE_CHECKING:
    from tests.web.conftest import Clinic

__all__ = ["manage"]

FLOWS = Path(__file__).parents[2] / "service" / "flows"
PAGES = ("subscribers", "consents", "audit")
PNG = b"\x89PNG\r\n\x1a\n and its lines"
URL = "https://hooks.health-records.com/notices"


async def test_each_page_opens_for_those_who_may_read_it_over_the_api(manage: Manage) -> None:
    """The front desk is told so in words, and whoever is not signed in is asked to."""
    for name in PAGES:
        for role in ("manager", "auditor"):
            answer = await (await manage.as_role(role)).get(f"/manage/{name}")
            assert (name, role, answer.status_code) == (name, role, 200)
        assert (await (await manage.as_role("front_desk")).get(f"/manage/{name}")).status_code == 403
        async with httpx.AsyncClient(base_url=manage.clinic.url) as anyone:
            assert (await anyone.get(f"/manage/{name}")).status_code == 303
    clinician = await manage.as_role("clinician")
    assert (await clinician.get("/manage/consents")).status_code == 200
    assert (await clinician.get("/manage/audit")).status_code == 403


async def test_a_subscriber_s_secret_is_shown_once_and_the_form_adds_one_only(manage: Manage) -> None:
    """The same form sent again says that the secret was shown; no other page shows it."""
    once = str(uuid4())
    form = {"url": URL, "types": ["award.posted", "event.recorded"], "consent_required": "yes", "once": once}
    first = await manage.post("/manage/subscribers", form)
    secret = re.search(r"whsec_[A-Za-z0-9+/=]+", first.text)
    assert first.status_code == 200, text_of(first.text)
    assert secret is not None
    again = await manage.post("/manage/subscribers", form)
    assert again.status_code == 200
    assert "whsec_" not in again.text
    assert "It was shown when this was first done" in text_of(again.text)
    listed = (await manage.clinic.get("/v1/subscribers")).json()["items"]
    assert [(one["url"], one["consent_required"], one["types"]) for one in listed] == [
        (URL, True, ["award.posted", "event.recorded"])
    ]
    page = await manage.get(f"/manage/subscribers/{listed[0]['id']}")
    assert "whsec_" not in page.text


async def test_a_faulty_subscriber_keeps_what_was_typed_and_says_where_the_fault_is(manage: Manage) -> None:
    """Nothing is added, and the fault stands at its field."""
    answer = await manage.post("/manage/subscribers", {"url": "https://10.0.0.1/x", "types": "draw.made"})
    assert answer.status_code == 422
    assert 'value="https://10.0.0.1/x"' in answer.text
    assert 'id="url-fault"' in answer.text
    assert 'value="draw.made" checked' in answer.text
    assert (await manage.clinic.get("/v1/subscribers")).json()["items"] == []


async def test_a_subscriber_is_switched_off_and_on_changed_replayed_and_deleted(manage: Manage) -> None:
    """Each operation is the API's own, and its page says that it is done."""
    made = await manage.clinic.post("/v1/subscribers", {"url": URL, "types": ["award.posted"]})
    path = f"/manage/subscribers/{made.json()['id']}"
    for operation, status in (("disable", "disabled"), ("enable", "active")):
        answer = await manage.post(f"{path}/{operation}", {})
        assert answer.headers["location"] == f"{path}?done={operation}d"
        assert (await manage.clinic.get(path.replace("/manage", "/v1"))).json()["status"] == status
    changed = await manage.post(f"{path}/change", {"url": URL + "/2", "types": ["draw.made"]})
    assert changed.status_code == 303
    after = (await manage.clinic.get(path.replace("/manage", "/v1"))).json()
    assert (after["url"], after["types"]) == (URL + "/2", ["draw.made"])
    assert (await manage.post(f"{path}/change", {"url": URL})).status_code == 422
    assert (await manage.post(f"{path}/replay", {"since": "not a day"})).status_code == 422
    replayed = await manage.post(f"{path}/replay", {"since": "2026-01-01T08:00"})
    assert replayed.headers["location"].endswith("done=replayed&count=0")
    rotated = await manage.post(f"{path}/secret", {"once": str(uuid4())})
    assert "whsec_" in rotated.text
    assert (await manage.post(f"{path}/delete", {})).status_code == 422
    assert (await manage.post(f"{path}/delete", {"sure": "yes"})).status_code == 303
    assert (await manage.get(path)).status_code == 404


async def test_an_auditor_may_look_and_change_nothing(manage: Manage) -> None:
    """Neither a form is shown nor one is taken."""
    made = await manage.clinic.post("/v1/subscribers", {"url": URL, "types": ["award.posted"]})
    path = f"/manage/subscribers/{made.json()['id']}"
    auditor = await manage.as_role("auditor")
    page = await auditor.get(path)
    assert "/delete" not in page.text
    word = re.search(r'name="csrf" value="([0-9a-f]+)"', page.text)
    assert word is not None
    for operation in ("disable", "secret", "delete", "test", "replay"):
        refused = await auditor.post(f"{path}/{operation}", data={"csrf": word[1], "sure": "yes"})
        assert (operation, refused.status_code) == (operation, 403)


async def test_another_clinic_s_subscriber_and_consent_are_not_there(manage: Manage, other: Clinic) -> None:
    """They are answered like what does not exist."""
    theirs = (await other.post("/v1/subscribers", {"url": URL, "types": ["award.posted"]})).json()["id"]
    assert (await manage.get(f"/manage/subscribers/{theirs}")).status_code == 404
    assert (await manage.get(f"/manage/subscribers/{uuid4()}")).status_code == 404
    assert (await manage.get(f"/manage/consents/{uuid4()}/text")).status_code == 404


async def test_a_consent_is_given_printed_and_revoked(manage: Manage) -> None:
    """It is found by the person's own code, and no address holds the code or the reference."""
    person = await manage.person("REF-77")
    sub = (await manage.clinic.post("/v1/subscribers", {"url": URL, "types": ["award.posted"]})).json()["id"]
    found = await manage.post("/manage/consents/find", {"person": person["display_code"]})
    assert found.headers["location"] == f"/manage/consents?participant={person['id']}"
    by_reference = await manage.post("/manage/consents/find", {"person": "REF-77"})
    assert by_reference.headers["location"] == found.headers["location"]
    unknown = await manage.post("/manage/consents/find", {"person": "nobody"})
    assert unknown.status_code == 404
    assert 'id="person-fault"' in unknown.text
    form = {"participant": person["id"], "subscriber": sub, "purpose": "so that my doctor knows"}
    assert (await manage.post("/manage/consents", form)).status_code == 422
    form |= {"kind": "specific", "information": "when I come in", "expires_on": "2199-12-31"}
    draft = await manage.post("/manage/consents/text", {**form, "paper": "es"})
    assert "Para qué: so that my doctor knows" in text_of(draft.text)
    unsigned = await manage.post("/manage/consents", form)
    assert (unsigned.status_code, 'id="signature-fault"' in unsigned.text) == (422, True)
    form |= {"signed_how": "drawn", "signed_name": "Jo Roe", "signed_on": "2026-01-02"}
    given = await manage.post("/manage/consents", form, files={"drawn": ("s.png", PNG)})
    assert given.headers["location"].endswith("done=given")
    kept = (await manage.clinic.get("/v1/consents", participant=person["id"])).json()["items"][0]
    assert (kept["purpose"], kept["expires_on"]) == ("so that my doctor knows", "2199-12-31")
    page = await manage.get(f"/manage/consents/{kept['id']}/text")
    assert "December 31, 2199" in text_of(page.text)
    spanish = await manage.get(f"/manage/consents/{kept['id']}/text?language=es")
    assert "31 de diciembre de 2199" in text_of(spanish.text)
    drawn = await manage.get(f"/manage/consents/{kept['id']}/signature")
    assert (drawn.content, drawn.headers["content-type"]) == (PNG, "image/png")
    assert (await manage.post("/manage/consents", {**form, "subscriber": ""})).status_code == 422
    assert (await manage.post(f"/manage/consents/{kept['id']}/revoke", {})).status_code == 303
    assert (await manage.post(f"/manage/consents/{kept['id']}/revoke", {})).status_code == 409


async def test_the_trail_is_searched_by_person_deed_and_day(manage: Manage) -> None:
    """Each line names who did what about whom, and what is not asked for is not shown."""
    person = await manage.person("REF-88")
    await manage.person("REF-89")
    search = await manage.post(
        "/manage/audit", {"person": "REF-88", "deed": "participant_registered", "since": "2020-01-01"}
    )
    found = await manage.get(search.headers["location"])
    assert "REF-88" not in search.headers["location"]
    lines = re.findall(r"<b>([^<]+)</b> registered a participant about ([A-Z0-9-]+)", text_with_b(found))
    assert lines == [("Manager", person["display_code"])]
    none = await manage.get("/manage/audit?deed=cap_ended")
    assert "Nothing matches" in none.text


async def test_a_checkpoint_is_the_latest_seal(manage: Manage) -> None:
    """It is a file, and it says what the API says of the same entry."""
    answer = await manage.get("/manage/audit/checkpoint")
    kept: dict[str, Any] = answer.json()
    assert "attachment" in answer.headers["content-disposition"]
    entries = (await manage.clinic.get("/v1/audit")).json()["items"]
    assert kept["entry"] in entries
    assert UUID(kept["clinic"]) == UUID(manage.clinic.id)
    signed = msgspec.convert(kept["checkpoints"], list[Checkpoint])
    assert [(one.clinic, one.why) for one in signed] == [(UUID(manage.clinic.id), "asked")]
    assert signed[0].seq <= kept["entry"]["seq"]


@pytest.mark.parametrize("operation", DEEDS)
def test_each_searchable_deed_is_spelled_as_in_the_trail(operation: str) -> None:
    """One point, and the same text again."""
    spelled = _spelled(operation)
    assert spelled.count(".") == 1
    assert DEED + spelled.replace(".", "_") in WORDS


@pytest.mark.parametrize("path", sorted(FLOWS.glob("*.py")), ids=lambda path: path.stem)
def test_every_audited_deed_has_words_in_both_languages(path: Path) -> None:
    """Every operation that a flow tells the trail has its words."""
    told = re.findall(r'\.audit\(\s*"([a-z_.]+)"', path.read_text())
    assert [operation for operation in told if DEED + operation.replace(".", "_") not in WORDS] == []


def text_with_b(answer: httpx.Response) -> str:
    """The page's text with what is bold in it."""
    return re.sub(r"\s+", " ", re.sub(r"<(?!/?b>)[^>]*>", "", answer.text))


async def test_a_restriction_is_recorded_agreed_to_and_shown_at_the_desk(manage: Manage) -> None:
    """The desk is told in words, and an end takes it away; only a manager settles it."""
    person = await manage.person("REF-90")
    form = {"participant": person["id"], "recipient": "My aunt", "request": "Tell her nothing."}
    asked = await manage.post("/manage/restrictions", form, "clinician")
    assert asked.headers["location"] == f"/manage/consents?participant={person['id']}&done=asked"
    nobody = await manage.post("/manage/restrictions", {**form, "recipient": ""})
    assert nobody.status_code == 422
    kept = (await manage.clinic.get("/v1/restrictions", participant=person["id"])).json()["items"][0]
    path = f"/manage/restrictions/{kept['id']}"
    assert (await manage.post(f"{path}/agree", {}, "clinician")).status_code == 403
    assert (await manage.post(f"{path}/decline", {})).status_code == 422
    assert (await manage.post(f"{path}/agree", {})).status_code == 303
    desk = await manage.get(f"/desk/people/{person['id']}", "front_desk")
    assert "this is not told: My aunt." in text_of(desk.text)
    assert (await manage.post(f"{path}/agree", {})).status_code == 409
    assert (await manage.post(f"{path}/end", {})).status_code == 303
    assert "My aunt" not in (await manage.get(f"/desk/people/{person['id']}", "front_desk")).text

"""Somebody sees what is shared of them, takes a consent back, and takes their record along."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from schemas.notices import PART_2_NOTICE
from tests.web.portal import sends, someone, text_of

if TYPE_CHECKING:
    from tests.web.conftest import Clinic, Server
    from tests.web.portal import Someone

URL = "https://hooks.health-records.com/notices"


async def agreed(clinic: Clinic, who: str) -> str:
    """Record that somebody agrees to a subscriber being told; gives the consent's id."""
    told = (await clinic.post("/v1/subscribers", {"url": URL, "types": ["award.posted"]})).json()["id"]
    new = {"participant": who, "subscriber": told, "purpose": "So that my doctor knows."}
    made: str = (await clinic.post("/v1/consents", new)).json()["id"]
    return made


async def test_a_consent_is_seen_and_taken_back_by_whose_it_is(server: Server, clinic: Clinic) -> None:
    """At once, and on the trail as theirs; another's is not there for them."""
    who = await someone(server, clinic)
    consent = await agreed(clinic, who.id)
    other = (await clinic.post("/v1/participants", {"reference": "B-2"})).json()["id"]
    theirs = await agreed(clinic, other)
    await clinic.get(f"/v1/participants/{who.id}/balance")
    async with who.browser() as browser:
        said = text_of((await browser.get("/portal/sharing")).text)
        assert "What for: So that my doctor knows." in said
        assert URL in said
        # The clinic's own program has read of them over the API, and that is told as well.
        assert "Read by a program" in said
        strange = await sends(browser, "/portal/sharing", f"/portal/sharing/{theirs}/revoke")
        assert strange.status_code == 404
        done = await sends(browser, "/portal/sharing", f"/portal/sharing/{consent}/revoke")
        assert done.headers["location"] == "/portal/sharing?done=revoked"
        assert "You took it back" in text_of((await browser.get("/portal/sharing")).text)
    kept = (await clinic.get(f"/v1/consents/{consent}")).json()
    assert (kept["in_force"], kept["revoked_by"]) == (False, who.id)
    assert (await clinic.get(f"/v1/consents/{theirs}")).json()["in_force"]


async def test_a_record_is_taken_along_in_one_s_own_language(server: Server, clinic: Clinic) -> None:
    """In words and line by line, with the notice; it is accounted for, and seen on the page."""
    who = await someone(server, clinic)
    await who.comes()
    async with who.browser() as browser:
        words = await browser.get("/portal/sharing/record?form=words")
        assert "Everything on record about one person" in words.text
        assert PART_2_NOTICE in words.text
        assert words.headers["part2-notice"] == PART_2_NOTICE
        lines = await browser.get("/portal/sharing/record?form=ndjson")
        assert who.id in lines.text
        assert "taken along" in text_of((await browser.get("/portal/sharing")).text)
        spanish = await browser.get("/portal/sharing", headers={"cookie": f"cmr_language=es; {cookie(who)}"})
        assert "Qué se comparte sobre ti" in text_of(spanish.text)


async def test_a_record_stays_off_the_clinic_s_tablet(server: Server, clinic: Clinic) -> None:
    """What is shared is seen there, and no file is left there for the next."""
    who = await someone(server, clinic, kind="kiosk")
    async with who.browser() as browser:
        page = await browser.get("/portal/sharing")
        assert page.status_code == 200
        assert "/portal/sharing/record" not in page.text
        assert (await browser.get("/portal/sharing/record")).status_code == 403


async def test_the_page_says_nothing_of_what_somebody_is_here_for(server: Server, clinic: Clinic) -> None:
    """A neighbor who looks over a shoulder learns no more than that there is an account."""
    who = await someone(server, clinic)
    await who.comes()
    async with who.browser() as browser:
        said = text_of((await browser.get("/portal/sharing")).text).lower()
    assert not re.search(r"treatment|drug|substance|test result|negative|positive|42 cfr|clinician", said)


def cookie(who: Someone) -> str:
    """The session's cookie as a header says it."""
    return f"cmr_session={who.token}"

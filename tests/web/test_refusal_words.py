"""Every refusal is said in both languages, plainly, and a Spanish page says what is closest to the case."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, get_args

import pytest

from schemas.problem import Code
from service.core.catalogs import text_of
from service.core.words.refusals.catalog import SENTENCES, SPOKEN
from service.web.words import SAID
from tests.web.entering import browser_of, staff_token

if TYPE_CHECKING:
    from tests.web.conftest import Clinic, Server


def test_every_code_can_be_met_with_a_reason_of_its_own() -> None:
    """A code without a sentence could be said in no language."""
    assert {reason.partition(".")[0] for reason in SENTENCES} >= set(get_args(Code))


def _said(reason: str, language: str) -> str:
    return SPOKEN[language][reason]


async def test_a_page_keeps_the_words_that_were_chosen_for_the_case(clinic: Clinic, server: Server) -> None:
    """A form that is not ours is not told as a role that lacks; an unknown thing is told in Spanish."""
    token = await staff_token(server, clinic, "auditor")
    async with browser_of(server, cmr_session=token, cmr_language="es") as browser:
        strange = await browser.post("/language", data={"language": "en"})
        assert text_of(SAID["es"]["shared.form_not_ours"]) in strange.text
        closed = await browser.get("/kiosk/start")
        assert text_of(SAID["es"]["shared.not_for_you"]) in closed.text
    token = await staff_token(server, clinic)
    async with browser_of(server, cmr_session=token, cmr_language="es") as browser:
        gone = await browser.get("/desk/people/01a21088-6485-7e95-8108-3bf4612ad78f/card")
        assert gone.status_code == 404
        assert SPOKEN["es"]["not_found.participant"] in gone.text


@pytest.mark.parametrize("language", ["en", "es"])
async def test_a_fault_at_a_field_is_said_in_the_language_of_the_page(
    clinic: Clinic, server: Server, language: str
) -> None:
    """What reading the form finds is told without our types' names: an empty field, a text too long."""
    token = await staff_token(server, clinic, "manager")
    needed, long = (_said(reason, language) for reason in ("shape.needed", "shape.long"))
    async with browser_of(server, cmr_session=token, cmr_language=language) as browser:
        page = await browser.get("/manage/closures")
        word = re.search(r'name="csrf" value="([0-9a-f]+)"', page.text)
        assert word is not None
        empty = await browser.post("/manage/closures", data={"csrf": word[1], "reason": "Holiday"})
        assert empty.status_code == 422
        assert needed in empty.text
        form = {"csrf": word[1], "first_day": "2026-12-25", "reason": "x" * 3000}
        filled = await browser.post("/manage/closures", data=form)
        assert filled.status_code == 422
        assert long.split(".")[0] in filled.text
        assert "Expected" not in empty.text + filled.text


@pytest.mark.parametrize("year", ["soon", "9999"])
async def test_a_malformed_address_is_refused_without_type_names(
    clinic: Clinic, server: Server, year: str
) -> None:
    """The page says what to write, once."""
    token = await staff_token(server, clinic, "manager")
    async with browser_of(server, cmr_session=token) as browser:
        page = await browser.get(f"/manage/reports/tax?year={year}")
        assert page.status_code == 422
        assert "Expected" not in page.text

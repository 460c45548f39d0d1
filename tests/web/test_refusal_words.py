"""Every refusal is said in both languages, plainly, and a Spanish page says what is closest to the case."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, get_args

import pytest

from schemas.problem import Code
from service.web.words import WORDS, refusals
from tests.web.entering import browser_of, staff_token

if TYPE_CHECKING:
    from tests.web.conftest import Clinic, Server


def test_every_refusal_code_has_words_and_no_word_is_left_over() -> None:
    """Whatever is refused on a page can be said in Spanish."""
    assert set(refusals.WORDS) == {f"refused.{code}" for code in get_args(Code)}


@pytest.mark.parametrize("key", sorted(refusals.WORDS))
def test_a_refusal_says_what_to_do_and_blames_nobody(key: str) -> None:
    """What is wrong in one sentence and the remedy in another, or both in one with a semicolon."""
    for text in WORDS[key]:
        assert len(re.findall(r"[.;]( |$)", text)) >= 2, text
        assert not re.search(r"failed|violation|illegal|fall[oó]|inv[aá]lid|incumpl", text.lower()), text


async def test_a_page_keeps_the_words_that_were_chosen_for_the_case(clinic: Clinic, server: Server) -> None:
    """A form that is not ours is not told as a role that lacks; an unknown thing is told in Spanish."""
    token = await staff_token(server, clinic, "auditor")
    async with browser_of(server, cmr_session=token, cmr_language="es") as browser:
        strange = await browser.post("/language", data={"language": "en"})
        assert WORDS["shared.form_not_ours"][1] in strange.text
        closed = await browser.get("/kiosk/start")
        assert WORDS["shared.not_for_you"][1] in closed.text
    token = await staff_token(server, clinic)
    async with browser_of(server, cmr_session=token, cmr_language="es") as browser:
        gone = await browser.get("/desk/people/01a21088-6485-7e95-8108-3bf4612ad78f/card")
        assert gone.status_code == 404
        assert WORDS["refused.not_found"][1] in gone.text


@pytest.mark.parametrize("language", ["en", "es"])
async def test_a_fault_at_a_field_is_said_in_the_language_of_the_page(
    clinic: Clinic, server: Server, language: str
) -> None:
    """What reading the form finds is told without our types' names: an empty field, a text too long."""
    token = await staff_token(server, clinic, "manager")
    place = ["en", "es"].index(language)
    async with browser_of(server, cmr_session=token, cmr_language=language) as browser:
        page = await browser.get("/manage/closures")
        word = re.search(r'name="csrf" value="([0-9a-f]+)"', page.text)
        assert word is not None
        empty = await browser.post("/manage/closures", data={"csrf": word[1], "reason": "Holiday"})
        assert empty.status_code == 422
        assert WORDS["fault.needed"][place] in empty.text
        form = {"csrf": word[1], "first_day": "2026-12-25", "reason": "x" * 3000}
        long = await browser.post("/manage/closures", data=form)
        assert long.status_code == 422
        assert WORDS["fault.long"][place].split(":")[0] in long.text
        assert "Expected" not in empty.text + long.text


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

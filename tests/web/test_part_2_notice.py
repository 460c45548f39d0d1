"""Whatever tells a key of people says the notice of 42 CFR part 2, and bodies stay as they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemas.notices import PART_2_NOTICE
from tests.web.test_every_route_is_guarded import GUARDED, ask, belongings, name_of

if TYPE_CHECKING:
    from tests.web.conftest import Clinic

NAMING = ("participant", "enrollment", "display_code")


async def test_every_answer_that_tells_of_people_says_the_notice(clinic: Clinic) -> None:
    """Judged by what comes back: an answer that names somebody has it, and a refusal has none."""
    ids = await belongings(clinic)
    noticed = 0
    for route in GUARDED:
        if route.method != "GET":
            continue
        answer = await ask(clinic.client("manager"), route, ids)
        notice = answer.headers.get("part2-notice")
        if answer.status_code >= 400:
            assert notice is None, name_of(route)
            continue
        if any(f'"{name}":"' in answer.text for name in NAMING):
            assert notice == PART_2_NOTICE, name_of(route)
            noticed += 1
        assert (notice is not None) is route.discloses, name_of(route)
    assert noticed >= 20


async def test_a_key_s_own_writing_says_it_too_and_what_tells_of_nobody_does_not(clinic: Clinic) -> None:
    """A receipt tells what somebody earned; a program tells of nobody."""
    made = await clinic.post("/v1/participants", {"reference": "A-1"})
    assert made.headers["part2-notice"] == PART_2_NOTICE
    assert PART_2_NOTICE not in made.text
    assert "part2-notice" not in (await clinic.get("/v1/programs")).headers

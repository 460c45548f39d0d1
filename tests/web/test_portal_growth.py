"""The portal promises that an amount goes up only where a visit that lies ahead is worth more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.web.portal import PROGRAM, someone, text_of

if TYPE_CHECKING:
    from tests.web.conftest import Clinic, Server

GOES_UP = "Each time in a row, the amount goes up by"


@pytest.mark.parametrize(
    ("most", "caps", "promised"),
    [
        (600, [], True),
        (300, [], False),
        (600, [{"per": "enrollment", "amount": 500}], False),
    ],
)
async def test_nobody_is_promised_more_at_the_top_or_under_a_cap(
    server: Server, clinic: Clinic, most: int, caps: list[dict[str, Any]], promised: bool
) -> None:
    """After $2.00 the next is $3.00: the top of one ladder, and the last that a cap has room for."""
    earn = {"type": "ladder", "start": 200, "step": 100, "max": most}
    test = {**PROGRAM["targets"][0], "phases": [{"weeks": [1, 12], "earn": earn}]}
    who = await someone(server, clinic, program={**PROGRAM, "targets": [test], "bowls": [], "caps": caps})
    await who.comes()
    async with who.browser() as browser:
        said = text_of((await browser.get("/portal")).text)
    assert "$3.00" in said
    assert (GOES_UP in said) == promised

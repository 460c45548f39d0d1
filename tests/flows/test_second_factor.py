"""Digits of a phone and rescue codes: when they hold, and what they look like."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

import pyotp
import pytest

from service.flows.access.second_factor import begin_second_factor, new_secret, step_of
from tests.flows.conftest import MONDAY

if TYPE_CHECKING:
    from tests.flows.conftest import Scene


@pytest.mark.parametrize(("steps", "is_right"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_digits_hold_in_their_half_minute_and_the_ones_beside_it(*, steps: int, is_right: bool) -> None:
    """RFC 6238, 5.2: one step for a phone's clock, and no more."""
    secret = new_secret()
    digits = pyotp.TOTP(secret).at(MONDAY + timedelta(seconds=30 * steps))
    found = step_of(secret, digits, MONDAY)
    assert found == (int(MONDAY.timestamp()) // 30 + steps if is_right else None)


async def test_ten_rescue_codes_come_in_two_halves(scene: Scene) -> None:
    """Ten letters each, so that they can be read out."""
    who = scene.actor("manager").id
    secret = new_secret()
    digits = pyotp.TOTP(secret).at(scene.clock.now)
    codes = await scene.value(lambda act: begin_second_factor(act, who, secret, digits))
    assert len(set(codes)) == 10
    assert all(re.fullmatch(r"[A-Z0-9]{5}-[A-Z0-9]{5}", code) for code in codes), codes

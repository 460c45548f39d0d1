"""Stolen passwords are known without asking anybody."""

from __future__ import annotations

import pytest

from service.flows.access.breached import BITS_EACH, FILE, filter_of, is_breached


@pytest.mark.parametrize("password", ["qwertyuiop123", "iloveyou1234", "Welcome12345", "000WEBHOST2009"])
def test_a_password_of_a_breach_is_known(password: str) -> None:
    """Whatever its capitals."""
    assert is_breached(password)


def test_few_others_are_taken_for_one() -> None:
    """About one in 300, as the filter is made for."""
    others = [f"{number * 7919:x} herons on {number * 104729:x}" for number in range(3000)]
    assert sum(is_breached(one) for one in others) < 30


def test_the_filter_is_made_of_what_is_long_enough() -> None:
    """Twelve letters or more, each once, with twelve bits."""
    made = filter_of(["short", "twelve letters", "Twelve Letters", "another of them"])
    assert len(made) == 2 * BITS_EACH // 8
    assert FILE.stat().st_size < 3_000_000

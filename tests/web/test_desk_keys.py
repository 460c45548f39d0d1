"""The letters of the desk's keys: each outcome has one of its own, in either language."""

from __future__ import annotations

from typing import get_args

import pytest

from schemas.languages import OWN
from schemas.program import Behavior
from service.core.catalogs import text_of
from service.core.outcomes import outcomes_of
from service.web.words import SAID

MAIN = 2
"""How many outcomes of each behavior have a large button."""


@pytest.mark.parametrize("language", OWN)
def test_a_letter_is_one_outcome_s_own(language: str) -> None:
    """It stands in its word, no other outcome of the behavior has it, and no large button of any behavior."""
    main: set[str] = set()
    for behavior in get_args(Behavior):
        outcomes = list(outcomes_of(behavior))
        keys = {one: text_of(SAID[language][f"desk.key.{one}"]) for one in outcomes}
        assert len(set(keys.values())) == len(keys), behavior
        for outcome, key in keys.items():
            assert key in text_of(SAID[language][f"desk.outcome.{outcome}"]).upper(), outcome
        assert main.isdisjoint(keys[one] for one in outcomes[:MAIN]), behavior
        main |= {keys[one] for one in outcomes[:MAIN]}

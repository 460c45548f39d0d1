"""What is published is what the code says: a stale print fails here, so a breaking change shows in a diff."""

from __future__ import annotations

import pytest

from service.web.printing import PUBLISHED, prints

PRINTS = prints()


@pytest.mark.parametrize("name", sorted(PRINTS))
def test_a_print_is_what_the_code_says(name: str) -> None:
    """Whoever changes a shape or a route prints it again: `python -m service.web.printing`."""
    path = PUBLISHED / name
    assert path.is_file(), f"{name} was never printed; run python -m service.web.printing"
    assert path.read_bytes() == PRINTS[name], f"{name} is stale; run python -m service.web.printing"


def test_nothing_else_is_published() -> None:
    """A print that nobody makes any more would go stale unseen."""
    assert {path.name for path in PUBLISHED.iterdir()} == set(PRINTS)

"""The garbage collector: how seldom it looks."""

import gc
from typing import Final

YOUNG_MAX: Final = 20_000
"""How many new objects the garbage collector waits for. A request's objects die by reference count: frozen
structs make no cycles, and walking them again and again took a sixth of the time of recording an event. What
is read at the start stays for good, and walking that took an eighth of the start."""


def collect_seldom() -> None:
    """Let the garbage collector of this process look seldom."""
    gc.set_threshold(YOUNG_MAX, 20, 50)

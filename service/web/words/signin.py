"""What the ways to sign in say, and the first run."""

from typing import Final

WORDS: Final[dict[str, tuple[str, str]]] = {}

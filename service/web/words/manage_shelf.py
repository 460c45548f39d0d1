"""What Manage says in its shelf."""

from typing import Final

WORDS: Final[dict[str, tuple[str, str]]] = {}

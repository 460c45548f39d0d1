"""What Manage says in its editor."""

from typing import Final

WORDS: Final[dict[str, tuple[str, str]]] = {}

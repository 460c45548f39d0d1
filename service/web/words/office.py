"""What the office's part of Manage says."""

from typing import Final

WORDS: Final[dict[str, tuple[str, str]]] = {}

"""What the front desk says."""

from typing import Final

WORDS: Final[dict[str, tuple[str, str]]] = {}

"""What the portal and the kiosk say."""

from typing import Final

WORDS: Final[dict[str, tuple[str, str]]] = {}

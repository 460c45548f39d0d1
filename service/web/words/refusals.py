"""Refusals as the pages say them, by their code."""

from typing import Final

WORDS: Final[dict[str, tuple[str, str]]] = {}

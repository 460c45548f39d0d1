"""Answers that nobody reads: what is not sent yet stays in memory, so that does not go on for ever."""

from __future__ import annotations


class Unsent:
    """What one connection has not sent yet, and whether its reader has been too slow for it."""

    __slots__ = ("_idle_since", "_last", "_most", "_since")

    def __init__(self) -> None:
        """Begin with nothing unsent."""
        self._since = self._idle_since = 0.0
        self._last = self._most = 0

    def is_overdue(self, left: int, now: float, idle_s: float, all_s: float, bytes_per_s: int) -> bool:
        """Whether `left` bytes are too many by now, in seconds of a clock that never steps back.

        They are where none were read for `idle_s`, and where not all are gone after `all_s` and a second
        more for each `bytes_per_s` of them.
        """
        if left == 0 or self._last == 0:
            self._since = self._idle_since = now
            self._most = 0
        elif left != self._last:
            self._idle_since = now
        self._last, self._most = left, max(self._most, left)
        if left == 0:
            return False
        return now - self._idle_since > idle_s or now - self._since > all_s + self._most / bytes_per_s

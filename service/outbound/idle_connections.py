"""Connections kept for the next notice to the same receiver, for a short while and not too many."""

from __future__ import annotations

import time
from typing import Final

from service.outbound.wire import Wire

IDLE_S_MAX: Final = 15.0
"""How long a connection is kept, in seconds; many servers keep their end for little longer."""
IDLE_PER_RECEIVER_MAX: Final = 16
IDLE_MAX: Final = 512
"""How many connections are kept in all."""

Key = tuple[str, str, int]
"""Whom a connection was made for: scheme, host and port. Its certificate was checked for that host alone."""


class IdleConnections:
    """The idle connections of one process."""

    def __init__(self) -> None:
        """Keep nothing yet."""
        self._wires: dict[Key, list[Wire]] = {}
        self._count = 0
        self._swept = time.monotonic()

    def take(self, key: Key, addresses: list[str]) -> Wire | None:
        """Give a connection to one of these addresses, if one is kept; those found unfit are ended."""
        wires = self._wires.get(key)
        while wires:
            wire = wires.pop()
            self._count -= 1
            if _fresh(wire, time.monotonic()) and wire.address in addresses:
                return wire
            wire.abort()
        return None

    def put(self, key: Key, wire: Wire) -> bool:
        """Keep a connection whose exchange is done; False where it is used up, or one too many."""
        now = time.monotonic()
        if now - self._swept > IDLE_S_MAX / 3:
            self._sweep(now)
        wires = self._wires.setdefault(key, [])
        if len(wires) >= IDLE_PER_RECEIVER_MAX or self._count >= IDLE_MAX or not wire.rest(now):
            return False
        wires.append(wire)
        self._count += 1
        return True

    def close(self) -> None:
        """End them all."""
        for wires in self._wires.values():
            for wire in wires:
                wire.abort()
        self._wires.clear()
        self._count = 0

    def _sweep(self, now: float) -> None:
        """End what was kept for too long, and forget receivers for whom nothing is kept."""
        self._swept = now
        kept: dict[Key, list[Wire]] = {}
        for key, wires in self._wires.items():
            for wire in wires:
                if _fresh(wire, now):
                    kept.setdefault(key, []).append(wire)
                else:
                    wire.abort()
        self._wires = kept
        self._count = sum(map(len, kept.values()))


def _fresh(wire: Wire, now: float) -> bool:
    return wire.usable and now - wire.idle_since < IDLE_S_MAX

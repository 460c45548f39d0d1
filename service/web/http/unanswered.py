"""The requests of a connection that are not answered yet: several where a client does not wait in between."""

from __future__ import annotations

from uvicorn.protocols.http.httptools_impl import RequestResponseCycle


class Unanswered:
    """What uvicorn has read and not answered: it remembers the last one alone, and works on the first."""

    __slots__ = ("_cycles",)

    def __init__(self) -> None:
        """Begin with none."""
        self._cycles: list[RequestResponseCycle] = []

    def add(self, cycle: RequestResponseCycle) -> None:
        """Take one more, and forget those that are answered."""
        self._cycles = [one for one in self._cycles if not one.response_complete]
        self._cycles.append(cycle)

    def leave(self) -> None:
        """Let each know that nobody reads its answer any more: what it says goes nowhere, and is no fault."""
        for one in self._cycles:
            if not one.response_complete:
                one.disconnected = True
                one.message_event.set()

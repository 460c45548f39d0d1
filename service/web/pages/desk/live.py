"""The desk's stream: whose records change while the page is open."""

from typing import Final

from schemas.live import Changed
from service.core.refusals import Refused, refused
from service.flows.screens.changes import open_clinic
from service.web.http import cookies
from service.web.http.answers import Answer
from service.web.http.streaming import Stream, beating, event
from service.web.pages.framework.call import PageCall
from service.web.pages.framework.page import AT_DESK, page

STAYS_S: Final = 3600.0


@page("GET", "/desk/stream", who=AT_DESK)
async def stream(call: PageCall) -> Answer:
    """Say whose records change, by id and nothing else; it ends with the session under which it is open."""
    watchers = call.resources.watchers
    opened = await call.do(lambda act: open_clinic(act, None))
    watch = watchers.open(call.actor.clinic, None, call.request.cookies.get(cookies.SESSION) or "")
    if isinstance(opened, Refused) or watch is None:
        return call.refuse(refused("too_many_streams.desk"))
    look = _Look(call, opened)
    watch.wake()
    first = event("changed", Changed(()), str(opened))
    return Stream(watchers, watch, beating(watchers, watch, first, look.look, STAYS_S))


class _Look:
    """One open desk: where it stands in the audit trail."""

    def __init__(self, call: PageCall, seq: int) -> None:
        self._changed = call.resources.changed
        self._clinic = call.actor.clinic
        self._seq = seq

    async def look(self) -> bytes:
        """Whose records changed, as events."""
        out = b""
        while True:
            found = await self._changed.ask(self._clinic, self._seq)
            self._seq = found.seq
            if found.participants or found.of_several:
                out += event("changed", Changed(found.participants, found.of_several), str(found.seq))
            if not found.more:
                return out

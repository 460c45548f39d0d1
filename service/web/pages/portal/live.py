"""The portal's stream: it says that something changed, and nothing of what.

So a stream that outlives its session for a moment tells nothing; what is new is read under the session.
"""

from functools import partial
from typing import Final

from schemas.live import Changed
from service.core.refusals import Refused, refused
from service.flows.screens.changes import open_participant
from service.web.http import cookies
from service.web.http.answers import Answer
from service.web.http.streaming import Stream, beating, event
from service.web.http.streams import ParticipantPage
from service.web.pages.framework.call import PageCall
from service.web.pages.framework.page import PARTICIPANT, page

STAYS_S: Final = 300
"""How long a stream lasts: then the browser comes back, and its session is looked at again."""


@page("GET", "/portal/stream", who=PARTICIPANT)
async def stream(call: PageCall) -> Answer:
    """Say when the records of whoever is signed in change."""
    watchers = call.resources.watchers
    me = call.signed_in.actor
    opened = await call.do(
        partial(open_participant, participant=me.id, language=call.voice.language, mark=None)
    )
    if isinstance(opened, Refused):
        return call.refuse(opened)
    watch = watchers.open(me.clinic, me.id, call.request.cookies.get(cookies.SESSION) or "", "portal")
    if watch is None:
        return call.refuse(refused("too_many_streams.portal"))
    follows = ParticipantPage(call.resources, me.clinic, me.id, opened)
    follows.news(opened.missed)

    async def look() -> bytes:
        return _CHANGED if await follows.look() else b""

    watch.wake()
    return Stream(watchers, watch, beating(watchers, watch, _CHANGED, look, STAYS_S))


_CHANGED: Final = event("changed", Changed(()))

"""Keep what somebody on the staff is filling in, so that a session that ends takes nothing of it with it."""

from datetime import timedelta
from typing import Final

from service.flows.perform import Act, Done
from service.store import drafts
from service.store.drafts import KeptDraft

KEPT_FOR: Final = timedelta(days=7)
"""How long a draft is kept that nobody goes on with."""


async def save_draft(act: Act, place: str, body: str) -> Done[None]:
    """Keep a draft of whoever acts."""
    await drafts.save(act, act.actor.id, place, body, act.now - KEPT_FOR)
    return Done(None)


async def read_draft(act: Act, place: str) -> Done[KeptDraft | None]:
    """What whoever acts was filling in at a place."""
    return Done(await drafts.find(act, act.actor.id, place, act.now - KEPT_FOR))


async def drop_draft(act: Act, place: str) -> Done[None]:
    """Forget a draft of whoever acts."""
    await drafts.drop(act, act.actor.id, place)
    return Done(None)

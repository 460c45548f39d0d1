"""Sources that are asked: set, read and ended, and the walk through what is new, each resource a message.

A walk is done page by page. What a page holds is kept in one transaction with where the walk goes on, and
what was changed until then counts as here only at its end: whoever is killed goes on with the next page.
"""

import asyncio
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

import structlog
from msgspec.structs import replace

from schemas.pulls import NewPull, Pull
from service.core.inbound.pulling import PulledPage, read_page
from service.core.orders import Away, Busy, Unsure
from service.core.refusals import Refused, refused
from service.flows.inbound.process import LeftMessages, actor_of, give_back
from service.flows.inbound.receive import keep_message
from service.flows.perform import Act, Done, perform
from service.outbound import fhir_server
from service.outbound.addresses import Allowed
from service.outbound.post import WebhookClient
from service.outbound.urls import URL_CHARACTERS_MAX, Unfit, read_url
from service.store import inbound, source_pulls, sources
from service.store.database.pool import Database
from service.store.source_pulls import Pulling

LEASE: Final = timedelta(minutes=10)
"""How long whoever took a source in hand has it: longer than so many pages take."""
PAGES_MAX: Final = 20
"""How many pages are walked in a row; then others have their turn."""
GO_ON: Final = timedelta(seconds=1)
"""How soon a walk that is not over goes on."""
WALK_S_MAX: Final = 60.0
"""How long one walk takes at most, in seconds, but for the page that is under way."""
AGAIN_MIN: Final = timedelta(minutes=1)
AGAIN_MAX: Final = timedelta(hours=2)
"""How soon it is asked again after a fault: twice as long each time."""

log = structlog.get_logger()


async def set_pull(act: Act, source: UUID, new: NewPull, allowed: Allowed) -> Done[Pull] | Refused:
    """Have a source asked; what was set before ends, and its key with it."""
    known = await sources.lock(act, source)
    if known is None or known.deleted:
        return refused("not_found.source")
    if (new.token_url is None) != (new.client_id is None):
        return refused("invalid.pull_client", "$.client_id")
    for place, url in (("$.base", new.base), ("$.token_url", new.token_url)):
        read = None if url is None else read_url(url, allowed)
        if isinstance(read, Unfit):
            given = {"characters": URL_CHARACTERS_MAX} if read.why == "too_long" else {}
            return refused(f"url_not_allowed.{read.why}", place, **given)
    private_key, jwks = fhir_server.new_key()
    made = Pull(
        source,
        new.base.rstrip("/"),
        new.kind,
        new.every_minutes,
        jwks,
        new.since or act.now,
        0,
        new.token_url,
        new.client_id,
    )
    await source_pulls.remove(act, source)
    await source_pulls.insert(act, made, private_key, act.actor.id)
    act.audit("source.pull_set", source, kind=new.kind)
    return Done(made, "created")


async def read_pull(act: Act, source: UUID) -> Done[Pull] | Refused:
    """How a source is asked, and how far that has come."""
    known = await source_pulls.find(act, source)
    return refused("not_found.source") if known is None else Done(known)


async def end_pull(act: Act, source: UUID) -> Done[Pull] | Refused:
    """Ask a source no more; what came from it stays."""
    known = await source_pulls.find(act, source)
    if known is None or not await source_pulls.remove(act, source):
        return refused("not_found.source")
    act.audit("source.pull_ended", source)
    return Done(known)


async def pull_sources(database: Database, client: WebhookClient, clinic: UUID) -> int:
    """Ask the sources of a clinic that are due; returns how many messages came.

    Raises OSError or asyncpg.PostgresError where the database is away; the walk goes on later.
    """
    total = 0
    while True:
        async with database.transaction(clinic) as tx:
            taken = await source_pulls.take(tx, tx.now + LEASE)
        if taken is None:
            return total
        total += await _walk(database, client, clinic, taken)


async def has_due(database: Database, clinic: UUID) -> bool:
    """Whether any source of a clinic is to be asked now."""
    async with database.transaction(clinic) as tx:
        return await source_pulls.is_due(tx)


async def _walk(database: Database, client: WebhookClient, clinic: UUID, taken: Pulling) -> int:
    token = await _token(client, taken, database.clock())
    if isinstance(token, Away | Busy | Unsure):
        await _failed(database, clinic, taken, _word(token))
        return 0
    total, at = 0, taken
    until = asyncio.get_running_loop().time() + WALK_S_MAX
    for _ in range(PAGES_MAX):
        pull = at.pull
        url = at.next_url or fhir_server.first_page(pull.base, pull.kind, pull.since)
        body = await fhir_server.ask_for_page(client, url, token)
        if body is None and at.next_url is not None:
            at = replace(at, next_url=None, seen=None)
            continue
        page = _read(body, pull)
        if not isinstance(page, PulledPage):
            await _failed(database, clinic, at, page)
            return total
        at = await _kept(database, clinic, at, page)
        total += len(page.resources)
        if at.next_url is None or asyncio.get_running_loop().time() > until:
            break
    if at.next_url is not None:
        async with database.transaction(clinic) as tx:
            await source_pulls.note(tx, at, 0, tx.now + GO_ON, None)
    return total


def _read(body: bytes | Busy | Away | Unsure | None, pull: Pull) -> PulledPage | str:
    """A page with where it goes on, or the fault in a word."""
    if isinstance(body, Away | Busy | Unsure):
        return _word(body)
    page = None if body is None else read_page(body, pull.kind)
    if page is None:
        return "unreadable"
    if page.next_url is None:
        return page
    next_url = fhir_server.next_page(page.next_url, pull.base)
    return "elsewhere" if next_url is None else replace(page, next_url=next_url)


async def _token(client: WebhookClient, taken: Pulling, now: datetime) -> str | Away | Busy | Unsure | None:
    pull = taken.pull
    if pull.token_url is None or pull.client_id is None:
        return None
    return await fhir_server.ask_for_token(
        client, pull.token_url, pull.client_id, f"system/{pull.kind}.rs", taken.private_key, now
    )


async def _kept(database: Database, clinic: UUID, at: Pulling, page: PulledPage) -> Pulling:
    """Keep what a page holds, with where the walk goes on."""
    newest = max([one.updated for one in page.resources if one.updated is not None], default=None)
    seen = max([one for one in (at.seen, newest) if one is not None], default=None)
    is_over = page.next_url is None
    pull = replace(at.pull, fault=None, since=max(at.pull.since, seen) if is_over and seen else at.pull.since)
    after = replace(at, pull=pull, seen=None if is_over else seen, next_url=page.next_url, faults=0)

    async def operation(act: Act) -> Done[LeftMessages] | Refused:
        made = []
        for one in page.resources:
            kept = await keep_message(act, inbound.Coming(pull.source, one.name, one.body))
            if isinstance(kept, Refused):
                return kept
            if kept.made == "created":
                made.append(kept.value.id)
        every = timedelta(minutes=pull.every_minutes)
        due_at = act.now + (every if is_over else LEASE)
        await source_pulls.note(act, after, len(page.resources), due_at, act.now if is_over else None)
        return Done(LeftMessages(clinic, tuple(made), act.now + inbound.LEASE))

    done = await perform(database, actor_of(clinic, pull.source), operation)
    if isinstance(done, Done) and done.value.messages:
        # Nobody waits for what they say: whoever goes through kept messages takes them up.
        await give_back(database, done.value)
    return after


async def _failed(database: Database, clinic: UUID, at: Pulling, fault: str) -> None:
    """Note a fault, and ask again later."""
    faults = at.faults + 1
    wait = min(AGAIN_MIN * 2 ** min(at.faults, 10), AGAIN_MAX)
    after = replace(at, pull=replace(at.pull, fault=fault), faults=faults)
    async with database.transaction(clinic) as tx:
        await source_pulls.note(tx, after, 0, tx.now + wait, None)
    log.info("source_pull_failed", clinic_id=str(clinic), source_id=str(at.pull.source), fault=fault)


def _word(answer: Away | Busy | Unsure) -> str:
    return "busy" if isinstance(answer, Busy) else answer.why

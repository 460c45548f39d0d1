"""The worker: what has to be done when nobody asks for it.

Notices are delivered all the time. A chore is done for one clinic after another, again and again. Several
workers may run: each chore is safe to be done twice at once, and each waits a random part of its interval, so
that they drift apart.
"""

import asyncio
import random
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Final
from uuid import UUID

import asyncpg
import structlog
from msgspec import Struct
from redis.asyncio import Redis

from service.backing import keep_backups
from service.delivering import DeliveryLoop
from service.ending import stopped
from service.flows.access.codes import expire_codes
from service.flows.access.send_code import send_queued
from service.flows.draws.days import draw_days
from service.flows.draws.seeds import rotate_due_seed
from service.flows.expire_idempotency import expire_keys
from service.flows.fhir.exports import make_exports
from service.flows.imports.run_imports import run_imports
from service.flows.inbound.process import process_kept
from service.flows.inbound.pulls import has_due, pull_sources
from service.flows.ledger.budgets import watch_budgets
from service.flows.ledger.report_mails import mail_reports
from service.flows.notices.fan_out import keep_weeks
from service.flows.people.binding import bind_names
from service.flows.people.enrollments import end_enrollments
from service.flows.providers.loop import OrderingLoop
from service.flows.reminders.send import send_reminders
from service.flows.submissions.submissions import forget_pictures
from service.flows.trail.checkpoints import end_day
from service.flows.visits.record_missed import record_missed
from service.measuring import CHORE_EVERY, CHORE_FAILURES, CHORE_SUCCESS
from service.outbound.messages import senders_of
from service.outbound.post import webhook_client
from service.outbound.providers.calls import provider_client
from service.scratch.wake import hear
from service.settings import Settings
from service.store.database.pool import NO_CLINIC, Database

JITTER: Final = 0.25
"""The part of an interval by which a wait is longer or shorter."""
FIRST_WAIT_S_MAX: Final = 60.0
RETRY_S: Final = 5.0
RETRY_S_MAX: Final = 300.0

log = structlog.get_logger()

Operation = Callable[[Database, Settings, UUID], Awaitable[int]]


class Chore(Struct, frozen=True):
    """A job for every clinic about every `every_s` seconds; its operation says how much it did.

    What is `shared` is done once for all of them, and its operation is given no clinic's id.
    """

    name: str
    every_s: float
    operation: Operation
    shared: bool = False


async def _expire_keys(database: Database, settings: Settings, clinic: UUID) -> int:
    return await expire_keys(database, clinic, timedelta(days=settings.idempotency_keep_days))


async def _rotate_seeds(database: Database, settings: Settings, clinic: UUID) -> int:
    if settings.seed_rotate_days == 0:
        return 0
    return await rotate_due_seed(database, clinic, timedelta(days=settings.seed_rotate_days))


async def _record_missed(database: Database, _settings: Settings, clinic: UUID) -> int:
    return await record_missed(database, clinic)


async def _draw_days(database: Database, _settings: Settings, clinic: UUID) -> int:
    return await draw_days(database, clinic)


async def _process_kept(database: Database, settings: Settings, clinic: UUID) -> int:
    return await process_kept(database, clinic, timedelta(seconds=settings.clock_skew_s_max))


async def _run_imports(database: Database, settings: Settings, clinic: UUID) -> int:
    return await run_imports(database, clinic, timedelta(seconds=settings.clock_skew_s_max))


async def _pull_sources(database: Database, settings: Settings, clinic: UUID) -> int:
    if not await has_due(database, clinic):
        return 0
    client = provider_client(settings)
    try:
        return await pull_sources(database, client, clinic)
    finally:
        client.close()


async def _make_exports(database: Database, _settings: Settings, clinic: UUID) -> int:
    return await make_exports(database, clinic)


async def _end_enrollments(database: Database, _settings: Settings, clinic: UUID) -> int:
    return await end_enrollments(database, clinic)


async def _send_queued(database: Database, settings: Settings, clinic: UUID) -> int:
    return await send_queued(database, senders_of(settings), clinic)


async def _send_reminders(database: Database, settings: Settings, clinic: UUID) -> int:
    return await send_reminders(database, senders_of(settings), clinic)


async def _mail_reports(database: Database, settings: Settings, clinic: UUID) -> int:
    return await mail_reports(database, senders_of(settings), settings.public_url, clinic)


async def _forget_pictures(database: Database, _settings: Settings, clinic: UUID) -> int:
    return await forget_pictures(database, clinic)


async def _expire_codes(database: Database, _settings: Settings, clinic: UUID) -> int:
    return await expire_codes(database, clinic)


async def _end_days(database: Database, _settings: Settings, clinic: UUID) -> int:
    return await end_day(database, clinic)


async def _bind_names(database: Database, _settings: Settings, clinic: UUID) -> int:
    return await bind_names(database, clinic)


async def _watch_budgets(database: Database, _settings: Settings, clinic: UUID) -> int:
    return await watch_budgets(database, clinic)


async def _keep_weeks(database: Database, settings: Settings, _clinic: UUID) -> int:
    return await keep_weeks(database, timedelta(days=settings.notices_keep_days))


CHORES: Final[tuple[Chore, ...]] = (
    Chore("process_kept", 5.0, _process_kept),
    Chore("send_queued", 10.0, _send_queued),
    Chore("send_reminders", 60.0, _send_reminders),
    Chore("mail_reports", 300.0, _mail_reports),
    Chore("expire_codes", 3600.0, _expire_codes),
    Chore("forget_pictures", 3600.0, _forget_pictures),
    Chore("run_imports", 2.0, _run_imports),
    Chore("pull_sources", 5.0, _pull_sources),
    Chore("make_exports", 2.0, _make_exports),
    Chore("expire_keys", 3600.0, _expire_keys),
    Chore("rotate_seeds", 3600.0, _rotate_seeds),
    Chore("end_enrollments", 60.0, _end_enrollments),
    Chore("draw_days", 60.0, _draw_days),
    Chore("record_missed", 60.0, _record_missed),
    Chore("end_days", 3600.0, _end_days),
    Chore("bind_names", 3600.0, _bind_names),
    Chore("watch_budgets", 900.0, _watch_budgets),
    Chore("keep_weeks", 3600.0, _keep_weeks, shared=True),
)


async def work(
    database: Database, settings: Settings, stop: asyncio.Event, chores: tuple[Chore, ...] = CHORES
) -> None:
    """Deliver notices and do all chores until `stop` is set; what is in hand is finished first."""
    log.info("worker_started")
    posts = webhook_client(settings)
    orders = provider_client(settings)
    delivering = DeliveryLoop(database, settings, posts.post, stop)
    redis = Redis.from_url(settings.redis_url)
    try:
        async with asyncio.TaskGroup() as group:
            hearing = group.create_task(hear(redis, delivering.wake, stop))
            chored = [group.create_task(_repeat(chore, database, settings, stop)) for chore in chores]
            chored.append(group.create_task(keep_backups(settings, stop)))
            chored.append(group.create_task(OrderingLoop(database, orders, stop).run()))
            await delivering.run()
            await asyncio.gather(*chored)
            hearing.cancel()
    finally:
        posts.close()
        orders.close()
        await redis.aclose()
    log.info("worker_stopped")


async def work_once(
    database: Database, settings: Settings, chores: tuple[Chore, ...] = CHORES
) -> dict[str, int]:
    """Do every chore once for every clinic; returns how much each of them did.

    Raises OSError or asyncpg.PostgresError where the database is away or refuses.
    """
    return {chore.name: await _round(chore, database, settings, asyncio.Event()) for chore in chores}


async def _repeat(chore: Chore, database: Database, settings: Settings, stop: asyncio.Event) -> None:
    wait_s = random.uniform(0, min(chore.every_s, FIRST_WAIT_S_MAX))  # noqa: S311  spreads workers, guards nothing
    failures = 0
    CHORE_EVERY.labels(chore.name).set(chore.every_s)
    CHORE_FAILURES.labels(chore.name)
    while not await stopped(stop, wait_s):
        try:
            await _round(chore, database, settings, stop)
        except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
            # The database is away or busy: what was not done is done later, and nothing is lost meanwhile.
            failures += 1
            CHORE_FAILURES.labels(chore.name).inc()
            wait_s = _about(min(RETRY_S * 2**failures, RETRY_S_MAX))
            log.warning(
                "chore_failed", process=chore.name, error=type(error).__name__, wait_s=round(wait_s, 1)
            )
        else:
            failures = 0
            CHORE_SUCCESS.labels(chore.name).set_to_current_time()
            wait_s = _about(chore.every_s)


async def _round(chore: Chore, database: Database, settings: Settings, stop: asyncio.Event) -> int:
    clinics = [NO_CLINIC] if chore.shared else await database.served_clinics()
    # Another worker begins elsewhere, so that the two seldom meet.
    random.shuffle(clinics)
    total = 0
    for clinic in clinics:
        if stop.is_set():
            break
        done = await chore.operation(database, settings, clinic)
        total += done
        if done:
            log.info("chore_done", process=chore.name, clinic_id=str(clinic), count=done)
    return total


def _about(seconds: float) -> float:
    return seconds * random.uniform(1 - JITTER, 1 + JITTER)  # noqa: S311  spreads workers, guards nothing

"""Send what people are to be reminded of, each thing once at most.

A reminder is in hand, by a row that is committed, before anything is sent; no other worker takes it then, and
none takes it again after this one is killed: what became of it is not known, and a reminder too few does less
harm than two. Only what the gateway or the mail server surely did not take is tried again, as long as it is
of use, and after all that was asked before is asked anew: leave, visits, closures, quiet hours.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import timedelta
from functools import partial
from typing import Final
from uuid import UUID

import structlog
from msgspec import Struct

from schemas.reminders import ReminderSettings, ReminderStatus
from service.core.access.messages import Channel, Message
from service.core.access.new_addresses import address_of
from service.core.actors import system
from service.core.reminders import is_quiet, quiet_of
from service.core.words.reminders import SUBJECTS, reminder_words
from service.flows.perform import Act, Done, perform
from service.flows.reminders.due import DueReminder, due_reminders
from service.flows.visits.visits_of_days import look
from service.store import charts, new_addresses, participants, reminders
from service.store.database.pool import Database

Senders = Mapping[Channel, Callable[[Message], Awaitable[object]]]
"""Ways to send. One raises an error whose `surely` is true where a message was certainly not taken."""

PEOPLE_MAX: Final = 100
"""How many people are looked at in one transaction."""
ROUNDS_MAX: Final = 50
"""How many such transactions one call makes; whoever is left has their turn with the next."""
AT_ONCE_MAX: Final = 8
"""How many reminders are on their way at once."""
FAILURES_MAX: Final = 8
"""After how many that were not taken in a row nothing more is sent until the next call."""
TRIES_MAX: Final = 6
AGAIN: Final = timedelta(minutes=5)
"""How long one that was not taken waits, times how often it was tried."""
FIRST: Final = UUID(int=0)

_log = structlog.get_logger("service.flows")


class InHand(Struct, frozen=True):
    """A reminder that is in hand, and what is to be sent."""

    id: UUID
    tries: int
    message: Message


class _Round(Struct, frozen=True):
    """What one look took in hand, and after whom the next one goes on, if at all."""

    taken: tuple[InHand, ...] = ()
    after: UUID | None = None


async def send_reminders(database: Database, senders: Senders, clinic: UUID) -> int:
    """Send the reminders of a clinic that are due; says how many were taken.

    Raises OSError or asyncpg.PostgresError where the database is away; what was in hand then is given up.
    """
    after: UUID | None = FIRST
    sent, failures = 0, 0
    for _ in range(ROUNDS_MAX):
        if after is None or failures >= FAILURES_MAX:
            break
        looked = await perform(
            database, system(clinic), partial(_take, channels=frozenset(senders), after=after)
        )
        if not isinstance(looked, Done):
            break
        after = looked.value.after
        taken = looked.value.taken
        for begin in range(0, len(taken), AT_ONCE_MAX):
            part = taken[begin : begin + AT_ONCE_MAX]
            done = await asyncio.gather(*(_send(database, senders, clinic, one) for one in part))
            sent += sum(done)
            failures = 0 if any(done) else failures + len(done)
    return sent


async def _take(act: Act, channels: frozenset[Channel], after: UUID) -> Done[_Round]:
    """Take in hand what some people are to be reminded of now."""
    settings = await reminders.settings(act)
    if settings.set_at is None:
        return Done(_Round())
    if after == FIRST:
        await reminders.give_up(act)
    looking = await look(act)
    if not (settings.kinds and channels) or is_quiet(act.now, quiet_of(settings), looking.zone):
        return Done(_Round())
    people, last = await reminders.people(act, channels, after, PEOPLE_MAX)
    taken = []
    for due in await due_reminders(act, people, settings, looking):
        one = await _in_hand(act, due, settings)
        if one is not None:
            taken.append(one)
    return Done(_Round(tuple(taken), last))


async def _in_hand(act: Act, due: DueReminder, settings: ReminderSettings) -> InHand | None:
    """One reminder in hand, with its words; none where it ever was, or nobody is reached there."""
    known = await participants.find(act, due.participant)
    to = None if known is None else address_of(known.participant, due.channel)
    if known is None or to is None or await _is_disputed(act, due, to):
        return None
    visit_on = due.day if due.kind == "before_visit" else None
    claimed = await reminders.claim(act, due.participant, due.kind, due.occasion, visit_on, due.channel)
    if claimed is None:
        return None
    act.audit("reminder.in_hand", claimed[0], due.participant, kind=due.kind, channel=due.channel)
    language = known.participant.language
    text = reminder_words(
        due.kind,
        language,
        called=settings.called,
        day=due.day,
        at=due.at,
        hears_replies=settings.replies and due.channel == "text",
    )
    return InHand(*claimed, Message(due.channel, to, SUBJECTS[language], text))


async def _is_disputed(act: Act, due: DueReminder, to: str) -> bool:
    """Whether the person said that an address is none of theirs."""
    own: Sequence[UUID] = await charts.charts(act, due.participant)
    last = await new_addresses.last_set(act, own, due.channel, to)
    return last is not None and last.is_theirs is False


async def _send(database: Database, senders: Senders, clinic: UUID, one: InHand) -> bool:
    status: ReminderStatus = "sent"
    try:
        await senders[one.message.channel](one.message)
    except Exception as error:  # noqa: BLE001  whatever a sender does, what became of the message is written
        surely = bool(getattr(error, "surely", False))
        status = "unsure" if not surely else "again" if one.tries < TRIES_MAX else "not_sent"
        _log.warning("reminder_not_sent", clinic_id=str(clinic), error=type(error).__name__, status=status)
    async with database.transaction(clinic) as tx:
        await reminders.settle(tx, one.id, status, tx.now + AGAIN * one.tries)
    return status == "sent"

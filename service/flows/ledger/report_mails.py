"""Mail that a saved report is ready: a link, once at most, to whoever asked and still may see it.

When the next mail is due is written, and committed, before this one is sent: whoever is killed then leaves
nothing to be sent again. Only what a mail server surely did not take is tried again, some times.
"""

from collections.abc import Awaitable, Callable, Mapping
from datetime import date, timedelta
from functools import partial
from typing import Final
from uuid import UUID

import structlog
from msgspec import Struct

from service.core.access.messages import Channel, Message
from service.core.actors import system
from service.core.calendar import local_day
from service.core.report_mails import report_mail
from service.core.report_periods import READERS, next_mail
from service.flows.ledger.saved_reports import mailed_at
from service.flows.perform import Act, Done, perform
from service.store import clinics, saved_reports
from service.store.database.pool import Database
from service.store.saved_reports import DueMail

Senders = Mapping[Channel, Callable[[Message], Awaitable[object]]]
"""Ways to send. One raises an error whose `surely` is true where a message was certainly not taken."""

MAILS_MAX: Final = 200
"""How many mails one call sends at most."""
TRIES_MAX: Final = 6
AGAIN: Final = timedelta(minutes=10)
"""How long one that was not taken waits, times how often it was tried."""
FAILURES_MAX: Final = 3
"""After how many in a row that were not taken nothing more is sent until the next call."""

_log = structlog.get_logger("service.flows")


class InHand(Struct, frozen=True):
    """A mail that is in hand, and the day of the one after it; no message where nobody is to be told."""

    due: DueMail
    next_on: date
    message: Message | None


async def mail_reports(database: Database, senders: Senders, public_url: str | None, clinic: UUID) -> int:
    """Send the mails of a clinic that are due; says how many went out.

    Nothing is taken in hand where there is no way to send mail, or no address for its link. Raises OSError or
    asyncpg.PostgresError where the database is away.
    """
    sender = senders.get("email")
    if sender is None or public_url is None:
        return 0
    sent = failures = 0
    for _ in range(MAILS_MAX):
        if failures >= FAILURES_MAX:
            break
        taken = await perform(database, system(clinic), partial(_take, public_url=public_url))
        if not isinstance(taken, Done) or taken.value is None:
            break
        if taken.value.message is not None:
            went = await _send(database, sender, clinic, taken.value, taken.value.message)
            sent += went
            failures = 0 if went else failures + 1
    return sent


async def _take(act: Act, public_url: str) -> Done[InHand | None]:
    """Take in hand what is due longest; of whoever may not see it any more the mails end."""
    due = await saved_reports.due(act, READERS)
    if due is None:
        return Done(None)
    zone = await clinics.zone(act)
    next_on = next_mail(due.every, local_day(act.now, zone))
    if not due.may_see or not due.to:
        await saved_reports.end_mail(act, due.saved_report, due.staff)
        act.audit("report.mail_ended", due.saved_report, staff=str(due.staff))
        return Done(InHand(due, next_on, None))
    await saved_reports.advance(act, due, next_on, mailed_at(next_on, zone))
    act.audit("report.mail_in_hand", due.saved_report, staff=str(due.staff))
    return Done(InHand(due, next_on, report_mail(due.to, public_url, str(due.saved_report), due.language)))


async def _send(
    database: Database,
    sender: Callable[[Message], Awaitable[object]],
    clinic: UUID,
    one: InHand,
    message: Message,
) -> bool:
    is_sent = surely = False
    try:
        await sender(message)
        is_sent = True
    except Exception as error:  # noqa: BLE001  whatever a sender does, what became of the mail is written
        surely = bool(getattr(error, "surely", False))
        _log.warning("report_mail_not_sent", clinic_id=str(clinic), error=type(error).__name__)
    async with database.transaction(clinic) as tx:
        if is_sent:
            await saved_reports.sent(tx, one.due)
        elif surely and one.due.tries + 1 < TRIES_MAX:
            await saved_reports.again(tx, one.due, one.next_on, tx.now + AGAIN * (one.due.tries + 1))
        else:
            await saved_reports.given_up(tx, one.due)
    return is_sent

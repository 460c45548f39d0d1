"""People who left, moved away or died, and what becomes of what they have here; and taking that back."""

from datetime import date
from typing import Final
from uuid import UUID

from schemas.notices import EnrollmentOpened
from schemas.people import CloseEnrollment, Enrollment, Holding, Participant, ParticipantStatus
from schemas.program import Unit
from service.core.calendar import local_day
from service.core.cursors import LAST_ID
from service.core.notices.telling import Notice
from service.core.refusals import Refused, refused
from service.flows.people.enrollments import close_enrollment
from service.flows.perform import Act, moves_value
from service.flows.shelf import departed, orders
from service.flows.shelf.redemptions import cancel_redemption
from service.store import (
    charts,
    clinics,
    departures,
    enrollments,
    ledger,
    participants,
    redemptions,
    sessions,
    sign_in_codes,
    visits,
)
from service.store.departures import Departure

MAY_SAY: Final = frozenset({"clinician", "manager"})
"""Whose word it is that somebody is not in care any more, or is again."""
OPEN_MAX: Final = 200
REASONS: Final[dict[ParticipantStatus, str]] = {
    "left": "The participant left.",
    "moved": "The participant moved away.",
    "deceased": "The participant died.",
}
"""The reason that stands at the enrollments that a departure closes."""


@moves_value
async def change_status(
    act: Act,
    person: Participant,
    status: ParticipantStatus,
    on: date | None,
    held: Holding | None,
    reason: str | None,
    *,
    by_source: bool = False,
) -> Refused | None:
    """Note that a locked participant is not in care any more since a day, or is again.

    Their open enrollments end that day, and codes and sessions end at once. What they have is kept unless it
    is to be released: then open redemptions are canceled, and what is available goes back to the clinic. What
    is on order and was not sent is canceled; what was sent comes to its own end, and where it comes back it
    is released too. A source says so where a manager's mapping lets it.
    """
    if act.actor.role not in MAY_SAY and not by_source:
        return refused("forbidden.status", "$.status")
    today = local_day(act.now, await clinics.zone(act))
    if status == "active":
        return await _take_back(act, person, today, restores=held != "release", reason=reason)
    day = on or today
    if day > today:
        return refused("invalid.gone_in_future", "$.status_on", day=today)
    closed = await _close(act, person.id, status, day)
    if isinstance(closed, Refused):
        return closed
    released: dict[Unit, int] = {}
    await _withdraw(act, person.id)
    if held == "release":
        refusal = await _cancel(act, person.id)
        if refusal is not None:
            return refusal
        released = await _available(act, person.id)
    made = Departure(
        id=act.new_id(),
        participant=person.id,
        status=status,
        on=day,
        held=held or "keep",
        amounts=released,
        enrollments=closed,
        reason=reason,
    )
    await departed.record(act, made)
    await sign_in_codes.retire_all(act, person.id)
    await sessions.revoke_of_participant(act, person.id)
    await participants.set_status(act, person.id, status, day)
    return None


async def _take_back(
    act: Act, person: Participant, today: date, *, restores: bool, reason: str | None
) -> Refused | None:
    """Take every departure back that stands, each by one of its own."""
    for gone in await departures.standing(act, person.id):
        opened = await _reopen(act, person.id, gone)
        made = Departure(
            id=act.new_id(),
            participant=person.id,
            status="active",
            on=today,
            held="restore" if restores else "release",
            amounts=gone.amounts if restores else {},
            enrollments=opened,
            reason=reason,
            undoes=gone.id,
        )
        await departed.record(act, made)
    await participants.set_status(act, person.id, "active", None)
    return None


async def _close(act: Act, participant: UUID, status: ParticipantStatus, day: date) -> list[UUID] | Refused:
    """Close the open enrollments on the day, or on their first or last one where it lies outside of them."""
    closed = []
    for one in await enrollments.before(act, LAST_ID, OPEN_MAX, participant, "open"):
        last = max(one.starts_on, day if one.ends_on is None else min(day, one.ends_on))
        done = await close_enrollment(act, one.id, CloseEnrollment(REASONS[status], last))
        if isinstance(done, Refused):
            return done
        closed.append(one.id)
    return closed


async def _reopen(act: Act, participant: UUID, gone: Departure) -> list[UUID]:
    """Open the enrollments again that a departure closed, save where the program was begun anew since.

    One that went back to another chart, since a merge was undone, is not this person's to go on with.
    """
    opened = []
    for enrollment in gone.enrollments:
        known: Enrollment | None = await enrollments.find(act, enrollment)
        if known is None or known.participant != participant:
            continue
        if await enrollments.has_open(act, participant, known.program):
            continue
        await enrollments.reopen(act, enrollment)
        await visits.look_again(act, enrollment)
        act.audit("enrollment.reopened", enrollment, participant)
        act.notify(Notice("enrollment.opened", EnrollmentOpened(enrollment, known.starts_on), participant))
        opened.append(enrollment)
    return opened


async def _cancel(act: Act, participant: UUID) -> Refused | None:
    """Cancel what was set aside, so that it is available and on the shelf again."""
    person = await charts.whose(act, participant)
    for one in await redemptions.before(act, LAST_ID, OPEN_MAX, "held", person):
        done = await cancel_redemption(act, one.id)
        if isinstance(done, Refused):
            return done
    return None


async def _withdraw(act: Act, participant: UUID) -> None:
    """Cancel what is on order and was not sent yet: nobody could be shown the link."""
    person = await charts.whose(act, participant)
    for one in [] if person is None else await redemptions.on_order(act, person, OPEN_MAX):
        await orders.withdraw_unsent(act, one)


async def _available(act: Act, participant: UUID) -> dict[Unit, int]:
    balances = await ledger.balances(act, [participant])
    return {unit: one.available for (_, unit), one in sorted(balances.items()) if one.available}

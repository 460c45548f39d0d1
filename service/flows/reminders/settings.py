"""What a clinic reminds of and who gave leave to be reminded; and what was sent."""

from datetime import timedelta
from functools import partial
from typing import Final
from uuid import UUID

from msgspec import UNSET, Struct
from msgspec.structs import asdict, replace

from schemas.reminders import (
    LeaveSaidHow,
    NewReminderLeave,
    NewReply,
    ReminderChannel,
    ReminderLeave,
    ReminderPage,
    ReminderSettings,
    ReminderSettingsChange,
    TakenReply,
)
from service.core.access.new_addresses import address_of
from service.core.calendar import day_end, local_day
from service.core.cursors import LAST_ID, Page, before_id, cut
from service.core.refusals import Refused, refused
from service.core.reminders import meaning_of
from service.core.spellings import phone_spelling
from service.flows.perform import Act, Done
from service.store import charts, clinics, names, participants, reminders
from service.store.names import Named
from service.store.participants import ParticipantFilter
from service.store.reminders import Kept, ReminderFilter

__all__ = ["ReminderFilter"]

NEXT_MOMENT: Final = timedelta(microseconds=1)
ANSWERERS_MAX: Final = 50
"""How many people may share the number that an answer comes from."""
DIGITS_MIN: Final = 7
SHOWN_MAX: Final = 20
NO_PHONE: Final = refused("invalid.no_phone_to_remind", "$.channel")
NO_MAIL: Final = refused("invalid.no_mail_to_remind", "$.channel")


class OwnReminders(Struct, frozen=True):
    """What somebody said about reminders, how they can be reached, and what was sent to them last."""

    participant: UUID
    leave: ReminderLeave
    ways: tuple[ReminderChannel, ...]
    settings: ReminderSettings
    sent: ReminderPage


async def read_settings(act: Act) -> Done[ReminderSettings]:
    """What is sent."""
    return Done(await reminders.settings(act))


async def set_settings(act: Act, change: ReminderSettingsChange) -> Done[ReminderSettings] | Refused:
    """Change what is sent from now on; what is left out stays."""
    changes = {name: value for name, value in asdict(change).items() if value is not UNSET}
    if "kinds" in changes:
        changes["kinds"] = tuple(dict.fromkeys(changes["kinds"]))
    made = replace(await reminders.settings(act), **changes, set_at=act.now, set_by=act.actor.id)
    await reminders.set_settings(act, made, act.actor.id)
    act.audit(
        "reminders.set", act.clinic, kinds=",".join(made.kinds) or "none", fields=",".join(sorted(changes))
    )
    return Done(made, "created")


async def read_leave(act: Act, participant: UUID) -> Done[ReminderLeave] | Refused:
    """What somebody said about being reminded."""
    person = await charts.person(act, participant)
    if person is None:
        return refused("not_found.participant")
    act.audit("reminder_leave.read", person.id, person.id)
    return Done(await reminders.leave(act, person.id, person.charts))


async def say_leave(
    act: Act, participant: UUID, new: NewReminderLeave, how: LeaveSaidHow = "staff"
) -> Done[ReminderLeave] | Refused:
    """Write down that somebody may be reminded, and where, or that they may not; the last word holds."""
    who = await charts.lock_person(act, participant)
    known = None if who is None else await participants.find(act, who)
    if who is None or known is None:
        return refused("not_found.participant")
    if new.channel is not None and address_of(known.participant, new.channel) is None:
        return NO_PHONE if new.channel == "text" else NO_MAIL
    own = await charts.charts(act, who)
    before = await reminders.leave(act, who, own)
    at = act.now if before.changed_at is None else max(act.now, before.changed_at + NEXT_MOMENT)
    made = ReminderLeave(who, new.channel, how, at, act.actor.id)
    await reminders.say(act, made)
    act.audit("reminders.leave_said", who, who, channel=new.channel or "none", how=how)
    return Done(made, "created")


async def read_own(act: Act, participant: UUID) -> Done[OwnReminders] | Refused:
    """All that a page shows of one person's reminders."""
    person = await charts.person(act, participant)
    known = None if person is None else await participants.find(act, person.id)
    if person is None or known is None:
        return refused("not_found.participant")
    ways: tuple[ReminderChannel, ...] = ("text", "email")
    sent = await reminders.before(act, LAST_ID, SHOWN_MAX, ReminderFilter(), person.charts)
    act.audit("reminder_leave.read", person.id, person.id)
    return Done(
        OwnReminders(
            person.id,
            await reminders.leave(act, person.id, person.charts),
            tuple(way for way in ways if address_of(known.participant, way)),
            await reminders.settings(act),
            ReminderPage(tuple(sent)),
        )
    )


async def list_reminders(act: Act, page: Page, wanted: ReminderFilter) -> Done[ReminderPage] | Refused:
    """Reminders of the clinic or of one person, newest first; whoever is shown is told."""
    last = before_id(page)
    if isinstance(last, Refused):
        return last
    own = None
    if wanted.participant is not None:
        own = await charts.charts(act, wanted.participant)
    found = await reminders.before(act, last, page.limit + 1, wanted, own)
    shown, more = cut(found, page, lambda one: one.id.bytes)
    for participant in dict.fromkeys(one.participant for one in shown):
        act.audit("reminders.listed", None, participant)
    return Done(ReminderPage(shown, more))


class ClinicReminders(Struct, frozen=True):
    """What the clinic sends, one page of what was sent and to whom, and how days were kept lately."""

    settings: ReminderSettings
    sent: ReminderPage
    people: dict[UUID, Named]
    kept: Kept


async def read_all(act: Act, page: Page, days: int) -> Done[ClinicReminders] | Refused:
    """All that a page shows of the clinic's reminders, with the last so many days' visits."""
    sent = await list_reminders(act, page, ReminderFilter())
    if isinstance(sent, Refused):
        return sent
    zone = await clinics.zone(act)
    begins = day_end(local_day(act.now, zone) - timedelta(days=days), zone)
    return Done(
        ClinicReminders(
            await reminders.settings(act),
            sent.value,
            await names.of(act, {one.participant for one in sent.value.items}),
            await reminders.kept(act, begins, act.now, zone.key),
        )
    )


async def take_reply(act: Act, new: NewReply) -> Done[TakenReply] | Refused:
    """Heed an answer by text; of the number it is told to nobody whether anyone has it."""
    meant = meaning_of(new.text)
    if meant != "nothing" and len(phone_spelling(new.from_)) >= DIGITS_MIN:
        found = await participants.before(act, LAST_ID, ANSWERERS_MAX, ParticipantFilter(phone=new.from_))
        for person in dict.fromkeys([(await charts.leads_to(act, [one.id]))[one.id] for one in found]):
            await (_stop if meant == "stop" else _start)(act, person)
    act.audit("reminders.answered", None, meant=meant)
    return Done(TakenReply(meant))


async def _stop(act: Act, person: UUID) -> None:
    """Stop reminders of every way: whoever says so wants none."""
    leave = await reminders.leave(act, person, await charts.charts(act, person))
    if leave.channel is not None:
        await say_leave(act, person, NewReminderLeave(None), "reply")


async def _start(act: Act, person: UUID) -> None:
    """Text somebody again who stopped it by text; nobody starts so who never gave leave."""
    leave = await reminders.leave(act, person, await charts.charts(act, person))
    if leave.channel is None and leave.how == "reply":
        await say_leave(act, person, NewReminderLeave("text"), "reply")


portal_leave = partial(say_leave, how="portal")
"""What somebody says for themselves."""

"""Reminders by text or mail: what a clinic sends, who gave leave, what was sent, and answers to them."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from msgspec import UNSET, Meta, Struct, UnsetType, field

from schemas.groups import Clock

ReminderKind = Literal["before_visit", "after_miss", "waiting"]
"""`before_visit` tells of a visit to come, `after_miss` that a place is kept after a missed one, and
`waiting` that draws, or a reward that was asked for or won, wait."""
ReminderChannel = Literal["text", "email"]
"""Whether somebody is reminded by text or by mail."""
ReminderStatus = Literal["in_hand", "again", "sent", "not_sent", "unsure"]
"""`in_hand` is being sent, `again` was surely not taken and is tried again, `sent` was taken, `not_sent`
never was, and of what is `unsure` nobody knows: it is not tried again, so that nothing is sent twice."""
LeaveSaidHow = Literal["staff", "portal", "reply"]
"""Whether the person told the staff, said so in the portal, or answered a text."""
CalledSo = Annotated[str, Meta(min_length=1, max_length=40, pattern=r"^[^\x00-\x1f\x7f]*$(?!\n)")]
HoursBefore = Annotated[int, Meta(ge=1, le=72)]


class ReminderSettings(Struct, frozen=True):
    """What a clinic reminds people of, and when. Before anybody sets it, of nothing."""

    kinds: tuple[ReminderKind, ...]
    """The kinds that are sent."""
    hours_before: int
    """How many hours before a visit its reminder goes out."""
    quiet_from: str
    """When quiet hours begin, on the clinic's wall clock: nothing is sent within them."""
    quiet_until: str
    """When they end; the same time as their beginning means that there are none."""
    visits_begin: str
    """When a visit begins whose time of the day nobody knows."""
    called: str | None
    """What the clinic calls itself in them: a name that gives nothing away; null for no name."""
    replies: bool
    """Whether answers by text are brought to `POST /v1/reminders/replies`, so that texts speak of STOP."""
    set_at: datetime | None = None
    """When it was last set; null where nobody has."""
    set_by: UUID | None = None
    """Who set it: a member of staff or a key."""


class ReminderSettingsChange(Struct, frozen=True, forbid_unknown_fields=True):
    """Changes to what a clinic reminds of; a field left out stays."""

    kinds: Annotated[tuple[ReminderKind, ...], Meta(max_length=3)] | UnsetType = UNSET
    """The kinds that are sent."""
    hours_before: HoursBefore | UnsetType = UNSET
    """How many hours before a visit its reminder goes out."""
    quiet_from: Clock | UnsetType = UNSET
    """When quiet hours begin, on the clinic's wall clock."""
    quiet_until: Clock | UnsetType = UNSET
    """When they end; the same time as their beginning means that there are none."""
    visits_begin: Clock | UnsetType = UNSET
    """When a visit begins whose time of the day nobody knows."""
    called: CalledSo | UnsetType | None = UNSET
    """What the clinic calls itself in them: a name that gives nothing away; null for no name."""
    replies: bool | UnsetType = UNSET
    """Whether answers by text are brought to `POST /v1/reminders/replies`."""


class NewReminderLeave(Struct, frozen=True, forbid_unknown_fields=True):
    """What somebody said about being reminded."""

    channel: ReminderChannel | None
    """Where they may be reminded; null for nowhere, or not any more."""


class ReminderLeave(Struct, frozen=True):
    """Whether somebody may be reminded, and where."""

    participant: UUID
    channel: ReminderChannel | None
    """Where they may be reminded; null for nowhere."""
    how: LeaveSaidHow | None = None
    """How they said so; null where they never said anything, which is no leave."""
    changed_at: datetime | None = None
    """When they said so."""
    changed_by: UUID | None = None
    """Who wrote it down: a key, a member of staff, or the person."""


class Reminder(Struct, frozen=True):
    """One reminder. Of one person, kind and occasion there is never a second."""

    id: UUID
    participant: UUID
    kind: ReminderKind
    channel: ReminderChannel
    status: ReminderStatus
    """Whether it was taken."""
    made_at: datetime
    """When it was first in hand."""
    sent_at: datetime | None = None
    """When the gateway or mail server took it."""
    visit_on: date | None = None
    """Local day of the visit that it tells of."""


class ReminderPage(Struct, frozen=True):
    """One page of reminders, newest first."""

    items: tuple[Reminder, ...]
    next_cursor: str | None = None


class NewReply(Struct, frozen=True, forbid_unknown_fields=True):
    """A text that somebody sent to the number which reminders come from."""

    from_: Annotated[str, Meta(min_length=3, max_length=32)] = field(name="from")
    """The number that it came from."""
    text: Annotated[str, Meta(max_length=2000)]
    """What it says; it is not kept."""


ReplyMeant = Literal["stop", "start", "nothing"]
"""Whether an answer asks for no reminders any more, for reminders again, or for neither."""


class TakenReply(Struct, frozen=True):
    """What a text was taken to mean. Whether anybody has that number is not told."""

    meant: ReplyMeant
    """`stop`: nobody with this number is reminded any more; `start`: those who had stopped by text are
    again; `nothing`: neither."""

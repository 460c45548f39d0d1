"""Read the work that waits for somebody on the staff, as one list with its counts."""

from datetime import date, timedelta
from typing import Final
from uuid import UUID

from msgspec import Struct

from schemas.people import Role
from service.core.calendar import day_end, local_day
from service.flows.ledger.budgets import count_reached
from service.flows.perform import Act, Done
from service.flows.screens.group import has_hats
from service.flows.screens.shown import audit_listed
from service.store import actors, clinics, groups, names, overview, redemptions, submissions, work
from service.store.names import Named
from service.store.work import EndingConsent, LowReward, Slipping

SHOWN_MAX: Final = 50
"""How many of each kind are shown; where there are more, the page says so."""
QUIET_DAYS: Final = 7
"""After how many days without a visit somebody slips."""
ENDING_DAYS: Final = 14
"""How many days ahead a consent's last day is shown."""
LOOKED_AT_MAX: Final = 500
"""Among how many of each kind those of one leader are looked for."""
GROUPS_MAX: Final = 200
HANDED_MAX: Final = 99
"""How far what waits to be handed over is counted."""


class Counted(Struct, frozen=True):
    """One kind of waiting work that has a page of its own: its word, how much there is, and the page."""

    word: str
    count: int
    where: str


class Work(Struct, frozen=True):
    """What waits for whoever asks, by their role; a list that holds one more than is shown says so."""

    counted: tuple[Counted, ...]
    slipping: tuple[Slipping, ...]
    consents: tuple[EndingConsent, ...]
    low: tuple[LowReward, ...]
    people: dict[UUID, Named]
    today: date
    to_hand_over: int
    has_hats: bool
    leaders: dict[UUID, str]
    """Who leads a group, whose people the work can be of."""

    @property
    def is_done(self) -> bool:
        """Whether nothing waits."""
        return not (self.counted or self.slipping or self.consents or self.low)


async def read_work(act: Act, role: Role | None, leader: UUID | None = None) -> Done[Work]:
    """The work that waits for one role; whoever is shown for the first time today is told.

    With a `leader`, of people it is that of those in the groups that they lead.
    """
    zone = await clinics.zone(act)
    today = local_day(act.now, zone)
    waits = await overview.waiting(act)
    handed = await redemptions.waiting(act, HANDED_MAX)
    quiet = today - timedelta(days=QUIET_DAYS)
    theirs = None if leader is None else await _led_by(act, leader)
    most = SHOWN_MAX + 1 if theirs is None else LOOKED_AT_MAX
    slips = await work.slipping(act, today, day_end(quiet - timedelta(days=1), zone), quiet, most)
    is_clinical, is_manager = role in {"clinician", "manager"}, role == "manager"
    until = today + timedelta(days=ENDING_DAYS)
    consents = await work.consents_ending(act, today, until, most) if is_clinical else []
    if theirs is not None:
        slips = [one for one in slips if one.participant in theirs][: SHOWN_MAX + 1]
        consents = [one for one in consents if one.participant in theirs][: SHOWN_MAX + 1]
    low = await work.low(act, overview.FEW, SHOWN_MAX + 1) if is_manager else []
    counted = [Counted("handover", handed, "/desk/handover")]
    counted.append(Counted("submissions", await submissions.count(act, HANDED_MAX), "/desk/submissions"))
    if is_clinical:
        settled = waits.awards + waits.write_offs + waits.redemption_changes + waits.openings
        mine = await overview.to_approve(act, act.actor.id) if is_manager else settled
        counted.append(Counted("approvals", mine, "/manage/approvals"))
    if is_manager:
        counted.append(Counted("budgets", await count_reached(act), "/manage/budgets"))
        counted.append(Counted("messages", waits.messages, "/manage/sources"))
        counted.append(Counted("providers", waits.providers, "/manage/providers"))
    shown = [*(one.participant for one in slips), *(one.participant for one in consents)]
    audit_listed(act, today, dict.fromkeys(shown), day=today.isoformat())
    return Done(
        Work(
            tuple(one for one in counted if one.count),
            tuple(slips),
            tuple(consents),
            tuple(low),
            await names.of(act, set(shown)),
            today,
            handed,
            await has_hats(act),
            await _leaders(act),
        )
    )


async def _led_by(act: Act, leader: UUID) -> set[UUID]:
    """Whoever is in a group that somebody leads."""
    led = [one for one in await groups.meeting(act, GROUPS_MAX) if one.leader == leader]
    return {member.participant for one in led for member in await groups.members(act, one.id)}


async def _leaders(act: Act) -> dict[UUID, str]:
    """Who leads a group, by what they are called."""
    leaders = {one.leader for one in await groups.meeting(act, GROUPS_MAX) if one.leader is not None}
    return await actors.names(act, sorted(leaders)) if leaders else {}

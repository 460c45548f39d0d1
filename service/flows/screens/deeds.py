"""Read who did what: counts by person, those with odd deeds first, and the deeds of one person."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from msgspec import Struct
from msgspec.structs import replace

from schemas.deeds import Deed, DeedsReport, PersonDeeds, PersonDeedsReport
from schemas.program import Unit
from schemas.second_looks import SecondPersonRules
from service.core.actors import SYSTEM
from service.core.calendar import day_end, local_day
from service.core.refusals import Refused, refused
from service.core.second_looks import recorded_max
from service.flows.perform import Act, Done
from service.store import actors, clinics, deeds, second_looks
from service.store.deeds import Counted, Summed, Window

DAYS_MAX: Final = 100
"""How many days are looked at together at most."""
USUAL_DAYS: Final = 28
SHOWN_MAX: Final = 500


class Days(Struct, frozen=True):
    """Local days, both included, and the moments that they lie between."""

    since: date
    until: date
    window: Window
    zone: ZoneInfo
    rules: SecondPersonRules


async def read_deeds(act: Act, since: date | None, until: date | None) -> Done[DeedsReport] | Refused:
    """What each person did in some days, as counts."""
    days = await _days(act, since, until)
    if isinstance(days, Refused):
        return days
    visits = await deeds.summed(act, days.window)
    counts = await deeds.counted(act, days.window)
    everybody = {*visits, *counts} - {SYSTEM}
    names = await actors.names(act, list(everybody))
    found = []
    for who in everybody:
        seen, done = visits.get(who, Summed()), counts.get(who, Counted())
        found.append(
            PersonDeeds(
                who,
                names.get(who),
                seen.late + seen.another + done.own + done.unconfirmed + done.welcomed_much,
                seen.recorded,
                seen.late,
                seen.another,
                done.corrected,
                done.own,
                done.given,
                done.given_usd,
                done.readdressed,
                done.unconfirmed,
                done.welcomed,
                done.welcomed_usd,
                done.welcomed_much,
            )
        )
    found.sort(key=lambda one: (-one.odd, -one.recorded, -one.given, one.by.bytes))
    act.audit("deeds.read", since=days.since.isoformat(), until=days.until.isoformat())
    return Done(DeedsReport(days.since, days.until, tuple(found)))


async def read_deeds_of(
    act: Act, by: UUID, since: date | None, until: date | None
) -> Done[PersonDeedsReport] | Refused:
    """What one person did in some days, what is odd first."""
    days = await _days(act, since, until)
    if isinstance(days, Refused):
        return days
    if not await actors.exists(act, by):
        return refused("not_found.actor")
    recorded = _with_much(await deeds.recorded(act, days.window, by, SHOWN_MAX + 1), days)
    given = await deeds.given(act, days.window, by, SHOWN_MAX + 1)
    corrected = await deeds.corrected(act, days.window, by, SHOWN_MAX + 1)
    readdressed = await deeds.readdressed(act, days.window, by, SHOWN_MAX + 1)
    welcomed = await deeds.welcomed(act, days.window, by, SHOWN_MAX + 1)
    found = [*recorded, *given, *corrected, *readdressed, *welcomed]
    found.sort(key=lambda one: (not one.odd, -one.done_at.timestamp(), one.id.bytes))
    names = await actors.names(act, [by])
    for who in {one.participant for one in found[:SHOWN_MAX]}:
        act.audit("deeds.listed", by, who)
    return Done(
        PersonDeedsReport(
            by, names.get(by), days.since, days.until, tuple(found[:SHOWN_MAX]), len(found) > SHOWN_MAX
        )
    )


async def _days(act: Act, since: date | None, until: date | None) -> Days | Refused:
    zone = await clinics.zone(act)
    last = until or local_day(act.now, zone)
    first = since or last - timedelta(days=USUAL_DAYS - 1)
    if not 0 <= (last - first).days < DAYS_MAX:
        return refused("invalid.report_days", "$.since", days=DAYS_MAX)
    rules = await second_looks.rules(act)
    late = rules.record_within_days
    if late is None:
        late = SecondPersonRules().record_within_days or 0
    begins: datetime = day_end(first - timedelta(days=1), zone)
    return Days(first, last, Window(begins, day_end(last, zone), zone.key, late, rules), zone, rules)


def _with_much(recorded: Iterable[Deed], days: Days) -> list[Deed]:
    """Visits with a mark on those of a day on which one person recorded much for one participant."""
    every = list(recorded)
    sums: Counter[tuple[UUID, date, Unit | None]] = Counter()
    for one in every:
        sums[_spot(one, days.zone)] += one.amount
    much = {
        spot
        for spot, whole in sums.items()
        if spot[2] is not None and (limit := recorded_max(days.rules, spot[2])) is not None and whole > limit
    }
    return [replace(one, odd=(*one.odd, "much")) if _spot(one, days.zone) in much else one for one in every]


def _spot(one: Deed, zone: ZoneInfo) -> tuple[UUID, date, Unit | None]:
    return one.participant, local_day(one.done_at, zone), one.unit

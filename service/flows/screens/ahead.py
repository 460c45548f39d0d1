"""Read what lies ahead of somebody, for their page at the desk: visits, open requests, what they can get."""

from datetime import date, timedelta
from typing import Final
from uuid import UUID

from msgspec import Struct

from schemas.groups import GroupName
from schemas.people import Participant
from schemas.receipts import Balance
from schemas.shelf import Redemption, Reward, RewardName
from schemas.visits import Visit
from service.core.calendar import local_day
from service.core.cursors import LAST_ID
from service.core.refusals import Refused
from service.core.shelf import called
from service.flows.people.participants import read_participant
from service.flows.perform import Act, Done
from service.flows.programs.titles import Titles, read_titles
from service.flows.shelf.brands import offered_to
from service.flows.visits.visits import read_visits
from service.store import charts, clinics, enrollments, groups, ledger, redemptions, rewards

DAYS: Final = 28
"""How many days ahead visits are shown."""
VISITS_MAX: Final = 8
WEEKS: Final = 6
"""How many weeks the calendar shows, this one and `WEEKS_BACK` before it among them."""
WEEKS_BACK: Final = 2
READ_MAX: Final = 60
EPISODES_MAX: Final = 20
OPEN_MAX: Final = 30
SHELF_MAX: Final = 200


class OpenRequest(Struct, frozen=True):
    """A reward that was asked for and waits to be handed over, with what it is called."""

    redemption: Redemption
    name: RewardName | str


class Ahead(Struct, frozen=True):
    """Somebody's next visits by day, the groups that they are in, and what they asked for."""

    visits: tuple[Visit, ...]
    titles: Titles
    calendar: tuple[tuple[date, tuple[Visit, ...]], ...]
    """Whole weeks from a Monday on, each day with its visits."""
    groups: tuple[tuple[UUID, GroupName], ...]
    requests: tuple[OpenRequest, ...]


class Offered(Struct, frozen=True):
    """Somebody at the shelf: what they have, and the rewards that it is enough for, the others after them."""

    participant: Participant
    balances: tuple[Balance, ...]
    enough_for: tuple[Reward, ...]
    too_dear: tuple[Reward, ...]


async def read_ahead(act: Act, participant_id: UUID) -> Ahead:
    """What lies ahead of a participant; days on which they are expected, today's among them."""
    today = local_day(act.now, await clinics.zone(act))
    person = await charts.whose(act, participant_id)
    found: list[Visit] = []
    monday = today - timedelta(days=today.weekday() + 7 * WEEKS_BACK)
    days: dict[date, list[Visit]] = {monday + timedelta(days=n): [] for n in range(7 * WEEKS)}
    for one in await enrollments.before(act, LAST_ID, EPISODES_MAX, participant_id, "open"):
        since = max(monday, one.starts_on)
        read = await read_visits(act, one.id, since=since, until=since + timedelta(days=READ_MAX))
        if isinstance(read, Refused):
            continue
        for each in read.value.items:
            if each.due_on in days:
                days[each.due_on].append(each)
            if each.status == "expected" and today <= (each.due_on or today) <= _until(today, one.starts_on):
                found.append(each)
    found.sort(key=lambda each: (each.due_on or today, each.target))
    own = await groups.of_participant(act, () if person is None else person.charts)
    waits = await redemptions.before(act, LAST_ID, OPEN_MAX, "held", person)
    asked = []
    for held in waits:
        reward = await rewards.find(act, held.reward)
        asked.append(OpenRequest(held, "" if reward is None else called(reward.reward)))
    titles = (
        await read_titles(
            act, {one.enrollment for own in days.values() for one in own} | {one.enrollment for one in found}
        )
    ).value
    laid = tuple((day, tuple(own)) for day, own in days.items())
    return Ahead(
        tuple(found[:VISITS_MAX]), titles, laid, tuple((id_, name) for id_, name, _ in own), tuple(asked)
    )


def _until(today: date, starts_on: date) -> date:
    return max(today, starts_on) + timedelta(days=DAYS - 1)


async def read_offered(act: Act, participant_id: UUID) -> Done[Offered] | Refused:
    """What somebody can get now, the dearest first, and what they cannot yet, the nearest first."""
    known = await read_participant(act, participant_id)
    if isinstance(known, Refused):
        return known
    who = known.value.id
    sheet = (await ledger.sheets(act, [who]))[who]
    available = {one.unit: one.available for one in sheet.balances}
    whole = await rewards.before(act, LAST_ID, SHELF_MAX, True, None)  # noqa: FBT003  as the store has it
    shelf = await offered_to(act, who, [one for one in whole if one.stock != 0])
    enough = [one for one in shelf if one.price <= available.get(one.unit, 0)]
    dear = [one for one in shelf if one.price > available.get(one.unit, 0)]
    enough.sort(key=lambda one: (-one.price, one.name))
    dear.sort(key=lambda one: (one.price - available.get(one.unit, 0), one.name))
    return Done(Offered(known.value, sheet.balances, tuple(enough), tuple(dear)))

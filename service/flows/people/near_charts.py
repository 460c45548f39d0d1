"""Charts that may be about one person: those near to somebody's, and all of a clinic, two by two."""

from uuid import UUID

from msgspec import Struct

from service.core.refusals import Refused, refused
from service.flows.perform import Act, Done
from service.store import charts, identifiers, names, near_charts, participants
from service.store.names import Named
from service.store.near_charts import Why

NEAR_MAX = 8
"""How many who may be the same person are named."""
PAIRS_MAX = 100
"""How many pairs are listed at once."""


class TwoCharts(Struct, frozen=True):
    """Two charts that may be one person's, and what they have in common."""

    first: Named
    second: Named
    why: Why


async def near_person(act: Act, participant: UUID) -> Done[tuple[Named, ...]] | Refused:
    """Other people's charts that may be this person's too, oldest first; each one shown is audited.

    They have a number that differs from one of theirs as by a slip, or the same name and telephone number,
    and nobody told them apart.
    """
    known = await participants.find(act, participant)
    if known is None:
        return refused("not_found.participant")
    person = known.participant
    found = set(await identifiers.near(act, [one.value for one in person.identifiers]))
    if person.name is not None and person.phone is not None:
        # Of more than these, the person's own may be one.
        found |= set(await participants.called_alike(act, person.name, person.phone, NEAR_MAX + 1))
    near = sorted(found - {person.id} - await near_charts.told(act, person.id))[:NEAR_MAX]
    shown = await names.of(act, near)
    for one in near:
        act.audit("participant.listed", one, one)
    return Done(tuple(shown[one] for one in near))


async def list_near_charts(act: Act) -> Done[tuple[TwoCharts, ...]]:
    """Pairs of charts that may be one person's and that nobody told apart; each one shown is audited."""
    found = await near_charts.pairs(act, PAIRS_MAX)
    people = sorted({who for pair in found for who in (pair.first, pair.second)})
    called = await names.of(act, people) if people else {}
    for who in people:
        act.audit("participant.listed", who, who)
    return Done(tuple(TwoCharts(called[one.first], called[one.second], one.why) for one in found))


async def tell_apart(act: Act, first: UUID, second: UUID) -> Done[bool] | Refused:
    """Say that two charts are two people's: they are not named as perhaps one person's again."""
    led = await charts.leads_to(act, [first, second])
    if first not in led or second not in led:
        return refused("not_found.participant")
    one, two = led[first], led[second]
    if one == two:
        return refused("invalid.merge_with_itself")
    is_new = await near_charts.tell_apart(act, one, two, act.actor.id)
    for who, other in ((one, two), (two, one)) if is_new else ():
        act.audit("participants.told_apart", other, who)
    return Done(is_new)

"""The merges of a person's charts: as they stand on record, and as somebody's page names them."""

from uuid import UUID

from msgspec import Struct

from schemas.merges import Merge, MergeList
from service.core.refusals import Refused, refused
from service.flows.perform import Act, Done
from service.store import actors, charts, enrollments, ledger, merges, names
from service.store.merges import KnownMerge
from service.store.names import Named


class MergedChart(Struct, frozen=True):
    """A merge with the charts that it was about, as people call them and whoever did it and undid it."""

    merge: KnownMerge
    survivor: Named
    ended: Named
    by: str | None
    undone_by: str | None


async def shown(act: Act, known: KnownMerge) -> Merge:
    """A merge on record, with what it moved and the survivor's balances by now."""
    moved = await merges.brought(act, known)
    sheets = await ledger.sheets(act, [known.survivor])
    opened = await merges.opened_under(act, await merges.under(act, known.ended))
    return Merge(
        known.id,
        known.survivor,
        known.ended,
        known.merged_at,
        known.merged_by,
        undone_at=known.undone_at,
        undone_by=known.undone_by,
        reason=known.reason,
        undone_reason=known.undone_reason,
        enrollments=tuple(
            one for one in [await enrollments.find(act, each) for each in opened] if one is not None
        ),
        events=await merges.events_of(act, opened),
        moved=tuple(moved),
        balances=sheets[known.survivor].balances,
    )


async def list_merges(act: Act, participant: UUID) -> Done[MergeList] | Refused:
    """The merges that a participant's charts were ever part of, newest first."""
    found = await _of_person(act, participant)
    if isinstance(found, Refused):
        return found
    return Done(MergeList(tuple([await shown(act, one) for one in found])))


async def name_merges(act: Act, participant: UUID) -> Done[tuple[MergedChart, ...]] | Refused:
    """The same merges with the charts and the people who made them by name; what they moved is not read."""
    found = await _of_person(act, participant, always=False)
    if isinstance(found, Refused):
        return found
    called = await names.of(act, {who for one in found for who in (one.survivor, one.ended)})
    acting = {who for one in found for who in (one.merged_by, one.undone_by) if who}
    actors_ = await actors.names(act, sorted(acting)) if acting else {}
    return Done(
        tuple(
            MergedChart(
                one,
                called[one.survivor],
                called[one.ended],
                actors_.get(one.merged_by),
                None if one.undone_by is None else actors_.get(one.undone_by),
            )
            for one in found
        )
    )


async def _of_person(act: Act, participant: UUID, *, always: bool = True) -> list[KnownMerge] | Refused:
    person = await charts.person(act, participant)
    if person is None:
        return refused("not_found.participant")
    found = {one.id: one for chart in person.charts for one in await merges.of_chart(act, chart)}
    if found or always:
        act.audit("merges.read", person.id, person.id, count=len(found))
    return sorted(found.values(), key=lambda one: one.id.bytes, reverse=True)

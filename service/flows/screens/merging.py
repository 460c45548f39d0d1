"""Read two charts for the pages that merge them and take them apart: both sides, and what it would do."""

from uuid import UUID

from msgspec import Struct

from schemas.merges import Merge, NewMerge, NewUnmerge
from schemas.people import Participant
from schemas.receipts import Balance
from service.core.refusals import Refused, refused
from service.flows.people.merge_history import MergedChart, name_merges
from service.flows.people.merges import merge_participants
from service.flows.people.participants import read_participant
from service.flows.people.unmerges import unmerge_participants
from service.flows.perform import Act, Done
from service.store import actors, ledger


class Side(Struct, frozen=True):
    """One of two charts, with what it has."""

    person: Participant
    balances: tuple[Balance, ...]


class MergeAhead(Struct, frozen=True):
    """Two charts, and what their merge would do or why it cannot be; `acting` are who recorded, by name."""

    survivor: Side
    ended: Side
    merge: Merge | None
    refusal: Refused | None
    acting: dict[UUID, str]


class UnmergeAhead(Struct, frozen=True):
    """A merge that holds, and what its undoing would do or why it cannot be."""

    known: MergedChart
    merge: Merge | None
    refusal: Refused | None


async def preview_merge(act: Act, survivor: UUID, new: NewMerge) -> Done[MergeAhead] | Refused:
    """Both charts as they are, and what the merge itself would do: it is done and taken back."""
    first = await _side(act, survivor)
    if isinstance(first, Refused):
        return first
    second = await _side(act, new.from_)
    if isinstance(second, Refused):
        return second
    if first.person.id == second.person.id:
        return refused("invalid.merge_with_itself", "$.from")
    done = await merge_participants(act, survivor, new)
    if isinstance(done, Refused):
        return Done(MergeAhead(first, second, None, done, {}))
    recorded = {event.recorded_by for twice in done.value.duplicates for event in twice.events}
    acting = await actors.names(act, sorted(recorded)) if recorded else {}
    return Done(MergeAhead(first, second, done.value, None, acting))


async def preview_unmerge(act: Act, participant: UUID, new: NewUnmerge) -> Done[UnmergeAhead] | Refused:
    """A merge of one chart that holds, and what its undoing itself would do: it is done and taken back."""
    named = await name_merges(act, participant)
    if isinstance(named, Refused):
        return named
    known = next(
        (one for one in named.value if one.merge.undone_at is None and one.ended.id == new.from_), None
    )
    if known is None:
        return refused("not_found.merge")
    done = await unmerge_participants(act, participant, new)
    if isinstance(done, Refused):
        return Done(UnmergeAhead(known, None, done))
    return Done(UnmergeAhead(known, done.value, None))


async def _side(act: Act, participant: UUID) -> Side | Refused:
    known = await read_participant(act, participant)
    if isinstance(known, Refused):
        return known
    who = known.value.id
    return Side(known.value, (await ledger.sheets(act, [who]))[who].balances)

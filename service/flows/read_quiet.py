"""Read the visits of somebody that earned nothing: a statement tells only of what moved."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from msgspec.structs import replace

from schemas.people import Enrollment, Language
from service.core.corrections import PastFact
from service.core.quiet import Quiet, QuietVisit, quiet, told
from service.store import enrollments, recorded_events
from service.store.database import Tx


async def quiet_visits(
    tx: Tx,
    clinic: UUID,
    own: Sequence[Enrollment],
    facts: Mapping[UUID, Sequence[PastFact]],
    between: tuple[UUID | None, UUID],
    language: Language,
) -> list[QuietVisit]:
    """Those of some enrollments whose events lie between two ids, which are in the order of recording."""
    after, before = between
    found = []
    for one in own:
        rules = await enrollments.rules_of(tx, clinic, one.program, one.version)
        posted = await enrollments.posted(tx, clinic, one.id)
        for visit in quiet(rules, one.starts_on, facts[one.id], posted):
            if visit.event < before and (after is None or visit.event > after):
                why = await _held_back(tx, clinic, one.id, visit) if visit.is_held_back else visit
                found.append(told(why, rules, language))
    return sorted(found, key=lambda visit: visit.event, reverse=True)


async def _held_back(tx: Tx, clinic: UUID, enrollment: UUID, visit: Quiet) -> Quiet:
    """A visit with the reasons that were told when its award was held back."""
    awards = await recorded_events.awards_of(tx, clinic, enrollment, visit.fact.no)
    return replace(visit, why=tuple((award.unit, why) for award in awards for why in award.why))

"""Read the visits of somebody that earned nothing: a statement tells only of what moved."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from msgspec.structs import replace

from schemas.people import Enrollment, Language
from service.core.compiled import Rules
from service.core.corrections import PastFact
from service.core.quiet import Quiet, QuietVisit, quiet, told
from service.flows.perform import Act
from service.store import enrollments, recorded_events, statements
from service.store.database.pool import Tx


async def quiet_visits(
    act: Act,
    own: Sequence[Enrollment],
    facts: Mapping[UUID, Sequence[PastFact]],
    between: tuple[UUID | None, UUID],
    language: Language,
) -> dict[UUID, tuple[UUID, QuietVisit]]:
    """Those of the asker's enrollments that stand between two ids of a statement, each with its place.

    A place is the id above which it stands: its event's, or that of the last transfer written with it.
    """
    found: dict[UUID, tuple[Enrollment, Rules, Quiet]] = {}
    for one in own:
        rules = await enrollments.rules_of(act, act.clinic, one.program, one.version)
        posted = await enrollments.posted(act, act.clinic, one.id)
        found |= {
            visit.event: (one, rules, visit) for visit in quiet(rules, one.starts_on, facts[one.id], posted)
        }
    places = await statements.places(act, act.clinic, act.actor.id, list(found)) if found else {}
    after, before = between
    shown = {}
    for event, (one, rules, visit) in found.items():
        place = places.get(event, event)
        if place < before and (after is None or place >= after):
            why = await _held_back(act, act.clinic, one.id, visit) if visit.is_held_back else visit
            shown[event] = (place, told(why, rules, language))
    return shown


async def _held_back(tx: Tx, clinic: UUID, enrollment: UUID, visit: Quiet) -> Quiet:
    """A visit with the reasons that were told when its award was held back."""
    awards = await recorded_events.awards_of(tx, clinic, enrollment, visit.fact.no)
    return replace(visit, why=tuple((award.unit, why) for award in awards for why in award.why))

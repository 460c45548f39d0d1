"""Statements: transfers of a participant's accounts, each with its cause, and visits that earned nothing."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from msgspec.structs import replace

from schemas.books import Statement, Transfer
from schemas.people import Enrollment, Language
from schemas.program import Noun, Unit
from schemas.shelf import RewardName
from service.core.compiled import Rules
from service.core.corrections import PastFact
from service.core.cursors import Page, before_id, cut
from service.core.naming import titled
from service.core.quiet import Quiet, QuietVisit, quiet, told
from service.core.refusals import Refused, refused
from service.core.words.sentences import MoneyWriter, money, noun_of, reason
from service.core.words.statements import movement_of, movement_sentence
from service.core.words.words import NOUNS
from service.flows.perform import Act, Done
from service.store import charts, episodes, participants, recorded_events, statements
from service.store.database.pool import Tx
from service.store.statements import Line


async def read_statement(
    act: Act,
    participant_id: UUID,
    page: Page,
    *,
    unit: Unit | None = None,
    language: Language | None = None,
    write: MoneyWriter = money,
) -> Done[Statement] | Refused:
    """Transfers newest first, in every unit or one, in the language asked for or the participant's own.

    `write` writes the amounts of their sentences.
    """
    person = await charts.person(act, participant_id)
    own = None if person is None else await participants.language(act, person.id)
    if person is None or own is None:
        return refused("not_found.participant")
    last = before_id(page)
    if isinstance(last, Refused):
        return last
    found = await statements.before(act, person, last, page.limit + 1, unit)
    lines, more = cut(found, page, lambda line: line.id.bytes)
    shown = [await transfer_of(act, line, language or own, write) for line in lines]
    act.audit("statement.read", person.id, person.id, count=len(shown))
    return Done(Statement(tuple(shown), more))


async def transfer_of(tx: Tx, line: Line, language: Language, write: MoneyWriter = money) -> Transfer:
    """A line as it is shown: with its sentence and its reasons, in one language."""
    movement = movement_of(line.cause, line.source, line.destination)
    noun = await _noun(tx, line)
    codes = [why.code for why in line.why]
    if movement == "taken_back" and codes[:1] == ["moved"] and "taken_back" not in codes:
        # It is paid for another visit in the same posting: nothing is taken away from anybody.
        movement = "moved"
    reward = titled(line.reward, language) if isinstance(line.reward, RewardName) else line.reward
    return Transfer(
        line.id,
        line.at,
        line.unit,
        line.amount,
        line.source,
        line.destination,
        line.cause,
        line.cause_id,
        movement_sentence(movement, line.amount, line.unit, language, reward, write),
        tuple(reason(why, line.unit, noun, language, write) for why in line.why),
        line.event,
    )


async def _noun(tx: Tx, line: Line) -> Noun:
    if line.program is None or line.version is None or line.target is None:
        # A welcome and a redemption speak of no target.
        return NOUNS["activity"]
    rules = await episodes.rules_of(tx, line.program, line.version)
    return noun_of(rules.program.targets[rules.place_of[line.target]])


async def quiet_visits(
    act: Act,
    own: Sequence[Enrollment],
    facts: Mapping[UUID, Sequence[PastFact]],
    between: tuple[UUID | None, UUID],
    language: Language,
    write: MoneyWriter,
) -> dict[UUID, tuple[UUID, QuietVisit]]:
    """Those of the asker's enrollments that stand between two ids of a statement, each with its place.

    A place is the id above which it stands: its event's, or that of the last transfer written with it.
    """
    found: dict[UUID, tuple[Enrollment, Rules, Quiet]] = {}
    for one in own:
        rules = await episodes.rules_of(act, one.program, one.version)
        posted = await episodes.posted(act, one.id)
        found |= {
            visit.event: (one, rules, visit) for visit in quiet(rules, one.starts_on, facts[one.id], posted)
        }
    person = await charts.person(act, act.actor.id) if found else None
    places = {} if person is None else await statements.places(act, person, list(found))
    after, before = between
    shown = {}
    for event, (one, rules, visit) in found.items():
        place = places.get(event, event)
        if place < before and (after is None or place >= after):
            why = await _held_back(act, one.id, visit) if visit.is_held_back else visit
            shown[event] = (place, told(why, rules, language, write))
    return shown


async def _held_back(tx: Tx, enrollment: UUID, visit: Quiet) -> Quiet:
    """A visit with the reasons that were told when its award was held back."""
    awards = await recorded_events.awards_of(tx, enrollment, visit.fact.no)
    return replace(visit, why=tuple((award.unit, why) for award in awards for why in award.why))

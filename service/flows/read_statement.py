"""Read a statement: what moved in a participant's accounts, why, and in one sentence each."""

from uuid import UUID

from schemas.books import Statement, Transfer
from schemas.people import Language
from schemas.program import Noun, Unit
from service.core.cursors import Page, before_id, cut
from service.core.refusals import Refused, refused
from service.core.words.sentences import movement_of, movement_sentence, noun_of, reason
from service.core.words.words import NOUNS
from service.flows.perform import Act, Done
from service.store import enrollments, participants, statements
from service.store.database.pool import Tx
from service.store.statements import Line


async def read_statement(
    act: Act,
    participant_id: UUID,
    page: Page,
    *,
    unit: Unit | None = None,
    language: Language | None = None,
) -> Done[Statement] | Refused:
    """Transfers newest first, in every unit or one, in the language asked for or the participant's own."""
    own = await participants.language(act, act.clinic, participant_id)
    if own is None:
        return refused("not_found", "There is no such participant.")
    last = before_id(page)
    if isinstance(last, Refused):
        return last
    found = await statements.before(act, act.clinic, participant_id, last, page.limit + 1, unit)
    lines, more = cut(found, page, lambda line: line.id.bytes)
    shown = [await transfer_of(act, act.clinic, line, language or own) for line in lines]
    act.tell("statement.read", participant_id, participant_id, count=len(shown))
    return Done(Statement(tuple(shown), more))


async def transfer_of(tx: Tx, clinic: UUID, line: Line, language: Language) -> Transfer:
    """A line as it is shown: with its sentence and its reasons, in one language."""
    movement = movement_of(line.cause, line.source, line.destination)
    noun = await _noun(tx, clinic, line)
    codes = [why.code for why in line.why]
    if movement == "taken_back" and codes[:1] == ["moved"] and "taken_back" not in codes:
        # It is paid for another visit in the same posting: nothing is taken away from anybody.
        movement = "moved"
    return Transfer(
        line.id,
        line.at,
        line.unit,
        line.amount,
        line.source,
        line.destination,
        line.cause,
        line.cause_id,
        movement_sentence(movement, line.amount, line.unit, language, line.reward),
        tuple(reason(why, line.unit, noun, language) for why in line.why),
        line.event,
    )


async def _noun(tx: Tx, clinic: UUID, line: Line) -> Noun:
    if line.program is None or line.version is None or line.target is None:
        # A welcome and a redemption speak of no target.
        return NOUNS["activity"]
    rules = await enrollments.rules_of(tx, clinic, line.program, line.version)
    return noun_of(rules.program.targets[rules.place_of[line.target]])

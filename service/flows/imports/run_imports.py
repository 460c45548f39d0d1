"""Go through imports that were begun, person by person, each line recorded once however often it is read.

All lines of a file stand sorted before the first is recorded, and those about one person are recorded in one
transaction with what they enroll, and with how far the import has come: whoever is killed leaves nothing half
done, and nobody comes between. A preview does the very same and takes it back.
"""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Iterable, Sequence
from datetime import timedelta
from functools import partial
from typing import Any, Final, Literal, TypeVar
from uuid import UUID

import asyncpg
import msgspec
from msgspec.structs import replace

from service.core.actors import Actor
from service.core.refusals import Refused
from service.core.sheets.mapping import Mapping
from service.flows.imports.bring_import import reads_of
from service.flows.imports.event_lines import Read
from service.flows.imports.import_events import How, LineResult, count, import_lines
from service.flows.imports.people_lines import import_people
from service.flows.imports.refused_lines import refused_text
from service.flows.imports.staging import said_of, stage
from service.flows.perform import Act, Done, perform, rehearse
from service.flows.visits.record_events import Recorder
from service.store import clinics, running_imports
from service.store import import_lines as lines_store
from service.store.database.absence import is_away
from service.store.database.pool import Database, Tx
from service.store.import_lines import KeptLine, PersonLines, SettledLine
from service.store.imports import Counts
from service.store.running_imports import Going, LeaseLostError

T = TypeVar("T")

PIECE_LINES: Final = 250
"""About how many lines one transaction records; all lines of one person go into the same."""
PEOPLE_MAX: Final = 100
"""How many people one transaction records at most."""
BUSY_TRIES_MAX: Final = 5
"""How often a step is tried where somebody else holds what it is about."""

GIVE_BACK_TRIES_MAX: Final = 10
"""How often a worker that fails tries to give an import back: it has other things to do."""
GIVE_BACK_AGAIN_S: Final = 0.5
"""How long it leaves the database alone in between, in seconds."""

_encode = msgspec.json.Encoder().encode


class Piece(msgspec.Struct, frozen=True):
    """What one step did: the import after it, the lines in the order recorded, and what became of each."""

    going: Going
    lines: Sequence[KeptLine]
    results: Sequence[LineResult]


async def begin_by_hand(
    database: Database, actor: Actor, how: How, *, is_csv: bool, is_preview: bool
) -> Going:
    """Begin an import for which somebody waits: its lines are staged next, and no worker takes it up."""

    async def operation(act: Act) -> Done[Going] | Refused:
        going = Going(
            act.new_id(),
            actor,
            is_csv,
            how.enrolls,
            by_hand=True,
            corrections=how.corrections,
            language=how.language or "en",
            is_preview=is_preview,
            body=b"",
            mapping=Mapping(),
            columns=(),
            lines=0,
            lines_done=0,
            counts=Counts(),
            held_until=None,
        )
        await running_imports.insert_by_hand(act, going)
        if not is_preview:
            act.audit("import.begun", going.id, enrolls=int(how.enrolls), corrections=how.corrections)
        return Done(going)

    done = await perform(database, actor, operation)
    if isinstance(done, Done):
        return done.value
    raise AssertionError("an import can always be begun")


async def run_imports(database: Database, clinic: UUID, skew: timedelta) -> int:
    """Go through every import of a clinic that was begun or is to be tried; returns how many lines that were.

    Raises OSError or asyncpg.PostgresError where the database is away; whoever comes next goes on from there.
    """
    recorder = Recorder(database, skew)
    total = 0
    while True:
        async with database.transaction(clinic) as tx:
            going = await running_imports.claim(tx)
        if going is None:
            return total
        try:
            total += await _run(database, recorder, going, skew)
        except LeaseLostError:
            # Another worker goes on with it.
            continue


async def _run(database: Database, recorder: Recorder, going: Going, skew: timedelta) -> int:
    begun = going.lines_done
    if going.by_hand:
        # Whoever waited for it at a command line is gone.
        await end(database, going, "stopped")
        return 0
    try:
        async with database.transaction(going.actor.clinic) as tx:
            zone = await clinics.zone(tx)
        going = await staged(database, going, partial(reads_of, going, zone))
        while (piece := await step(database, recorder, going, skew)) is not None:
            going = piece.going
        await end(database, going, "ended")
    except Exception as error:
        if is_away(error):
            await _give_back(database, going)
        raise
    return going.lines - begun


async def _give_back(database: Database, going: Going) -> None:
    """Let others take an import up at once, where the database comes back soon; else once its lease ends."""
    for _ in range(GIVE_BACK_TRIES_MAX):
        try:
            async with database.transaction(going.actor.clinic) as tx:
                await running_imports.give_back(tx, going)
        except Exception as error:
            if not is_away(error):
                raise
            await asyncio.sleep(GIVE_BACK_AGAIN_S)
        else:
            return


async def staged(database: Database, going: Going, reads: Callable[[], Iterable[Read]]) -> Going:
    """The import with its lines sorted; those of one that was tried or interrupted stand already."""
    if going.staged_at is None:
        return await stage(database, going, reads())
    if going.done_person is not None or going.lines_done:
        return going
    async with database.transaction(going.actor.clinic) as tx:
        unread = await lines_store.unread(tx, going.id)
        going = replace(going, lines_done=unread, counts=Counts(refused=unread))
        await running_imports.advance(tx, going)
    return going


async def step(database: Database, recorder: Recorder, going: Going, skew: timedelta) -> Piece | None:
    """Record, or try, the lines about the next people; none where there are no more.

    Raises LeaseLostError where the import is in somebody else's hand.
    """
    async with database.transaction(going.actor.clinic) as tx:
        people = _piece(await lines_store.people(tx, going.id, going.done_person, PEOPLE_MAX))
    if not people:
        return None
    how = How(going.enrolls, going.corrections, skew, going.is_preview, going.language)

    async def take(act: Act) -> Done[Piece] | Refused:
        kept = [one for _, one in await lines_store.of_people(act, going.id, [one.person for one in people])]
        said = [said_of(one.said) for one in kept]
        events = [one.line for one in said if one.line is not None]
        results = await import_lines(act, recorder, events, how)
        results += await import_people(act, [one.person for one in said if one.person is not None], how)
        piece = Piece(_after(going, people[-1].person, results), kept, results)
        if not going.is_preview:
            await _write(act, piece)
        return Done(piece)

    if not going.is_preview:
        done = await _patiently(lambda: perform(database, going.actor, take))
        if not isinstance(done, Done):
            raise AssertionError("refusals are given line by line")
        return done.value
    tried = await _patiently(lambda: rehearse(database, going.actor, take))
    if isinstance(tried, Refused):
        raise AssertionError(tried.reason)  # noqa: TRY004  refusals are given line by line
    piece = tried.value
    async with database.transaction(going.actor.clinic) as tx:
        await _write(tx, piece)
    return piece


async def _patiently(work: Callable[[], Awaitable[T]]) -> T:
    """Do the work of a step, again where somebody held what it locks for longer than a request waits."""
    for _ in range(BUSY_TRIES_MAX - 1):
        with contextlib.suppress(asyncpg.LockNotAvailableError):
            return await work()
    return await work()


def _piece(people: Sequence[PersonLines]) -> list[PersonLines]:
    """The people whose lines are recorded together: as many as make a piece, and at least one."""
    found: list[PersonLines] = []
    lines = 0
    for one in people:
        if found and lines + one.lines > PIECE_LINES:
            break
        found.append(one)
        lines += one.lines
    return found


def _after(going: Going, person: bytes, results: Sequence[LineResult]) -> Going:
    counts = count(going.counts, results)
    return replace(going, counts=counts, lines_done=going.lines_done + len(results), done_person=person)


async def _write(tx: Tx, piece: Piece) -> None:
    """Write what became of the lines, and how far the import has come."""
    settled = [
        SettledLine(one.number, result.state, _encode(result) if _says_more(result) else None)
        for one, result in zip(piece.lines, piece.results, strict=True)
    ]
    await lines_store.settle(tx, piece.going.id, settled)
    await running_imports.advance(tx, piece.going)


def _says_more(result: LineResult) -> bool:
    return result != LineResult(result.state)


async def end(database: Database, going: Going, how: Literal["ended", "stopped"]) -> Going:
    """End an import, or its preview: the lines that were refused are kept, and the lines themselves are not.

    Lines that were tried stay for whoever looks at the preview, until the import is begun and ends.
    """

    async def operation(act: Act) -> Done[None] | Refused:
        if going.is_preview and how == "ended":
            await running_imports.end_preview(act, going)
            act.audit("import.tried", going.id, **_told(going))
            return Done(None)
        text = "" if going.is_preview or going.by_hand else await refused_text(act, going)
        await running_imports.end(act, going, how, text)
        await lines_store.forget(act, going.id)
        act.audit("import.ended" if how == "ended" else "import.stopped", going.id, **_told(going))
        return Done(None)

    await perform(database, going.actor, operation)
    return going


def _told(going: Going) -> dict[str, Any]:
    counts = going.counts
    return {
        "lines": going.lines,
        "recorded": counts.recorded,
        "known": counts.known,
        "corrected": counts.corrected,
        "refused": counts.refused,
    }

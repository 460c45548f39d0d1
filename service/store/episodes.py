"""Episodes: the enrollments of locked participants with everything that deciding an event needs."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta, tzinfo
from itertools import groupby
from operator import itemgetter
from typing import Protocol
from uuid import UUID

import msgspec
from asyncpg import Record
from msgspec import Struct
from msgspec.structs import replace

from schemas.program import Program, Unit
from schemas.receipts import Balance
from service.core.calendar import day_end, local_day
from service.core.compiled import Rules, compile_rules
from service.core.corrections import PastCorrection, PastFact, came, standing
from service.core.dated_caps import DatedCap
from service.core.episode import Episode, Past
from service.core.ledger import Posted, SlotKey
from service.core.quantities import ONE
from service.core.rules import fact_of
from service.core.state import State
from service.store.charts import Locked
from service.store.corrections import past_correction
from service.store.database.pool import Tx
from service.store.known_events import KnownEvent, known_event
from service.store.versions_at_hand import Versions

_state = msgspec.json.Decoder(State)
_caps = msgspec.json.Decoder(tuple[DatedCap, ...])
_program = msgspec.json.Decoder(Program)
PROGRAMS_KEPT_MAX = 1000


class Reading(Struct, frozen=True):
    """The records of some participants and references: enrollments (oldest first), balances, repeats.

    Of the events under one reference, `seen` has the last recorded, withdrawn or not.
    `caps` are those of the clinic and of funders; `listens` says whether it has a subscriber. `versions` are
    those of all rows of each participant who has an enrollment.
    """

    episodes: list[Episode]
    balances: dict[UUID, dict[Unit, Balance]]
    seen: dict[str, KnownEvent]
    caps: tuple[DatedCap, ...] = ()
    listens: bool = False
    versions: dict[UUID, Versions] = {}


async def read(tx: Tx, participants: Mapping[UUID, Locked], references: Sequence[str]) -> Reading:
    """Read all about locked participants, and what is on record under event references."""
    reading = Reading([], {}, {}, versions={})
    caps: tuple[DatedCap, ...] = ()
    listens = False
    for row in await tx.rows("enrollments/read", participants=list(participants), references=references):
        if row["event_id"] is not None:
            reading.seen[row["reference"]] = known_event(row, row["facts"])
            continue
        if row["listens"] is not None:
            caps = () if row["caps"] is None else _caps.decode(row["caps"])
            listens = row["listens"]
            continue
        rules = await rules_of(tx, row["program"], row["version"])
        reading.episodes.append(_episode(row, participants[row["participant_id"]], rules))
        _take_versions(reading.versions, row, participants[row["participant_id"]])
        reading.balances[row["participant_id"]] = {
            unit: Balance(unit, available, held, given, available + held + given)
            for unit, available, held, given in zip(
                row["units"] or (), row["available"] or (), row["held"] or (), row["given"] or (), strict=True
            )
        }
    reading.episodes.sort(key=lambda episode: episode.id.bytes)
    return replace(reading, caps=caps, listens=listens)


def _take_versions(versions: dict[UUID, Versions], row: Record, person: Locked) -> None:
    known = versions.setdefault(row["participant_id"], Versions(person.version, {}, {}, {}))
    known.enrollments[row["enrollment_id"]] = row["row_version"]
    known.checkpoints[row["enrollment_id"]] = row["checkpoint_version"]
    known.balances.update(zip(row["units"] or (), row["row_versions"] or (), strict=True))


def _episode(row: Record, person: Locked, rules: Rules) -> Episode:
    return Episode(
        row["enrollment_id"],
        row["participant_id"],
        person.reference,
        row["program"],
        row["version"],
        row["starts_on"],
        row["closed_on"],
        row["funding"],
        rules,
        row["facts"],
        _state.decode(row["state"]),
        named=person.named,
    )


async def with_past(tx: Tx, episode: Episode, zone: tzinfo) -> Episode:
    """An enrollment with all that is on record of it, so that its facts can be folded again."""
    own = Ruled(episode.id, episode.rules, episode.starts_on)
    past = Past(
        tuple((await facts(tx, [own], zone))[own.id]),
        tuple((await corrections(tx, [own.id]))[own.id]),
        await posted(tx, episode.id),
    )
    return replace(episode, past=past)


class Enrolled(Protocol):
    """Whatever knows an enrollment with its program and first day: somebody in care, or in a hat."""

    @property
    def enrollment(self) -> UUID:
        """Its id."""

    @property
    def program(self) -> str:
        """The name of its program."""

    @property
    def version(self) -> int:
        """The version that it is in."""

    @property
    def starts_on(self) -> date:
        """Its first local day."""


class Ruled(Struct, frozen=True):
    """The rules and first day by which an enrollment's facts are read."""

    id: UUID
    rules: Rules
    starts_on: date


async def ruled(tx: Tx, some: Iterable[Enrolled]) -> list[Ruled]:
    """The rules of some enrollments, in their order."""
    return [
        Ruled(one.enrollment, await rules_of(tx, one.program, one.version), one.starts_on) for one in some
    ]


async def facts(tx: Tx, wanted: Sequence[Ruled], zone: tzinfo) -> defaultdict[UUID, list[PastFact]]:
    """All facts of some enrollments, by enrollment, in the order recorded."""
    by = {one.id: one for one in wanted}
    return _by_enrollment(await tx.rows("events/facts", enrollments=list(by)), by, zone)


async def rows_of_days(
    tx: Tx, zone: tzinfo, days: tuple[date, date], enrollments: Sequence[UUID] | None
) -> dict[UUID, list[Record]]:
    """What `facts_of_days` makes facts of: of some enrollments, or of all in the clinic, by enrollment."""
    first, last = days
    rows = await tx.rows(
        "events/facts_of_days",
        since=day_end(first - timedelta(days=1), zone),
        until=day_end(last, zone),
        first_day=first,
        last_day=last,
        enrollments=enrollments,
    )
    return {enrollment: list(own) for enrollment, own in groupby(rows, itemgetter(0))}


def facts_of_days(
    rows: Mapping[UUID, Sequence[Record]], wanted: Sequence[Ruled], zone: tzinfo
) -> defaultdict[UUID, list[PastFact]]:
    """The facts of some days alone, by enrollment, in the order recorded.

    They are those that happened from the first day to the last, or tell of a visit due then.
    """
    by = {one.id: one for one in wanted}
    return _by_enrollment((row for one in wanted for row in rows.get(one.id, ())), by, zone)


def _by_enrollment(
    rows: Iterable[Record], by: Mapping[UUID, Ruled], zone: tzinfo
) -> defaultdict[UUID, list[PastFact]]:
    found: defaultdict[UUID, list[PastFact]] = defaultdict(list)
    for row in rows:
        enrollment, event, no, target, outcome, at, recorded_by, expected_on, imported, quantity = row
        own, day = by[enrollment], local_day(at, zone)
        fact = fact_of(
            own.rules, no, target, outcome, at, day, own.starts_on, expected_on, quantity=quantity or ONE
        )
        found[enrollment].append(PastFact(event, fact, recorded_by, imported))
    return found


async def standing_facts(tx: Tx, wanted: Sequence[Ruled], zone: tzinfo) -> dict[UUID, list[PastFact]]:
    """The facts of some enrollments as they stand after their corrections, by enrollment."""
    return await _judged(tx, wanted, zone, standing)


async def came_facts(tx: Tx, wanted: Sequence[Ruled], zone: tzinfo) -> dict[UUID, list[PastFact]]:
    """The facts by which visits of some enrollments are met: those that stand, and those a merge withdrew."""
    return await _judged(tx, wanted, zone, came)


async def _judged(
    tx: Tx,
    wanted: Sequence[Ruled],
    zone: tzinfo,
    judge: Callable[[Sequence[PastFact], Sequence[PastCorrection]], list[PastFact]],
) -> dict[UUID, list[PastFact]]:
    past = await facts(tx, wanted, zone)
    corrected = await corrections(tx, [one.id for one in wanted])
    return {one.id: judge(past[one.id], corrected[one.id]) for one in wanted}


async def corrections(tx: Tx, enrollments: Sequence[UUID]) -> defaultdict[UUID, list[PastCorrection]]:
    """All corrections of some enrollments' events, by enrollment, in the order recorded."""
    found: defaultdict[UUID, list[PastCorrection]] = defaultdict(list)
    for row in await tx.rows("corrections/of_enrollments", enrollments=enrollments):
        found[row["enrollment_id"]].append(past_correction(row))
    return found


async def posted(tx: Tx, enrollment: UUID) -> dict[SlotKey, Posted]:
    """Postings by slot of one enrollment so far."""
    return {
        (row["fact_no"], row["slot"], row["unit"]): Posted(
            row["amount"], row["overpaid"], row["unrecovered"], row["withheld"]
        )
        for row in await tx.rows("awards/posted", enrollment_id=enrollment)
    }


_rules_kept: dict[tuple[UUID, str, int], Rules] = {}


async def rules_of(tx: Tx, program: str, version: int) -> Rules:
    """The rules of a published version, which never changes and so is compiled once in a process."""
    key = (tx.clinic, program, version)
    rules = _rules_kept.get(key)
    if rules is None:
        document = await tx.value("programs/document", name=program, version=version)
        rules = compile_rules(_program.decode(document))
        if len(_rules_kept) >= PROGRAMS_KEPT_MAX:
            _rules_kept.pop(next(iter(_rules_kept)))
        _rules_kept[key] = rules
    return rules

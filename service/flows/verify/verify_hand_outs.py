"""Everything that was handed out, read beside the rules and persons of its moment, for `rewards verify`."""

from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Any, Final
from uuid import UUID

import msgspec
from msgspec import Struct

from schemas.program import Unit
from service.core.actors import SYSTEM
from service.core.calendar import local_day
from service.core.second_looks import Opened, Price, Recorded
from service.core.verify.books import Mismatch
from service.core.verify.checking_hand_outs import of_hand_outs
from service.core.verify.checking_persons import OnRecord
from service.core.verify.checking_unseen import Gone, Unseen
from service.core.verify.kin import Kin
from service.core.verify.staffing import Moment
from service.core.verify.timeline import HandOut, Joined, Look, Start, Timeline, Visit
from service.store import books, books_alone
from service.store.database.pool import Tx

OVERLAP: Final = timedelta(days=1)
"""How long after the first entry that tells what waited there may be others that do not: of processes of the
release before."""
PAGE: Final = 50
_sums = msgspec.json.Decoder(dict[Unit, int])
_known = msgspec.json.Decoder(list[tuple[UUID, datetime]])


async def hand_outs(
    tx: Tx, kin: Kin, zone: tzinfo, record: OnRecord, few: Sequence[UUID]
) -> AsyncIterator[Mismatch]:
    """Every reward, order and prize that went out as nobody's rules allowed; call it once the trail holds.

    `record` says whose hand every account and key is, and `few` are all participants where these are few.
    """
    begun = await books_alone.clinic(tx, record)
    if begun is None:
        return
    first, staffing = begun
    async for people in _pages(tx, few):
        firsts = [one for one in people if kin.of(one) == one]
        for line in await _timelines(tx, kin, firsts, zone):
            for mismatch in of_hand_outs(line, staffing, zone):
                yield mismatch
            for one in line.hand_outs:
                if not one.is_told and one.moment.at > first.at + OVERLAP and one.is_weighed:
                    ids = {"id": str(one.id), "seq": str(one.moment.seq)}
                    yield Mismatch(one.table, ids, "an entry that tells how much waited for a look", "none")
    unseen = Unseen(staffing)
    async for row in books.all_rows(tx, "books_alone/unseen", system=SYSTEM):
        if row["participant_id"] not in kin.first_of:
            for mismatch in unseen.of(_gone(row)):
                yield mismatch


async def _pages(tx: Tx, few: Sequence[UUID]) -> AsyncIterator[Sequence[UUID]]:
    for place in range(0, len(few), PAGE):
        yield few[place : place + PAGE]
    after = UUID(int=0)
    while not few and (people := await books.participants(tx, after, PAGE)):
        yield people
        after = people[-1]


async def _timelines(tx: Tx, kin: Kin, firsts: list[UUID], zone: tzinfo) -> list[Timeline]:
    """The timelines of those of some people to whom something was handed out, as they are decided again."""
    everyone = [chart for one in firsts for chart in kin.charts(one)]
    given = await books.of_participants(tx, "books_alone/hand_outs", everyone)
    whose = [one for one in firsts if any(given.get(chart) for chart in kin.charts(one))]
    if not whose:
        return []
    charts = [chart for one in whose for chart in kin.charts(one)]
    visits = await books.of_participants(tx, "books_alone/visits", charts)
    rows = await tx.rows("books_alone/others", participants=charts)
    others = {row["participant_id"]: _others(row) for row in rows}
    merged = [one for one in charts if one in kin.first_of]
    rows = await tx.rows("books_alone/merged", participants=merged) if merged else []
    joined = [_joined(row) for row in rows]
    welcomes = await books_alone.welcomes(
        tx,
        {
            one.enrollment: datetime.combine(local_day(one.opened_at, zone), time(), zone)
            for each in others.values()
            for one in each.starts
            if one.welcome
        },
    )
    lines = []
    for one in whose:
        own = kin.charts(one)
        handed = [_hand_out(row) for chart in own for row in given.get(chart, ())]
        handed.sort(key=lambda each: each.moment.seq)
        lines.append(
            Timeline(
                handed,
                {one: seq for chart in own for one, seq in others[chart].ended.items()},
                [_visit(row) for chart in own for row in visits.get(chart, ())],
                [
                    _start(each, welcomes.get(each.enrollment, {}))
                    for chart in own
                    for each in others[chart].starts
                ],
                [each for chart in own for each in others[chart].looks],
                [each for each in joined if each.one in own],
            )
        )
    return lines


class _Opened(Struct):
    chart: UUID
    enrollment: UUID
    program: str
    starts_on: date
    opened_at: datetime
    opened_by: UUID
    seq: int
    welcome: dict[Unit, int]


class _Others(Struct):
    ended: dict[UUID, int]
    starts: list[_Opened]
    looks: list[Look]


_ended = msgspec.json.Decoder(dict[UUID, int])
_starts = msgspec.json.Decoder(list[_Opened])
_looks = msgspec.json.Decoder(list[Look])


def _others(row: Any) -> _Others:  # noqa: ANN401  a row
    return _Others(_ended.decode(row["ended"]), _starts.decode(row["starts"]), _looks.decode(row["looks"]))


def _hand_out(row: Any) -> HandOut:  # noqa: ANN401  a row
    return HandOut(
        "prizes" if row["deed"] == "prize.given" else "redemptions",
        row["subject_id"],
        row["participant_id"],
        Moment(row["seq"], row["at"]),
        row["given_by"],
        row["role"],
        Price(row["unit"], row["amount"], row["fair_value"], row["currency"]),
        row["lowered_by"],
        row["moved_by"],
        row["set_aside_by"],
        row["waited"],
        row["deed"] != "redemption_change.approved",
    )


def _visit(row: Any) -> Visit:  # noqa: ANN401  a row
    recorded = Recorded(
        row["deed_id"],
        row["done_by"],
        None,
        row["is_success"],
        row["occurred_at"],
        row["recorded_at"],
        {} if row["earned"] is None else _sums.decode(row["earned"]),
        {} if row["spent"] is None else _sums.decode(row["spent"]),
    )
    return Visit(row["seq"], row["chart_id"], row["enrollment_id"], row["fact_no"], recorded)


def _start(one: _Opened, welcomes: Mapping[UUID, Mapping[Unit, int]]) -> Start:
    opened = Opened(one.enrollment, one.opened_by, None, one.starts_on, one.opened_at, welcome=one.welcome)
    return Start(one.seq, one.chart, one.program, opened, welcomes)


def _joined(row: Any) -> Joined:  # noqa: ANN401  a row
    return Joined(row["seq"], row["merge_id"], row["survivor_id"], row["ended_id"], row["joins"])


def _gone(row: Any) -> Gone:  # noqa: ANN401  a row
    known: Sequence[tuple[UUID, datetime]] = () if row["known"] is None else _known.decode(row["known"])
    hand_out = HandOut(
        "prizes" if row["deed"] == "prize.given" else "redemptions",
        row["subject_id"],
        row["participant_id"],
        Moment(row["seq"], row["at"]),
        row["given_by"],
        row["role"],
        Price("draw", 0, row["worth"], row["currency"]),
        None,
        None,
        None,
        is_told=True,
    )
    return Gone(hand_out, known, row["enrolled_at"], row["ended"])

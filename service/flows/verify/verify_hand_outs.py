"""Everything that was handed out, read beside the rules and persons of its moment, for `rewards verify`."""

from collections.abc import AsyncIterator, Sequence
from datetime import datetime, time, timedelta, tzinfo
from typing import Any, Final
from uuid import UUID

import msgspec

from schemas.program import Unit
from service.core.actors import SYSTEM
from service.core.calendar import local_day
from service.core.second_looks import Opened, Price, Recorded
from service.core.verify.books import Mismatch
from service.core.verify.checking_hand_outs import of_hand_outs
from service.core.verify.checking_unseen import Gone, Unseen
from service.core.verify.kin import Kin
from service.core.verify.staffing import Moment
from service.core.verify.timeline import HandOut, Joined, Look, Start, Timeline, Visit
from service.store import books, books_alone, second_looks
from service.store.database.pool import Tx

OVERLAP: Final = timedelta(days=1)
"""How long after the first entry that tells what waited there may be others that do not: of processes of the
release before."""
PAGE: Final = 50
_sums = msgspec.json.Decoder(dict[Unit, int])
_through = msgspec.json.Decoder(dict[UUID, int])
_known = msgspec.json.Decoder(list[tuple[UUID, datetime]])


async def hand_outs(tx: Tx, kin: Kin, zone: tzinfo) -> AsyncIterator[Mismatch]:
    """Every reward, order and prize that went out as nobody's rules allowed; call it once the trail holds."""
    first = await tx.row("books_alone/first")
    if first is None:
        return
    staffing = await books_alone.staffing(tx)
    after = UUID(int=0)
    while people := await books.participants(tx, after, PAGE):
        after = people[-1]
        firsts = [one for one in people if kin.of(one) == one]
        for line in await _timelines(tx, kin, firsts, zone):
            for mismatch in of_hand_outs(line, staffing, zone):
                yield mismatch
            for one in line.hand_outs:
                if not one.is_told and one.moment.at > first["at"] + OVERLAP and one.is_weighed:
                    ids = {"id": str(one.id), "seq": str(one.moment.seq)}
                    yield Mismatch(one.table, ids, "an entry that tells how much waited for a look", "none")
    unseen = Unseen(staffing)
    async for row in books.all_rows(tx, "books_alone/unseen", system=SYSTEM):
        if row["participant_id"] not in kin.first_of:
            for mismatch in unseen.of(_gone(row)):
                yield mismatch


async def _timelines(tx: Tx, kin: Kin, firsts: list[UUID], zone: tzinfo) -> list[Timeline]:
    """The timelines of those of some people to whom something was handed out, as they are decided again."""
    everyone = [chart for one in firsts for chart in kin.charts(one)]
    given = await books.of_participants(tx, "books_alone/hand_outs", everyone)
    whose = [one for one in firsts if any(given.get(chart) for chart in kin.charts(one))]
    if not whose:
        return []
    charts = [chart for one in whose for chart in kin.charts(one)]
    ended, visits, posted, starts, looks = [
        await books.of_participants(tx, name, charts)
        for name in (
            "books_alone/ended", "books_alone/visits", "books_alone/posted", "books_alone/starts",
            "books_alone/looks",
        )
    ]  # fmt: skip  # table: names of queries
    merged = [one for one in charts if one in kin.first_of]
    joined = [_joined(row) for row in await tx.rows("books_alone/merged", participants=merged)]
    lines = []
    for one in whose:
        own = kin.charts(one)
        sums = _posted(row for chart in own for row in posted.get(chart, ()))
        handed = [_hand_out(row) for chart in own for row in given.get(chart, ())]
        handed.sort(key=lambda each: each.moment.seq)
        lines.append(
            Timeline(
                handed,
                {row["subject_id"]: row["seq"] for chart in own for row in ended.get(chart, ())},
                [_visit(row, sums) for chart in own for row in visits.get(chart, ())],
                [await _start(tx, row, zone) for chart in own for row in starts.get(chart, ())],
                [_look(row) for chart in own for row in looks.get(chart, ())],
                [each for each in joined if each.one in own],
            )
        )
    return lines


Sums = dict[tuple[UUID, int], tuple[dict[Unit, int], dict[Unit, int]]]
"""What was posted because of a number of an enrollment, and what of it was spent, by unit."""


def _posted(rows: Any) -> Sums:  # noqa: ANN401  rows
    sums: Sums = {}
    for row in rows:
        earned, spent = sums.setdefault((row["enrollment_id"], row["cause_no"]), ({}, {}))
        earned[row["unit"]] = row["amount"]
        if row["spent"] > 0:
            spent[row["unit"]] = row["spent"]
    return sums


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


def _visit(row: Any, sums: Sums) -> Visit:  # noqa: ANN401  a row
    earned, spent = sums.get((row["enrollment_id"], row["fact_no"]), ({}, {}))
    recorded = Recorded(
        row["deed_id"],
        row["done_by"],
        None,
        row["is_success"],
        row["occurred_at"],
        row["recorded_at"],
        earned,
        spent,
    )
    return Visit(row["seq"], row["chart_id"], row["enrollment_id"], row["fact_no"], recorded)


async def _start(tx: Tx, row: Any, zone: tzinfo) -> Start:  # noqa: ANN401  a row
    welcome = {} if row["welcome"] is None else _sums.decode(row["welcome"])
    opened = Opened(
        row["enrollment_id"],
        row["opened_by"],
        None,
        row["starts_on"],
        row["opened_at"],
        welcome=welcome,
    )
    midnight = datetime.combine(local_day(row["opened_at"], zone), time(), zone)
    welcomes = await second_looks.welcomes(tx, row["enrollment_id"], midnight) if welcome else {}
    return Start(row["seq"], row["chart_id"], row["program"], opened, welcomes)


def _look(row: Any) -> Look:  # noqa: ANN401  a row
    through = None if row["through"] is None else _through.decode(row["through"])
    return Look(row["seq"], row["looked_at"], row["participant_id"], row["looked_by"], through)


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

"""Episodes by their start days: which enrollments the lines of a file name, open, and close.

Two start days of one program are two enrollments, each of which ends on the day before the next one starts.
A start day that fits neither the record nor the other lines is named, and its lines are placed nowhere.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from msgspec import Struct

from schemas.ids import Id
from service.core.refusals import Refused, refused

_DAY = timedelta(days=1)


class KnownEpisode(Struct, frozen=True):
    """An enrollment on record.

    `closed_on` is its last day where it is closed, `ends_on` the planned one; `latest` is the last local day
    of what people recorded of it.
    """

    id: Id
    program: str
    starts_on: date
    closed_on: date | None = None
    ends_on: date | None = None
    latest: date | None = None


class AskedLine(Struct, frozen=True):
    """What a line says of its enrollment, and its event's local day; `place` is its place in the file."""

    place: int
    program: str | None
    starts_on: date
    day: date


class Opening(Struct, frozen=True):
    """An enrollment to be opened, with its last day where a later one follows it."""

    program: str
    starts_on: date
    last_day: date | None


class Closing(Struct, frozen=True):
    """An enrollment on record that ends on `last_day`, for one that starts on `next_start`."""

    enrollment: Id
    last_day: date
    next_start: date


class Plan(Struct, frozen=True):
    """The enrollments of one person that lines need: what to close, what to open, and where lines belong.

    A place that is in none of `known`, `opened` and `refusals` is left to whatever covers its day.
    """

    closings: tuple[Closing, ...]
    openings: tuple[Opening, ...]
    known: dict[int, Id]
    opened: dict[int, Opening]
    refusals: dict[int, Refused]


def plan(known: Sequence[KnownEpisode], asked: Iterable[AskedLine], *, enrolls: bool) -> Plan:
    """Place the lines of one person that name a start day; nothing is opened unless it `enrolls`."""
    found: dict[int, Id] = {}
    refusals: dict[int, Refused] = {}
    lacking: dict[str, list[AskedLine]] = {}
    placed: dict[Id, list[AskedLine]] = {}
    for one in asked:
        own = [episode for episode in known if one.program in {None, episode.program}]
        same = [episode for episode in own if episode.starts_on == one.starts_on]
        if same:
            if len(same) == 1:
                found[one.place] = same[0].id
                placed.setdefault(same[0].id, []).append(one)
        elif enrolls and one.program is not None:
            lacking.setdefault(one.program, []).append(one)
        elif own:
            refusals[one.place] = _differs(one, [episode.starts_on for episode in own])
        elif enrolls:
            refusals[one.place] = refused("not_enrolled.line", "$.program")
    closings: list[Closing] = []
    openings: list[Opening] = []
    opened: dict[int, Opening] = {}
    for program, lines in sorted(lacking.items()):
        own = sorted((e for e in known if e.program == program), key=lambda e: e.starts_on)
        starts = _starts(own, lines, placed)
        days = sorted({*starts, *(episode.starts_on for episode in own)})
        openings += [Opening(program, start, _day_before_next(start, days)) for start in starts]
        closings += _closings(own, starts)
        by_start = {opening.starts_on: opening for opening in openings if opening.program == program}
        for one in lines:
            opening = by_start.get(one.starts_on)
            if opening is None or not _covers(opening, one.day):
                refusals[one.place] = _differs(one, [day for day in days if day != one.starts_on])
            else:
                opened[one.place] = opening
    return Plan(tuple(closings), tuple(openings), found, opened, refusals)


def _starts(
    own: Sequence[KnownEpisode], lines: Sequence[AskedLine], placed: Mapping[Id, Sequence[AskedLine]]
) -> list[date]:
    """The start days that can be meant: each has a line before the next one, and overlaps nothing."""
    of: dict[date, list[AskedLine]] = {episode.starts_on: [*placed.get(episode.id, ())] for episode in own}
    latest = {episode.starts_on: _last_known(episode) for episode in own}
    new: dict[date, list[AskedLine]] = {}
    for one in lines:
        new.setdefault(one.starts_on, []).append(one)
    while True:
        starts = sorted({*new, *of})
        doubtful = next(
            (start for start in sorted(new) if _is_doubtful(start, starts, {**of, **new}, latest)),
            None,
        )
        if doubtful is None:
            return sorted(new)
        del new[doubtful]


def _is_doubtful(
    start: date,
    starts: Sequence[date],
    lines: Mapping[date, Sequence[AskedLine]],
    latest: Mapping[date, date],
) -> bool:
    own, end = lines[start], _day_before_next(start, starts)
    if not any(start <= one.day and (end is None or one.day <= end) for one in own):
        return True
    earlier = [day for day in starts if day < start]
    if any(latest.get(day, day) >= start for day in earlier):
        return True
    # More lines of an earlier start day go on beyond this one than name it: it was mistyped.
    beyond = [one for day in earlier for one in lines[day] if one.day >= start]
    return len(beyond) > len(own)


def _last_known(episode: KnownEpisode) -> date:
    """The last day of an enrollment that no other can take from it."""
    return episode.closed_on or max(episode.starts_on, episode.latest or episode.starts_on)


def _closings(own: Sequence[KnownEpisode], starts: Sequence[date]) -> list[Closing]:
    found = []
    for episode in own:
        after = [start for start in starts if start > episode.starts_on]
        if episode.closed_on is None and after:
            last_day = after[0] - _DAY
            if episode.ends_on is not None:
                last_day = min(last_day, episode.ends_on)
            found.append(Closing(episode.id, last_day, after[0]))
    return found


def _day_before_next(start: date, starts: Sequence[date]) -> date | None:
    after = [day for day in starts if day > start]
    return after[0] - _DAY if after else None


def _covers(opening: Opening, day: date) -> bool:
    return opening.starts_on <= day and (opening.last_day is None or day <= opening.last_day)


def _differs(one: AskedLine, starts: Sequence[date]) -> Refused:
    if not starts:
        return refused("outside_enrollment.line", "$.starts_on", day=one.day, first_day=one.starts_on)
    known = tuple(day.isoformat() for day in starts)
    return refused("outside_enrollment.starts_differ", "$.starts_on", day=one.starts_on, known=known)

"""What is on record of one participant that has to do with what was handed out, in the trail's order."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from msgspec import Struct

from schemas.ids import Id
from schemas.program import Unit
from service.core.second_looks import Opened, Price, Recorded
from service.core.verify.staffing import Moment


class HandOut(Struct, frozen=True):
    """Something that left, as its entry in the trail says.

    `is_told` says whether the entry tells how much waited for a look: what is not so told counts among what
    was given, and is not decided again.
    """

    table: str
    id: Id
    chart: Id
    moment: Moment
    by: Id
    role: str
    price: Price
    lowered_by: Id | None
    moved_by: Id | None
    set_aside_by: Id | None
    is_told: bool
    is_weighed: bool = True
    """What was given in place of something else has limits of its own."""


class Visit(Struct, frozen=True):
    """A visit or correction with its number in its enrollment and of its entry in the trail."""

    seq: int
    chart: Id
    enrollment: Id
    no: int
    recorded: Recorded


class Start(Struct, frozen=True):
    """An enrollment with its entry's number, and the welcomes of that day up to it, by who opened them."""

    seq: int
    chart: Id
    program: str
    opened: Opened
    welcomes: Mapping[Id, Mapping[Unit, int]]


class Look(Struct, frozen=True):
    """A look with its entry's number; one of before there were any has none, and no numbers of facts."""

    seq: int | None
    at: datetime
    chart: Id
    by: Id
    through: Mapping[Id, int] | None


class Joined(Struct, frozen=True):
    """Two charts that became one, or were taken apart again, by its number in the trail."""

    seq: int
    merge: Id
    one: Id
    other: Id
    joins: bool


class Timeline(Struct, frozen=True):
    """Everything of one participant that has to do with what was handed out, each in the trail's order."""

    hand_outs: Sequence[HandOut] = ()
    ended: Mapping[Id, int] = {}
    visits: Sequence[Visit] = ()
    starts: Sequence[Start] = ()
    looks: Sequence[Look] = ()
    merges: Sequence[Joined] = ()

    def charts(self, chart: Id, seq: int) -> frozenset[Id]:
        """The charts that were one with another at a place of the trail."""
        holds: dict[Id, tuple[Id, Id]] = {}
        for one in self.merges:
            if one.seq < seq:
                holds.pop(one.merge, None)
                if one.joins:
                    holds[one.merge] = (one.one, one.other)
        found = {chart}
        while (
            more := {side for both in holds.values() if not found.isdisjoint(both) for side in both} - found
        ):
            found |= more
        return frozenset(found)

"""Who did what between two moments: visits recorded, rewards handed out, corrections made."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from msgspec import Struct

from schemas.deeds import Deed, OddKind
from schemas.second_looks import SecondPersonRules
from service.store.database.pool import Tx
from service.store.reports import earliest_id


class Window(Struct, frozen=True):
    """Two moments, the clinic's zone, after how many days a record is late, and the rules that hold."""

    since: datetime
    until: datetime
    zone: str
    late_after: int
    rules: SecondPersonRules

    def visits(self) -> Mapping[str, Any]:
        """The values by which visits are read."""
        return {
            "since": self.since,
            "until": self.until,
            "zone": self.zone,
            "late_after": self.late_after,
            "earliest_id": earliest_id(self.since),
        }

    def welcomes(self) -> Mapping[str, Any]:
        """The values by which welcomes are read."""
        return {
            "since": self.since,
            "until": self.until,
            "zone": self.zone,
            "earliest_id": earliest_id(self.since),
            "welcomed_usd_max": self.rules.welcomed_usd_max,
            "welcomed_points_max": self.rules.welcomed_points_max,
            "welcomed_draws_max": self.rules.welcomed_draws_max,
        }


class Summed(Struct, frozen=True):
    """How many visits somebody recorded, and how many late or beside another one."""

    recorded: int = 0
    late: int = 0
    another: int = 0


class Counted(Struct, frozen=True):
    """How many corrections somebody made, of how many own records; rewards handed out, and their cents.

    And how many addresses of participants they changed, and how many of these nobody confirmed; how many
    enrollments with a welcome they opened, the cents of these, and how many beyond a day's bound.
    """

    corrected: int = 0
    own: int = 0
    given: int = 0
    given_usd: int = 0
    readdressed: int = 0
    unconfirmed: int = 0
    welcomed: int = 0
    welcomed_usd: int = 0
    welcomed_much: int = 0


async def summed(tx: Tx, window: Window) -> dict[UUID, Summed]:
    """How many visits each person recorded."""
    return {
        row["done_by"]: Summed(row["recorded"], row["late"], row["another"])
        for row in await tx.rows("deeds/summed", **window.visits())
    }


async def counted(tx: Tx, window: Window) -> dict[UUID, Counted]:
    """How many corrections each person made, what they handed out, and whose addresses they changed."""
    rows = await tx.rows("deeds/counted", **window.welcomes())
    fields = Counted.__struct_fields__
    return {row["done_by"]: Counted(*(row[name] for name in fields)) for row in rows}


async def recorded(tx: Tx, window: Window, by: UUID, rows_max: int) -> list[Deed]:
    """The visits that somebody recorded, the odd ones first and then the newest."""
    rows = await tx.rows("deeds/recorded", **window.visits(), done_by=by, limit=rows_max)
    return [
        Deed(
            "recorded",
            row["event_id"],
            row["participant_id"],
            row["recorded_at"],
            row["occurred_at"],
            _odd(late=row["late"], another=row["another"]),
            row["unit"],
            row["amount"],
        )
        for row in rows
    ]


async def given(tx: Tx, window: Window, by: UUID, rows_max: int) -> list[Deed]:
    """The rewards and prizes that somebody handed out, newest first."""
    asked = {"since": window.since, "until": window.until, "done_by": by, "limit": rows_max}
    return [
        Deed(
            "given",
            row["given_id"],
            row["participant_id"],
            row["done_at"],
            row["requested_at"],
            (),
            row["unit"],
            row["amount"],
        )
        for row in await tx.rows("deeds/given", **asked)
    ]


async def corrected(tx: Tx, window: Window, by: UUID, rows_max: int) -> list[Deed]:
    """The corrections that somebody made, newest first."""
    rows = await tx.rows(
        "deeds/corrected",
        since=window.since,
        until=window.until,
        earliest_id=earliest_id(window.since),
        done_by=by,
        limit=rows_max,
    )
    return [
        Deed(
            "corrected",
            row["correction_id"],
            row["participant_id"],
            row["done_at"],
            row["occurred_at"],
            _odd(own=row["own"]),
        )
        for row in rows
    ]


async def readdressed(tx: Tx, window: Window, by: UUID, rows_max: int) -> list[Deed]:
    """The addresses of participants that somebody changed, those that nobody confirmed first."""
    asked = {"since": window.since, "until": window.until, "done_by": by, "limit": rows_max}
    return [
        Deed(
            "readdressed",
            row["new_address_id"],
            row["participant_id"],
            row["set_at"],
            row["set_at"],
            _odd(unconfirmed=row["unconfirmed"]),
        )
        for row in await tx.rows("deeds/readdressed", **asked)
    ]


async def welcomed(tx: Tx, window: Window, by: UUID, rows_max: int) -> list[Deed]:
    """The enrollments with a welcome that somebody opened, those beyond a day's bound first."""
    return [
        Deed(
            "welcomed",
            row["enrollment_id"],
            row["participant_id"],
            row["opened_at"],
            row["opened_at"],
            _odd(much=row["much"]),
            row["unit"],
            row["amount"],
        )
        for row in await tx.rows("deeds/welcomed", **window.welcomes(), done_by=by, limit=rows_max)
    ]


def _odd(**marks: bool) -> tuple[OddKind, ...]:
    """The names of the marks that hold."""
    return tuple(cast("OddKind", name) for name, holds in marks.items() if holds)

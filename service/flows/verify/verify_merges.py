"""Merges, and where charts lead because of them, read for `rewards verify`."""

from collections.abc import AsyncIterator
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from service.core.verify.books import Mismatch
from service.core.verify.checking_merges import (
    ChartRow,
    Leg,
    MergeRow,
    OwnedRow,
    gone,
    of_chart,
    of_left,
    of_merge,
    of_owned,
)
from service.core.verify.kin import Kin, kin_of
from service.store import books
from service.store.database.pool import Tx

_told = msgspec.json.Decoder(tuple[tuple[UUID, datetime], ...])


async def read_kin(tx: Tx) -> Kin:
    """The charts that merges ever made one."""
    return kin_of(
        [
            (row["ended_id"], row["survivor_id"], row["undone_at"] is None)
            async for row in books.all_rows(tx, "books_merges/merges")
        ]
    )


async def merges(tx: Tx, kin: Kin) -> AsyncIterator[Mismatch]:
    """Every merge, chart and enrollment that is not as the merges that hold say."""
    legs: dict[UUID, list[Leg]] = {}
    async for row in books.all_rows(tx, "books_merges/legs"):
        legs.setdefault(row["merge_id"], []).append(Leg(*row.values()))
    async for row in books.all_rows(tx, "books_merges/merges"):
        for mismatch in of_merge(_merge(row), legs.get(row["merge_id"], [])):
            yield mismatch
    async for row in books.all_rows(tx, "books_merges/gone"):
        yield gone(row["merge_id"])
    async for row in books.all_rows(tx, "books_merges/charts", charts=list(kin.first_of)):
        for mismatch in of_chart(ChartRow(*row.values()), kin):
            yield mismatch
    async for row in books.all_rows(tx, "books_merges/enrollments"):
        for mismatch in of_owned(OwnedRow(*row.values()), kin):
            yield mismatch
    async for row in books.all_rows(tx, "books_merges/balances"):
        left = {part: row[part] for part in ("available", "held", "given") if row[part]}
        yield of_left(row["participant_id"], row["unit"], left)


def _merge(row: Any) -> MergeRow:  # noqa: ANN401  a row
    return MergeRow(
        row["merge_id"],
        row["survivor_id"],
        row["ended_id"],
        row["merged_at"],
        row["merged_by"],
        row["undone_at"],
        row["undone_by"],
        row["undone_of"],
        _told.decode(row["told"]),
        _told.decode(row["told_undone"]),
        row["left_withdrawn"],
    )

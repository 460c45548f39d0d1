"""Who was on the staff when, under what rules, read for `rewards verify`."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

import msgspec
from msgspec import Struct

from schemas.program import Unit
from schemas.second_looks import SecondPersonRules
from service.core.verify.checking_persons import OnRecord
from service.core.verify.staffing import Became, Setting, Staffing
from service.store.database.pool import Tx
from service.store.reports import earliest_id


class First(Struct, frozen=True):
    """The first hand-out whose entry in the trail says how much waited for a look."""

    seq: int
    at: datetime


class _Set(Struct):
    seq: int
    rules: SecondPersonRules


_set = msgspec.json.Decoder(list[_Set])
_became = msgspec.json.Decoder(list[Became])
_keys = msgspec.json.Decoder(dict[UUID, str])


async def clinic(tx: Tx, record: OnRecord) -> tuple[First, Staffing] | None:
    """Since when hand-outs are worked out again, and who was on the staff when; none where none ever was."""
    row = await tx.row("books_alone/clinic")
    if row is None or row["first_seq"] is None:
        return None
    settings = [Setting(one.seq, one.rules) for one in _set.decode(row["settings"])]
    staffing = Staffing(
        record,
        _keys.decode(row["keys"]),
        _became.decode(row["staff"]),
        settings,
        row["managers_asked_since"],
    )
    return First(row["first_seq"], row["first_at"]), staffing


Welcomes = dict[UUID, dict[UUID, dict[Unit, int]]]
"""By enrollment, what the welcomes of its day came to up to it, by who opened them and unit."""


async def welcomes(tx: Tx, since: Mapping[UUID, datetime]) -> Welcomes:
    """What each person welcomed with since a moment of each of some enrollments, up to that enrollment."""
    found: Welcomes = {}
    if since:
        earliest = [earliest_id(one) for one in since.values()]
        rows = await tx.rows(
            "books_alone/welcomes", enrollments=list(since), since=list(since.values()), earliest=earliest
        )
        for row in rows:
            sums = found.setdefault(row["enrollment_id"], {}).setdefault(row["done_by"], {})
            sums[row["unit"]] = row["amount"]
    return found

"""Examples of merges, for the contract."""

from datetime import date
from typing import Final

from msgspec import Struct

from schemas.merges import (
    Duplicate,
    Merge,
    MergeDecision,
    MergeList,
    NewMerge,
    NewUnmerge,
    VisitTwice,
)
from schemas.people import Enrollment
from schemas.receipts import Balance, Money
from service.web.contract.samples import AT, ENROLLMENT, PARTICIPANT, PROGRAM_NAME, sample_id

ENDED, MERGE, MANAGER, KEPT, WITHDRAWN, MOVED = map(sample_id, (70, 71, 7, 4, 72, 73))
TARGET: Final = "stimulant-negative"

_PAID = (Money("usd", 250),)
_MERGE = Merge(
    id=MERGE,
    survivor=PARTICIPANT,
    from_=ENDED,
    merged_at=AT,
    merged_by=MANAGER,
    reason="Registered twice, in March and in June",
    enrollments=(Enrollment(MOVED, PARTICIPANT, PROGRAM_NAME, 1, date(2026, 3, 2), AT, "open"),),
    events=3,
    moved=(Balance("usd", 1125, 0, 0, 1125),),
    balances=(Balance("usd", 1125, 0, 0, 1125),),
    duplicates=(
        Duplicate(
            PROGRAM_NAME,
            TARGET,
            date(2026, 3, 2),
            (
                VisitTwice(KEPT, PARTICIPANT, ENROLLMENT, "negative", AT, AT, MANAGER, _PAID, "keep"),
                VisitTwice(WITHDRAWN, ENDED, MOVED, "negative", AT, AT, MANAGER, _PAID, "withdraw"),
            ),
        ),
    ),
)

BODIES: Final[dict[str, dict[str, object]]] = {
    "merge_participants": {
        "a preview": NewMerge(ENDED, dry_run=True),
        "decided": NewMerge(ENDED, decisions=(MergeDecision(WITHDRAWN, "withdraw"),), reason="Twice here"),
    },
    "unmerge_participants": {"a preview": NewUnmerge(ENDED, dry_run=True)},
}
"""Bodies of requests, by operation."""

ANSWERS: Final[dict[type[Struct], Struct]] = {Merge: _MERGE, MergeList: MergeList((_MERGE,))}
"""Answers, by their shape."""

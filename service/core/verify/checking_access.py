"""People and powers on record against what the audit trail tells of them."""

from collections.abc import Mapping

from schemas.ids import Id
from service.core.verify.books import Mismatch


def as_told(
    table: str, ids: Mapping[str, Id], told: Mapping[str, str] | None, found: Mapping[str, str] | None
) -> Mismatch | None:
    """Where a row is not as the trail tells it; what the trail does not tell may be anything.

    None for `told` where it tells nothing of the row at all, and for `found` where there is no row.
    """
    named = {name: str(value) for name, value in ids.items()}
    if told is None:
        return Mismatch(table, named, "an audit entry that tells of it", "none")
    if found is None:
        return Mismatch(table, named, "as the audit trail tells it", "none")
    for name, value in told.items():
        if found.get(name) != value:
            return Mismatch(table, named, f"{name} = {value}, as was told", f"{name} = {found.get(name)}")
    return None

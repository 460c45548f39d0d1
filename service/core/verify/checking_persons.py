"""The rule of the second person, by persons: who began a deed, and who said yes to it."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from msgspec import Struct

from schemas.ids import Id
from service.core.persons import Hands, are_one
from service.core.verify.books import Mismatch


class SettledRow(Struct, frozen=True):
    """A second-person deed that is done; `by_ids` says that it was before persons were compared."""

    kind: str
    id: Id
    did: Id
    approves: Id
    by_ids: bool
    at: datetime


def of_two_persons(row: SettledRow, hands: Mapping[Id, Hands], since: datetime | None) -> Iterator[Mismatch]:
    """Mismatches of one deed: approved by a key, by whoever began it, or begun by nobody knows whom.

    `since` is when persons began to be compared.
    """
    ids = {"id": str(row.id)}
    if row.by_ids:
        if since is None or row.at > since:
            yield Mismatch(row.kind, ids, "compared by persons", f"by ids alone, at {row.at}")
        return
    did, approves = hands.get(row.did), hands.get(row.approves)
    if approves is None or not approves.is_person:
        yield Mismatch(row.kind, ids, "approved by a member of staff", f"by {row.approves}, who is none")
    elif did is None or not did.is_known:
        yield Mismatch(row.kind, ids, "begun by somebody who is known", f"by {row.did}, who is nobody's")
    elif are_one(did, approves):
        yield Mismatch(
            row.kind, ids, "approved by another person", f"{row.did} and {row.approves} are one person"
        )

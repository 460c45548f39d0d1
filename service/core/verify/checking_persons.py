"""The rule of the second person, by persons: who began a deed, and who said yes to it."""

from collections.abc import Iterator, Mapping, Sequence
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


class Shown(Struct, frozen=True):
    """A way into the account `staff`, and whom it was shown to: nobody where `reader` is none."""

    staff: Id
    reader: Id | None
    at: datetime


class OnRecord(Struct, frozen=True):
    """What tells whose hand an account or a key is.

    `makers` are who made each key and answers for it, `told` the links into accounts that the audit trail
    tells of, oldest first, and `kept` the readers of accounts as the database keeps them. Until `only_added`
    a newer link took the place of the readers before. Since `compared`, deeds are of persons and not of ids.
    """

    makers: Mapping[Id, frozenset[Id]]
    mailboxes: Mapping[Id, str]
    told: Sequence[Shown]
    kept: Sequence[Shown]
    only_added: datetime | None
    compared: datetime | None = None

    def hands(self, one: Id, at: datetime) -> Hands | None:
        """Through whose hands an account or a key had gone at a time; none where it is neither."""
        if one not in self.mailboxes and one not in self.makers:
            return None
        return self._reached(one, self._readers(at))

    def hands_ever(self, one: Id) -> Hands:
        """Through whose hands an account ever went, or ever could have."""
        readers: dict[Id, set[Id]] = {}
        for shown in (*self.kept, *self.told):
            if shown.reader is not None:
                readers.setdefault(shown.staff, set()).add(shown.reader)
        return self._reached(one, readers)

    def _reached(self, one: Id, readers: Mapping[Id, set[Id]]) -> Hands:
        reached: set[Id] = set()
        waiting = [one]
        while waiting:
            who = waiting.pop()
            if who not in reached:
                reached.add(who)
                waiting += [*self.makers.get(who, ()), *readers.get(who, ())]
        boxes = frozenset(self.mailboxes[who] for who in reached if who in self.mailboxes)
        return Hands(frozenset(reached), boxes, one in self.mailboxes)

    def _readers(self, at: datetime) -> dict[Id, set[Id]]:
        is_before = self.only_added is None or at < self.only_added
        readers: dict[Id, set[Id]] = {}
        for shown in (*(() if is_before else self.kept), *self.told):
            if shown.at > at or shown.reader == shown.staff:
                continue
            if is_before:
                readers.pop(shown.staff, None)
            if shown.reader is not None:
                readers.setdefault(shown.staff, set()).add(shown.reader)
        return readers


def of_readers(record: OnRecord) -> Iterator[Mismatch]:
    """Readers of accounts of whom the audit trail tells, and whom the database forgot."""
    kept = {(one.staff, one.reader) for one in record.kept}
    told = {(one.staff, one.reader) for one in record.told if one.reader not in {None, one.staff}}
    for staff, reader in sorted(told - kept, key=str):
        yield Mismatch(
            "readers", {"staff_id": str(staff)}, f"{reader}, who made a link and saw it", "nobody of it"
        )


def of_two_persons(row: SettledRow, record: OnRecord) -> Iterator[Mismatch]:
    """Mismatches of one deed: approved by a key, by whoever began it, or begun by nobody knows whom."""
    ids, since = {"id": str(row.id)}, record.compared
    if row.by_ids:
        if since is None or row.at > since:
            yield Mismatch(row.kind, ids, "compared by persons", f"by ids alone, at {row.at}")
        return
    did, approves = record.hands(row.did, row.at), record.hands(row.approves, row.at)
    if approves is None or not approves.is_person:
        yield Mismatch(row.kind, ids, "approved by a member of staff", f"by {row.approves}, who is none")
    elif did is None or not did.is_known:
        yield Mismatch(row.kind, ids, "begun by somebody who is known", f"by {row.did}, who is nobody's")
    elif are_one(did, approves):
        yield Mismatch(
            row.kind, ids, "approved by another person", f"{row.did} and {row.approves} are one person"
        )

"""Manual awards and write-offs against the rule of the second person, and against the audit trail."""

from collections.abc import Iterator
from datetime import datetime, tzinfo

import msgspec
from msgspec import Struct

from schemas.ids import Id
from schemas.program import Unit
from service.core.calendar import local_day
from service.core.proposals import (
    Detail,
    award_approved,
    award_proposed,
    write_off_proposed,
    write_off_settled,
)
from service.core.verify.books import Due, Mismatch

_encode = msgspec.json.Encoder(order="deterministic").encode


class Told(Struct, frozen=True):
    """One step in the audit trail: who took it, when, and its numbers."""

    by: Id
    at: datetime
    detail: str


class Proposal(Struct, frozen=True):
    """The common part of manual awards and write-offs, with their steps in the audit trail."""

    id: Id
    status: str
    proposed_at: datetime
    proposed_by: Id
    settled_at: datetime | None
    settled_by: Id | None
    told_proposed: Told | None
    told_settled: Told | None


class ManualAwardRow(Struct, frozen=True):
    """A manual award as it stands on record, with its participant and its enrollment's, where these exist."""

    proposal: Proposal
    participant: Id
    unit: Unit
    amount: int
    paid: int | None
    clipped: int | None
    enrollment: Id | None
    enrolled: Id | None
    known: Id | None


class PaidRow(Struct, frozen=True):
    """Transfers that a manual award on record calls for; nothing is paid until it is approved."""

    id: Id
    participant: Id
    unit: Unit
    paid: int | None
    settled_at: datetime | None
    funding: str | None
    enrollment: Id | None


class Taken(Struct, frozen=True):
    """Pieces taken out of the stock of a reward, as it stands on record."""

    id: Id
    reward: Id
    change: int
    by: Id
    at: datetime


class WriteOffRow(Struct, frozen=True):
    """A write-off as it stands on record beside the pieces taken away by it."""

    proposal: Proposal
    reward: Id
    pieces: int
    taken: Taken | None


def of_manual_award(row: ManualAwardRow) -> Iterator[Mismatch]:
    """Mismatches of one manual award, besides its transfer."""
    ids = {"manual_award_id": str(row.proposal.id), "participant_id": str(row.participant)}
    if row.known is None:
        yield Mismatch("manual_awards", ids, "a participant of the clinic", "no such participant")
    if row.enrollment is not None and row.enrolled != row.participant:
        found = f"enrollment {row.enrollment} of {row.enrolled or 'nobody'}"
        yield Mismatch("manual_awards", ids, "an enrollment of the participant", found)
    paid, clipped = row.paid, row.clipped or 0
    if (row.proposal.status == "approved") != (paid is not None):
        found = f"{row.proposal.status}, paid {paid}"
        yield Mismatch("manual_awards", ids, "something paid exactly if it is approved", found)
    elif paid is not None and not (paid >= 0 and clipped >= 0 and paid + clipped == row.amount):
        expected = f"paid and clipped to come to {row.amount}"
        yield Mismatch("manual_awards", ids, expected, f"paid {paid}, clipped {clipped}")
    yield from of_settling("manual_awards", ids, row.proposal)


def told_of_manual_award(row: ManualAwardRow) -> Iterator[Mismatch]:
    """Where the audit trail tells of other persons, times or amounts than the manual award."""
    ids = {"manual_award_id": str(row.proposal.id), "participant_id": str(row.participant)}
    settled = {} if row.paid is None else award_approved(row.amount, row.paid, row.unit)
    return of_told("manual_awards", ids, row.proposal, award_proposed(row.amount, row.unit), settled)


def manual_due(row: PaidRow, zone: tzinfo) -> Due:
    """The transfer that a manual award calls for: none until it is approved, none where it is refused."""
    return Due(
        "manual_awards",
        {"manual_award_id": str(row.id), "participant_id": str(row.participant)},
        "manual",
        row.id,
        row.paid or 0,
        row.unit,
        ("issued", "available"),
        None if row.settled_at is None else local_day(row.settled_at, zone),
        row.funding,
        row.enrollment,
    )


def of_write_off(row: WriteOffRow) -> Iterator[Mismatch]:
    """Mismatches of one write-off and the pieces taken away by it."""
    ids = {"write_off_id": str(row.proposal.id), "reward_id": str(row.reward)}
    one, expected = row.proposal, None
    if one.status == "approved" and one.settled_at is not None:
        expected = f"reward {row.reward}, change -{row.pieces}, by {one.settled_by} at {one.settled_at}"
    found = None if row.taken is None else _taken(row.taken)
    if found != expected:
        yield Mismatch("write_offs", ids, expected or "no pieces taken away", found or "no pieces taken away")
    yield from of_settling("write_offs", ids, one)


def told_of_write_off(row: WriteOffRow) -> Iterator[Mismatch]:
    """Where the audit trail tells of other persons, times or pieces than the write-off."""
    ids = {"write_off_id": str(row.proposal.id), "reward_id": str(row.reward)}
    proposed, settled = write_off_proposed(row.reward, row.pieces), write_off_settled(row.reward)
    return of_told("write_offs", ids, row.proposal, proposed, settled)


def taken_by_none(taken: Taken) -> Mismatch:
    """Pieces taken away without a write-off."""
    ids = {"stock_change_id": str(taken.id), "reward_id": str(taken.reward)}
    return Mismatch(
        "stock_changes", ids, "a write-off by which pieces were taken away", f"none: {_taken(taken)}"
    )


def gone(table: str, key: str, proposal: Id) -> Mismatch:
    """A proposal that the audit trail tells of and that is not there."""
    return Mismatch(table, {key: str(proposal)}, "a proposal, as the audit trail says", "none")


def _taken(taken: Taken) -> str:
    return f"reward {taken.reward}, change {taken.change}, by {taken.by} at {taken.at}"


def of_settling(table: str, ids: dict[str, str], one: Proposal, *, alone: bool = False) -> Iterator[Mismatch]:
    """Mismatches of who settled a proposal: another person, or, `alone`, the same."""
    is_settled = one.status in {"approved", "refused", "withdrawn"}
    if (one.settled_at is not None, one.settled_by is not None) != (is_settled, is_settled):
        found = f"{one.status}, settled at {one.settled_at} by {one.settled_by}"
        yield Mismatch(table, ids, "somebody who settled it exactly if it is settled", found)
    elif is_settled and (one.settled_by == one.proposed_by) != alone:
        by = f"{one.proposed_by} alone" if alone else f"somebody else than {one.proposed_by}"
        yield Mismatch(table, ids, f"settled by {by}", f"{one.settled_by}")


def of_told(
    table: str, ids: dict[str, str], one: Proposal, proposed: Detail, settled: Detail
) -> Iterator[Mismatch]:
    """Where the audit trail tells of other persons, times or details than a proposal's steps."""
    steps = [("proposed", one.proposed_by, one.proposed_at, proposed, one.told_proposed)]
    if one.settled_by is not None and one.settled_at is not None:
        step = "approved" if one.status == "withdrawn" else one.status
        steps.append((step, one.settled_by, one.settled_at, settled, one.told_settled))
    for step, by, at, detail, told in steps:
        expected = words_of(step, by, at, detail)
        said = "nothing" if told is None else f"{step} by {told.by} at {told.at}: {told.detail}"
        if said != expected:
            yield Mismatch(table, ids, f"what the audit trail says: {said}", expected)


def words_of(step: str, by: Id, at: datetime, detail: Detail) -> str:
    """A step as the audit trail should tell it."""
    return f"{step} by {by} at {at}: {_encode(detail).decode()}"

"""The books of some participants read from the database, as the core works them out again."""

from collections.abc import Mapping, Sequence
from datetime import tzinfo
from typing import Any, TypeVar
from uuid import UUID

import msgspec
from msgspec.structs import replace

from service.core.compiled import Rules
from service.core.corrections import correction_digest
from service.core.digests import content_digest
from service.core.erasing import fitting, kept_hash
from service.core.expected_days import Closed, Planned
from service.core.state import State
from service.core.verify.books import (
    AwardRow,
    BalanceRow,
    CorrectionRow,
    EnrollmentBooks,
    EventRow,
    GiftRow,
    GivenPrizeRow,
    MoveRow,
    ParticipantBooks,
    RedemptionRow,
    TransferRow,
    VisitCheckRow,
)
from service.core.verify.kin import Kin
from service.flows.verify.verify_dues import dues_of
from service.store import books, drawn_days, planned_visits
from service.store.corrections import REASON, past_correction
from service.store.database.pool import Tx
from service.store.planned_visits import PlannedRow
from service.store.receipts import UnknownReceiptError, unpack
from service.store.record import EVIDENCE, NOTE

NOBODY = UUID(int=0)
T = TypeVar("T")

RulesOf = Mapping[tuple[str, int], Rules]
"""The rules of every published version, by program and version."""

_state = msgspec.json.Decoder(State)


class _Answered(msgspec.Struct):
    id: UUID


class _Receipt(msgspec.Struct):
    event: _Answered


_receipt = msgspec.json.Decoder(_Receipt)


class Rows:
    """Reads what stands on record of one clinic's participants, a page of them at a time."""

    def __init__(self, tx: Tx, zone: tzinfo, closed: Closed, kin: Kin) -> None:
        """Read in an open transaction of the clinic, which was closed on some days and merged some charts."""
        self.kin = kin
        self.tx = tx
        self.zone = zone
        self.closed = closed
        self.planned: dict[UUID, list[PlannedRow]] = {}
        self.drawn: dict[UUID, list[Planned]] = {}

    async def page(self, people: list[UUID], rules: RulesOf) -> list[ParticipantBooks]:
        """All books of some participants; charts that merges ever made one are read as the first of them."""
        firsts = [person for person in people if self.kin.of(person) == person]
        everyone = [chart for person in firsts for chart in self.kin.charts(person)]
        enrolled = self._gathered(await books.of_participants(self.tx, "books/enrollments", everyone))
        ids = [row["enrollment_id"] for rows in enrolled.values() for row in rows]
        tables = [
            await books.of_enrollments(self.tx, name, ids)
            for name in ("books/events", "books/awards", "books/corrections", "books/moves")
        ]
        self.planned = await planned_visits.rows_of(self.tx, ids)
        self.drawn = await drawn_days.of_enrollments(self.tx, ids)
        transfers = self._gathered(await books.of_participants(self.tx, "books/transfers", everyone))
        balances = self._gathered(await books.of_participants(self.tx, "books/balances", everyone))
        redemptions = self._gathered(await books.of_participants(self.tx, "books/redemptions", everyone))
        gifts = self._gathered(await books.of_participants(self.tx, "books/gifts", everyone))
        prizes = self._gathered(await books.of_participants(self.tx, "books/given_prizes", everyone))
        dues = self._gathered(await dues_of(self.tx, everyone, self.zone))
        merged = [one for one in everyone if one in self.kin.first_of]
        owners = self._gathered(await books.of_participants(self.tx, "books_merges/owners", merged))
        takers = self._gathered(await books.of_participants(self.tx, "books_merges/gift_owners", merged))
        return [
            ParticipantBooks(
                person,
                [
                    self._enrollment(rules, row, *(table.get(row["enrollment_id"], []) for table in tables))
                    for row in enrolled.get(person, [])
                ],
                [_transfer(row) for row in transfers.get(person, [])],
                [_balance(row) for row in balances.get(person, [])],
                [_redemption(row) for row in redemptions.get(person, [])],
                dues.get(person, ()),
                [_gift(row) for row in gifts.get(person, [])],
                [
                    GivenPrizeRow(row["prize_id"], row["fair_value"], row["worth_unit"])
                    for row in prizes.get(person, [])
                ],
                self.kin.charts(person),
                {row["transfer_id"]: row["owner_id"] for row in owners.get(person, [])}
                | {row["gift_id"]: row["owner_id"] for row in takers.get(person, [])},
            )
            for person in firsts
        ]

    def _gathered(self, found: Mapping[UUID, Sequence[T]]) -> dict[UUID, list[T]]:
        """Rows by participant, those of charts that were ever merged together under the first of them."""
        groups: dict[UUID, list[T]] = {}
        for participant, rows in found.items():
            groups.setdefault(self.kin.of(participant), []).extend(rows)
        return groups

    def _enrollment(
        self,
        rules: RulesOf,
        row: Any,  # noqa: ANN401  a row
        events: list[Any],
        awards: list[Any],
        corrections: list[Any],
        moves: list[Any],
    ) -> EnrollmentBooks:
        try:
            state = None if row["state"] is None else _state.decode(row["state"])
        except msgspec.MsgspecError:
            state = None
        planned = self.planned.get(row["enrollment_id"], [])
        return EnrollmentBooks(
            row["enrollment_id"],
            self.kin.of(row["participant_id"]),
            row["starts_on"],
            row["closed_on"],
            row["funding"],
            row["version"],
            rules.get((row["program"], row["version"])),
            {version: one for (name, version), one in rules.items() if name == row["program"]},
            row["facts"],
            state,
            [self._event(event) for event in events],
            [self._award(award) for award in awards],
            [self._correction(one) for one in corrections],
            [MoveRow(one["fact_no"], one["from_version"], one["to_version"]) for one in moves],
            None
            if row["checked_at"] is None
            else VisitCheckRow(row["through"], row["checked_at"], row["next_at"]),
            self.closed,
            (*planned_visits.planned(planned), *self.drawn.get(row["enrollment_id"], ())),
            {
                visit: frozenset(one.day for one in planned if one.visit == visit and one.day is not None)
                for visit in {one.visit for one in planned}
            },
        )

    def _award(self, row: Any) -> AwardRow:  # noqa: ANN401  a row
        award = AwardRow(*row)
        return replace(award, participant=self.kin.of(award.participant))

    def _event(self, row: Any) -> EventRow:  # noqa: ANN401  a row
        try:
            answered = _receipt.decode(unpack(row["receipt"])).event.id
        except (msgspec.MsgspecError, UnknownReceiptError):
            answered = NOBODY
        return EventRow(
            row["event_id"],
            row["enrollment_id"],
            self.kin.of(row["participant_id"]),
            row["fact_no"],
            row["target"],
            row["outcome"],
            row["effect"],
            row["program_week"],
            row["occurred_at"],
            row["recorded_by"],
            row["digest"],
            fitting(
                row["digest"],
                (
                    content_digest(
                        row["enrollment_id"],
                        row["target"],
                        row["outcome"],
                        row["occurred_at"],
                        evidence,
                        note,
                        row["quantity"],
                        row["minutes"],
                    )
                    for evidence in self.keyed(EVIDENCE, row["evidence"])
                    for note in self.keyed(NOTE, row["note"])
                ),
            ),
            answered,
            row["expected_on"],
            row["reference"],
            row["quantity"],
        )

    def _correction(self, row: Any) -> CorrectionRow:  # noqa: ANN401  a row
        past = past_correction(row)
        made = (correction_digest(past, reason or b"") for reason in self.keyed(REASON, row["reason"]))
        return CorrectionRow(
            past,
            row["enrollment_id"],
            self.kin.of(row["participant_id"]),
            row["digest"],
            fitting(row["digest"], made),
            None if row["told"] is None else msgspec.json.decode(row["told"]).get("digest"),
            None if row["first_day"] is None else (row["first_day"], row["last_day"]),
        )

    def keyed(self, field: str, sealed: bytes | None) -> list[bytes | None]:
        """The keyed hash of a sealed field, which is what the digest of an event is made of.

        Where words were erased their hash stands in their place; what looks so may be words as well.
        """
        if sealed is None:
            return [None]
        text = self.tx.cipher.opened(self.tx.clinic, field, sealed)
        if text is None:
            return [b"cannot be opened"]
        kept = kept_hash(text)
        made = self.tx.cipher.blind(self.tx.clinic, field, text)
        return [made] if kept is None else [made, kept]


def _transfer(row: Any) -> TransferRow:  # noqa: ANN401  a row
    return TransferRow(
        id=row["transfer_id"],
        participant=row["participant_id"],
        unit=row["unit"],
        source=row["source"],
        destination=row["destination"],
        amount=row["amount"],
        cause=row["cause"],
        cause_id=row["cause_id"],
        enrollment=row["enrollment_id"],
        fact_no=row["fact_no"],
        day=row["day"],
        funding=row["funding"],
    )


def _balance(row: Any) -> BalanceRow:  # noqa: ANN401  a row
    return BalanceRow(
        participant=row["participant_id"],
        unit=row["unit"],
        available=row["available"],
        held=row["held"],
        given=row["given"],
        earned=row["earned"],
    )


def _redemption(row: Any) -> RedemptionRow:  # noqa: ANN401  a row
    return RedemptionRow(
        id=row["redemption_id"],
        participant=row["participant_id"],
        quantity=row["quantity"],
        unit=row["unit"],
        amount=row["amount"],
        status=row["status"],
        kind=row["kind"],
        codes=row["codes"],
        fair_value=row["fair_value"],
        requested_at=row["requested_at"],
        settled_at=row["settled_at"],
        void=row["void"],
        replaced=row["replaced"],
        taken_back=row["taken_back"],
        refunded=row["refunded"],
    )


def _gift(row: Any) -> GiftRow:  # noqa: ANN401  a row
    return GiftRow(
        id=row["gift_id"],
        cause=row["cause"],
        cause_id=row["cause_id"],
        enrollment=row["enrollment_id"],
        funding=row["funding"],
        spent=row["spent"],
        worth=row["worth"],
        day=row["day"],
        currency=row["worth_unit"],
    )

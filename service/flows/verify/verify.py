"""Work a clinic's books out again from its facts, and name the first place where they do not agree.

It reads one steady picture of the books while others go on writing, a page of participants or a stretch of
the audit trail at a time, so that it needs little memory however long a clinic has been at work.
"""

from collections.abc import AsyncIterator, Callable, Sequence
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec

from schemas.checkpoints import Checkpoint
from schemas.program import Program
from schemas.receipts import Money
from schemas.verdicts import BookFault, Verdict
from service.core.authoring.programs import digest
from service.core.compiled import Rules, compile_rules
from service.core.verify.books import Mismatch, ParticipantBooks
from service.core.verify.checking import mismatches
from service.core.verify.checking_persons import OnRecord
from service.flows.verify import (
    verify_caps,
    verify_changes,
    verify_checkpoints,
    verify_merges,
    verify_notices,
    verify_openings,
    verify_orders,
)
from service.flows.verify.verify_access import powers
from service.flows.verify.verify_additions import additions
from service.flows.verify.verify_days import days
from service.flows.verify.verify_draws import draws_told, proven
from service.flows.verify.verify_hand_outs import hand_outs
from service.flows.verify.verify_hands import hands
from service.flows.verify.verify_inbound import messages
from service.flows.verify.verify_moves import moves
from service.flows.verify.verify_names import names
from service.flows.verify.verify_people import gone_people, numbers
from service.flows.verify.verify_persons import two_persons
from service.flows.verify.verify_rows import NOBODY, Rows
from service.flows.verify.verify_second_persons import proposals_told, second_persons
from service.flows.verify.verify_trail import chain, recordings
from service.store import books, visits
from service.store.database.pool import Database, Tx
from service.store.persons import on_record

PAGE = 50
"""How many participants are read at once."""

CODE = "reward_codes.code"

Watch = Callable[[str, int], None]
"""Told what is being worked out, and how many more rows of it were."""

_program = msgspec.json.Decoder(Program)


async def verify(
    database: Database,
    clinic: UUID,
    watch: Watch,
    checkpoints: Sequence[Checkpoint] = (),
    few: int = books.FEW,
) -> Verdict | None:
    """Work out one clinic's books again, and hold its trail to checkpoints; None where there is no clinic.

    One of at most `few` participants, events and audit entries is read by plans that the connection has kept.
    """
    async with database.transaction(clinic) as tx:
        await books.steady(tx, few)
        return await verified(tx, watch, checkpoints)


async def verified(tx: Tx, watch: Watch, checkpoints: Sequence[Checkpoint] = ()) -> Verdict | None:
    """Work the books out again that a transaction sees; None where there is no clinic."""
    found = await tx.row("clinics/find")
    if found is None:
        return None
    zone = ZoneInfo(found["zone"])
    kin = await verify_merges.read_kin(tx)
    check = _Check(Rows(tx, zone, await visits.closed_days(tx), kin), await on_record(tx), watch, checkpoints)
    async for mismatch in check.everything():
        fault = BookFault(tx.clinic, mismatch.table, mismatch.ids, mismatch.expected, mismatch.found)
        return check.verdict(fault)
    return check.verdict(None)


class _Check:
    """One clinic's books being worked out again, and what was counted on the way."""

    def __init__(self, rows: Rows, record: OnRecord, watch: Watch, checkpoints: Sequence[Checkpoint]) -> None:
        self.record = record
        self.few: list[UUID] = []
        self.checkpoints = checkpoints
        self.tx = rows.tx
        self.zone = rows.zone
        self.rows = rows
        self.kin = rows.kin
        self.watch = watch
        self.rules: dict[tuple[str, int], Rules] = {}
        self.awarded: dict[str, int] = {}
        self.counted = {"participants": 0, "events": 0, "transfers": 0, "audit": 0}

    def verdict(self, fault: BookFault | None) -> Verdict:
        awarded = tuple(Money(unit, amount) for unit, amount in sorted(self.awarded.items()))  # type: ignore[arg-type]
        counted = self.counted
        return Verdict(
            self.tx.clinic,
            fault is None,
            counted["participants"],
            counted["events"],
            counted["transfers"],
            counted["audit"],
            awarded,
            fault,
        )

    async def everything(self) -> AsyncIterator[Mismatch]:
        """Each look in turn, the causes before what follows from them."""
        for look in (
            self._programs,
            self._strays,
            self._merges,
            self._second_persons,
            self._draws,
            self._people,
            self._shelf,
            self._codes,
            lambda: verify_orders.orders(self.tx),
            self._chain,
            self._powers,
            self._recordings,
            self._additions,
            self._proposals,
            lambda: hand_outs(self.tx, self.kin, self.zone, self.record, self.few),
            self._terms,
            self._notices,
            self._draws_told,
            self._messages,
            lambda: numbers(self.tx),
            self._gone_people,
            lambda: days(self.tx),
        ):
            async for mismatch in look():
                yield mismatch

    async def _programs(self) -> AsyncIterator[Mismatch]:
        async for row in books.all_rows(self.tx, "books/programs"):
            ids = {"name": row["name"], "version": str(row["version"])}
            try:
                program = _program.decode(row["document"])
            except msgspec.MsgspecError as why:
                yield Mismatch("programs", ids, "a program", f"a document that is none ({why})")
                continue
            if digest(program) != row["digest"].hex():
                yield Mismatch(
                    "programs", ids, f"digest = {digest(program)}", f"digest = {row['digest'].hex()}"
                )
            self.rules[row["name"], row["version"]] = compile_rules(program)

    async def _people(self) -> AsyncIterator[Mismatch]:
        after = NOBODY
        while people := await books.participants(self.tx, after, PAGE):
            page = await self.rows.page(people, self.rules)
            for one in page:
                for mismatch in mismatches(one, self.zone):
                    yield mismatch
                self._count(one)
            async for mismatch in verify_caps.tallies(self.tx, page):
                yield mismatch
            after = people[-1]
            self.few += people if self.tx.is_of_few else ()
            self.watch("participants", len(people))

    def _count(self, one: ParticipantBooks) -> None:
        self.counted["participants"] += len(one.charts)
        self.counted["events"] += sum(len(enrollment.events) for enrollment in one.enrollments)
        self.counted["transfers"] += len(one.transfers)
        for balance in one.balances:
            self.awarded[balance.unit] = self.awarded.get(balance.unit, 0) + balance.earned

    async def _strays(self) -> AsyncIterator[Mismatch]:
        for row in await books.strays(self.tx):
            parent = f"{row['parent']} = {row['parent_id']}"
            yield Mismatch(
                row["stray"], {"id": str(row["id"])}, f"a row that belongs to {parent}", "no such parent"
            )

    async def _shelf(self) -> AsyncIterator[Mismatch]:
        async for row in books.all_rows(self.tx, "books/shelf"):
            if row["stock"] is None:
                continue
            expected = row["unused"] if row["kind"] == "code" else row["changed"] - row["taken"]
            if row["stock"] != expected:
                yield Mismatch(
                    "rewards",
                    {"reward_id": str(row["reward_id"])},
                    f"stock = {expected}",
                    f"stock = {row['stock']}",
                )

    async def _codes(self) -> AsyncIterator[Mismatch]:
        async for row in books.all_rows(self.tx, "books/codes"):
            ids = {"code_id": str(row["code_id"]), "reward_id": str(row["reward_id"])}
            if self.rows.keyed(CODE, row["code"])[0] != row["code_index"]:
                yield Mismatch("reward_codes", ids, "a code that opens and has its own index", "another")
            if row["prize_id"] is not None and row["won"] != row["reward_id"] and not row["is_void"]:
                yield Mismatch("reward_codes", ids, "a prize given as the same reward", f"{row['won']}")
            if row["is_void"] and row["void_in"] != (row["redemption_id"] or row["prize_id"]):
                expected = f"void by a change of {row['redemption_id'] or row['prize_id']} that names it"
                yield Mismatch("void_codes", ids, expected, f"of {row['void_in'] or 'none'}")
            if row["redemption_id"] is None:
                continue
            status = "void" if row["is_void"] else row["status"]
            if row["redeemed"] != row["reward_id"] or status not in {"given", "void"}:
                found = f"redemption {row['redemption_id']} of {row['redeemed']}, {row['status']}"
                yield Mismatch("reward_codes", ids, "a given redemption of the same reward", found)

    async def _merges(self) -> AsyncIterator[Mismatch]:
        async for mismatch in verify_merges.merges(self.tx, self.kin):
            yield mismatch

    async def _second_persons(self) -> AsyncIterator[Mismatch]:
        async for mismatch in second_persons(self.tx, self.kin):
            yield mismatch
        async for mismatch in verify_changes.changes(self.tx):
            yield mismatch
        async for mismatch in verify_changes.done_alone(self.tx, self.zone):
            yield mismatch
        async for mismatch in verify_openings.openings(self.tx, self.kin):
            yield mismatch
        async for mismatch in two_persons(self.tx, self.record):
            yield mismatch

    async def _proposals(self) -> AsyncIterator[Mismatch]:
        async for mismatch in proposals_told(self.tx):
            yield mismatch
        async for mismatch in verify_changes.changes_told(self.tx):
            yield mismatch
        async for mismatch in verify_openings.openings_told(self.tx):
            yield mismatch

    async def _draws(self) -> AsyncIterator[Mismatch]:
        async for mismatch in proven(self.tx, self.rules, self.kin):
            yield mismatch

    async def _terms(self) -> AsyncIterator[Mismatch]:
        async for mismatch in verify_caps.terms(self.tx):
            yield mismatch

    async def _draws_told(self) -> AsyncIterator[Mismatch]:
        async for mismatch in draws_told(self.tx):
            yield mismatch

    async def _notices(self) -> AsyncIterator[Mismatch]:
        async for mismatch in verify_notices.notices(self.tx, self.kin):
            yield mismatch

    async def _messages(self) -> AsyncIterator[Mismatch]:
        async for mismatch in messages(self.tx, self.kin):
            yield mismatch

    async def _gone_people(self) -> AsyncIterator[Mismatch]:
        async for mismatch in gone_people(self.tx):
            yield mismatch

    async def _chain(self) -> AsyncIterator[Mismatch]:
        async for mismatch in chain(self.tx, self._audited):
            yield mismatch
        async for mismatch in verify_checkpoints.given(self.tx, self.checkpoints):
            yield mismatch
        async for mismatch in verify_checkpoints.kept(self.tx):
            yield mismatch

    async def _powers(self) -> AsyncIterator[Mismatch]:
        async for mismatch in powers(self.tx):
            yield mismatch
        async for mismatch in names(self.tx):
            yield mismatch
        async for mismatch in hands(self.tx):
            yield mismatch
        async for mismatch in moves(self.tx):
            yield mismatch

    async def _recordings(self) -> AsyncIterator[Mismatch]:
        async for mismatch in recordings(self.tx):
            yield mismatch

    async def _additions(self) -> AsyncIterator[Mismatch]:
        async for mismatch in additions(self.tx):
            yield mismatch

    def _audited(self, seq: int) -> None:
        self.counted["audit"] = seq
        if seq % books.ROWS_AHEAD == 0:
            self.watch("audit entries", books.ROWS_AHEAD)

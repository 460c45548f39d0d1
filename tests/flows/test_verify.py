# long: every fault that can be planted stands beside the others, with the one clinic that they are planted in
"""A clean clinic verifies clean, and a fault planted by hand is found in each thing that is checked."""

from __future__ import annotations

import asyncio
import random
import re
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import asyncpg
import pytest

from schemas.events import NewEvent
from schemas.people import NewEnrollment, NewParticipant
from schemas.verdicts import Verdict
from service.core.actors import Actor
from service.core.audit_chain import Place, Said
from service.demo.clinic import DemoClinic, make_clinic
from service.embedded import Stores
from service.flows.people.enrollments import open_enrollment
from service.flows.people.participants import register_participant
from service.flows.perform import Done, perform
from service.flows.setup.clinics import operator
from service.flows.verify.verify import verify
from service.flows.visits.record_events import Recorded, Recorder, ToRecord
from service.store.audit_checkpoints import signed_words
from service.store.books import FEW, all_rows
from service.store.database.pool import Database
from tests.conftest import open_as_service, settings_for
from tests.databases import Databases, of_database

SAID = ("at", "actor_id", "role", "deed", "subject_id", "participant_id", "detail")
UNGUARDED = """
do $$
declare
    guard record;
begin
    for guard in select conrelid::regclass as guarded, conname from pg_constraint
        where contype in ('f', 'c') and conislocal and connamespace = 'public'::regnamespace
    loop
        execute format('alter table %s drop constraint %I', guard.guarded, guard.conname);
    end loop;
end
$$
"""


class Books:
    """One clinic with a history, the service's way to it, and the owner's."""

    def __init__(self, database: Database, owner: asyncpg.Connection, clinic: DemoClinic) -> None:
        self.database = database
        self.owner = owner
        self.clinic = clinic.clinic

    async def verdict(self, few: int = FEW) -> Verdict:
        """Verify the clinic, as one of few rows if it has at most so many."""
        found = await verify(self.database, self.clinic, lambda _what, _more: None, few=few)
        assert found is not None
        return found


@pytest.fixture(scope="module")
async def furnished(stores: Stores, databases: Databases) -> AsyncIterator[tuple[Databases, DemoClinic]]:
    """Make the demo's clinic once, in a database that is copied for each test."""
    name = await databases.take()
    url = of_database(stores.owner_url, name)
    opened = await open_as_service(settings_for(stores, url))
    clinic = await make_clinic(opened)
    await opened.close()
    owner = await asyncpg.connect(url)
    # What stands above the rules: no foreign key and no check is in the way of what is planted.
    await owner.execute(UNGUARDED)
    await owner.close()
    copies = Databases(stores, name)
    yield copies, clinic
    await copies.close()
    databases.give_back(name)


@pytest.fixture
async def books(stores: Stores, furnished: tuple[Databases, DemoClinic]) -> AsyncIterator[Books]:
    """Give the demo's clinic in a database of the test's own."""
    copies, clinic = furnished
    name = await copies.take()
    url = of_database(stores.owner_url, name)
    opened = await open_as_service(settings_for(stores, url))
    owner = await asyncpg.connect(url)
    try:
        yield Books(opened, owner, clinic)
    finally:
        await owner.close()
        await opened.close()
        copies.give_back(name)


async def test_verify_is_clean_after_ordinary_operations(books: Books) -> None:
    """A history with resets, caps, late starts, closings, codes and redemptions leaves no fault behind."""
    verdict = await books.verdict()
    assert verdict.fault is None
    assert verdict.clean
    assert verdict.participants >= 15
    assert verdict.events > 300
    assert verdict.audit_entries > verdict.participants


async def test_a_clinic_that_is_not_there_has_no_verdict(books: Books) -> None:
    """An id that nobody has is not called clean."""
    assert await verify(books.database, UUID(int=7), lambda _what, _more: None) is None


async def test_second_verify_on_a_connection_prepares_nothing_anew(books: Books) -> None:
    """Who verifies many clinics has each query read and understood once."""
    newest = "select max(prepare_time) from pg_prepared_statements"
    await books.verdict()
    async with books.database.pool.acquire() as connection:
        await connection.fetchval(newest)
        before = await connection.fetchval(newest)
    await books.verdict()
    async with books.database.pool.acquire() as connection:
        assert await connection.fetchval(newest) == before


async def test_a_small_clinic_is_verified_in_a_round_trip_a_query(books: Books) -> None:
    """Who has many small clinics waits for none of them; a large one is read through cursors."""
    asked: list[str] = []
    for few, is_by_cursor in ((10 * FEW, False), (0, True)):
        async with books.database.pool.acquire() as connection:
            connection.add_query_logger(hear := lambda query: asked.append(query.query))
        assert (await books.verdict(few)).clean
        async with books.database.pool.acquire() as connection:
            connection.remove_query_logger(hear)
        assert any(said.startswith("declare") for said in asked) == is_by_cursor
        assert len(asked) < 140 or is_by_cursor
        asked.clear()


async def test_no_more_rows_are_read_at_once_of_a_small_clinic_than_of_a_large_one(books: Books) -> None:
    """Where few entries bring many rows, they come through a cursor after all."""
    async with books.database.transaction(books.clinic) as tx:
        through_cursor = [row["seq"] async for row in all_rows(tx, "books/audit", ahead=7)]
        tx.is_of_few = True
        assert [row["seq"] async for row in all_rows(tx, "books/audit", ahead=7)] == through_cursor
        assert [row["seq"] async for row in all_rows(tx, "books/audit")] == through_cursor
    assert len(through_cursor) > 7


SHORT = {
    ":base": "(select award_id from awards where kind = 'base' and amount > 0 order by 1 limit 1)",
    ":event": "(select event_id from events order by 1 limit 1)",
    ":person": "(select participant_id from balances where unit = 'usd' order by 1 limit 1)",
    ":paid": "(select transfer_id from transfers where cause = 'award' order by 1 limit 1)",
    ":move": "(select transfer_id from transfers where cause = 'redemption' order by 1 limit 1)",
    ":given_code": "(select code_id from reward_codes where redemption_id is not null order by 1 limit 1)",
    ":new_id": "gen_random_uuid()",
}
"""Words for rows that faults are planted in."""

FAULTS = [
    # what is planted, and the table that is named
    ("update balances set participant_id = :new_id where participant_id = :person", "balances"),
    ("update transfers set participant_id = :new_id where transfer_id = :paid", "transfers"),
    (
        (
            "insert into programs select clinic_id, name, 9, digest, '{}', published_at, published_by "
            "from programs where version = 1"
        ),
        "programs",
    ),
    (
        "update balances set available = available + 9, earned = earned + 9 where participant_id = :person",
        "balances",
    ),
    (
        "update balances set given = given + 1, available = available - 1 where participant_id = :person",
        "balances",
    ),
    ("delete from balances where participant_id = :person", "balances"),
    ("update transfers set amount = amount + 1 where transfer_id = :paid", "transfers"),
    ("update transfers set unit = 'draw' where transfer_id = :paid", "transfers"),
    ("update transfers set cause_id = :new_id where transfer_id = :paid", "transfers"),
    ("update transfers set fact_no = fact_no + 1 where transfer_id = :paid", "transfers"),
    ("update transfers set day = day + 1 where transfer_id = :paid", "transfers"),
    ("update transfers set funding = 'nobody' where transfer_id = :paid", "transfers"),
    ("update transfers set cause = 'manual' where transfer_id = :paid", "transfers"),
    ("update transfers set cause_id = :new_id where transfer_id = :move", "transfers"),
    ("delete from transfers where transfer_id = :paid", "awards"),
    ("delete from transfers where transfer_id = :move", "redemptions"),
    (
        (
            "insert into transfers select clinic_id, participant_id, unit, gen_random_uuid(), source, "
            "destination, amount, cause, cause_id, enrollment_id, fact_no, at, day "
            "from transfers where transfer_id = :paid"
        ),
        "transfers",
    ),
    ("update awards set amount = amount + 1 where award_id = :base", "awards"),
    ("update awards set overpaid = 5 where award_id = :base", "awards"),
    ("update awards set unrecovered = 5 where award_id = :base", "awards"),
    ("update awards set cause_no = 100000 where award_id = :base", "awards"),
    ("update awards set event_id = :new_id where award_id = :base", "awards"),
    ("update awards set participant_id = :new_id where award_id = :base", "awards"),
    ("update awards set enrollment_id = :new_id where award_id = :base", "awards"),
    ("delete from awards where award_id = :base", "awards"),
    ("update events set outcome = 'excused' where event_id = :event", "events"),
    (
        "update events set occurred_at = occurred_at + interval '1 second' where event_id = :event",
        "events",
    ),
    ("update events set digest = sha256('x') where event_id = :event", "events"),
    ("update events set note = 'x' where event_id = :event", "events"),
    ("update events set effect = 'neutral' where event_id = :event", "events"),
    ("update events set program_week = program_week + 1 where event_id = :event", "events"),
    ("update events set receipt = '{}' where event_id = :event", "events"),
    ("update events set participant_id = :new_id where event_id = :event", "events"),
    ("update events set enrollment_id = :new_id where event_id = :event", "events"),
    ("update events set recording_id = :new_id where event_id = :event", "audit"),
    ("delete from events where event_id = :event", "events"),
    ("update checkpoints set facts = facts + 1", "checkpoints"),
    (
        "update checkpoints set state = (select state from checkpoints order by length(state) desc limit 1)",
        "checkpoints",
    ),
    ("update checkpoints set state = 'nothing'", "checkpoints"),
    ("delete from checkpoints", "checkpoints"),
    ("update checkpoints set enrollment_id = :new_id", "checkpoints"),
    ("update enrollments set starts_on = starts_on + 7", "events"),
    ("update enrollments set closed_on = starts_on where closed_on is not null", "events"),
    ("update enrollments set participant_id = :new_id where closed_on is null", "enrollments"),
    ("update programs set digest = sha256('x')", "programs"),
    ("update redemptions set amount = amount + 1", "redemptions"),
    ("update redemptions set status = 'given', settled_at = now() where status = 'held'", "redemptions"),
    ("update redemptions set status = 'held', settled_at = null where status = 'given'", "redemptions"),
    ("update redemptions set participant_id = :new_id", "redemptions"),
    ("update reward_codes set redemption_id = null where code_id = :given_code", "redemptions"),
    ("update reward_codes set code_index = sha256('x') || code_index", "reward_codes"),
    ("update reward_codes set code = code || 'x'", "reward_codes"),
    ("delete from reward_codes where redemption_id is null", "rewards"),
    ("update rewards set stock = stock + 1 where kind = 'item'", "rewards"),
    ("update rewards set stock = stock + 1 where kind = 'code'", "rewards"),
    ("delete from stock_changes", "rewards"),
    ("update audit set detail = '{}' where seq = 5", "audit"),
    ("update audit set participant_id = gen_random_uuid() where seq = 5", "audit"),
    ("update audit set digest = sha256('x') where seq = 5", "audit"),
    ("update audit set hash = sha256('x') where seq = 5", "audit"),
    ("delete from audit where seq = 5", "audit"),
    ("delete from audit where seq = (select max(seq) from audit)", "audit_heads"),
    ("update audit_heads set seq = seq + 1", "audit_heads"),
    ("update audit_heads set hash = sha256('x')", "audit_heads"),
    (
        "update paid_days set credited = credited + 1 where day = (select max(day) from paid_days)",
        "paid_days",
    ),
    ("update paid_days set taken_back = taken_back + 1", "paid_days"),
    ("update paid_days set program = 'x' || program", "paid_days"),
    ("update paid_days set day = day - 3000", "paid_days"),
    ("delete from paid_days where day = (select min(day) from paid_days)", "paid_days"),
    ("update paid_spans set days = days # 36028797018963968", "paid_spans"),
    (
        "update paid_spans set account_id = :new_id where span = (select max(span) from paid_spans)",
        "paid_spans",
    ),
    ("delete from paid_spans", "paid_spans"),
    ("update visit_days set came = came + 1", "visit_days"),
    ("update visit_days set missed = missed + 1", "visit_days"),
    ("update visit_days set earning = earning + 1", "visit_days"),
    ("update visit_days set failing = failing + 1", "visit_days"),
    ("update visit_days set resets = resets + 1", "visit_days"),
    ("update visit_days set recoveries = recoveries + 1", "visit_days"),
    ("delete from visit_days where day = (select max(day) from visit_days)", "visit_days"),
    ("update visit_waits set visits = visits + 1", "visit_waits"),
    ("update visit_waits set minutes = minutes + 100000", "visit_waits"),
    ("delete from visit_waits", "visit_waits"),
    ("update visit_days set target = 'x' || target", "visit_days"),
    ("update visit_days set recorded_by = :new_id", "visit_days"),
    ("update checkpoints set came_at = came_at - interval '1 day'", "checkpoints"),
    (
        "update corrections set stands = 'missed', standing = 'failure' where standing <> 'failure'",
        "visit_days",
    ),
]


async def test_a_fault_planted_by_hand_is_found_where_it_lies(books: Books) -> None:
    """Whatever is changed, the first fault that is named lies there; what is put back is clean again."""
    missed: dict[str, object] = {}
    # What is put back was counted by its day when it was recorded.
    for counted in ("events", "awards", "transfers", "corrections"):
        await books.owner.execute(f"alter table {counted} disable trigger user")
    for place, (written, table) in enumerate(FAULTS):
        fault = written
        for word, row in SHORT.items():
            fault = fault.replace(word, row)
        changed = re.search(r"(?:update|delete from|insert into) (\w+)", fault)
        assert changed
        await books.owner.execute(f"create temporary table kept as select * from {changed[1]}")  # noqa: S608
        done = await books.owner.execute(fault)
        found = (await books.verdict()).fault
        # The queries are the same; how a clinic of many rows is read by them is looked at now and then.
        as_large = found if place % 8 else (await books.verdict(few=0)).fault
        if as_large != found or done.endswith(" 0") or found is None or found.table != table or not found.ids:
            missed[written] = (done, found, as_large)
        await books.owner.execute(f"delete from {changed[1]}")  # noqa: S608
        await books.owner.execute(f"insert into {changed[1]} select * from kept; drop table kept")  # noqa: S608
    assert missed == {}
    assert (await books.verdict()).clean


@pytest.mark.parametrize("seed", range(4))
async def test_books_are_clean_whatever_order_the_facts_came_in(books: Books, seed: int) -> None:
    """Late failures leave awards overpaid, retests replace tests, allowances run out: all of it adds up."""
    chance = random.Random(seed)
    actor = operator(books.clinic)
    starts_on = date(2026, 3, 2)
    events: list[NewEvent] = []
    for program, target, outcomes in (
        (
            "california-recovery-incentives",
            "stimulant-negative",
            ("negative", "positive", "dilute", "excused"),
        ),
        ("xpmi-attendance-draws", "session-attended", ("attended", "rescheduled", "late", "absent")),
    ):
        for number in range(3):
            enrollment = await enroll(books.database, actor, f"{program}-{number}", program, starts_on)
            for visit in range(30):
                at = datetime(2026, 3, 3, 17, tzinfo=UTC) + timedelta(hours=36 * visit)
                (outcome,) = chance.choices(outcomes, (6, 1, 1, 1))
                # A retest in time is no other event; one that is late is, and is meant.
                is_meant = outcome == "dilute"
                events.append(NewEvent(outcome, at, enrollment=enrollment, target=target, another=is_meant))
                if outcome == "dilute":
                    again = at + timedelta(minutes=chance.choice((60, 200)))
                    events.append(
                        NewEvent("negative", again, enrollment=enrollment, target=target, another=True)
                    )
    chance.shuffle(events)
    recorder = Recorder(books.database, timedelta(minutes=5))
    for start in range(0, len(events), 20):
        items = [ToRecord(actor, event) for event in events[start : start + 20]]
        answers = await recorder.record(books.clinic, items)
        assert all(isinstance(answer, Recorded) for answer in answers)
    assert await books.owner.fetchval("select count(*) from awards where overpaid <> 0") > 0
    assert (await books.verdict()).fault is None


async def enroll(database: Database, actor: Actor, reference: str, program: str, starts_on: date) -> UUID:
    """Register a participant and enroll them."""
    person = await perform(database, actor, lambda act: register_participant(act, NewParticipant(reference)))
    assert isinstance(person, Done)
    new = NewEnrollment(person.value.id, program, starts_on)
    enrollment = await perform(database, actor, lambda act: open_enrollment(act, new))
    assert isinstance(enrollment, Done)
    return enrollment.value.id


async def test_a_whole_chain_made_anew_still_does_not_fit_what_was_recorded(books: Books) -> None:
    """Who rewrites the trail with every hash in it, which takes the key, has the facts against them."""
    row = await books.owner.fetchrow(
        "select seq, replace(detail, '\"events\":', '\"events\":1') as detail from audit "
        "where deed = 'events.recorded' order by seq limit 1"
    )
    assert row is not None
    await books.owner.execute("update audit set detail = $2 where seq = $1", row["seq"], row["detail"])
    await _chain_anew(books)
    verdict = await books.verdict()
    assert verdict.fault is not None
    assert verdict.fault.table == "audit"
    assert "recording_id" in verdict.fault.ids


async def test_the_books_are_steady_while_others_go_on_writing(books: Books) -> None:
    """What is recorded during a verification is no fault of it."""

    async def another() -> None:
        await make_clinic(books.database)

    verdict, _ = await asyncio.gather(books.verdict(), another())
    assert verdict.clean


async def _chain_anew(books: Books) -> None:
    key, place = books.database.cipher.trail.of(books.clinic), Place()
    for row in await books.owner.fetch("select * from audit order by seq"):
        said = Said(*(row[name] for name in SAID))
        place = place.after([key], said, b"")
        await books.owner.execute(
            "update audit set digest = $2, hash = $3 where seq = $1", row["seq"], place.digest, place.hash
        )
    await books.owner.execute("update audit_heads set hash = $1, seal = $2", place.hash, place.seal)
    for row in await books.owner.fetch("""
        select c.*, a.hash as now from audit_checkpoints as c inner join audit as a using (clinic_id, seq)
    """):
        message = signed_words(row["clinic_id"], row["seq"], row["now"], row["at"], row["why"])
        await books.owner.execute(
            "update audit_checkpoints set hash = $2, signature = $3 where checkpoint_id = $1",
            *(row["checkpoint_id"], row["now"], books.database.cipher.trail.sign(message)),
        )

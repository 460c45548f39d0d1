# long: the rules that every table keeps stand beside each other
"""Every table that there is, and every one that is added later, keeps the rules of the house."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from uuid import UUID

import asyncpg
import pytest
from asyncpg import Connection

from service.embedded import Stores
from tests import clock
from tests.databases import Databases, of_database

SERVICE = "rewards_service"
APPEND_ONLY = {
    "events",
    "awards",
    "transfers",
    "audit",
    "stock_changes",
    "programs",
    "corrections",
    "enrollment_moves",
    "event_additions",
    "draws",
    "hats",
    "hat_people",
    "drawn_days",
    "cap_warnings",
    "budget_warnings",
    "tax_thresholds",
    "points_worth",
    "gifts",
    "notices",
    "deliveries",
    "attempts",
    "disclosures",
}
"""What was written once is never changed: facts, what was posted, what moved, and who did it."""

OUTCOMES = {"deliveries": {"status"}}
"""What became of a row that is never changed otherwise, by table."""

MAY_DELETE = {
    "idempotency",
    "closures",
    "retries",
    "sessions",
    "sign_in_codes",
    "sign_in_tries",
    "pins",
    "passkeys",
    "messages_out",
    "import_lines",
    "drafts",
    "calendar_feeds",
    "reminder_leaves",
    "reminders",
    "submissions",
    "screenings",
    "guardian_consents",
    "fhir_exports",
    "fhir_export_files",
    "smart_tokens",
    "source_pulls",
    "smart_assertions",
    "saved_reports",
    "report_mails",
}
"""Only what has a term may be deleted, a closure that has not begun, what need not be tried again,
saved reports and their mails, half-filled forms, an address that its owner ends, exports, and what an
erasure takes of reminders, screenings, consents of guardians and submissions."""

OURS = """
    c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and c.relname <> 'schema_migrations'
    and not c.relispartition
"""


@pytest.fixture(scope="module")
async def migrated(stores: Stores, databases: Databases) -> AsyncIterator[str]:
    """Give the owner's URL of a migrated database in which these tests leave nothing."""
    name = await databases.take()
    yield of_database(stores.owner_url, name)
    databases.give_back(name)


@pytest.fixture
async def catalog(migrated: str) -> AsyncIterator[Connection]:
    """Open the migrated database as its owner; what a test does there is rolled back."""
    connection = await asyncpg.connect(migrated)
    await connection.execute("begin")
    yield connection
    await connection.close()


async def tables(catalog: Connection) -> list[str]:
    """List the tables of clinics."""
    rows = await catalog.fetch(f"select c.relname from pg_class as c where {OURS} order by 1")  # noqa: S608
    assert len(rows) >= 32
    return [row["relname"] for row in rows]


async def test_clinic_id_comes_first_in_every_index_and_is_never_null(catalog: Connection) -> None:
    """Primary keys, unique keys and indexes: what is looked up is looked up within one clinic."""
    rows = await catalog.fetch(f"""
        select i.indexrelid::regclass::text as index, a.attname, a.attnotnull
        from pg_index as i
        inner join pg_class as c on i.indrelid = c.oid
        left join pg_attribute as a on a.attrelid = c.oid and a.attnum = i.indkey[0]
        where {OURS}
    """)  # noqa: S608
    assert rows
    assert [row["index"] for row in rows if (row["attname"], row["attnotnull"]) != ("clinic_id", True)] == []


async def test_every_table_has_a_primary_key(catalog: Connection) -> None:
    """A row without a key could be there twice."""
    rows = await catalog.fetch(f"""
        select c.relname from pg_class as c
        where {OURS} and not exists (
            select from pg_constraint as k where k.conrelid = c.oid and k.contype = 'p'
        )
    """)  # noqa: S608
    assert rows == []


async def test_every_foreign_key_leads_to_the_same_clinic(catalog: Connection) -> None:
    """The clinic comes first on both sides, so that a row cannot point into another clinic."""
    rows = await catalog.fetch(f"""
        select k.conname, a.attname as own, b.attname as other
        from pg_constraint as k
        inner join pg_class as c on k.conrelid = c.oid
        inner join pg_attribute as a on a.attrelid = k.conrelid and a.attnum = k.conkey[1]
        inner join pg_attribute as b on b.attrelid = k.confrelid and b.attnum = k.confkey[1]
        where {OURS} and k.contype = 'f'
    """)  # noqa: S608
    assert rows
    assert [row["conname"] for row in rows if {row["own"], row["other"]} != {"clinic_id"}] == []


async def test_every_constraint_has_a_name_that_somebody_chose(catalog: Connection) -> None:
    """A refusal by the database says what was broken, in words."""
    rows = await catalog.fetch(f"""
        select k.conname, k.contype::text as kind from pg_constraint as k
        inner join pg_class as c on k.conrelid = c.oid
        where {OURS} and k.contype in ('p', 'u', 'f', 'c', 'x')
    """)  # noqa: S608
    made_up = ("_pkey", "_fkey", "_check", "_excl")
    unnamed = [
        row["conname"]
        for row in rows
        if row["conname"].rstrip("0123456789").endswith(made_up)
        or (row["kind"] == "u" and row["conname"].endswith("_key"))
    ]
    assert rows
    assert unnamed == []


async def test_every_table_is_closed_by_row_level_security(catalog: Connection) -> None:
    """It holds for the owner too: one policy is everybody's and asks for the clinic, one is the owner's."""
    rows = await catalog.fetch(f"""
        select c.relname, c.relrowsecurity and c.relforcerowsecurity as is_closed, count(p.oid) as policies,
            count(*) filter (where p.polroles = '{{0}}' and p.polcmd = '*' and p.polpermissive
                and pg_get_expr(p.polqual, p.polrelid) like '%clinic_id =%app.clinic%') as asking,
            count(*) filter (where p.polroles = array[c.relowner]
                and pg_get_expr(p.polqual, p.polrelid) ilike '%session_user <> current_user%app.across%'
            ) as owners
        from pg_class as c
        left join pg_policy as p on p.polrelid = c.oid
        where {OURS}
        group by c.oid, c.relname, c.relrowsecurity, c.relforcerowsecurity
    """)  # noqa: S608
    open_ones = [
        row["relname"]
        for row in rows
        if (row["is_closed"], row["policies"], row["asking"], row["owners"]) != (True, 2, 1, 1)
    ]
    assert open_ones == []


async def test_every_function_that_runs_as_the_owner_is_bounded(catalog: Connection) -> None:
    """It finds what it names where the owner put it, and only the service may call it."""
    rows = await catalog.fetch("""
        select p.proname, p.proconfig, array(
            select a.grantee::regrole::text from aclexplode(p.proacl) as a
        ) as may
        from pg_proc as p
        where p.pronamespace = 'public'::regnamespace and p.prosecdef
    """)
    assert len(rows) >= 8
    for row in rows:
        (path,) = [one for one in row["proconfig"] if one.startswith("search_path=")]
        assert path in {"search_path=pg_catalog, pg_temp", "search_path=public, pg_temp"}, row["proname"]
        assert len(row["may"]) == 2, row["proname"]
        assert SERVICE in row["may"], row["proname"]


async def test_the_service_s_role_owns_nothing_and_can_step_over_nothing(catalog: Connection) -> None:
    """An owner passes by row-level security, and so would a superuser; the service is neither."""
    owned = await catalog.fetch(
        """
        select relname::text from pg_class where relowner = $1::regrole
        union all select proname::text from pg_proc where proowner = $1::regrole
        union all select nspname::text from pg_namespace where nspowner = $1::regrole
        union all select datname::text from pg_database where datdba = $1::regrole
        """,
        SERVICE,
    )
    role = await catalog.fetchrow(
        "select rolsuper, rolbypassrls, rolcreaterole, rolcreatedb from pg_roles where rolname = $1", SERVICE
    )
    assert role is not None
    assert (owned, list(role.values())) == ([], [False] * 4)
    assert not await catalog.fetchval("select has_schema_privilege($1, 'public', 'create')", SERVICE)


async def test_facts_and_transfers_cannot_be_changed_or_deleted(catalog: Connection) -> None:
    """It is so by grant, column by column, and nothing can be emptied."""
    found = await tables(catalog)
    assert set(found) >= APPEND_ONLY | MAY_DELETE
    for table in found:
        may = {
            verb
            for verb in ("update", "delete", "truncate", "references", "trigger")
            if await catalog.fetchval("select has_table_privilege($1, $2, $3)", SERVICE, table, verb)
        }
        columns = await catalog.fetch(
            "select attname from pg_attribute where attrelid = $2::regclass and attnum > 0"
            " and not attisdropped and has_column_privilege($1, $2::regclass, attnum, 'update')",
            SERVICE,
            table,
        )
        if {row["attname"] for row in columns} - OUTCOMES.get(table, set()):
            may.add("update")
        allowed = {"delete"} if table in MAY_DELETE else set()
        assert may <= (allowed if table in APPEND_ONLY else allowed | {"update"}), table


async def test_the_service_reads_the_ledger_of_migrations_and_cannot_change_it(catalog: Connection) -> None:
    """Migrations are the owner's; whether they are applied is the service's to know."""
    assert await catalog.fetchval("select has_table_privilege($1, 'schema_migrations', 'select')", SERVICE)
    for verb in ("insert", "update", "delete", "truncate"):
        assert not await catalog.fetchval(
            "select has_table_privilege($1, 'schema_migrations', $2)", SERVICE, verb
        )


async def test_a_partition_is_reached_through_its_parent_alone(catalog: Connection) -> None:
    """It has the owner's policy alone, and nobody was granted anything on it; a later one too."""
    monday = clock.today() + timedelta(weeks=200)
    monday -= timedelta(days=monday.weekday())
    await catalog.execute("select make_weeks($1, 2)", monday + timedelta(days=3))
    rows = await catalog.fetch("""
        select c.relname, c.relrowsecurity and c.relforcerowsecurity as is_closed,
        c.relacl::text as grants, array(
            select p.polname::text from pg_policy as p where p.polrelid = c.oid
        ) as policies
        from pg_class as c
        where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relispartition
    """)
    made = {f"deliveries_{monday:%Y%m%d}", f"attempts_{monday + timedelta(days=7):%Y%m%d}"}
    assert {"notices_beyond", *made} <= {row["relname"] for row in rows}
    for row in rows:
        found = (row["is_closed"], row["grants"], row["policies"])
        assert found == (True, None, [f"{row['relname']}_owner"]), row["relname"]
        assert not await catalog.fetchval(
            "select has_table_privilege($1, $2, 'select')", SERVICE, row["relname"]
        )


async def test_a_week_takes_over_what_came_before_it_was_made_and_goes_with_it(catalog: Connection) -> None:
    """What is told is never refused for want of a partition, and none of it is lost or left behind."""
    clinic, subscriber = UUID(int=1), UUID(int=2)
    insert = "insert into notices (clinic_id, seq, at, body) values ($1, $2, $3, $4)"
    for seq, day in ((1, 5), (2, 6), (3, 13)):
        await catalog.execute(insert, clinic, seq, datetime(2025, 5, day, tzinfo=UTC), b"[]")
    await catalog.execute(
        """
        insert into deliveries (clinic_id, subscriber_id, sequence, created_at, delivery_id, type, body)
        values ($1, $2, 1, '2025-05-05', $2, 'test.ping', '')
        """,
        clinic,
        subscriber,
    )
    await catalog.execute("select make_weeks('2025-05-07', 1)")
    for table, own in (("notices_20250505", 2), ("notices_beyond", 1), ("notices", 3), ("deliveries", 1)):
        assert await catalog.fetchval(f"select count(*) from {table}") == own  # noqa: S608 -- our own words
    assert await catalog.fetchval("select drop_weeks('2025-05-11')") == 0
    assert await catalog.fetchval("select drop_weeks('2025-05-12')") == 3
    assert [row["seq"] for row in await catalog.fetch("select seq from notices")] == [3]


async def test_only_the_service_role_has_grants(catalog: Connection) -> None:
    """The owner and the service: no table is open to all roles."""
    rows = await catalog.fetch(f"""
        select c.relname from pg_class as c, aclexplode(c.relacl) as g
        where {OURS} and g.grantee <> c.relowner and g.grantee <> '{SERVICE}'::regrole
    """)  # noqa: S608
    assert rows == []


TOLD_WITH = {"events", "checkpoints", "awards", "transfers", "balances", "notices", "audit"}
"""What is written in no unit of work but one that ends in the audit trail, whose head looks."""
SUMMED = {"paid_days", "paid_spans", "visit_days", "visit_waits"}
"""What triggers of those keep."""


async def test_every_table_looks_whether_its_clinic_is_served_here(catalog: Connection) -> None:
    """One that is made tomorrow too: whoever writes into a clinic that has moved is refused, however."""
    rows = await catalog.fetch(f"""
        select c.relname from pg_class as c
        where {OURS} and not exists (
            select from pg_trigger as t
            where t.tgrelid = c.oid and t.tgfoid = 'clinic_is_here'::regproc and t.tgenabled = 'O'
                and t.tgtype & 1 = 0 and t.tgtype & 2 = 2 and t.tgtype & 28 = 28
        )
    """)  # noqa: S608
    assert {row["relname"] for row in rows} == {"clinic_moves"} | TOLD_WITH | SUMMED
    await catalog.execute("create table tomorrow (clinic_id uuid primary key)")
    assert await catalog.fetchval("select let_tables_look()") == 1


@pytest.mark.parametrize("step", ["leaving", "left", "arriving"])
async def test_what_is_written_into_a_clinic_that_is_not_served_here_is_refused(
    catalog: Connection, step: str
) -> None:
    """By the table itself, for every verb, and of no other clinic."""
    clinic, other = UUID(int=1), UUID(int=2)
    await catalog.execute("set local app.across = 'owner'")
    for one in (clinic, other):
        await catalog.execute(
            "insert into clinics (clinic_id, name, zone, created_at) values ($1, 'A', 'UTC', now())", one
        )
    await catalog.execute(
        "insert into clinic_moves (clinic_id, step, place, at) values ($1, $2, 'https://a.example', now())",
        clinic,
        step,
    )
    for table in set(await tables(catalog)) - {"clinic_moves"} - TOLD_WITH - SUMMED:
        for verb in (
            f"delete from {table} where false",  # noqa: S608  the catalog's own names
            f"update {table} set clinic_id = null where false",  # noqa: S608
            f"insert into {table} (clinic_id) select null where false",
        ):
            await catalog.execute(f"set local app.clinic = '{other}'; {verb}; savepoint it")
            await catalog.execute(f"set local app.clinic = '{clinic}'")
            with pytest.raises(asyncpg.CheckViolationError) as refused:
                await catalog.execute(verb)
            await catalog.execute("rollback to it")
            assert refused.value.constraint_name == "clinic_is_here", table
            assert refused.value.detail == f"{step} https://a.example"

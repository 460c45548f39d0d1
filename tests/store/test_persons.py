"""What was on record before persons were compared comes through their migration."""

from __future__ import annotations

from uuid import UUID

import asyncpg

from service.store.database.migrate import LEDGER, on_disk

CLINIC, MANAGER, KEY, MINTED, NOBODYS, SECOND = (UUID(int=number) for number in range(1, 7))
BEFORE = """
insert into clinics (clinic_id, name, zone, created_at) values (:c, 'Clinic', 'UTC', now());
insert into staff (
    clinic_id, staff_id, role, email, email_index, created_at, created_by, password_is_temporary
)
values (:c, :m, 'manager', '', 'm', now(), :c, true), (:c, :s, 'manager', '', 'n', now(), :m, true);
insert into keys (clinic_id, key_id, role, secret_hash, created_at, created_by)
values (:c, :k, 'manager', sha256('k'), now(), :m), (:c, :t, 'auditor', sha256('t'), now(), :k),
(:c, :n, 'auditor', sha256('n'), now(), :c);
insert into participants (clinic_id, participant_id, reference, display_code, created_at)
values (:c, :c, 'A', 'A', now());
insert into manual_awards (
    clinic_id, manual_award_id, participant_id, unit, amount, reason, status, proposed_at, proposed_by,
    settled_at, settled_by, paid, clipped, why
)
values (:c, :k, :c, 'usd', 1, '', 'approved', now(), :k, now(), :t, 1, 0, ''),
(:c, :n, :c, 'usd', 1, '', 'proposed', now(), :k, null, null, null, null, null);
"""


async def test_keys_and_settled_proposals_of_before_come_through(own_database: str) -> None:
    """A key is whoever's who made it, by whichever key; what keys approved stays on record as that."""
    words = {":c": CLINIC, ":m": MANAGER, ":k": KEY, ":t": MINTED, ":n": NOBODYS, ":s": SECOND}
    before = BEFORE
    for word, value in words.items():
        before = before.replace(word, f"'{value}'::uuid")
    connection = await asyncpg.connect(own_database)
    try:
        await connection.execute("drop schema public cascade; create schema public")
        await connection.execute(LEDGER)
        for migration in on_disk():
            if migration.name == "0026_persons.sql":
                await connection.execute(before)
            await connection.execute(migration.sql)
        keys = await connection.fetch(
            "select key_id, responsible, cardinality(scopes) as all_of_them from keys"
        )
        awards = await connection.fetch("select status, by_ids from manual_awards")
        known = await connection.fetch("select staff_id, reader_id from readers")
        ends = await connection.fetchval("select bool_and(expires_on > current_date + 360) from keys")
    finally:
        await connection.close()
    assert {row["key_id"]: row["responsible"] for row in keys} == {
        KEY: MANAGER,
        MINTED: MANAGER,
        NOBODYS: None,
    }
    assert {row["all_of_them"] for row in keys} == {16}
    assert {row["status"]: row["by_ids"] for row in awards} == {"approved": True, "proposed": False}
    assert [tuple(row) for row in known] == [(SECOND, MANAGER)]
    assert ends


LINKS = """
insert into clinics (clinic_id, name, zone, created_at) values (:c, 'Clinic', 'UTC', now());
insert into staff (
    clinic_id, staff_id, role, email, email_index, created_at, created_by, known_to
)
values (:c, :m, 'manager', '', 'm', now(), :c, null), (:c, :s, 'manager', '', 'n', now(), :m, :s);
insert into audit (clinic_id, seq, at, actor_id, role, deed, subject_id, detail, digest, hash)
select :c, told.seq, now(), told.actor_id, 'manager', told.deed, :s, told.detail, sha256('d'), sha256('h')
from (values
    (1, :m, 'staff.invited', '{"mailed":0}'), (2, :s, 'staff.invited', '{"mailed":0}'),
    (3, :n, 'staff.invited', '{"mailed":1}'), (4, :c, 'staff.invited', '{"mailed":0}'),
    (5, :k, 'staff.invited', '{"mailed":0}'), (6, :t, 'staff.read', '{}')
) as told (seq, actor_id, deed, detail);
"""


async def test_readers_of_before_are_read_from_the_trail(own_database: str) -> None:
    """Whoever made a link and saw it is one of them, though a newer one took their place; nobody else is."""
    words = {":c": CLINIC, ":m": MANAGER, ":k": KEY, ":t": MINTED, ":n": NOBODYS, ":s": SECOND}
    before = LINKS
    for word, value in words.items():
        before = before.replace(word, f"'{value}'::uuid")
    connection = await asyncpg.connect(own_database)
    try:
        await connection.execute("drop schema public cascade; create schema public")
        await connection.execute(LEDGER)
        for migration in on_disk():
            if migration.name == "0041_readers.sql":
                await connection.execute(before)
            await connection.execute(migration.sql)
        readers = await connection.fetch("select staff_id, reader_id from readers")
        hands = await connection.fetch("select hands_of($1, $2) as id", CLINIC, SECOND)
    finally:
        await connection.close()
    assert {tuple(row) for row in readers} == {(SECOND, MANAGER), (SECOND, KEY)}
    assert {row["id"] for row in hands} == {SECOND, MANAGER, KEY}

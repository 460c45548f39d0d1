# long: every table that grows and every read of one has its lines here
"""A read costs what it shows: no query that people wait for looks through a whole table that grows."""

from __future__ import annotations

import json
import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from uuid import UUID

import asyncpg
import pytest
from asyncpg import Connection

from service.embedded import Stores
from service.store.database.queries import query
from service.store.database.waits import PLANNER
from tests.databases import Databases, of_database

CLINIC = UUID(int=1)
PARTICIPANT = UUID(int=7)
LAST = UUID(int=2**128 - 1)
LAST_SEQ = 2**63 - 1

FILLED = """
alter table manual_awards disable trigger user;
alter table write_offs disable trigger user;
alter table redemption_changes disable trigger user;
alter table openings disable trigger user;
alter table unmerges disable trigger user;
alter table events disable trigger user;
alter table awards disable trigger user;
alter table transfers disable trigger user;
alter table corrections disable trigger user;
insert into clinics (clinic_id, name, zone, created_at) values (:c, 'Clinic', 'UTC', now());
insert into programs (clinic_id, name, version, digest, document, published_at, published_by)
values (:c, 'ladder', 1, '', '{}', now(), :c);
insert into rewards (clinic_id, reward_id, name, unit, price, kind, category, instant, created_at)
values (:c, :c, 'Mug', 'usd', 1, 'code', 'home', true, now());
insert into participants (
    clinic_id, participant_id, reference, display_code, created_at, name_index, phone_index, email_index
)
select :c, lpad(to_hex(n), 32, '0')::uuid, 'R' || n, 'D' || n, now(), x, x, x
from generate_series(1, 4000) as n, sha256(n::text::bytea) as x;
insert into identifiers (
    clinic_id, identifier_id, participant_id, system, value, key, near, created_at
)
select :c, participant_id, participant_id, 'reference', reference, lower(reference), lower(reference), now()
from participants;
insert into groups (
    clinic_id, group_id, name_en, name_es, programs, targets, weekdays, begins, minutes, active, created_at,
    created_by
)
select :c, lpad(to_hex(n), 32, '0')::uuid, 'G', 'G', '{ladder}', '{t}', '{0}', '{09:00}', '{60}',
    n % 4 = 3, now(), :c
from generate_series(1, 4000) as n;
insert into group_members (
    clinic_id, member_id, group_id, participant_id, joined_at, added_by, left_at, removed_by
)
select :c, gen_random_uuid(), lpad(to_hex((n - 1) % 400 + 1), 32, '0')::uuid,
    lpad(to_hex(n), 32, '0')::uuid, now(), :c, case when k = 1 then now() end, case when k = 1 then :c end
from generate_series(1, 4000) as n, generate_series(1, 2) as k;
insert into departures (
    clinic_id, departure_id, participant_id, status, on_day, held, units, amounts, enrollments, recorded_at,
    recorded_by
)
select :c, participant_id, participant_id, 'left', '2026-01-01', 'keep', '{}', '{}', '{}', now(), :c
from participants;
insert into enrollments (
    clinic_id, enrollment_id, participant_id, program, version, starts_on, opened_at, opened_by
)
select :c, participant_id, participant_id, 'ladder', 1, '2026-01-01', now(), :c from participants;
insert into checkpoints (clinic_id, enrollment_id, facts, state)
select :c, enrollment_id, 3, '' from enrollments;
insert into events (
    clinic_id, event_id, enrollment_id, participant_id, fact_no, target, outcome, effect, program_week,
    occurred_at, recorded_at, recorded_by, recording_id, digest, receipt
)
select :c, gen_random_uuid(), enrollment_id, participant_id, n, 't', 'o', 'success', 1, now(), now(), :c,
    :c, '', ''
from enrollments, generate_series(1, 3) as n;
update events set expected_on = '2026-01-01'::date + ('x' || right(enrollment_id::text, 8))::bit(32)::integer
where fact_no = 1;
insert into closures (clinic_id, closure_id, first_day, last_day, reason, created_at, created_by)
select :c, participant_id, '2026-01-01', '2026-01-01', '', now(), :c from participants;
insert into planned_visits (
    clinic_id, enrollment_id, plan_no, planned_visit_id, target, laid_on, ordinal, day, reason, appointment,
    planned_at, planned_by
)
select :c, enrollment_id, n, gen_random_uuid(), 't', '2026-01-01', 1,
    '2026-01-01'::date + (random() * 3000)::integer, 'scheduler',
    sha256(gen_random_uuid()::text::bytea), now(), :c
from enrollments, generate_series(1, 3) as n;
insert into visit_checks (clinic_id, enrollment_id, checked_at, next_at)
select :c, enrollment_id, now(), '2026-01-01' from enrollments;
update enrollments
set ends_on = '2026-05-01'
where enrollment_id in (select enrollment_id from enrollments order by 1 limit 30);
update enrollments
set closed_on = '2026-07-01', close_reason = ''
where enrollment_id in (select enrollment_id from enrollments order by 1 desc limit 30);
insert into awards (
    clinic_id, enrollment_id, fact_no, award_id, participant_id, event_id, cause_no, slot, kind, unit, amount,
    clipped, overpaid, unrecovered, why, posted_at
)
select :c, enrollment_id, fact_no, event_id, participant_id, event_id, fact_no, 'base', 'base', 'usd', 1, 0,
    0, 0, '', now()
from events;
insert into corrections (
    clinic_id, enrollment_id, fact_no, correction_id, participant_id, event_id, about_id, kind, reason,
    recorded_at, recorded_by, digest
)
select :c, enrollment_id, 3 + fact_no, gen_random_uuid(), participant_id, event_id, event_id, 'excuse',
    '', now(), :c, ''
from events;
insert into redemptions (
    clinic_id, redemption_id, participant_id, reward_id, quantity, unit, amount, status, requested_at,
    requested_by, settled_at, settled_by
)
select :c, event_id, participant_id, :c, 1, 'usd', 1, case when fact_no = 1 then 'held' else 'given' end,
    now(), :c, case when fact_no = 1 then null else now() end, :c
from events;
insert into provider_accounts (
    clinic_id, provider_account_id, provider, name, address, access, warn_below, created_at, created_by,
    due_at, call_at
)
values (:c, :c, 'tango', 'P', 'https://x.example', '', 0, now(), :c, now(), now());
insert into provider_orders (
    clinic_id, redemption_id, provider_account_id, product, face, created_at, sent_at
)
select :c, redemption_id, :c, 'P', 1, now(), now() from redemptions where status = 'given';
insert into reward_codes (clinic_id, reward_id, code_id, code, code_index, redemption_id, added_at)
select :c, :c, event_id, '', sha256(event_id::text::bytea), case when fact_no > 1 then event_id end,
    now()
from events;
insert into transfers (
    clinic_id, participant_id, unit, transfer_id, source, destination, amount, cause, cause_id, enrollment_id,
    fact_no, at, day
)
select :c, participant_id, 'usd', event_id, 'issued', 'available', 1, 'award', event_id, enrollment_id,
    fact_no, now(), '2026-01-01'
from events;
insert into gifts (
    clinic_id, participant_id, gift_id, cause, cause_id, unit, spent, worth, day, at
)
select :c, participant_id, event_id, 'redemption', event_id, 'points', 10, 100, '2026-01-01', now()
from events;
insert into points_worth (
    clinic_id, points_worth_id, amount, unit, starts_on, created_at, created_by
)
values (:c, :c, 10, 'usd', '2026-01-01', now(), :c);
insert into manual_awards (
    clinic_id, manual_award_id, participant_id, unit, amount, reason, status, proposed_at, proposed_by,
    settled_at, settled_by
)
select :c, event_id, participant_id, 'usd', 1, '', case when fact_no = 1 then 'proposed' else 'refused' end,
    now(), :c, case when fact_no > 1 then now() end, case when fact_no > 1 then event_id end
from events;
insert into write_offs (
    clinic_id, write_off_id, reward_id, pieces, reason, status, proposed_at, proposed_by, settled_at,
    settled_by
)
select :c, manual_award_id, :c, 1, '', status, now(), :c, settled_at, settled_by from manual_awards;
insert into redemption_changes (
    clinic_id, redemption_change_id, redemption_id, kind, reason, quantity, code_ids, restocked, unit, amount,
    counted, alone_max, alone, given_at, given_by, status, proposed_at, proposed_by, settled_at, settled_by
)
select :c, redemption_id, redemption_id, 'replacement', '', 1, array[redemption_id], false, 'usd', 1, 1, 1,
    false, now(), :c, case when status = 'held' then 'proposed' else 'approved' end, now(), :c, settled_at,
    case when status = 'given' then redemption_id end
from redemptions;
insert into void_codes (clinic_id, reward_id, code_id, redemption_change_id, voided_at)
select :c, :c, redemption_id, redemption_id, now() from redemptions where status = 'given';
insert into second_person_limits (clinic_id, second_person_limit_id, unit, amount, set_at, set_by)
values (:c, :c, 'usd', 1, now(), :c);
insert into openings (
    clinic_id, opening_id, participant_id, unit, available, paid_before, paid_in_year, as_of, reason, status,
    proposed_at, proposed_by, settled_at, settled_by
)
select :c, event_id, participant_id, 'usd', 1, 0, 0, '2026-01-01', '',
    case when fact_no = 1 then 'proposed' else 'refused' end, now(), :c, case when fact_no > 1 then now() end,
    case when fact_no > 1 then event_id end
from events;
insert into balances (clinic_id, participant_id, unit, available, held, given, earned)
select :c, participant_id, 'usd', 3, 0, 0, 3 from participants;
insert into staff (clinic_id, staff_id, role, email, email_index, subject_index, created_at, created_by)
select :c, participant_id, 'front_desk', '', name_index, name_index, now(), :c from participants;
insert into sessions (clinic_id, session_id, kind, token_hash, staff_id, created_at, seen_at, ends_at)
select :c, gen_random_uuid(), 'staff', sha256(name_index), participant_id, now(), now(), '2036-01-01'
from participants;
insert into rescue_codes (clinic_id, staff_id, code_index, made_at)
select :c, participant_id, name_index, now() from participants;
insert into keys (clinic_id, key_id, role, secret_hash, created_at, expires_on, scopes, mark)
select :c, participant_id, 'manager', name_index, now(), '2027-01-01', array['audit.read'], ''
from participants;
insert into idempotency (clinic_id, actor_id, key, digest, made, answer, moved_value, answered_at)
select :c, :c, reference, '', 'done', '', false, now() from participants;
insert into brand_rules (clinic_id, brand_rule_id, categories, set_at, set_by)
values (:c, :c, '{"Groceries"}', now(), :c);
insert into guardian_rules (clinic_id, guardian_rule_id, need, set_at, set_by)
values (:c, :c, 'minors', now(), :c);
insert into guardian_consents (
    clinic_id, guardian_consent_id, participant_id, guardian, relation, consented_on, recorded_at, recorded_by
)
select :c, participant_id, participant_id, '', 'parent', '2026-01-05', now(), :c from participants;
insert into screening_questions (
    clinic_id, screening_questions_id, program, questions, by_another, set_at, set_by
)
values (:c, :c, 'ladder', '[]', false, now(), :c);
insert into screenings (
    clinic_id, screening_id, participant_id, program, screening_questions_id, answers, fits,
    asked_at, asked_by
)
select :c, participant_id, participant_id, 'ladder', :c, '', true, now(), :c from participants;
insert into billing_rules (
    clinic_id, billing_rule_id, program, target, procedure_code, starts_on, created_at, created_by
)
values (:c, :c, 'ladder', 'test', 'H0048', '2026-01-05', now(), :c);
insert into budgets (
    clinic_id, budget_id, unit, amount, starts_on, ends_on, warn_percent, reason, created_at, created_by
)
values (:c, :c, 'usd', 100000, '2026-01-05', '2026-01-09', 80, '', now(), :c);
insert into caps (clinic_id, cap_id, per, unit, amount, starts_on, reason, created_at, created_by)
values (:c, :c, 'day', 'usd', 1, '2026-01-01', '', now(), :c);
insert into cap_totals (clinic_id, participant_id, cap_id, period, amount)
select :c, participant_id, :c, '2026-01-0' || n, 1 from participants, generate_series(1, 3) as n;
insert into cap_warnings (clinic_id, cap_id, participant_id, period, percent, warning_id, reached_at)
select :c, :c, participant_id, '2026-01-01', 80, participant_id, now() from participants;
insert into tax_thresholds (clinic_id, from_year, tax_threshold_id, unit, amount, created_at, created_by)
values (:c, 1901, :c, 'usd', 60000, now(), :c), (:c, 2026, :c, 'usd', 200000, now(), :c);
insert into audit (clinic_id, seq, at, actor_id, role, deed, participant_id, detail, digest, hash)
select :c, row_number() over (), now(), :c, 'manager', 'x' || fact_no, participant_id, '{}', '', ''
from events;
insert into seeds (clinic_id, seed_id, seed, commitment, committed_at, revealed_at)
select :c, participant_id, '', sha256(''), now(), case when reference <> 'R7' then now() end
from participants;
insert into drawn_days (
    clinic_id, enrollment_id, target, day, drawn_day_id, version, days, wanted, slip, is_drawn, seed_id,
    drawn_at
)
select :c, enrollment_id, 't', day, gen_random_uuid(), 1, array[day], 1, 1, true, participant_id, now()
from enrollments, (select '2026-01-01'::date + n as day from generate_series(1, 3) as n) as days;
insert into draws (
    clinic_id, draw_id, participant_id, enrollment_id, n, seed_id, bowl, document, slips, drawn_at, drawn_by
)
select :c, event_id, participant_id, enrollment_id, fact_no, participant_id, 'b', '{}', '{1}', now(), :c
from events;
insert into prizes (
    clinic_id, prize_id, draw_id, place, participant_id, tier, status, unit, amount, clipped, category, won_at
)
select :c, event_id, event_id, 0, participant_id, 't', case when fact_no = 1 then 'owed' else 'credited' end,
    case when fact_no > 1 then 'usd' end, case when fact_no > 1 then 1 end, case when fact_no > 1 then 0 end,
    case when fact_no = 1 then 'c' end, now()
from events;
insert into hats (
    clinic_id, hat_id, program, version, target, day, bowl, draws, seed_id, drawn_at, drawn_by
)
select :c, participant_id, 'ladder', 1, reference, '2026-01-01', 'b', 1, participant_id, now(), :c
from participants;
insert into transfers (
    clinic_id, participant_id, unit, transfer_id, source, destination, amount, cause, cause_id, enrollment_id,
    fact_no, at, day
)
select :c, participant_id, 'draw', event_id, 'issued', 'available', 1, 'award', event_id, enrollment_id,
    fact_no, now(), '2026-01-01'
from events;
insert into subscribers (clinic_id, subscriber_id, url, types, secret, created_at, created_by)
values (:c, :c, '', '{award.posted}', '', now(), :c);
insert into subscriber_heads (clinic_id, subscriber_id, read_seq) values (:c, :c, 0);
insert into deliveries (
    clinic_id, subscriber_id, sequence, created_at, delivery_id, type, participant_id, body
)
select :c, :c, row_number() over (), now(), event_id, 'award.posted' || fact_no, participant_id, ''
from events;
insert into attempts (clinic_id, subscriber_id, sequence, attempt_no, at, outcome, took_ms)
select :c, :c, sequence, 1, now(), 'delivered', 1 from deliveries;
update deliveries set status = case when type = 'award.posted1' then 'failed' else 'delivered' end;
insert into retries
select (jsonb_populate_record(null::retries, jsonb_build_object(
    'clinic_id', clinic_id, 'subscriber_id', subscriber_id, 'sequence', sequence, 'created_at', created_at,
    'attempts', 1, 'born_at', created_at, 'due_at', created_at
))).*
from deliveries;
insert into consents (
    clinic_id, consent_id, participant_id, subscriber_id, purpose, given_at, recorded_by
)
select :c, event_id, participant_id, :c, '', now(), :c from events;
insert into releases (clinic_id, participant_id, release_id, how, what, at, released_by)
select :c, participant_id, participant_id, 'export', 'x', now(), :c from participants;
insert into restrictions (
    clinic_id, restriction_id, participant_id, recipient, request, status, asked_at, recorded_by
)
select :c, participant_id, participant_id, '', '', 'asked', now(), :c from participants;
insert into emergencies (
    clinic_id, emergency_id, participant_id, reason, recipient, opened_at, opened_by, ends_at, reviewed_at,
    reviewed_by
)
select :c, participant_id, participant_id, '', '', now(), :c, 'infinity', case when n > 30 then now() end,
    case when n > 30 then participant_id end
from (select participant_id, row_number() over () as n from participants) as p;
insert into disclosures (clinic_id, participant_id, disclosure_id, subscriber_id, delivery_id, type, at)
select :c, participant_id, event_id, :c, event_id, 'award.posted', now() from events;
insert into merges (clinic_id, merge_id, survivor_id, ended_id, merged_at, merged_by, closed)
select :c, p.participant_id, p.participant_id, lpad(to_hex(4000 - n), 32, '0')::uuid, now(), :c, '{}'
from participants as p, lateral (select substring(p.reference from 2)::integer as n) as numbered
where n < 2000;
insert into unmerges (clinic_id, merge_id, merged_by, undone_at, undone_by)
select :c, merge_id, merged_by, now(), gen_random_uuid() from merges;
insert into told_apart (clinic_id, first_id, second_id, told_at, told_by)
select :c, ended_id, survivor_id, now(), :c from merges where ended_id < survivor_id
union all
select :c, survivor_id, ended_id, now(), :c from merges where ended_id > survivor_id;
insert into imports (
    clinic_id, import_id, created_at, created_by, role, is_csv, enrolls, lines, body, found, status, begun_at,
    mapping, header
)
select
    :c, participant_id, now(), :c, 'manager', true, false, 1, '', '', 'ended', now(), '',
    sha256(reference::bytea)
from participants;
insert into import_lines (clinic_id, import_id, line_no, person, occurred_at, said, state)
select :c, '00000000-0000-0000-0000-000000000007', n, sha256((n % 900)::text::bytea), now(), '', 'waiting'
from generate_series(1, 4000) as n;
update import_lines set state = 'refused' where line_no % 100 = 0;
insert into event_additions (clinic_id, addition_id, event_id, note, added_at, added_by, digest)
select :c, event_id, event_id, '', now(), :c, '' from events;
insert into sources (clinic_id, source_id, verifier, secret, created_at, created_by)
select :c, participant_id, '', '', now(), :c from participants;
insert into inbound_messages (
    clinic_id, message_id, source_id, key, body, body_index, received_at, status, leased_until, settled_at,
    code, why
)
select :c, event_id, case when fact_no = 1 then participant_id else max_participant end,
    sha256(event_id::text::bytea), '', '', now(), case when fact_no = 1 then 'kept' else 'review' end,
    case when fact_no = 1 then now() end, case when fact_no > 1 then now() end,
    case when fact_no > 1 then 'invalid' end, case when fact_no > 1 then ''::bytea end
from events, (select lpad(to_hex(7), 32, '0')::uuid as max_participant) as busy;
insert into sign_in_codes (
    clinic_id, code_id, participant_id, kind, code_index, created_at, created_by, ends_at, mark
)
select :c, event_id, participant_id, 'printed', sha256(event_id::text::bytea), now(), :c,
    now() + interval '1 day', ''
from events;
insert into sign_in_tries (clinic_id, place, window_at, tries)
select :c, name_index, '2026-01-01', 1 from participants;
insert into pins (clinic_id, participant_id, pin_hash, set_at)
select :c, participant_id, '', now() from participants;
insert into passkeys (
    clinic_id, passkey_id, participant_id, credential_id, public_key, sign_count, created_at
)
select :c, participant_id, participant_id, name_index, '', 0, now() from participants;
insert into calendar_feeds (clinic_id, participant_id, secret_hash, made_at)
select :c, participant_id, sha256(participant_id::text::bytea), now() from participants;
insert into reminder_leaves (clinic_id, participant_id, channel, how, changed_at, changed_by)
select :c, participant_id, 'text', 'staff', now(), :c from participants;
insert into reminders (
    clinic_id, reminder_id, participant_id, kind, occasion, visit_on, channel, status, made_at, next_at,
    sent_at
)
select :c, participant_id, participant_id, 'before_visit', '2026-03-02', '2026-03-02', 'text', 'sent', now(),
    now(), now()
from participants;
insert into submissions (
    clinic_id, submission_id, participant_id, enrollment_id, target, status, submitted_at, submitted_by, said,
    had_picture, settled_at, settled_by, answer
)
select :c, enrollment_id, participant_id, enrollment_id, 't', 'asked_again', now(), :c, '', false, now(),
    :c, ''
from enrollments;
insert into drafts (clinic_id, staff_id, place, body, saved_at)
select :c, staff_id, '/desk/' || n, '', now() from staff, generate_series(1, 50) as n;
insert into messages_out (clinic_id, message_id, channel, body, created_at, next_at, ends_at)
select :c, participant_id, 'text', '', now(), now(), now() from participants;
insert into sessions (
    clinic_id, session_id, kind, token_hash, participant_id, created_at, seen_at, ends_at
)
select :c, participant_id, 'portal', name_index, participant_id, now(), now(), now() + interval '1 day'
from participants;
insert into sessions (clinic_id, session_id, kind, token_hash, created_at, seen_at, ends_at)
select :c, event_id, 'tablet', sha256(event_id::text::bytea), now(), now(), '2100-06-01'
from events limit 9;
""".replace(":c", f"'{CLINIC}'::uuid")

DAYS = """
with days as (
    insert into visit_days
    select $1::uuid, date '2010-01-01' + n, 'ladder', 1, 0, 1, 0, 0, 0, 't', $1::uuid
    from generate_series(1, 3000) as n
), waits as (
    insert into visit_waits
    select $1::uuid, date '2010-01-01' + n, 'ladder', 5, 1, $1::uuid from generate_series(1, 3000) as n
)
insert into paid_days
select $1::uuid, date '2010-01-01' + n, 'usd', 'ladder', '', 1, 0 from generate_series(1, 3000) as n
"""
"""Years of days, for what is kept by the day."""

LONG_AGO: dict[str, object] = {
    "since": datetime(2020, 1, 1, tzinfo=UTC),
    "until": datetime(2021, 1, 1, tzinfo=UTC),
}
LONG_AGO_DAYS: dict[str, object] = {"first_day": "2020-01-01", "last_day": "2020-12-31"}
"""A year of which nothing is on record: a report of it reads nothing of the years since."""

DELIVERIES: dict[str, object] = {"subscriber_id": CLINIC, "before": LAST_SEQ, "limit": 51, "since": None}

READS: dict[str, dict[str, object]] = {
    "actors/names": {"actors": [PARTICIPANT, CLINIC]},
    "participants/by_references": {"references": ["R7"], "keys": ["r7"]},
    "participants/codes": {"participants": [PARTICIPANT]},
    "subscriber_heads/standing": {"limit": 200},
    # It counts up to 1000 of a kind, which nobody waits for.
    "tallies/look": {"limit": 200},
    "audit/changes": {"after": 11_990, "limit": 2000},
    "audit/end": {},
    "audit/list": {
        "before": LAST_SEQ,
        "limit": 51,
        "actor_id": None,
        "deed": None,
        "since": None,
        "until": None,
    },
    "audit/list_of_deed": {
        "before": LAST_SEQ,
        "limit": 51,
        "actor_id": None,
        "deed": "y",
        "since": None,
        "until": None,
    },
    "audit/list_of_time": LONG_AGO | {"before": LAST_SEQ, "limit": 51, "actor_id": None, "deed": None},
    "audit/list_of_participant": {
        "before": LAST_SEQ,
        "limit": 51,
        "actor_id": None,
        "deed": None,
        "since": None,
        "charts": [PARTICIPANT],
        "until": None,
    },
    "awards/of_fact": {"enrollment_id": PARTICIPANT, "fact_no": 1},
    "corrections/event_of": {"correction_id": PARTICIPANT},
    "corrections/of_enrollments": {"enrollments": [PARTICIPANT]},
    "corrections/of_events": {"events": [PARTICIPANT]},
    "closures/find": {"closure_id": PARTICIPANT},
    "consents/find": {"consent_id": PARTICIPANT},
    "consents/list": {"before": LAST, "limit": 51, "subscriber_id": None},
    "consents/list_of_participant": {
        "before": LAST,
        "limit": 51,
        "subscriber_id": None,
        "charts": [PARTICIPANT],
    },
    "group_members/now": {"group_id": PARTICIPANT},
    "group_members/of_participant": {"charts": [PARTICIPANT]},
    "group_members/seats": {
        "group_id": PARTICIPANT,
        "programs": ["ladder"],
        "day": "2026-06-01",
        "ended": "2026-06-02T04:00:00Z",
    },
    "groups/find": {"group_id": PARTICIPANT},
    "groups/list": {"before": LAST, "limit": 51, "active": None},
    "groups/meeting": {"limit": 51},
    "work/consents_ending": {"today": "2026-06-01", "until": "2026-06-15", "limit": 51},
    "work/low": {"few": 3, "limit": 51},
    "work/slipping": {
        "today": "2026-06-01",
        "since": "2026-05-25T04:00:00Z",
        "first_day": "2026-05-25",
        "looked": 50,
        "latest": 4,
        "limit": 51,
    },
    "deliveries/find": {"delivery_id": PARTICIPANT},
    "deliveries/list": DELIVERIES | {"delivery_id": None},
    "deliveries/list_of_status": DELIVERIES | {"status": "dead", "type": None},
    "deliveries/list_of_type": DELIVERIES | {"type": "enrollment.opened"},
    "accounting/list": {
        "charts": [PARTICIPANT],
        "zone": "America/Los_Angeles",
        "before_at": datetime(2199, 1, 1, tzinfo=UTC),
        "before": LAST,
        "since": datetime(2020, 1, 1, tzinfo=UTC),
        "until": datetime(2199, 1, 1, tzinfo=UTC),
        "limit": 51,
    },
    "restrictions/list_of_participant": {
        "before": LAST,
        "limit": 51,
        "charts": [PARTICIPANT],
        "status": None,
    },
    "emergencies/list": {"before": LAST, "limit": 51},
    "emergencies/list_to_review": {"before": LAST, "limit": 51},
    "disclosures/list": {"charts": [PARTICIPANT], "before": LAST, "limit": 51},
    "subscribers/find": {"subscriber_id": CLINIC},
    "subscribers/list": {"before": LAST, "limit": 51},
    "closures/list": {"before": LAST, "limit": 51},
    "cap_totals/credits": {"participants": [PARTICIPANT]},
    "cap_totals/of_enrollments": {"participants": [PARTICIPANT], "enrollments": [PARTICIPANT]},
    "cap_totals/read": {"participants": [PARTICIPANT], "caps": [CLINIC], "periods": ["2026-01-07"]},
    "cap_warnings/list": {"cap_id": CLINIC, "before": LAST, "limit": 51},
    "budgets/find": {"budget_id": CLINIC},
    "budgets/list": {"before": LAST, "limit": 51, "day": None},
    "budgets/spent": {"budgets": [CLINIC]},
    "caps/find": {"cap_id": CLINIC},
    "caps/list": {"before": LAST, "limit": 51, "day": None},
    "caps/whole": {},
    "events/earned": {"events": [PARTICIPANT]},
    "checkpoints/of_enrollments": {"enrollments": [PARTICIPANT]},
    "enrollments/ending": {"today": "2026-06-01", "limit": 50},
    "enrollments/find": {"enrollment_id": PARTICIPANT},
    "enrollments/has_open": {"participant_id": PARTICIPANT, "program": "ladder"},
    "enrollments/in_care": {
        "from_id": UUID(int=0),
        "first_day": "2026-05-31",
        "last_day": "2026-06-01",
        "limit": 50,
    },
    "enrollments/list": {"before": LAST, "limit": 51, "status": None},
    "enrollments/list_of_participant": {
        "before": LAST,
        "limit": 51,
        "status": None,
        "participant_id": PARTICIPANT,
    },
    "events/find": {"event_id": PARTICIPANT},
    "events/happened": LONG_AGO,
    "events/facts_of_days": LONG_AGO | LONG_AGO_DAYS | {"enrollments": None},
    "events/list": {"before": LAST, "limit": 51, "since": None, "until": None},
    "events/list_of_time": LONG_AGO | {"before": LAST, "limit": 51},
    "events/list_of_enrollment": {
        "before": LAST,
        "limit": 51,
        "since": None,
        "until": None,
        "enrollment_id": PARTICIPANT,
    },
    "events/count_of_participant": {"participant_id": PARTICIPANT},
    "events/list_of_participant": {
        "before": LAST,
        "limit": 51,
        "since": None,
        "until": None,
        "participant_id": PARTICIPANT,
    },
    "events/missed": {
        "first_day": "2026-06-01",
        "last_day": "2026-06-30",
        "zone": "America/Los_Angeles",
        "limit": 50,
    },
    "planned_visits/as_planned": {"enrollments": [PARTICIPANT]},
    "drawn_days/of_enrollments": {"enrollments": [PARTICIPANT]},
    "drawn_days/of_enrollment": {"enrollment_id": PARTICIPANT, "before": LAST, "limit": 51},
    "drawn_days/since": {"enrollments": [PARTICIPANT], "first_day": "2026-06-01"},
    "planned_visits/by_appointment": {"appointment": b"\x00"},
    "planned_visits/of_enrollments": {"enrollments": [PARTICIPANT]},
    "planned_visits/missed_there": {
        "first_day": "2026-06-01",
        "last_day": "2026-06-02",
        "zone": "America/Los_Angeles",
        "limit": 50,
    },
    "idempotency/find": {"actor_id": CLINIC, "key": "R7"},
    "event_additions/of_event": {"event_id": PARTICIPANT},
    "event_additions/words": {"events": [PARTICIPANT]},
    "enrollments/of_people": {"participants": [PARTICIPANT]},
    "enrollments/owners": {"enrollments": [PARTICIPANT]},
    "import_lines/list": {"import_id": PARTICIPANT, "after_no": 50, "limit": 51, "state": None},
    "import_lines/of_people": {"import_id": PARTICIPANT, "people": [b"7"]},
    "import_lines/refused": {"import_id": PARTICIPANT, "after_no": 50, "limit": 51},
    "imports/body": {"import_id": PARTICIPANT},
    "imports/find": {"import_id": PARTICIPANT},
    "imports/list": {"before": LAST, "limit": 51},
    "imports/remembered": {"header": b"7"},
    "inbound_messages/claim": {"now": "2026-12-31", "leased_until": "2027-01-01", "limit": 20},
    "inbound_messages/find": {"message_id": PARTICIPANT},
    "inbound_messages/find_by_key": {"source_id": PARTICIPANT, "key": b""},
    "inbound_messages/list": {"before": LAST, "limit": 51},
    "inbound_messages/waiting": {"sources": [PARTICIPANT], "limit": 100},
    "inbound_messages/list_of_source": {"before": LAST, "limit": 51, "source_id": PARTICIPANT},
    "inbound_messages/list_of_source_and_status": {
        "before": LAST,
        "limit": 51,
        "source_id": PARTICIPANT,
        "status": "review",
    },
    "inbound_messages/list_of_status": {"before": LAST, "limit": 51, "status": "review"},
    "sources/find": {"source_id": PARTICIPANT},
    "sources/list": {"before": LAST, "limit": 51},
    "keys/find": {"secret_hash": b""},
    "keys/list": {"before": LAST, "limit": 51},
    "keys/read": {"key_id": PARTICIPANT},
    "persons/hands": {"actor": PARTICIPANT},
    "openings/find": {"opening_id": PARTICIPANT},
    "openings/list": {"before": LAST, "limit": 51},
    "openings/list_of_participant": {
        "before": LAST,
        "limit": 51,
        "status": None,
        "charts": [PARTICIPANT],
    },
    "openings/list_of_status": {"before": LAST, "limit": 51, "status": "proposed"},
    "openings/stands": {"participant_id": PARTICIPANT, "unit": "usd"},
    "redemption_changes/find": {"redemption_change_id": PARTICIPANT},
    "redemption_changes/list": {"before": LAST, "limit": 51},
    "redemption_changes/list_of_redemption": {
        "before": LAST,
        "limit": 51,
        "status": None,
        "redemption_id": PARTICIPANT,
    },
    "redemption_changes/list_of_status": {"before": LAST, "limit": 51, "status": "proposed"},
    "second_person_limits/in_force": {},
    "manual_awards/find": {"manual_award_id": PARTICIPANT},
    "manual_awards/list": {"before": LAST, "limit": 51},
    "manual_awards/list_of_participant": {
        "before": LAST,
        "limit": 51,
        "status": None,
        "accounts": [PARTICIPANT],
        "person": PARTICIPANT,
    },
    "manual_awards/list_of_status": {"before": LAST, "limit": 51, "status": "refused"},
    "participants/find": {"participant_id": PARTICIPANT},
    "participants/named": {"participants": [PARTICIPANT]},
    "participants/named_after": {"after": UUID(int=0), "limit": 50},
    "participants/named_before": {"before": LAST, "limit": 50},
    "identifiers/find": {"participant_id": PARTICIPANT, "identifier_id": PARTICIPANT},
    "identifiers/held": {"key": "r7"},
    "identifiers/holders": {"numbers": ["R7"], "keys": ["r7"]},
    "identifiers/near": {"nears": ["r7"], "limit": 200},
    "departures/standing": {"participant_id": PARTICIPANT},
    "participants/gone": {"participant_id": PARTICIPANT},
    "participants/language": {"participant_id": PARTICIPANT},
    "participants/list": {"before": LAST, "limit": 51},
    "participants/search": {
        "before": LAST,
        "limit": 51,
        "participant_id": PARTICIPANT,
        "display_code": None,
        "name_index": None,
        "phone_index": None,
        "email_index": None,
    },
    "redemptions/find": {"redemption_id": PARTICIPANT},
    "redemptions/list": {"before": LAST, "limit": 51},
    "redemptions/list_of_status": {"before": LAST, "limit": 51, "status": "canceled"},
    "redemptions/list_of_participant": {
        "before": LAST,
        "limit": 51,
        "status": None,
        "charts": [PARTICIPANT],
    },
    "redemptions/on_order": {"charts": [PARTICIPANT], "limit": 20},
    "redemptions/waiting": {"limit": 99},
    "redemptions/to_load": {"before": LAST, "limit": 51},
    "reward_codes/of_redemption": {"redemption_id": PARTICIPANT},
    "reward_codes/take": {"reward_id": CLINIC, "redemption_id": CLINIC, "quantity": 1},
    "draws/credits": {"accounts": [PARTICIPANT], "person": PARTICIPANT},
    "draws/drawn": {"accounts": [PARTICIPANT], "person": PARTICIPANT},
    "draws/find": {"draw_id": PARTICIPANT},
    "draws/last": {"enrollment_id": PARTICIPANT},
    "draws/list_of_participant": {
        "before": LAST,
        "limit": 51,
        "accounts": [PARTICIPANT],
        "person": PARTICIPANT,
    },
    "hats/find": {"hat_id": PARTICIPANT},
    "hats/find_session": {"program": "ladder", "target": "R7", "day": "2026-01-01"},
    "hats/list": {"before": LAST, "limit": 51},
    "prizes/find": {"prize_id": PARTICIPANT},
    "prizes/list": {"before": LAST, "limit": 51},
    "prizes/list_of_participant": {
        "before": LAST,
        "limit": 51,
        "status": None,
        "accounts": [PARTICIPANT],
        "person": PARTICIPANT,
    },
    "prizes/list_of_status": {"before": LAST, "limit": 51, "status": "given"},
    "reward_codes/of_prize": {"prize_id": PARTICIPANT},
    "reward_codes/take_for_prize": {"reward_id": CLINIC, "prize_id": CLINIC},
    "overview/waiting": {"limit": 100, "few": 3},
    "overview/approvals": {"manager_id": CLINIC, "limit": 100},
    "seeds/current": {},
    "seeds/hold": {},
    "seeds/list": {"before": LAST, "limit": 51},
    "staff/find": {"staff_id": PARTICIPANT},
    "staff/find_by_email": {"email_index": b""},
    "staff/find_by_subject": {"subject_index": b""},
    "staff/list": {"before": LAST, "limit": 51},
    "sessions/find": {"token_hash": b""},
    "sessions/list_of_staff": {"staff_id": PARTICIPANT, "now": "2026-06-01"},
    "seeds/used": {"seed_id": PARTICIPANT},
    "gifts/attributed": {"participants": [PARTICIPANT], "unit": "points"},
    "gifts/counted": {"participants": [PARTICIPANT]},
    "gifts/earned": {"participant_id": PARTICIPANT, "unit": "usd"},
    "gifts/prizes": {"participants": [PARTICIPANT], "enrollments": [PARTICIPANT]},
    "gifts/of_cause": {"participants": [PARTICIPANT], "cause": "redemption", "cause_id": PARTICIPANT},
    "points_worth/holding": {"day": "2026-06-01"},
    "points_worth/list": {"before": LAST, "limit": 51},
    "minutes/versions": {},
    "minutes/people": {
        "programs": ["ladder"],
        "versions": [1],
        "first_day": "2026-06-01",
        "last_day": "2026-06-07",
        "before": LAST,
        "limit": 51,
    },
    "minutes/sessions": {
        "participants": [PARTICIPANT],
        "since": datetime(2026, 6, 1, tzinfo=UTC),
        "until": datetime(2026, 6, 8, tzinfo=UTC),
    },
    "participants/birth_years": {"participants": [PARTICIPANT]},
    "billing_rules/list": {"before": LAST, "limit": 51},
    "billing_rules/services": {
        "programs": ["ladder"],
        "targets": ["test"],
        "since": datetime(2026, 6, 1, tzinfo=UTC),
        "until": datetime(2026, 6, 8, tzinfo=UTC),
        "before": LAST,
        "participant_id": None,
        "limit": 51,
    },
    "brand_rules/rules": {},
    "brand_rules/programs": {"participant_id": PARTICIPANT},
    "guardian_consents/find": {"guardian_consent_id": PARTICIPANT},
    "guardian_consents/list": {"participants": [PARTICIPANT], "limit": 50},
    "guardian_consents/rules": {},
    "screenings/asked": {"program": "ladder"},
    "screenings/find": {"screening_id": PARTICIPANT},
    "screenings/list": {"participants": [PARTICIPANT], "before": LAST, "program": None, "limit": 51},
    "tax_thresholds/list": {"before_year": 2027, "limit": 51},
    "transfers/of_year": {
        "after": UUID(int=0),
        "limit": 200,
        "year": 2026,
        "since": datetime(2026, 1, 1, tzinfo=UTC),
        "until": datetime(2027, 1, 1, tzinfo=UTC),
        "zone": "America/Los_Angeles",
    },
    "transfers/of_year_newest": {
        "before": LAST,
        "limit": 200,
        "year": 2026,
        "since": datetime(2026, 1, 1, tzinfo=UTC),
        "until": datetime(2027, 1, 1, tzinfo=UTC),
        "zone": "America/Los_Angeles",
    },
    "checkpoints/steps": {"participants": [PARTICIPANT]},
    "transfers/after": {
        "participants": [PARTICIPANT],
        "begins": [UUID(int=0)],
        "lasts": [UUID(int=2**127)],
        "seen": [0],
        "limit": 200,
    },
    "transfers/count": {"accounts": [PARTICIPANT], "person": PARTICIPANT},
    "transfers/moved_from": {"accounts": [PARTICIPANT], "person": PARTICIPANT, "transfer_id": PARTICIPANT},
    "transfers/latest": {"participant_id": PARTICIPANT},
    "transfers/places": {"accounts": [PARTICIPANT], "events": [PARTICIPANT]},
    "transfers/statement": {
        "accounts": [PARTICIPANT],
        "person": PARTICIPANT,
        "before": LAST,
        "limit": 51,
        "unit": None,
    },
    "write_offs/find": {"write_off_id": PARTICIPANT},
    "write_offs/list": {"before": LAST, "limit": 51},
    "write_offs/list_of_status": {"before": LAST, "limit": 51, "status": "refused"},
    "passkeys/find": {"credential_id": b""},
    "passkeys/list": {"participant_id": PARTICIPANT},
    "calendar_feeds/find": {"participant_id": PARTICIPANT},
    "calendar_feeds/whose": {"secret_hash": bytes(32)},
    "reminders/enrollments": {"participants": [PARTICIPANT], "today": "2026-06-01"},
    "reminders/leave": {"charts": [PARTICIPANT]},
    "reminders/list": {"before": LAST, "limit": 51, "kind": None, "status": None},
    "reminders/list_of_participant": {
        "charts": [PARTICIPANT],
        "before": LAST,
        "limit": 51,
        "kind": None,
        "status": None,
    },
    "reminders/missed": {
        "enrollments": [PARTICIPANT],
        "missed": ["missed"],
        "not_there": ["missed"],
        "latest": 12,
    },
    "reminders/people": {"channels": ["text"], "after": UUID(int=0), "limit": 50},
    "reminders/told": {"participants": [PARTICIPANT], "latest": 30},
    "reminders/waiting": {"participants": [PARTICIPANT]},
    "submissions/count": {"limit": 99},
    "submissions/count_of": {"charts": [PARTICIPANT], "since": datetime(2026, 1, 1, tzinfo=UTC)},
    "submissions/find": {"submission_id": PARTICIPANT},
    "submissions/list": {"before": LAST, "limit": 51, "status": None},
    "submissions/list_of_participant": {
        "charts": [PARTICIPANT],
        "before": LAST,
        "limit": 51,
        "status": None,
    },
    "submissions/open": {"limit": 51},
    "submissions/picture": {"submission_id": PARTICIPANT},
    "drafts/find": {"staff_id": CLINIC, "place": "/desk/new", "since": datetime(2026, 1, 1, tzinfo=UTC)},
    "pins/find": {"participant_id": PARTICIPANT},
    "sessions/list_tablets": {"ends_after": "2100-01-01"},
    "sign_in_codes/holder": {"code_index": b"", "now": "2026-06-01"},
    "visit_checks/due": {"now": "2026-06-01", "limit": 50},
    "awards/posted": {"enrollment_id": PARTICIPANT},
    "clinics/second_factor_needed": {},
    "enrollments/newest": {"program": "ladder", "limit": 101},
    "enrollments/on_older": {"program": "ladder", "version": 2, "after": UUID(int=0), "limit": 51},
    "enrollments/read": {"participants": [PARTICIPANT], "references": ["R7"]},
    "events/facts": {"enrollments": [PARTICIPANT]},
    "idempotency/find_many": {"actors": [CLINIC], "keys": ["R7"]},
    "ledger/balances": {"participants": [PARTICIPANT]},
    "ledger/sheets": {"participants": [PARTICIPANT]},
    "prizes/of_draws": {"draws": [PARTICIPANT]},
    "programs/document": {"name": "ladder", "version": 1},
    "programs/find": {"name": "ladder", "version": 1},
    "programs/latest": {"name": "ladder"},
    "programs/list": {"after": "", "limit": 51},
    "programs/names": {},
    "programs/versions": {"name": "ladder", "limit": 51},
    "reward_codes/known": {"code_indexes": [b"7"]},
    "reports/another": LONG_AGO | {"earliest_id": UUID(int=2**126), "limit": 100},
    "reports/by_giver": LONG_AGO,
    "reports/by_recorder": LONG_AGO_DAYS | {"program": None},
    "reports/by_recorder_waited": LONG_AGO_DAYS | {"program": None},
    "reports/by_target": LONG_AGO_DAYS | {"program": None},
    "reports/caps": LONG_AGO_DAYS | LONG_AGO,
    "reports/groups_given": LONG_AGO | {"zone": "UTC", "people": [PARTICIPANT]},
    "reports/groups_seated": LONG_AGO | LONG_AGO_DAYS | {"zone": "UTC", "limit": 240},
    "reports/groups_visited": LONG_AGO | {"zone": "UTC", "people": [PARTICIPANT], "program": None},
    "reports/given": LONG_AGO,
    "reports/in_kind": LONG_AGO | {"zone": "America/Los_Angeles"},
    "reports/openings": LONG_AGO_DAYS | {"funding": None},
    "reports/paid": LONG_AGO_DAYS | {"program": None, "funding": None},
    "reports/paid_in_all": LONG_AGO_DAYS | {"program": None},
    "reports/stayed": LONG_AGO_DAYS | {"program": None, "today": "2026-01-07", "zone": "UTC"},
    "reports/weeks_visited": LONG_AGO_DAYS | {"program": None},
    "reports/visited": LONG_AGO_DAYS | {"program": None},
    "reports/waited": LONG_AGO_DAYS | {"program": None},
    "reports/waits": LONG_AGO,
    "rewards/find": {"reward_id": CLINIC},
    "rewards/list": {"before": LAST, "limit": 51, "active": True, "category": None},
    "subscribers/may_send": {
        "subscriber_id": CLINIC,
        "participant_id": PARTICIPANT,
        "enrollment_id": PARTICIPANT,
        "redemption_id": None,
        "day": "2026-06-01",
    },
    "cap_totals/of_participants": {"participants": [PARTICIPANT]},
    "corrections/of_merge": {"merge_id": PARTICIPANT},
    "enrollments/led_to": {
        "enrollments": [PARTICIPANT],
        "references": ["R8"],
        "keys": ["reference|r8"],
        "participants": [PARTICIPANT],
    },
    "merges/charts": {"participants": [PARTICIPANT]},
    "merges/events": {"enrollments": [PARTICIPANT]},
    "merges/held": {"charts": [PARTICIPANT]},
    "merges/moved": {"merge_id": PARTICIPANT, "participant_id": PARTICIPANT},
    "merges/of_chart": {"participant_id": PARTICIPANT},
    "merges/opened_under": {"charts": [PARTICIPANT]},
    "merges/owned_since": {
        "ended_id": PARTICIPANT,
        "charts": [UUID(int=8)],
        "since": datetime(2026, 1, 1, tzinfo=UTC),
    },
    "merges/person": {"participant_id": PARTICIPANT},
    "near_charts/told": {"participant_id": PARTICIPANT},
    "event_additions/said": {"events": [PARTICIPANT]},
    "merges/under": {"participant_id": PARTICIPANT},
}
"""The reads that somebody waits for, with their values by name; the clinic goes without saying."""

SMALL = {
    "audit_heads",
    "provider_accounts",
    "provider_differences",
    "clinic_moves",
    "clinics",
    "programs",
    "rewards",
    "second_person_limits",
    "caps",
    "billing_rules",
    "brand_rules",
    "guardian_rules",
    "screening_questions",
    "budgets",
    "tax_thresholds",
    "points_worth",
    "subscribers",
    "subscriber_heads",
    "staff",
    "staff_passkeys",
    "reminder_settings",
    "submission_settings",
}
"""Tables that a clinic can read whole."""

WEEK = re.compile(r"_(beyond|[0-9]{8})$")
"""How a partition's name ends: one without rows is read whole at no cost."""

ROWS_MAX = 250
"""The most rows that one node of a plan may touch for a page of 50."""


@pytest.fixture(scope="module")
async def furnished(stores: Stores, databases: Databases) -> AsyncIterator[str]:
    """Fill a database with thousands of participants, which no test changes; give its owner's URL."""
    name = await databases.take()
    url = of_database(stores.owner_url, name)
    connection = await asyncpg.connect(url)
    await connection.execute(FILLED)
    await connection.execute("set app.across = 'owner'")
    await connection.execute("select recount_days($1)", CLINIC)
    await connection.execute(DAYS, CLINIC)
    await connection.execute("analyze")
    await connection.close()
    yield url
    databases.give_back(name)


@pytest.fixture
async def filled(furnished: str) -> AsyncIterator[Connection]:
    """Open that database as the service is in it."""
    connection = await asyncpg.connect(furnished)
    await connection.execute(
        "set role rewards_service; set plan_cache_mode = force_generic_plan; set jit = off"
    )
    await connection.execute(f"set app.clinic = '{CLINIC}'")
    yield connection
    await connection.close()


async def test_no_read_looks_through_a_table_that_grows(filled: Connection) -> None:
    """Each plan, made without knowing the values, reads by an index about as many rows as it shows."""
    faults = []
    for name, values in READS.items():
        asked = query(name)
        await filled.execute(f"prepare asked as {asked.text}")
        given = ", ".join(_literal(value) for value in asked.values({"clinic": CLINIC, **values}))
        explained = await filled.fetchval(
            f"explain (analyze, timing off, format json) execute asked ({given})"
        )
        faults += [f"{name}: {fault}" for fault in _faults(json.loads(explained)[0]["Plan"])]
        await filled.execute("deallocate asked")
    assert faults == [], "\n".join(faults)


WRITES = ("ledger/record", "ledger/tell", "idempotency/keep_many")
"""What every recorded event is written by."""
BEFORE_WRITES = ("enrollments/lock", "enrollments/read", "idempotency/find_many")
"""What is read first, where it is not at hand."""


async def test_no_write_of_an_event_looks_through_a_table_that_grows(filled: Connection) -> None:
    """Each row is found by its whole key."""
    assert await _unkeyed_in(filled, *BEFORE_WRITES, *WRITES) == []


async def test_no_write_of_an_event_looks_through_a_table_of_unknown_size(own_database: str) -> None:
    """Nor where PostgreSQL has counted nothing yet, as in the first minutes of a clinic."""
    connection = await asyncpg.connect(own_database)
    try:
        assert await _unkeyed_in(connection, *WRITES) == []
    finally:
        await connection.close()


async def _unkeyed_in(connection: Connection, *names: str) -> list[str]:
    """Plan queries as the service does; gives what is no look-up by a key."""
    await connection.execute("; ".join(f"set {name} = '{value}'" for name, value in PLANNER.items()))
    await connection.execute(f"set role rewards_service; set app.clinic = '{CLINIC}'")
    faults = []
    for name in names:
        asked = query(name)
        await connection.execute(f"prepare asked as {asked.text}")
        nulls = ", ".join(["null"] * len(asked.names))
        explained = await connection.fetchval(f"explain (format json) execute asked ({nulls})")
        faults += [f"{name}: {fault}" for fault in _unkeyed(json.loads(explained)[0]["Plan"])]
        await connection.execute("deallocate asked")
    return faults


def _unkeyed(node: dict[str, object]) -> list[str]:
    """What of a plan is no look-up by the whole key of a row."""
    faults = []
    kind, table = str(node["Node Type"]), str(node.get("Relation Name"))
    if kind in {"Seq Scan", "Hash Join", "Merge Join", "Bitmap Heap Scan"} and table not in SMALL:
        faults.append(f"{kind} of {table}")
    if kind.startswith("Index") and table not in SMALL and str(node.get("Index Cond", "")).count("=") < 2:
        faults.append(f"{kind} of {table} by {node.get('Index Cond')}")
    inner = node.get("Plans", [])
    assert isinstance(inner, list)
    return faults + [fault for part in inner for fault in _unkeyed(part)]


def _faults(node: dict[str, object]) -> list[str]:
    faults = []
    table = str(node.get("Relation Name"))
    empty_week = WEEK.search(table) and not node["Actual Rows"]
    if node["Node Type"] == "Seq Scan" and table not in SMALL and not empty_week:
        faults.append(f"reads all of {table}")
    touched = sum(
        int(str(node.get(key, 0))) for key in ("Rows Removed by Filter", "Rows Removed by Index Recheck")
    )
    touched += round(float(str(node["Actual Rows"])))
    if touched > ROWS_MAX:
        faults.append(f"touches {touched} rows in {node['Node Type']} of {table}")
    inner = node.get("Plans", [])
    assert isinstance(inner, list)
    return faults + [fault for part in inner for fault in _faults(part)]


def _literal(value: object) -> str:
    match value:
        case None:
            return "null"
        case int():
            return str(value)
        case list():
            kind = {UUID: "uuid", int: "integer", bytes: "bytea"}.get(type(value[0]), "text")
            return f"array[{', '.join(_literal(one) for one in value)}]::{kind}[]"
        case bytes():
            return f"'\\x{value.hex()}'"
        case _:
            return f"'{value}'"

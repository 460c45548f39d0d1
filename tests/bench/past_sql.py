"""The SQL that copies a clinic's models: of the clinic `past.clinic`, one month, `past.month`, at a time."""

FUNCTIONS = """
create function past_clinic() returns uuid language sql stable as
$$ select current_setting('past.clinic')::uuid $$;
create function past_begins() returns timestamptz language sql stable as
$$ select current_setting('past.month')::timestamptz $$;
create function past_id(at timestamptz, seed text) returns uuid language sql immutable as $$
    select (
        lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0')
        || '7' || substr(md5(seed), 1, 3) || '8' || substr(md5(seed), 4, 15)
    )::uuid
$$;
"""
"""`past_id` is an id as the service would have made it then; its other digits follow from the model's."""

MODELS = """
create table model_enrollments as
select participant_id as model_id, enrollments.* from enrollments where clinic_id = past_clinic();
create table model_events as select participant_id as model_id, events.* from events;
create table model_awards as
select a.participant_id as model_id, a.*, e.recorded_at as event_at
from awards as a left join events as e on e.clinic_id = a.clinic_id and e.event_id = a.event_id;
create table model_transfers as select participant_id as model_id, transfers.* from transfers;
create table model_redemptions as select participant_id as model_id, redemptions.* from redemptions;
create table model_balances as select participant_id as model_id, balances.* from balances;
create table model_checkpoints as
select n.participant_id as model_id, c.* from checkpoints as c
inner join enrollments as n on n.clinic_id = c.clinic_id and n.enrollment_id = c.enrollment_id;
create table model_checks as
select n.participant_id as model_id, v.* from visit_checks as v
inner join enrollments as n on n.clinic_id = v.clinic_id and n.enrollment_id = v.enrollment_id;
create table model_times as
select recorded_at as at from model_events union select at from model_transfers;
delete from balances;
delete from checkpoints;
delete from visit_checks;
delete from redemptions;
delete from transfers;
delete from awards;
delete from events;
delete from enrollments;
delete from identifiers;
delete from participants;
delete from audit where participant_id is not null;
analyze;
"""

PEOPLE = """
analyze copies;
alter table copies add column enrollment_id uuid;
update copies set enrollment_id = past_id(m.opened_at, m.enrollment_id::text || copies.copy)
from model_enrollments as m where m.model_id = copies.model;
insert into participants (
    clinic_id, participant_id, reference, display_code, name, name_index, created_at
)
select
    past_clinic(), c.participant_id, c.reference, upper(substr(md5(c.reference), 1, 9)), c.name,
    c.name_index, m.opened_at
from copies as c inner join model_enrollments as m on m.model_id = c.model;
insert into identifiers (clinic_id, identifier_id, participant_id, system, value, key, near, created_at)
select past_clinic(), c.participant_id, c.participant_id, 'reference', c.reference, c.key, c.key, m.opened_at
from copies as c inner join model_enrollments as m on m.model_id = c.model;
insert into enrollments (
    clinic_id, enrollment_id, participant_id, program, version, starts_on, funding, opened_at, opened_by,
    closed_on, close_reason, closed_by
)
select
    past_clinic(), c.enrollment_id, c.participant_id, m.program, m.version, m.starts_on, m.funding,
    m.opened_at, m.opened_by, over.day,
    case when over.day is not null then decode(current_setting('past.reason'), 'hex') end,
    case when over.day is not null then m.opened_by end
from copies as c
inner join model_enrollments as m on m.model_id = c.model
cross join lateral (
    select case when ends.day < current_date then ends.day end as day
    from (
        select m.starts_on + 7 * (p.document ->> 'weeks')::integer - 1 as day from programs as p
        where p.name = m.program
    ) as ends
) as over;
insert into checkpoints
select past_clinic(), c.enrollment_id, m.facts, m.state
from copies as c inner join model_checkpoints as m on m.model_id = c.model;
insert into visit_checks
select past_clinic(), c.enrollment_id, m.through, m.checked_at, m.next_at
from copies as c inner join model_checks as m on m.model_id = c.model;
insert into balances
select past_clinic(), c.participant_id, m.unit, m.available, m.held, m.given, m.earned
from copies as c inner join model_balances as m on m.model_id = c.model;
analyze participants, enrollments;
"""

INDEXES_OFF = """
create table past_indexes as
select i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as made
from pg_index as i
where
    not i.indisunique
    and i.indrelid in (
        'events'::regclass, 'awards'::regclass, 'transfers'::regclass, 'audit'::regclass, 'prizes'::regclass,
        'draws'::regclass
    );
do $$
declare
    one text;
begin
    for one in select name from past_indexes loop
        execute 'drop index ' || one;
    end loop;
end
$$;
"""
"""Indexes that hold no row to anything are made once everything is there: cheaper than row by row."""

COPY = """
insert into events (
    clinic_id, event_id, enrollment_id, participant_id, fact_no, target, outcome, effect, program_week,
    occurred_at, recorded_at, recorded_by, recording_id, reference, digest, receipt, expected_on, reference_no
)
select past_clinic(), made.id, c.enrollment_id, c.participant_id, m.fact_no, m.target, m.outcome, m.effect,
    m.program_week, m.occurred_at, m.recorded_at, m.recorded_by, made.id,
    coalesce(m.reference || '-' || c.copy, 'v-' || c.reference || '-' || m.fact_no), m.digest, m.receipt,
    m.expected_on, 0
from model_events as m
inner join copies as c on c.model = m.model_id
cross join lateral (select past_id(m.recorded_at, m.event_id::text || c.copy) as id) as made
where m.recorded_at >= past_begins() and m.recorded_at < past_begins() + interval '1 month'
order by m.recorded_at, c.participant_id;
insert into awards (
    clinic_id, enrollment_id, fact_no, award_id, participant_id, event_id, cause_no, slot, kind, unit, amount,
    clipped, overpaid, unrecovered, why, posted_at, withheld
)
select past_clinic(), c.enrollment_id, m.fact_no, past_id(m.posted_at, m.award_id::text || c.copy),
    c.participant_id, past_id(m.event_at, m.event_id::text || c.copy), m.cause_no, m.slot, m.kind, m.unit,
    m.amount, m.clipped, m.overpaid, m.unrecovered, m.why, m.posted_at, m.withheld
from model_awards as m
inner join copies as c on c.model = m.model_id
where m.posted_at >= past_begins() and m.posted_at < past_begins() + interval '1 month'
order by m.posted_at, c.participant_id;
insert into transfers (
    clinic_id, participant_id, unit, transfer_id, source, destination, amount, cause, cause_id, enrollment_id,
    fact_no, at, day, funding
)
select past_clinic(), c.participant_id, m.unit, past_id(m.at, m.transfer_id::text || c.copy), m.source,
    m.destination, m.amount, m.cause, past_id(m.at, m.cause_id::text || c.copy),
    case when m.enrollment_id is not null then c.enrollment_id end, m.fact_no, m.at, m.day, m.funding
from model_transfers as m
inner join copies as c on c.model = m.model_id
where m.at >= past_begins() and m.at < past_begins() + interval '1 month'
order by m.at, c.participant_id;
insert into redemptions
select past_clinic(), past_id(m.requested_at, m.redemption_id::text || c.copy), c.participant_id, m.reward_id,
    m.quantity, m.unit, m.amount, m.status, m.requested_at, m.requested_by, m.settled_at, m.settled_by,
    m.fair_value
from model_redemptions as m
inner join copies as c on c.model = m.model_id
where m.requested_at >= past_begins() and m.requested_at < past_begins() + interval '1 month';
insert into audit (
    clinic_id, seq, at, actor_id, role, deed, subject_id, participant_id, detail, digest, hash
)
select past_clinic(),
    (select max(seq) from audit) + row_number() over (order by e.recorded_at, e.event_id, told.deed),
    e.recorded_at, e.recorded_by, 'manager', told.deed, e.event_id, e.participant_id, '{"target":"negative"}',
    sha256(e.event_id::text::bytea), sha256(e.event_id::text::bytea)
from events as e
cross join (values ('event.recorded'), ('visit.listed')) as told (deed)
where e.recorded_at >= past_begins() and e.recorded_at < past_begins() + interval '1 month'
order by e.recorded_at, e.event_id, told.deed;
"""

DELIVERIES = """
select make_weeks(current_date - 98, 16);
insert into deliveries (
    clinic_id, subscriber_id, sequence, created_at, delivery_id, type, participant_id, body
)
select past_clinic(), s.subscriber_id, row_number() over (order by recorded_at, event_id), recorded_at,
    event_id, 'award.posted', participant_id, substr(receipt, 1, 500)
from events cross join subscribers as s where recorded_at >= now() - interval '90 days';
insert into attempts (clinic_id, subscriber_id, sequence, attempt_no, at, outcome, status, took_ms)
select clinic_id, subscriber_id, sequence, 1, created_at + interval '2 seconds',
    case when sequence % 997 = 0 then 'gone' when sequence % 499 = 0 then 'withheld' else 'delivered' end,
    case when sequence % 997 = 0 then 410 else 200 end, 40
from deliveries;
update subscriber_heads set read_seq = (select max(seq) from audit), read_at = now(),
    sequence = d.last, tried_sequence = d.last
from (select coalesce(max(sequence), 0) as last from deliveries) as d;
"""
"""Ninety days of notices, of which some were refused for good and some withheld."""

PRIZES = """
insert into draws (
    clinic_id, draw_id, participant_id, enrollment_id, n, seed_id, bowl, document, slips, drawn_at, drawn_by
)
select
    past_clinic(), past_id(made.at, c.enrollment_id::text || 'd' || n), c.participant_id, c.enrollment_id, n,
    (select seed_id from seeds limit 1), 'b', '{"name": "b", "tiers": []}', '{1}', made.at, m.opened_by
from copies as c
inner join model_checkpoints as k on k.model_id = c.model
inner join model_enrollments as m on m.model_id = c.model
cross join lateral generate_series(1, k.facts / 16) as n
cross join lateral (select m.opened_at + n * interval '56 days' as at) as made
where made.at < now();
insert into prizes (
    clinic_id, prize_id, draw_id, place, participant_id, tier, status, unit, amount, clipped, category,
    won_at, reward_id, given_at, given_by
)
select clinic_id, draw_id, draw_id, 0, participant_id, 'small', kind.status,
    case when kind.status = 'credited' then 'usd' end, case when kind.status = 'credited' then 0 end,
    case when kind.status = 'credited' then 0 end,
    case when kind.status <> 'credited' then 'groceries' end, drawn_at,
    case when kind.status = 'given' then (select reward_id from rewards limit 1) end,
    case when kind.status = 'given' then drawn_at + interval '1 hour' end,
    case when kind.status = 'given' then drawn_by end
from draws
cross join lateral (
    select case
        when n % 3 <> 0 then 'credited' when drawn_at > now() - interval '7 days' then 'owed' else 'given'
    end as status
) as kind
order by drawn_at, draw_id;
"""

AFTERWARDS = """
do $$
declare
    one text;
begin
    for one in select made from past_indexes loop
        execute one;
    end loop;
end
$$;
update audit_heads set seq = (select max(seq) from audit), hash = (
    select hash from audit order by seq desc limit 1
);
select recount_days(past_clinic());
drop table copies, past_indexes, model_enrollments, model_events, model_awards, model_transfers,
    model_redemptions, model_balances, model_checkpoints, model_checks, model_times;
drop function past_id(timestamptz, text), past_begins(), past_clinic();
"""

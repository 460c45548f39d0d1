-- What other services are told: subscribers, the log of notices, what was made of it for each subscriber, every
-- attempt to deliver it, consents, and what was disclosed of whom.
--
-- The log and the deliveries are only ever appended to, and dropped a week at a time: nothing in them is updated
-- or deleted, so neither millions of rows nor another session's old snapshot makes them slow. What changes while
-- notices are delivered is one small row a subscriber, and a row for each notice that has to be tried again.

create table subscribers (
    clinic_id uuid not null,
    subscriber_id uuid not null,
    -- Encrypted: an address may hold a token.
    url bytea not null,
    types text[] not null,
    consent_required boolean not null default false,
    status text not null default 'active',
    -- Why it is disabled: by hand, or because the receiver answered 410.
    disabled_why text,
    disabled_at timestamptz,
    secret bytea not null,
    -- After a rotation the old secret signs too until then.
    old_secret bytea,
    old_secret_until timestamptz,
    revision integer not null default 1,
    created_at timestamptz not null,
    created_by uuid not null,
    deleted_at timestamptz,
    constraint subscribers_key primary key (clinic_id, subscriber_id),
    constraint subscribers_clinic_exists foreign key (clinic_id) references clinics (clinic_id),
    constraint subscribers_status_is_known check (status in ('active', 'disabled')),
    constraint subscribers_disabled_has_a_reason check (
        (status = 'disabled') = (disabled_why is not null) and (disabled_why is null) = (disabled_at is null)
    ),
    constraint subscribers_disabled_why_is_known check (disabled_why in ('by_hand', 'gone')),
    constraint subscribers_old_secret_has_an_end check ((old_secret is null) = (old_secret_until is null)),
    constraint subscribers_types_not_empty check (cardinality(types) > 0)
);

-- Where each subscriber stands; the one row that changes with every batch delivered.
create table subscriber_heads (
    clinic_id uuid not null,
    subscriber_id uuid not null,
    -- The log is made into deliveries up to and with this number.
    read_seq bigint not null,
    -- When the last of these was told, so that weeks long before it are not looked through.
    read_at timestamptz not null default '-infinity',
    -- The last number given to a delivery, and the last one up to which each was tried at least once.
    sequence bigint not null default 0,
    tried_sequence bigint not null default 0,
    -- One worker delivers to a subscriber at a time; its lease ends by itself.
    leased_by uuid,
    leased_until timestamptz,
    -- What is known of the receiver (core/waits.py): its circuit, and how long it is left alone. It is the receiver's
    -- own, and holds up nobody else.
    circuit text not null default 'closed',
    silences integer not null default 0,
    pause_s double precision not null default 0,
    open_s double precision not null default 0,
    paused_until timestamptz,
    constraint subscriber_heads_key primary key (clinic_id, subscriber_id),
    constraint subscriber_heads_subscriber_exists foreign key (clinic_id, subscriber_id)
    references subscribers (clinic_id, subscriber_id),
    constraint subscriber_heads_tried_what_was_numbered check (tried_sequence <= sequence),
    constraint subscriber_heads_lease_is_whole check ((leased_by is null) = (leased_until is null)),
    constraint subscriber_heads_circuit_is_known check (circuit in ('closed', 'open', 'probing'))
) with (fillfactor = 20, autovacuum_vacuum_scale_factor = 0.01);

-- The outbox: what each transaction told, in the order of commits; seq is the audit trail's, so it is given under
-- the clinic's own lock. Body is a JSON array of notices: [{type, participant?, subscriber?, data}, ...].
create table notices (
    clinic_id uuid not null,
    seq bigint not null,
    at timestamptz not null,
    body bytea not null,
    constraint notices_key primary key (clinic_id, seq, at)
) partition by range (at);

-- A notice made ready for one subscriber, with its number; the bytes that are sent, the same at each attempt.
create table deliveries (
    clinic_id uuid not null,
    subscriber_id uuid not null,
    sequence bigint not null,
    created_at timestamptz not null,
    -- The webhook-id.
    delivery_id uuid not null,
    type text not null,
    participant_id uuid,
    body bytea not null,
    constraint deliveries_key primary key (clinic_id, subscriber_id, sequence, created_at),
    constraint deliveries_sequence_counts_from_one check (sequence >= 1)
) partition by range (created_at);
create index deliveries_by_id on deliveries (clinic_id, delivery_id);

create table attempts (
    clinic_id uuid not null,
    subscriber_id uuid not null,
    sequence bigint not null,
    attempt_no integer not null,
    at timestamptz not null,
    outcome text not null,
    status integer,
    took_ms integer not null,
    -- The first bytes of the answer, encrypted: a receiver answers what it likes.
    answer bytea,
    -- Why it was not delivered, in a closed word; null where it was.
    why text,
    constraint attempts_key primary key (clinic_id, subscriber_id, sequence, at, attempt_no),
    constraint attempts_outcome_is_known check (
        outcome in ('delivered', 'failed', 'gone', 'withheld', 'refused')
    ),
    constraint attempts_attempt_no_counts_from_one check (attempt_no >= 1)
) partition by range (at);

-- What is to be tried again, and when; a row goes when it is delivered or dead.
create table retries (
    clinic_id uuid not null,
    subscriber_id uuid not null,
    sequence bigint not null,
    -- Of the delivery: says which week it lies in.
    created_at timestamptz not null,
    -- How often it was tried since it was first tried or replayed, and when that was.
    attempts integer not null,
    born_at timestamptz not null,
    due_at timestamptz not null,
    constraint retries_key primary key (clinic_id, subscriber_id, sequence)
) with (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.01);
create index retries_by_due on retries (clinic_id, subscriber_id, due_at);

create table consents (
    clinic_id uuid not null,
    consent_id uuid not null,
    participant_id uuid not null,
    subscriber_id uuid not null,
    purpose bytea not null,
    expires_on date,
    given_at timestamptz not null,
    recorded_by uuid not null,
    revoked_at timestamptz,
    revoked_by uuid,
    constraint consents_key primary key (clinic_id, consent_id),
    constraint consents_participant_exists foreign key (clinic_id, participant_id)
    references participants (clinic_id, participant_id),
    constraint consents_subscriber_exists foreign key (clinic_id, subscriber_id)
    references subscribers (clinic_id, subscriber_id),
    constraint consents_revoked_by_somebody check ((revoked_at is null) = (revoked_by is null))
);
create index consents_by_participant on consents (clinic_id, participant_id, consent_id);
create index consents_in_force on consents (clinic_id, subscriber_id, participant_id) where revoked_at is null;

-- What left the clinic about whom: kept as long as records are, whatever becomes of the deliveries.
create table disclosures (
    clinic_id uuid not null,
    participant_id uuid not null,
    disclosure_id uuid not null,
    subscriber_id uuid not null,
    delivery_id uuid not null,
    type text not null,
    consent_id uuid,
    at timestamptz not null,
    constraint disclosures_key primary key (clinic_id, participant_id, disclosure_id)
);

-- What no week was made for: nothing that is told is ever refused for want of a partition.
create table notices_beyond partition of notices default;
create table deliveries_beyond partition of deliveries default;
create table attempts_beyond partition of attempts default;
alter table notices_beyond enable row level security;
alter table deliveries_beyond enable row level security;
alter table attempts_beyond enable row level security;

-- Partitions by week. The service owns nothing, so it asks for them through these; a partition carries no grant
-- of its own and is reached through its parent alone. Both functions say how many weeks they made or dropped, and
-- give up soon where a table is in use: whoever waits for such a lock makes everybody else wait behind it.
create function make_weeks(first_day date, weeks integer) returns integer
language plpgsql security definer set search_path = public, pg_temp set lock_timeout = '200ms' as $$
declare
    parent text;
    moment text;
    week date;
    first_moment timestamptz;
    next_moment timestamptz;
    made integer := 0;
begin
    if weeks not between 1 and 60 then
        raise exception 'weeks are made 1 to 60 at a time';
    end if;
    foreach parent in array array['notices', 'deliveries', 'attempts'] loop
        for place in 0..weeks - 1 loop
            week := date_trunc('week', first_day)::date + 7 * place;
            first_moment := week::timestamp at time zone 'UTC';
            next_moment := (week + 7)::timestamp at time zone 'UTC';
            moment := case parent when 'deliveries' then 'created_at' else 'at' end;
            if to_regclass(format('%s_%s', parent, to_char(week, 'YYYYMMDD'))) is null then
                -- What came before its week was made moves over into it.
                execute format('lock table %I in access exclusive mode', parent || '_beyond');
                execute format(
                    'create temporary table beyond on commit drop as select * from %I where %I >= %L and %I < %L',
                    parent || '_beyond', moment, first_moment, moment, next_moment
                );
                execute format(
                    'delete from %I where %I >= %L and %I < %L',
                    parent || '_beyond', moment, first_moment, moment, next_moment
                );
                execute format(
                    'create table %I partition of %I for values from (%L) to (%L)',
                    format('%s_%s', parent, to_char(week, 'YYYYMMDD')), parent, first_moment, next_moment
                );
                execute format('insert into %I select * from beyond', parent);
                drop table beyond;
                execute format(
                    'alter table %I enable row level security',
                    format('%s_%s', parent, to_char(week, 'YYYYMMDD'))
                );
                made := made + 1;
            end if;
        end loop;
    end loop;
    return made;
end
$$;

-- Drops the weeks that were over before a day, and what lies beyond all weeks likewise. A week stays while an active
-- subscriber has yet to be told something that is in it, by a first attempt or by another.
create function drop_weeks(before_day date) returns integer
language plpgsql security definer set search_path = public, pg_temp set lock_timeout = '200ms' as $$
declare
    part record;
    needed boolean;
    dropped integer := 0;
begin
    for part in
        select c.relname as name, p.relname as parent, w.ends
        from pg_inherits as i
        inner join pg_class as c on i.inhrelid = c.oid
        inner join pg_class as p on i.inhparent = p.oid
        cross join lateral (
            -- In a plan this may come before the condition on the parent: other names have no week in them.
            select case when c.relname like '%\_beyond' then before_day
                when c.relname ~ '_[0-9]{8}$' then to_date(right(c.relname, 8), 'YYYYMMDD') + 7 end as ends
        ) as w
        where i.inhparent in ('notices'::regclass, 'deliveries'::regclass, 'attempts'::regclass)
            and w.ends <= before_day
        order by w.ends, c.relname
    loop
        execute case part.parent
            when 'notices' then format(
                'select exists (select from subscriber_heads as h
                inner join subscribers as s on h.clinic_id = s.clinic_id and h.subscriber_id = s.subscriber_id
                where s.deleted_at is null and exists (
                    select from %I as n where n.clinic_id = h.clinic_id and n.seq > h.read_seq and n.at < $1
                ))', part.name
            )
            when 'deliveries' then format(
                'select exists (select from subscriber_heads as h
                inner join subscribers as s on h.clinic_id = s.clinic_id and h.subscriber_id = s.subscriber_id
                where s.deleted_at is null and s.status = ''active'' and (exists (
                    select from %1$I as d where d.clinic_id = h.clinic_id and d.subscriber_id = h.subscriber_id
                        and d.sequence > h.tried_sequence and d.created_at < $1
                ) or exists (
                    select from retries as r
                    inner join %1$I as d on r.clinic_id = d.clinic_id and r.subscriber_id = d.subscriber_id
                        and r.sequence = d.sequence and r.created_at = d.created_at
                    where r.clinic_id = h.clinic_id and r.subscriber_id = h.subscriber_id and d.created_at < $1
                )))', part.name
            )
            else 'select false and $1 is null'
        end into needed using before_day::timestamp at time zone 'UTC';
        continue when needed;
        if part.name like '%\_beyond' then
            execute format(
                'delete from %I where %I < $1',
                part.name, case part.parent when 'deliveries' then 'created_at' else 'at' end
            ) using before_day::timestamp at time zone 'UTC';
        else
            execute format('drop table %I', part.name);
            dropped := dropped + 1;
        end if;
    end loop;
    return dropped;
end
$$;

-- The subscribers that have something to do, of every clinic, those that answer first: the one other thing that is
-- asked across clinics. A disabled or paused subscriber's log is read too, so that what it will get can be seen.
create function subscribers_due(at_time timestamptz, rows_max integer)
returns table (clinic_id uuid, subscriber_id uuid, silences integer)
language sql stable security definer set search_path = public, pg_temp
begin atomic
select h.clinic_id, h.subscriber_id, h.silences
from public.subscriber_heads as h
inner join public.subscribers as s on h.clinic_id = s.clinic_id and h.subscriber_id = s.subscriber_id
where
    s.deleted_at is null
    and (h.leased_until is null or h.leased_until <= at_time)
    and (
        exists (
            select from public.notices as n
            where n.clinic_id = h.clinic_id and n.seq > h.read_seq and n.at > h.read_at - interval '7 days'
        )
        or (
            s.status = 'active'
            and (h.paused_until is null or h.paused_until <= at_time)
            and (
                h.tried_sequence < h.sequence
                or exists (
                    select from public.retries as r
                    where r.clinic_id = h.clinic_id and r.subscriber_id = h.subscriber_id and r.due_at <= at_time
                )
            )
        )
    )
order by h.silences, h.read_at
limit rows_max;
end;

do $$
begin
    perform make_weeks(current_date - 7, 10);
end
$$;

do $$
declare
    clinic_table text;
begin
    foreach clinic_table in array array[
        'subscribers', 'subscriber_heads', 'notices', 'deliveries', 'attempts', 'retries', 'consents', 'disclosures'
    ] loop
        execute format('alter table %I enable row level security', clinic_table);
        execute format(
            'create policy %I on %I using (clinic_id = (select current_setting(''app.clinic'')::uuid))',
            clinic_table || '_own_clinic', clinic_table
        );
    end loop;
end
$$;

grant select, insert on notices, deliveries, attempts, disclosures to rewards_service;
grant select, insert, update on subscribers, subscriber_heads, consents to rewards_service;
grant select, insert, update, delete on retries to rewards_service;
revoke all on function make_weeks(date, integer), drop_weeks(date), subscribers_due(timestamptz, integer) from public;
grant execute on function make_weeks(date, integer), drop_weeks(date), subscribers_due(timestamptz, integer)
to rewards_service;

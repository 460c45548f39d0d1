-- name: accounts
-- Every member of staff, for a reading of the whole clinic.
select staff_id, email from staff
where clinic_id = :clinic;

-- name: hands
-- Everybody through whose hands an account or a key went, itself among them; those on the staff with their addresses.
select h.id, s.email, s.mailbox_index
from hands_of(:clinic, :actor) as h (id)
left join staff as s on s.clinic_id = :clinic and h.id = s.staff_id;

-- name: keys
-- Every key, with who answers for it and who made it.
select key_id, responsible, created_by from keys
where clinic_id = :clinic;

-- name: mailbox
update staff set mailbox_index = :mailbox_index
where clinic_id = :clinic and staff_id = :staff_id and mailbox_index is null;

-- name: settled
-- Every second-person deed that is done: what it was, who began it and who said yes to it. Those of before persons were
-- compared are `by_ids`.
select
    'manual_awards' as kind, manual_award_id as id, proposed_by as did, settled_by as approves, by_ids,
    settled_at as at
from manual_awards
where clinic_id = :clinic and status = 'approved'
union all
select 'write_offs', write_off_id, proposed_by, settled_by, by_ids, settled_at
from write_offs
where clinic_id = :clinic and status = 'approved'
union all
select 'redemption_changes', redemption_change_id, proposed_by, settled_by, by_ids, settled_at
from redemption_changes
where clinic_id = :clinic and status = 'approved' and not alone
union all
select 'openings', opening_id, proposed_by, settled_by, by_ids, settled_at
from openings
where clinic_id = :clinic and status in ('approved', 'withdrawn')
union all
select 'openings', opening_id, proposed_by, withdrawn_by, by_ids, withdrawn_at
from openings
where clinic_id = :clinic and status = 'withdrawn'
union all
select 'unmerges', merge_id, merged_by, undone_by, by_ids, undone_at
from unmerges
where clinic_id = :clinic
union all
-- Persons were compared before there were these.
select 'erasures', erasure_id, proposed_by, settled_by, false, settled_at
from erasures
where clinic_id = :clinic and status = 'approved'
union all
select 'emergencies', emergency_id, opened_by, reviewed_by, false, reviewed_at
from emergencies
where clinic_id = :clinic and reviewed_at is not null;

-- name: others
-- Somebody else on the staff than an account or key who could look at what it did. Who was disabled, or given a role that
-- looks at nothing, since :left counts still; and a way into an account that was shown to somebody since then, and not
-- while the account began, makes no two of them one yet.
with recursive lookers as (
    select s.staff_id from staff as s
    where
        s.clinic_id = :clinic and (s.role <> 'auditor' or s.role_changed_at > :left::timestamptz)
        and (s.disabled_at is null or s.disabled_at > :left::timestamptz)
), hands (root, id) as (
    select l.staff_id, l.staff_id from lookers as l
    union
    select :actor::uuid, :actor::uuid
    union
    select h.root, one.id
    from hands as h
    cross join lateral (
        select k.responsible as id from keys as k
        where k.clinic_id = :clinic and k.key_id = h.id
        union all
        select k.created_by from keys as k
        where k.clinic_id = :clinic and k.key_id = h.id
        union all
        select r.reader_id from readers as r
        inner join staff as s on s.clinic_id = :clinic and r.staff_id = s.staff_id
        where
            r.clinic_id = :clinic and r.staff_id = h.id
            and (r.since <= :left::timestamptz or r.since <= s.created_at + :beginning::interval)
    ) as one
    where one.id is not null and one.id <> :clinic
), named as (
    select h.root, h.id, s.mailbox_index
    from hands as h
    left join staff as s on s.clinic_id = :clinic and h.id = s.staff_id
)
select l.staff_id from lookers as l
where not exists (
    select from named as own
    inner join named as other on own.id = other.id or own.mailbox_index = other.mailbox_index
    where own.root = :actor and other.root = l.staff_id
)
limit 1;

-- name: same
-- Which of some accounts and keys went through the same hands as another one.
select asked.id
from unnest(:actors::uuid[]) as asked (id)
where exists (
    select from hands_of(:clinic, asked.id) as one (id)
    inner join hands_of(:clinic, :actor) as other (id) on one.id = other.id
);

-- name: shown
-- Every way into an account that somebody was shown: as the audit trail tells of links, in its order, nobody where one went by mail or
-- the operator made it; and who could read one, as that is kept.
select false as is_kept, subject_id as staff_id, at, seq,
    case when detail::jsonb ->> 'mailed' <> '0' or actor_id = :clinic then null else actor_id end as reader_id
from audit
where clinic_id = :clinic and deed = 'staff.invited'
union all
select true, staff_id, since, null, reader_id from readers
where clinic_id = :clinic
order by seq;

-- name: since
-- When persons began to be compared in this database, and when readers of accounts began to be only added to.
select
    (select applied_at from schema_migrations where name = '0026_persons.sql') as compared,
    (select applied_at from schema_migrations where name = '0041_readers.sql') as only_added;

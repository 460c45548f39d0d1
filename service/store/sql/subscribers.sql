-- part: columns
subscriber_id, url, types, consent_required, status, disabled_why, disabled_at, secret, old_secret_until,
revision, created_at, created_by, format;

-- name: change
update subscribers
set
    url = :url, types = :types, consent_required = :consent_required, status = :status, format = :format,
    disabled_why = :disabled_why, disabled_at = :disabled_at,
    revision = revision + 1
where clinic_id = :clinic and subscriber_id = :subscriber_id;

-- name: delete
update subscribers
set deleted_at = :now, revision = revision + 1
where clinic_id = :clinic and subscriber_id = :subscriber_id;

-- name: disable
update subscribers
set status = 'disabled', disabled_why = :disabled_why, disabled_at = :now, revision = revision + 1
where clinic_id = :clinic and subscriber_id = :subscriber_id and status = 'active'
returning revision;

-- name: due
select clinic_id, subscriber_id, silences from subscribers_due(:now, :limit);

-- name: find
select {columns}
from subscribers
where clinic_id = :clinic and subscriber_id = :subscriber_id and deleted_at is null;

-- name: insert
-- A new subscriber, with where it stands: it is told what is done from now on.
with made as (
    insert into subscribers (
        clinic_id, subscriber_id, url, types, consent_required, secret, created_at, created_by, format
    )
    values (:clinic, :subscriber_id, :url, :types, :consent_required, :secret, :created_at, :created_by, :format)
)

insert into subscriber_heads (clinic_id, subscriber_id, read_seq)
select :clinic, :subscriber_id, seq from audit_heads
where clinic_id = :clinic;

-- name: list
select {columns}
from subscribers
where clinic_id = :clinic and subscriber_id < :before and deleted_at is null
order by subscriber_id desc
limit :limit;

-- name: lock
select {columns}
from subscribers
where clinic_id = :clinic and subscriber_id = :subscriber_id and deleted_at is null
for no key update;

-- name: may_send
-- Whether a notice about somebody may leave now, whether they have a restriction against it, and the consent that is in force on a day: one for each chart that the
-- notice tells of. That is the chart under which its enrollment was opened or its redemption asked for; without
-- either, every chart of the person. A consent holds for the chart under which it was given, and what was given under
-- the survivor since charts were merged holds for these.
select
    s.status = 'active' and s.deleted_at is null as active,
    exists (
        select from restrictions as r
        inner join participants as p on p.clinic_id = :clinic and p.participant_id = r.participant_id
        where
            r.clinic_id = :clinic and r.subscriber_id = s.subscriber_id and r.status = 'agreed'
            and :participant_id in (p.participant_id, p.survivor_id)
    ) as restricted,
    (
        select case when bool_and(k.consent_id is not null) then (array_agg(k.consent_id))[1] end
        from (
            select coalesce(n.chart_id, n.participant_id) as chart_id from enrollments as n
            where n.clinic_id = :clinic and n.enrollment_id = :enrollment_id
            union all
            select r.participant_id from redemptions as r
            where r.clinic_id = :clinic and r.redemption_id = :redemption_id
            union all
            select p.participant_id from participants as p
            where
                :enrollment_id::uuid is null and :redemption_id::uuid is null
                and p.clinic_id = :clinic and p.participant_id = :participant_id
            union all
            select p.participant_id from participants as p
            where
                :enrollment_id::uuid is null and :redemption_id::uuid is null
                and p.clinic_id = :clinic and p.survivor_id = :participant_id
        ) as told
        left join lateral (
            select c.consent_id
            from (
                select told.chart_id as participant_id, '-infinity'::timestamptz as since
                union all
                select h.survivor_id, h.survived_since from participants as h
                where h.clinic_id = :clinic and h.participant_id = told.chart_id and h.survivor_id is not null
            ) as given
            cross join lateral (
                select consents.consent_id from consents
                where
                    consents.clinic_id = :clinic and consents.subscriber_id = s.subscriber_id
                    and consents.participant_id = given.participant_id and consents.given_at >= given.since
                    and consents.revoked_at is null
                    and (consents.expires_on is null or consents.expires_on >= :day)
                limit 1
            ) as c
            limit 1
        ) as k on true
    ) as consent_id
from subscribers as s
where s.clinic_id = :clinic and s.subscriber_id = :subscriber_id;

-- name: rotate
update subscribers
set old_secret = secret, old_secret_until = :old_secret_until, secret = :secret, revision = revision + 1
where clinic_id = :clinic and subscriber_id = :subscriber_id;

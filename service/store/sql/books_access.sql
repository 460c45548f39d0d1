-- name: factors
-- What each member of staff signs in with, beside the marks that the audit trail told last of it: none of what was set
-- before it told marks, and `none` of what was taken away or never begun.
select
    s.staff_id as id, s.password_hash, s.totp_secret, p.mark as told_password,
    case when f.subject_id is null then 'none' else f.mark end as told_factor
from staff as s
left join (
    select distinct on (subject_id)
        subject_id, coalesce(
            detail::json ->> 'password',
            case when deed = 'staff.password_reset' or detail::json ->> 'way' = 'provider' then 'none' end
        ) as mark
    from audit
    where
        clinic_id = :clinic
        and deed in (
            'staff.created', 'staff.password_changed', 'staff.password_reset', 'staff.invitation_used',
            'staff.password_hashed_anew'
        )
    order by subject_id, seq desc
) as p on s.staff_id = p.subject_id
left join (
    select distinct on (subject_id)
        subject_id, coalesce(
            detail::json ->> 'factor', case when deed = 'staff.second_factor_ended' then 'none' end
        ) as mark
    from audit
    where clinic_id = :clinic and deed in ('staff.second_factor_begun', 'staff.second_factor_ended')
    order by subject_id, seq desc
) as f on s.staff_id = f.subject_id
where s.clinic_id = :clinic
order by s.staff_id;

-- name: keys
-- Every key beside what the audit trail says of its issuing, of who answers for it, and whether it was revoked; and
-- those that it tells of and that are gone.
with issued as (
    select distinct on (subject_id) subject_id, detail::json as told from audit
    where clinic_id = :clinic and deed = 'key.issued'
    order by subject_id, seq
),

assigned as (
    select distinct on (subject_id) subject_id, detail::json ->> 'responsible' as responsible from audit
    where clinic_id = :clinic and deed = 'key.assigned'
    order by subject_id, seq desc
),

revoked as (
    select distinct subject_id from audit
    where clinic_id = :clinic and deed = 'key.revoked'
)

select
    coalesce(k.key_id, i.subject_id) as id, k.key_id is not null as is_there, i.subject_id is not null as is_told,
    k.role, k.expires_on::text as expires_on, array_to_string(k.scopes, ',') as scopes,
    left(encode(k.secret_hash, 'hex'), 32) as secret, k.responsible::text as responsible,
    (k.revoked_at is not null)::text as revoked,
    i.told ->> 'role' as told_role, i.told ->> 'expires_on' as told_expires_on, i.told ->> 'scopes' as told_scopes,
    i.told ->> 'secret' as told_secret, coalesce(a.responsible, i.told ->> 'responsible') as told_responsible,
    (r.subject_id is not null)::text as told_revoked
from (select * from keys where clinic_id = :clinic) as k
full join issued as i on k.key_id = i.subject_id
left join assigned as a on a.subject_id = coalesce(k.key_id, i.subject_id)
left join revoked as r on r.subject_id = coalesce(k.key_id, i.subject_id)
order by 1;

-- name: passkeys
-- Every passkey beside the mark that the audit trail told of it: none of one that was made before it told marks. One that
-- it does not tell of, or tells of as removed, alone or with all of a lost device, is not told.
select k.passkey_id as id, k.participant_id, k.public_key, k.sign_count, k.let_in_by, t.mark, t.subject_id is not null
    and not exists (
        select from audit as gone
        where
            gone.clinic_id = :clinic and gone.seq > t.seq
            and (
                (gone.deed = 'passkey.removed' and gone.subject_id = k.passkey_id)
                or (gone.deed = 'device.lost' and gone.subject_id = k.participant_id)
            )
    ) as is_told
from passkeys as k
left join (
    select distinct on (subject_id) subject_id, seq, detail::json ->> 'mark' as mark from audit
    where clinic_id = :clinic and deed = 'passkey.added'
    order by subject_id, seq desc
) as t on k.passkey_id = t.subject_id
where k.clinic_id = :clinic
order by k.passkey_id;

-- name: staff_passkeys
-- Every passkey of the staff beside the mark that the audit trail told of it. One that it does not tell of, or tells of as
-- removed where it is not, or the other way about, is not told.
select k.passkey_id as id, k.staff_id, k.public_key, k.sign_count, t.mark, t.subject_id is not null
    and t.actor_id = k.staff_id and (r.subject_id is null) = (k.removed_at is null) as is_told
from staff_passkeys as k
left join (
    select distinct on (subject_id) subject_id, actor_id, detail::json ->> 'mark' as mark from audit
    where clinic_id = :clinic and deed = 'staff.passkey_added'
    order by subject_id, seq desc
) as t on k.passkey_id = t.subject_id
left join (
    select distinct subject_id from audit
    where clinic_id = :clinic and deed = 'staff.passkey_removed'
) as r on k.passkey_id = r.subject_id
where k.clinic_id = :clinic
order by k.passkey_id;

-- name: pins
-- Every PIN beside what the audit trail told last of one of that person's, in the same way.
select p.participant_id as id, p.pin_hash, p.let_in_by, t.mark, coalesce(t.deed = 'pin.set', false) as is_told
from pins as p
left join (
    select distinct on (subject_id) subject_id, deed, detail::json ->> 'mark' as mark from audit
    where clinic_id = :clinic and deed in ('pin.set', 'pin.removed', 'device.lost')
    order by subject_id, seq desc
) as t on p.participant_id = t.subject_id
where p.clinic_id = :clinic
order by p.participant_id;

-- name: people
-- Everybody who is on record and of whose registration the audit trail does not tell, or the other way about.
select coalesce(p.participant_id, t.subject_id) as id, p.participant_id is not null as is_there
from (select participant_id from participants where clinic_id = :clinic) as p
full join (
    select distinct subject_id from audit
    where clinic_id = :clinic and deed = 'participant.registered'
) as t on p.participant_id = t.subject_id
where p.participant_id is null or t.subject_id is null
order by 1;

-- name: staff
-- Every member of staff beside the role that the audit trail told last, and whether it told that they were disabled;
-- and those that it tells of and that are gone.
with created as (
    select distinct subject_id from audit
    where clinic_id = :clinic and deed = 'staff.created'
),

last_role as (
    select distinct on (subject_id) subject_id, detail::json ->> 'role' as role from audit
    where clinic_id = :clinic and deed in ('staff.created', 'staff.changed') and detail::json ->> 'role' is not null
    order by subject_id, seq desc
),

disabled as (
    select subject_id, count(*) % 2 = 1 as is_disabled from audit
    where
        clinic_id = :clinic
        and deed = 'staff.changed'
        and 'disabled' = any(string_to_array(detail::json ->> 'fields', ','))
    group by subject_id
)

select
    coalesce(s.staff_id, c.subject_id) as id, s.staff_id is not null as is_there, c.subject_id is not null as is_told,
    s.role, (s.disabled_at is not null)::text as disabled,
    l.role as told_role, coalesce(d.is_disabled, false)::text as told_disabled
from (select * from staff where clinic_id = :clinic) as s
full join created as c on s.staff_id = c.subject_id
left join last_role as l on l.subject_id = coalesce(s.staff_id, c.subject_id)
left join disabled as d on d.subject_id = coalesce(s.staff_id, c.subject_id)
order by 1;

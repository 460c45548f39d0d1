-- name: find
-- The session behind a presented token, with its person and clinic; not one that was revoked or is disabled.
select
    s.session_id, s.kind, s.staff_id, s.participant_id, s.created_at, s.seen_at, s.ends_at, s.proved_at,
    s.mark, s.proof, s.let_in_by, c.name as clinic_name, c.phone as clinic_phone, c.zone,
    m.role, m.has_shortcuts, m.name as staff_name, m.language as staff_language,
    m.password_is_temporary and m.subject_index is null as must_choose,
    p.name as participant_name, p.language as participant_language, v.step, v.place
from sessions as s
inner join clinics as c on s.clinic_id = c.clinic_id
left join clinic_moves as v on s.clinic_id = v.clinic_id
left join staff as m on s.clinic_id = m.clinic_id and s.staff_id = m.staff_id
left join participants as p on s.clinic_id = p.clinic_id and s.participant_id = p.participant_id
where s.clinic_id = :clinic and s.token_hash = :token_hash and s.revoked_at is null and m.disabled_at is null;

-- name: insert
insert into sessions (
    clinic_id, session_id, kind, token_hash, staff_id, participant_id, created_at, seen_at, ends_at, agent, proved_at,
    mark, proof, let_in_by
)
values (
    :clinic, :session_id, :kind, :token_hash, :staff_id, :participant_id, :now, :now, :ends_at, :agent,
    :proved_at, :mark, :proof, :let_in_by
);

-- name: list_of_staff
-- The sessions of a member of staff that were not ended, newest first.
select session_id, kind, created_at, seen_at, ends_at, agent
from sessions
where clinic_id = :clinic and staff_id = :staff_id and revoked_at is null and ends_at > :now
order by session_id desc;

-- name: list_tablets
-- Nobody's session but a tablet's lasts longer than a day, so the end alone finds them among all others.
select session_id, created_at, seen_at, agent, let_in_by from sessions
where clinic_id = :clinic and kind = 'tablet' and revoked_at is null and ends_at > :ends_after
order by session_id desc;

-- name: prove
-- Whoever is signed in has shown their password or second factor now.
update sessions set proved_at = :now, proof = :proof
where clinic_id = :clinic and session_id = :session_id and revoked_at is null;

-- name: revoke
update sessions set revoked_at = :now
where clinic_id = :clinic and session_id = :session_id and revoked_at is null
returning session_id;

-- name: revoke_let_in_by
-- End the sessions that go back to a code that a member of staff, or a key of theirs, printed, and the tablets they made.
update sessions set revoked_at = :now
where
    clinic_id = :clinic
    and revoked_at is null
    and ends_at > :now
    and let_in_by in (
        select k.key_id from keys as k
        where k.clinic_id = :clinic and :staff_id in (k.responsible, k.created_by)
        union all
        select :staff_id
    )
returning session_id;

-- name: revoke_of_participant
-- End the sessions of somebody in care.
update sessions set revoked_at = :now
where clinic_id = :clinic and participant_id = :participant_id and revoked_at is null and ends_at > :now;

-- name: revoke_of_staff
-- End the sessions of a member of staff, all but one of them where it is named.
update sessions set revoked_at = :now
where
    clinic_id = :clinic
    and staff_id = :staff_id
    and revoked_at is null
    and ends_at > :now
    and session_id is distinct from :kept_session_id
returning session_id;

-- name: touch
update sessions set seen_at = greatest(seen_at, :now)
where clinic_id = :clinic and session_id = :session_id and revoked_at is null;

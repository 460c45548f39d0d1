-- The session behind a presented token, with its person and clinic; not one that was revoked or is disabled.
select
    s.session_id, s.kind, s.staff_id, s.participant_id, s.created_at, s.seen_at, s.ends_at,
    c.name as clinic_name, c.zone,
    m.role, m.name as staff_name, m.language as staff_language,
    m.password_is_temporary and m.subject_index is null as must_choose,
    p.name as participant_name, p.language as participant_language
from sessions as s
inner join clinics as c on s.clinic_id = c.clinic_id
left join staff as m on s.clinic_id = m.clinic_id and s.staff_id = m.staff_id
left join participants as p on s.clinic_id = p.clinic_id and s.participant_id = p.participant_id
where s.clinic_id = $1 and s.token_hash = $2 and s.revoked_at is null and m.disabled_at is null

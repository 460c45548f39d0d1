-- A tablet ends with the account of whoever made it, as does what goes back to a code that somebody printed. Of those of
-- before the trail tells who that was; where they are disabled by now, it has ended.
update sessions as s set let_in_by = a.actor_id
from audit as a
where
    s.clinic_id = a.clinic_id and s.session_id = a.subject_id and s.kind = 'tablet' and s.let_in_by is null
    and a.deed = 'session.opened';
update sessions as s set revoked_at = now()
from staff as m
where
    s.clinic_id = m.clinic_id and s.let_in_by = m.staff_id and s.kind = 'tablet' and s.revoked_at is null
    and m.disabled_at is not null;

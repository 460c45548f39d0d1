-- Every source beside what the audit trail says of it: that it was added, by which rules its messages are read
-- since the last change, and that it was deleted; and every one that the trail says was added and is not there.
select
    s.source_id, s.verifier, s.mapping, s.secret, s.old_secret, s.deleted_at, s.created_by, a.subject_id as told,
    a.actor_id as adder, c.detail, r.at as told_deleted_at
from (
    select * from sources
    where clinic_id = $1
) as s
full join (
    select subject_id, actor_id from audit
    where clinic_id = $1 and deed = 'source.added'
) as a on s.source_id = a.subject_id
left join (
    select distinct on (subject_id) subject_id, detail from audit
    where clinic_id = $1 and deed in ('source.added', 'source.changed')
    order by subject_id, seq desc
) as c on s.source_id = c.subject_id
left join (
    select subject_id, at from audit
    where clinic_id = $1 and deed = 'source.removed'
) as r on s.source_id = r.subject_id
order by s.source_id, a.subject_id

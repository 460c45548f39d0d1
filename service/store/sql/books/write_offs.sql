-- Every write-off beside the pieces taken away by it and what the audit trail says of it; all pieces taken away
-- by none; and every write-off that the trail says was proposed and that is not there.
-- $1 clinic, $2 whether the audit trail is read at all.
select
    w.write_off_id, w.reward_id, w.pieces, w.status, w.proposed_at, w.proposed_by, w.settled_at, w.settled_by,
    c.stock_change_id, c.reward_id as taken_from, c.change, c.changed_by, c.changed_at, a.subject_id as told,
    a.actor_id as proposer, a.at as told_proposed_at, a.detail as told_proposed, s.actor_id as settler,
    s.at as told_settled_at, s.detail as told_settled
from (
    select * from write_offs
    where clinic_id = $1
) as w
full join (
    select * from stock_changes
    where clinic_id = $1 and (write_off_id is not null or (change < 0 and not taken_alone))
) as c on w.write_off_id = c.write_off_id
full join (
    select subject_id, actor_id, at, detail from audit
    where clinic_id = $1 and $2 and deed = 'write_off.proposed'
) as a on w.write_off_id = a.subject_id
left join (
    select subject_id, actor_id, at, detail, deed from audit
    where clinic_id = $1 and $2 and deed in ('write_off.approved', 'write_off.refused')
) as s on w.write_off_id = s.subject_id and s.deed = 'write_off.' || w.status
order by w.write_off_id, c.stock_change_id, a.subject_id

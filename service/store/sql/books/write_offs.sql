-- Every write-off beside the pieces taken away by it, and all pieces taken away by none.
select
    w.write_off_id, w.reward_id, w.pieces, w.status, w.proposed_by, w.settled_at, w.settled_by,
    s.stock_change_id, s.reward_id as taken_from, s.change, s.changed_by, s.changed_at
from (
    select * from write_offs
    where clinic_id = $1
) as w
full join (
    select * from stock_changes
    where clinic_id = $1 and (write_off_id is not null or (change < 0 and not taken_alone))
) as s on w.write_off_id = s.write_off_id
order by w.write_off_id, s.stock_change_id

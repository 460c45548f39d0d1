-- part: columns
a.new_address_id, a.participant_id, a.channel, a.mark, a.had_before, a.set_at, a.set_by, a.is_theirs, a.settled_by,
a.settled_mark;

-- name: insert
insert into new_addresses (
    clinic_id, new_address_id, participant_id, channel, mark, had_before, set_at, set_by
)
values (:clinic, :new_address_id, :participant_id, :channel, :mark, :had_before, :now, :set_by);

-- name: of_charts
-- What was set of some charts, the newest first.
select {columns}
from unnest(:charts::uuid[]) as asked (participant_id)
cross join lateral (
    select * from new_addresses
    where new_addresses.clinic_id = :clinic and new_addresses.participant_id = asked.participant_id
    offset 0
) as a
order by a.new_address_id desc;

-- name: settle
update new_addresses
set is_theirs = :is_theirs, settled_at = :now, settled_by = :settled_by, settled_mark = :settled_mark
where clinic_id = :clinic and new_address_id = :new_address_id and is_theirs is null;

-- name: insert
-- Keep what was reached for the first time, and say which of it that is; what was reached before stays as it was.
insert into cap_warnings (clinic_id, cap_id, participant_id, period, percent, warning_id, reached_at)
select $1, w.cap_id, w.participant_id, w.period, w.percent, w.warning_id, $2
from unnest($3::uuid[], $4::uuid[], $5::text[], $6::smallint[], $7::uuid[])
    as w (cap_id, participant_id, period, percent, warning_id)
on conflict (clinic_id, cap_id, participant_id, period, percent) do nothing
returning warning_id;

-- name: list
select warning_id, participant_id, period, percent, reached_at
from cap_warnings
where clinic_id = $1 and cap_id = $2 and warning_id < $3
order by warning_id desc
limit $4;

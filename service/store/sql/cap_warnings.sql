-- name: insert
-- Keep what was reached for the first time, and say which of it that is; what was reached before stays as it was.
insert into cap_warnings (clinic_id, cap_id, participant_id, period, percent, warning_id, reached_at)
select :clinic, w.cap_id, w.participant_id, w.period, w.percent, w.warning_id, :now
from unnest(:cap_id::uuid[], :participant_id::uuid[], :period::text[], :percent::smallint[], :warning_id::uuid[])
    as w (cap_id, participant_id, period, percent, warning_id)
on conflict (clinic_id, cap_id, participant_id, period, percent) do nothing
returning warning_id;

-- name: list
select w.warning_id, (
    select coalesce(p.survivor_id, p.participant_id) from participants as p
    where p.clinic_id = :clinic and p.participant_id = w.participant_id
) as participant_id, w.period, w.percent, w.reached_at
from cap_warnings as w
where w.clinic_id = :clinic and w.cap_id = :cap_id and w.warning_id < :before
order by w.warning_id desc
limit :limit;

-- Totals as they are now: whole new values, worked out under the participants' locks.
insert into cap_totals (clinic_id, participant_id, cap_id, period, amount)
select $1, t.participant_id, t.cap_id, t.period, t.amount
from unnest($2::uuid[], $3::uuid[], $4::text[], $5::bigint[]) as t (participant_id, cap_id, period, amount)
on conflict (clinic_id, participant_id, cap_id, period) do update set amount = excluded.amount

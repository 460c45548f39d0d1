-- Totals by their whole keys; one that is not there has no amount, and says whether its participant has met its cap
-- before, so that it was nothing. $1 clinic, $2 participants, $3 caps, $4 periods.
select asked.participant_id, asked.cap_id, asked.period, t.amount, met.cap_id is not null as has_met
from unnest($2::uuid[], $3::uuid[], $4::text[]) as asked (participant_id, cap_id, period)
left join lateral (
    select amount from cap_totals
    where
        cap_totals.clinic_id = $1
        and cap_totals.participant_id = asked.participant_id
        and cap_totals.cap_id = asked.cap_id
        and cap_totals.period = asked.period
    offset 0
) as t on true
left join lateral (
    select cap_id from cap_totals
    where
        t.amount is null
        and cap_totals.clinic_id = $1
        and cap_totals.participant_id = asked.participant_id
        and cap_totals.cap_id = asked.cap_id
    limit 1
) as met on true

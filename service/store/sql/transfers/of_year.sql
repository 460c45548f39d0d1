-- What the next participants after $2 were credited in money between two moments, what was taken back, and what they
-- were given. $1 clinic, $3 participants at most, $4 from, $5 to.
select p.participant_id, p.reference, p.display_code, t.credited, t.taken_back, t.given
from (
    select participant_id, reference, display_code from participants
    where clinic_id = $1 and participant_id > $2
    order by participant_id
    limit $3
) as p
cross join lateral (
    select
        coalesce(sum(amount) filter (where source = 'issued'), 0)::bigint as credited,
        coalesce(sum(amount) filter (where destination = 'issued'), 0)::bigint as taken_back,
        coalesce(sum(amount) filter (where destination = 'given'), 0)::bigint as given
    from transfers
    where
        transfers.clinic_id = $1
        and transfers.participant_id = p.participant_id
        and transfers.unit = 'usd'
        and transfers.at >= $4
        and transfers.at < $5
) as t
order by p.participant_id

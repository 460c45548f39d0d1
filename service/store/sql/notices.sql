-- name: read_after
-- The log after a number, as far as $4 bytes go and at least one row; weeks long before the last one read are not
-- looked through.
select seq, at, body
from (
    select n.seq, n.at, n.body, sum(octet_length(n.body)) over (order by n.seq) - octet_length(n.body) as before
    from (
        select seq, at, body from notices
        where clinic_id = $1 and seq > $3 and at > (
            select h.read_at - interval '7 days' from subscriber_heads as h
            where h.clinic_id = $1 and h.subscriber_id = $2
        )
        order by seq
        limit $5
    ) as n
) as sized
where before < $4
order by seq;

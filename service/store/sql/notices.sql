-- name: read_after
-- The log after a number, as far as :bytes_max bytes go and at least one row; weeks long before the last one read are
-- not
-- looked through.
select seq, at, body
from (
    select n.seq, n.at, n.body, sum(octet_length(n.body)) over (order by n.seq) - octet_length(n.body) as before
    from (
        select seq, at, body from notices
        where clinic_id = :clinic and seq > :after and at > (
            select h.read_at - interval '7 days' from subscriber_heads as h
            where h.clinic_id = :clinic and h.subscriber_id = :subscriber_id
        )
        order by seq
        limit :limit
    ) as n
) as sized
where before < :bytes_max
order by seq;

-- How many messages of some sources wait for somebody, counted up to a limit. $1 clinic, $2 sources, $3 limit.
select asked.source_id, w.waiting
from unnest($2::uuid[]) as asked (source_id)
cross join lateral (
    select count(*)::integer as waiting from (
        select from inbound_messages
        where clinic_id = $1 and inbound_messages.source_id = asked.source_id and status = 'review'
        order by message_id
        limit $3
    ) as one
) as w

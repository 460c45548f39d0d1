-- Whose records were changed after a place in the audit trail, up to the place `seq`, which is null where nothing
-- was told. What was recorded of several participants at once names none of them. A reading changes nothing.
-- $1 clinic, $2 place, $3 limit.
select
    max(seq) as seq,
    count(*) as entries,
    coalesce(
        array_agg(distinct participant_id) filter (
            where participant_id is not null and deed not like '%.read' and deed not like '%.listed'
        ),
        '{}'
    ) as participants,
    coalesce(bool_or(participant_id is null and deed = 'events.recorded'), false) as of_several
from (
    select seq, participant_id, deed from audit
    where clinic_id = $1 and seq > $2
    order by seq
    limit $3
) as told

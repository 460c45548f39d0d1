-- name: insert
-- All that a message did, in its order.
insert into inbound_effects (clinic_id, message_id, place, kind, subject_id, day_alone)
select :clinic, :message_id, one.place, one.kind, one.subject_id, one.day_alone
from
    unnest(:kinds::text[], :subjects::uuid[], :day_alone::boolean[])
    with ordinality as one (kind, subject_id, day_alone, place);

-- name: of_message
select kind, subject_id, day_alone
from inbound_effects
where clinic_id = :clinic and message_id = :message_id
order by place;

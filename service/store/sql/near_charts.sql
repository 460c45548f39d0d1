-- name: by_name
-- Pairs of people with one name and telephone number whom nobody told apart, by telephone number after :after.
select g.phone_index as place, pair.first_id, pair.second_id
from (
    select phone_index from participants
    where clinic_id = :clinic and phone_index is not null and phone_index > :after
    group by phone_index having count(*) > 1
    order by phone_index
) as g
cross join lateral (
    select one.participant_id as first_id, two.participant_id as second_id
    from participants as one
    inner join participants as two
        on
            two.clinic_id = :clinic and one.phone_index = two.phone_index and one.name_index = two.name_index
            and one.participant_id < two.participant_id
    where
        one.clinic_id = :clinic and one.phone_index = g.phone_index
        and one.survivor_id is null and two.survivor_id is null
        and not exists (
            select from told_apart as t
            where t.clinic_id = :clinic and t.first_id = one.participant_id and t.second_id = two.participant_id
        )
    offset 0
) as pair
limit :limit;

-- name: by_number
-- Pairs of people with one number but for a slip, or for capitals alone, whom nobody told apart, by number after :after.
select g.near as place, pair.first_id, pair.second_id
from (
    select near from identifiers
    where clinic_id = :clinic and withdrawn_at is null and near > :after
    group by near having count(*) > 1
    order by near
) as g
cross join lateral (
    with own as (
        select distinct coalesce(p.survivor_id, p.participant_id) as person_id
        from identifiers as i
        inner join participants as p on p.clinic_id = :clinic and i.participant_id = p.participant_id
        where i.clinic_id = :clinic and i.near = g.near and i.withdrawn_at is null
    )

    select one.person_id as first_id, two.person_id as second_id
    from own as one
    inner join own as two on one.person_id < two.person_id
    where not exists (
        select from told_apart as t
        where t.clinic_id = :clinic and t.first_id = one.person_id and t.second_id = two.person_id
    )
    offset 0
) as pair
limit :limit;

-- name: tell_apart
-- That two people are two; said once.
insert into told_apart (clinic_id, first_id, second_id, told_at, told_by)
values (:clinic, :first_id, :second_id, :now, :told_by)
on conflict on constraint told_apart_key do nothing
returning first_id;

-- name: told
-- Whom somebody was told apart from.
select case first_id when :participant_id then second_id else first_id end as participant_id
from (
    select first_id, second_id from told_apart where clinic_id = :clinic and first_id = :participant_id
    union all
    select first_id, second_id from told_apart where clinic_id = :clinic and second_id = :participant_id
) as pair;

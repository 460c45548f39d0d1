-- What was credited and taken back for the days $2 to $3: in all, by week, by program, by who pays, and by all three,
-- each by unit and with how many people it was about. $1 clinic, $4 a program or null, $5 who pays or null.
with moved as (
    select
        unit, date_trunc('week', day)::date as week, enrollment_id, participant_id, coalesce(funding, '') as funding,
        coalesce(sum(amount) filter (where source = 'issued'), 0)::bigint as credited,
        coalesce(sum(amount) filter (where destination = 'issued'), 0)::bigint as taken_back
    from transfers
    where clinic_id = $1 and day between $2 and $3 and ($5::text is null or coalesce(funding, '') = $5)
    group by 1, 2, 3, 4, 5
),

named as (
    select moved.*, coalesce(n.program, '') as program
    from moved
    left join enrollments as n on n.clinic_id = $1 and moved.enrollment_id = n.enrollment_id
    where $4::text is null or n.program = $4
)

select
    grouping(week, program, funding) as kept, unit, week, program, funding,
    sum(credited)::bigint as credited, sum(taken_back)::bigint as taken_back,
    count(distinct participant_id)::integer as people
from named
group by grouping sets ((unit), (unit, week), (unit, program), (unit, funding), (unit, week, program, funding))
order by kept, array_position(array['usd', 'points', 'draw'], unit), week, program, funding

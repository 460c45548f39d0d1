-- How often the ladder went back to its start, and how often somebody got back to where they were, in what was posted
-- between two moments. $1 clinic, $2 from, $3 before, $4 a program or null.
select
    count(*) filter (where position('"reset"'::bytea in why) > 0)::integer as resets,
    count(*) filter (where position('"recovered"'::bytea in why) > 0)::integer as recoveries
from awards
where
    clinic_id = $1 and kind = 'base' and posted_at >= $2 and posted_at < $3
    and (
        $4::text is null
        or enrollment_id in (select n.enrollment_id from enrollments as n where n.clinic_id = $1 and n.program = $4)
    )

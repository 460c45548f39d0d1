-- name: forget
delete from import_lines where clinic_id = :clinic and import_id = :import_id;

-- name: list
-- Lines of an import in the order of the file, after the line :after_no.
select line_no, state, said, result from import_lines
where
    clinic_id = :clinic
    and import_id = :import_id
    and line_no > :after_no
    and (:state::text is null or state = :state)
order by line_no
limit :limit;

-- name: of_people
-- All lines about some people, in the order in which they are recorded.
select l.line_no, l.person, l.said
from unnest(:people::bytea[]) as asked (person)
cross join lateral (
    select * from import_lines
    where
        import_lines.clinic_id = :clinic and import_lines.import_id = :import_id
        and import_lines.person = asked.person
    order by occurred_at, line_no
    offset 0
) as l
order by l.person, l.occurred_at, l.line_no;

-- name: people
-- The next people of an import after one, with how many lines are about each.
select person, count(*)::integer as lines from import_lines
where
    clinic_id = :clinic and import_id = :import_id and person is not null
    and (:after_person::bytea is null or person > :after_person)
group by person
order by person
limit :limit;

-- name: refused
-- The refused lines of an import in the order of the file, after the line :after_no.
select line_no, said, result from import_lines
where clinic_id = :clinic and import_id = :import_id and state = 'refused' and line_no > :after_no
order by line_no
limit :limit;

-- name: settle
-- Writes what became of some lines.
update import_lines as l
set state = s.state, result = s.result
from unnest(:line_no::integer[], :state::text[], :result::bytea[]) as s (line_no, state, result)
where l.clinic_id = :clinic and l.import_id = :import_id and l.line_no = s.line_no;

-- name: stage
-- Keeps some lines; those that a process kept before it was killed stay.
insert into import_lines (clinic_id, import_id, line_no, person, occurred_at, said, result, state)
select :clinic, :import_id, s.line_no, s.person, s.occurred_at, s.said, s.result, s.state
from unnest(
    :line_no::integer[], :person::bytea[], :occurred_at::timestamptz[], :said::bytea[], :result::bytea[],
    :state::text[]
) as s (line_no, person, occurred_at, said, result, state)
on conflict do nothing;

-- name: unread
select count(*)::integer from import_lines
where clinic_id = :clinic and import_id = :import_id and state = 'refused' and person is null;

-- part: columns
s.screening_id, s.participant_id, s.program, s.screening_questions_id, s.answers, s.fits, s.exception, s.asked_at,
s.asked_by, s.approved_at, s.approved_by, q.by_another;

-- name: approve
update screenings set approved_at = :now, approved_by = :approved_by
where clinic_id = :clinic and screening_id = :screening_id and approved_at is null;

-- name: ask
insert into screening_questions (
    clinic_id, screening_questions_id, program, questions, by_another, set_at, set_by
)
values (:clinic, :screening_questions_id, :program, :questions, :by_another, :now, :set_by);

-- name: asked
-- The questions of a program that hold: the newest.
select screening_questions_id, program, questions, by_another, set_at, set_by
from screening_questions
where clinic_id = :clinic and program = :program
order by screening_questions_id desc
limit 1;

-- name: find
select {columns}
from screenings as s
inner join screening_questions as q
    on q.clinic_id = :clinic and s.screening_questions_id = q.screening_questions_id
where s.clinic_id = :clinic and s.screening_id = :screening_id;

-- name: insert
insert into screenings (
    clinic_id, screening_id, participant_id, program, screening_questions_id, answers, fits, exception, asked_at, asked_by
)
values (
    :clinic, :screening_id, :participant_id, :program, :screening_questions_id, :answers, :fits, :exception, :now,
    :asked_by
);

-- name: list
-- Screenings of some charts before :before, newest first; with :program, for that program.
select {columns}
from screenings as s
inner join screening_questions as q
    on q.clinic_id = :clinic and s.screening_questions_id = q.screening_questions_id
where
    s.clinic_id = :clinic and s.participant_id = any(:participants::uuid[]) and s.screening_id < :before
    and (:program::text is null or s.program = :program)
order by s.screening_id desc
limit :limit;

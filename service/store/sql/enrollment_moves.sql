-- name: insert
-- An enrollment moves to another version of its program, and the move is kept.
with moved as (
    update enrollments set version = $5
    where clinic_id = $1 and enrollment_id = $2 and version = $4
)

insert into enrollment_moves (
    clinic_id, enrollment_id, fact_no, from_version, to_version, reason, moved_at, moved_by
)
values ($1, $2, $3, $4, $5, $6, $7, $8);

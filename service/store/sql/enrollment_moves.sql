-- name: insert
-- An enrollment moves to another version of its program, and the move is kept.
with moved as (
    update enrollments set version = :to_version, changed_at = :now
    where clinic_id = :clinic and enrollment_id = :enrollment_id and version = :from_version
)

insert into enrollment_moves (
    clinic_id, enrollment_id, fact_no, from_version, to_version, reason, moved_at, moved_by
)
values (:clinic, :enrollment_id, :fact_no, :from_version, :to_version, :reason, :now, :moved_by);

-- The event that a correction belongs to.
select event_id from corrections
where clinic_id = $1 and correction_id = $2

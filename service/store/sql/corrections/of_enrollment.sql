-- All corrections of one enrollment's events in the order recorded.
select correction_id, fact_no, event_id, about_id, kind, outcome
from corrections
where clinic_id = $1 and enrollment_id = $2
order by fact_no

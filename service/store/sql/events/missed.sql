-- What the service recorded as missed on the due days $2 to $3, in the order of its people.
select event_id, enrollment_id, participant_id from events
where clinic_id = $1 and expected_on between $2 and $3
order by participant_id, enrollment_id, fact_no
limit $4

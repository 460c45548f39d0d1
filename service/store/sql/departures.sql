-- name: insert
insert into departures (
    clinic_id, departure_id, participant_id, status, on_day, held, reason, units, amounts, enrollments, undoes,
    recorded_at, recorded_by
)
values (
    :clinic, :departure_id, :participant_id, :status, :on_day, :held, :reason, :units, :amounts, :enrollments,
    :undoes, :now, :recorded_by
);

-- name: standing
-- Somebody's departures that were not taken back, oldest first.
select departure_id, status, on_day, held, units, amounts, enrollments
from departures as d
where
    d.clinic_id = :clinic and d.participant_id = :participant_id and d.undoes is null
    and not exists (select from departures as u where u.clinic_id = :clinic and u.undoes = d.departure_id)
order by departure_id;

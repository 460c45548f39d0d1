-- One try at a password counts before it is known to be right, so that tries at once count too; not while it rests.
update staff
set
    failures = case when rests_until is null then failures + 1 else 1 end,
    rests_until = case when rests_until is null and failures + 1 >= $4 then $5::timestamptz end
where clinic_id = $1 and staff_id = $2 and (rests_until is null or rests_until <= $3)
returning failures

-- Whether nobody on the staff signs in without a second factor.
select second_factor_needed from clinics
where clinic_id = $1

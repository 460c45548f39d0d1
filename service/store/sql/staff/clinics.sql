-- The clinics in which an address signs in; asked before it is known which clinic that is.
select clinics_of_staff($1) as clinic_id

-- The clinic of a sign-in code; asked before it is known which clinic the request is about.
select clinic_of_sign_in_code($1)

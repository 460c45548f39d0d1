-- The clinic of a source; asked before it is known which clinic the request is about.
select clinic_of_source($1)

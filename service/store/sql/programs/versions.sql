-- Every version of one program, newest first.
select version, digest, published_at
from programs
where clinic_id = $1 and name = $2
order by version desc
limit $3

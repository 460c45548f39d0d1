-- Every program in its latest version, by name.
select distinct on (name) name, version, digest, document, published_at
from programs
where clinic_id = $1 and name > $2
order by name, version desc
limit $3

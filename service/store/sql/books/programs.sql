-- Every published version.
select name, version, digest, document
from programs
where clinic_id = $1
order by name, version

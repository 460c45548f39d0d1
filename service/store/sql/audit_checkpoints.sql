-- name: all
-- Every checkpoint beside the hash that the trail has at its place, and those that the trail tells of and that are gone.
select
    coalesce(c.checkpoint_id, t.subject_id) as id, c.checkpoint_id is not null as is_there,
    t.subject_id is not null as is_told, c.seq, c.hash, c.at, c.why, c.signature, a.hash as found
from (select * from audit_checkpoints where clinic_id = :clinic) as c
full join (
    select distinct subject_id from audit
    where clinic_id = :clinic and deed = 'audit.checkpointed'
) as t on c.checkpoint_id = t.subject_id
left join audit as a on a.clinic_id = :clinic and a.seq = c.seq
order by c.seq, 1;

-- name: found
-- The hash of the trail at a place.
select hash from audit
where clinic_id = :clinic and seq = :seq;

-- name: insert
insert into audit_checkpoints (clinic_id, checkpoint_id, seq, hash, at, why, signature)
values (:clinic, :checkpoint_id, :seq, :hash, :now, :why, :signature);

-- name: last
-- The newest checkpoint.
select seq, at from audit_checkpoints
where clinic_id = :clinic
order by seq desc
limit 1;

-- name: newest
-- The newest checkpoint, with its signature.
select seq, hash, at, why, signature
from audit_checkpoints
where clinic_id = :clinic
order by seq desc
limit 1;

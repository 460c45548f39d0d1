-- name: drop_ended
-- Tokens and used signatures of one program that have ended.
with tokens as (
    delete from smart_tokens
    where clinic_id = :clinic and key_id = :key_id and ends_at <= :now
)

delete from smart_assertions
where clinic_id = :clinic and key_id = :key_id and ends_at <= :now;

-- name: find
select s.key_id, s.jwks, s.jwks_url, s.scopes, s.mark, k.role, k.expires_on, k.revoked_at, f.disabled_at, c.zone
from smart_clients as s
inner join keys as k on s.clinic_id = k.clinic_id and s.key_id = k.key_id
inner join clinics as c on s.clinic_id = c.clinic_id
left join staff as f on k.clinic_id = f.clinic_id and k.responsible = f.staff_id
where s.clinic_id = :clinic and s.key_id = :key_id;

-- name: find_token
-- The token with a hash, and the key that it was given to, which may have been revoked since.
select
    t.key_id, t.scopes, t.ends_at, t.mark, k.role, k.scopes as key_scopes, k.revoked_at, k.expires_on, f.disabled_at,
    c.zone, v.step, v.place
from smart_tokens as t
inner join keys as k on t.clinic_id = k.clinic_id and t.key_id = k.key_id
inner join clinics as c on t.clinic_id = c.clinic_id
left join clinic_moves as v on t.clinic_id = v.clinic_id
left join staff as f on k.clinic_id = f.clinic_id and k.responsible = f.staff_id
where t.clinic_id = :clinic and t.token_hash = :token_hash;

-- name: insert
insert into smart_clients (clinic_id, key_id, jwks, jwks_url, scopes, created_at, mark)
values (:clinic, :key_id, :jwks, :jwks_url, :scopes, :now, :mark);

-- name: insert_token
insert into smart_tokens (clinic_id, token_hash, key_id, scopes, made_at, ends_at, mark)
values (:clinic, :token_hash, :key_id, :scopes, :now, :ends_at, :mark);

-- name: list
select s.key_id, s.scopes, s.jwks_url, k.role, k.created_at, k.responsible, k.expires_on, k.label, k.revoked_at
from smart_clients as s
inner join keys as k on s.clinic_id = k.clinic_id and s.key_id = k.key_id
where s.clinic_id = :clinic
order by s.key_id desc
limit :limit;

-- name: use
-- Note that a signature was used; nothing where it was used before.
insert into smart_assertions (clinic_id, key_id, number_hash, ends_at)
values (:clinic, :key_id, :number_hash, :ends_at)
on conflict on constraint smart_assertions_key do nothing
returning key_id;

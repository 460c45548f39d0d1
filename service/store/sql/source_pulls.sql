-- part: columns
source_id, base_url, token_url, client_id, kind, every_minutes, private_key, public_key, since, seen, next_url,
messages, due_at, pulled_at, fault, faults;

-- name: find
select {columns}
from source_pulls
where clinic_id = :clinic and source_id = :source_id;

-- name: insert
insert into source_pulls (
    clinic_id, source_id, base_url, token_url, client_id, kind, every_minutes, private_key, public_key, since,
    due_at, made_at, made_by
)
values (
    :clinic, :source_id, :base_url, :token_url, :client_id, :kind, :every_minutes, :private_key, :public_key,
    :since, :now, :now, :made_by
);

-- name: is_due
select exists (
    select from source_pulls where clinic_id = :clinic and due_at <= :now
);

-- name: note
update source_pulls
set
    since = :since, seen = :seen, next_url = :next_url, messages = messages + :messages, due_at = :due_at,
    pulled_at = coalesce(:pulled_at, pulled_at), fault = :fault, faults = :faults
where clinic_id = :clinic and source_id = :source_id;

-- name: remove
delete from source_pulls
where clinic_id = :clinic and source_id = :source_id
returning source_id;

-- name: take
-- The next source that is due to be asked, which is nobody else's for a while.
update source_pulls set due_at = :until
where clinic_id = :clinic and source_id = (
    select p.source_id from source_pulls as p
    inner join sources as s on p.clinic_id = s.clinic_id and p.source_id = s.source_id
    where p.clinic_id = :clinic and p.due_at <= :now and s.deleted_at is null
    order by p.due_at
    limit 1
    for update of p skip locked
)
returning {columns};

-- name: wake
-- A source told that there is something: it is asked at once.
update source_pulls set due_at = least(due_at, :now)
where clinic_id = :clinic and source_id = :source_id
returning source_id;

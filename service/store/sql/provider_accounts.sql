-- part: columns
-- An account `a`, with what is on order and not paid for yet, how many orders wait, and how many differences stand.
a.provider_account_id, a.provider, a.name, a.address, a.access, a.webhook_secret, a.warn_below, a.active, a.revision,
a.created_at, a.created_by, a.balance, a.balance_at, a.catalog_at, a.matched_at, a.fault, a.faults, a.shut_until,
(
    select coalesce(sum(o.face), 0)::bigint
    from provider_orders as o
    where
        o.clinic_id = :clinic and o.provider_account_id = a.provider_account_id and o.due_at is not null
        and o.provider_reference is null
) as on_order,
(
    select count(*)::integer
    from provider_orders as o
    where o.clinic_id = :clinic and o.provider_account_id = a.provider_account_id and o.due_at is not null
) as waiting,
(
    select count(*)::integer
    from provider_differences as d
    where d.clinic_id = :clinic and d.provider_account_id = a.provider_account_id and d.ended_at is null
) as differences;

-- name: change
update provider_accounts
set
    name = :name, access = :access, webhook_secret = :webhook_secret, warn_below = :warn_below, active = :active,
    revision = revision + 1,
    -- Other credentials are tried at once.
    shut_until = null, faults = 0, fault = null, due_at = :now
where clinic_id = :clinic and provider_account_id = :provider_account_id;

-- name: clinic
-- The clinic of an account; asked before it is known which clinic a provider's word is about.
select clinic_of_provider_account(:provider_account_id);

-- name: due
select clinic_id, provider_account_id from provider_accounts_due(:now, :limit);

-- name: find
select {columns}
from provider_accounts as a
where a.clinic_id = :clinic and a.provider_account_id = :provider_account_id;

-- name: hurry
-- It is asked at once, and where :whole is, its list is matched as well.
update provider_accounts
set due_at = :now, matched_at = case when not :whole then matched_at end
where clinic_id = :clinic and provider_account_id = :provider_account_id;

-- name: insert
insert into provider_accounts (
    clinic_id, provider_account_id, provider, name, address, access, webhook_secret, warn_below, created_at, created_by,
    due_at, call_at
)
values (
    :clinic, :provider_account_id, :provider, :name, :address, :access, :webhook_secret, :warn_below, :created_at,
    :created_by, :now, :now
);

-- name: lease
-- Takes the lease of an account that nobody else has, or keeps it; :leased_by is the worker.
update provider_accounts as a
set leased_by = :leased_by, leased_until = :leased_until
where
    a.clinic_id = :clinic and a.provider_account_id = :provider_account_id and a.active and a.provider <> 'by_hand'
    and (a.shut_until is null or a.shut_until <= :now)
    and (a.leased_by = :leased_by or a.leased_until is null or a.leased_until <= :now)
returning a.provider, a.address, a.access, a.call_at, a.due_at, a.catalog_at, a.matched_at, a.balance;

-- name: list
select {columns}
from provider_accounts as a
where a.clinic_id = :clinic and a.provider_account_id < :before
order by a.provider_account_id desc
limit :limit;

-- name: lock
select {columns}
from provider_accounts as a
where a.clinic_id = :clinic and a.provider_account_id = :provider_account_id
for update;

-- name: note_balance
update provider_accounts set balance = :balance, balance_at = :now
where clinic_id = :clinic and provider_account_id = :provider_account_id;

-- name: note_call
-- When the next call may go out, and what came of the last: so many in a row came to nothing, and until when it is left
-- alone therefore.
update provider_accounts
set
    call_at = greatest(call_at, :call_at), fault = :fault,
    faults = case when :is_failed then faults + 1 else 0 end,
    shut_until = :shut_until
where clinic_id = :clinic and provider_account_id = :provider_account_id
returning faults;

-- name: note_kept
-- That its catalog was read, or its list matched; each keeps its time where it was not.
update provider_accounts
set
    catalog_at = coalesce(:catalog_at, catalog_at), matched_at = coalesce(:matched_at, matched_at), due_at = :due_at
where clinic_id = :clinic and provider_account_id = :provider_account_id;

-- name: release
update provider_accounts set leased_by = null, leased_until = null
where clinic_id = :clinic and provider_account_id = :provider_account_id and leased_by = :leased_by;

-- name: spend
update provider_accounts set balance = greatest(balance - :face, 0)
where clinic_id = :clinic and provider_account_id = :provider_account_id and balance is not null;

-- name: shut
update provider_accounts set shut_until = :shut_until
where clinic_id = :clinic and provider_account_id = :provider_account_id;

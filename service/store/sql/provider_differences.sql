-- name: end
-- Differences of an account that the match at :now did not find any more.
update provider_differences set ended_at = :now
where
    clinic_id = :clinic and provider_account_id = :provider_account_id and ended_at is null
    and not (reference || ' ' || kind = any(:found::text[]))
returning provider_difference_id;

-- name: list
select provider_difference_id, provider_account_id, kind, reference, redemption_id, ours, theirs, found_at, ended_at
from provider_differences
where
    clinic_id = :clinic and provider_account_id = :provider_account_id and provider_difference_id < :before
    and (:standing::boolean is null or (ended_at is null) = :standing)
order by provider_difference_id desc
limit :limit;

-- name: put
-- What a match found; one that stood already stays as it was found, with what it says now.
insert into provider_differences (
    clinic_id, provider_difference_id, provider_account_id, reference, redemption_id, kind, ours, theirs, found_at
)
select :clinic, d.provider_difference_id, :provider_account_id, d.reference, d.redemption_id, d.kind, d.ours, d.theirs, :now
from unnest(
    :provider_difference_id::uuid[], :reference::text[], :redemption_id::uuid[], :kind::text[], :ours::text[],
    :theirs::text[]
) as d (provider_difference_id, reference, redemption_id, kind, ours, theirs)
on conflict (clinic_id, provider_account_id, reference, kind) where ended_at is null do update
set ours = excluded.ours, theirs = excluded.theirs
returning provider_difference_id, (xmax = 0) as is_new;

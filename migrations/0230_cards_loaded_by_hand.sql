-- Runs under releases that know 0066_moved_alone.sql.
--
-- Cards that staff load by hand: an account whose orders nobody is asked for. They wait for somebody on the staff, who says
-- that one was loaded, with the last digits of the card or its reference.

alter table provider_accounts drop constraint provider_accounts_provider_is_known;
alter table provider_accounts add constraint provider_accounts_provider_is_known
check (provider in ('tremendous', 'tango', 'giftbit', 'by_hand'));
-- There is nowhere that such an account could be asked at, and nothing that it could answer.
alter table provider_accounts add constraint provider_accounts_by_hand_are_asked_nothing
check (provider <> 'by_hand' or (address = '' and balance is null and webhook_secret is null and leased_by is null));

create or replace function provider_accounts_due(at_time timestamptz, rows_max integer)
returns table (clinic_id uuid, provider_account_id uuid)
language sql stable security definer set search_path = public, pg_temp
begin atomic
select a.clinic_id, a.provider_account_id
from public.provider_accounts as a
where
    a.active and a.provider <> 'by_hand'
    and (a.leased_until is null or a.leased_until <= at_time)
    and (a.shut_until is null or a.shut_until <= at_time)
    and not exists (select from public.clinic_moves as m where m.clinic_id = a.clinic_id)
    and (
        a.due_at <= at_time
        or exists (
            select from public.provider_orders as o
            where
                o.clinic_id = a.clinic_id and o.provider_account_id = a.provider_account_id and o.due_at <= at_time
        )
    )
order by a.faults, a.call_at
limit rows_max;
end;

-- Runs under releases that know 0066_moved_alone.sql.
--
-- Rewards that a provider delivers: a clinic's accounts with providers, what their catalogs offer and what of it the clinic
-- allows, the orders that redemptions became, and where a provider's own list differs from ours.

create table provider_accounts (
    clinic_id uuid not null,
    provider_account_id uuid not null,
    provider text not null,
    name text not null,
    -- Where it is spoken to, and what it knows us by (sealed).
    address text not null,
    access bytea not null,
    webhook_secret bytea,
    -- In cents: below it somebody is warned.
    warn_below bigint not null,
    active boolean not null default true,
    revision integer not null default 1,
    created_at timestamptz not null,
    created_by uuid not null,
    -- How it stands: what it holds for us in cents, less what is on order, and what it was last heard of.
    balance bigint,
    balance_at timestamptz,
    catalog_at timestamptz,
    matched_at timestamptz,
    fault text,
    faults integer not null default 0,
    shut_until timestamptz,
    -- When its balance, catalog and list are next asked for, and when its pace next allows a call.
    due_at timestamptz not null,
    call_at timestamptz not null,
    leased_by uuid,
    leased_until timestamptz,
    constraint provider_accounts_key primary key (clinic_id, provider_account_id),
    constraint provider_accounts_clinic_exists foreign key (clinic_id) references clinics (clinic_id),
    constraint provider_accounts_provider_is_known check (provider in ('tremendous', 'tango', 'giftbit')),
    constraint provider_accounts_warn_not_below_nothing check (warn_below >= 0),
    constraint provider_accounts_lease_is_whole check ((leased_by is null) = (leased_until is null)),
    constraint provider_accounts_balance_has_a_time check ((balance is null) = (balance_at is null))
);

create table provider_products (
    clinic_id uuid not null,
    provider_product_id uuid not null,
    provider_account_id uuid not null,
    -- What the provider knows it by, and calls it.
    reference text not null,
    name text not null,
    category text not null,
    -- The face values that can be ordered, in cents: `faces` alone where it names any, or from least to most.
    least bigint not null,
    most bigint not null,
    faces bigint [] not null,
    -- What of cash, alcohol, tobacco, cannabis, gambling and firearms it names; such is never allowed.
    forbidden text,
    allowed boolean not null default false,
    allowed_by uuid,
    allowed_at timestamptz,
    seen_at timestamptz not null,
    gone_at timestamptz,
    constraint provider_products_key primary key (clinic_id, provider_product_id),
    constraint provider_products_are_known_once unique (clinic_id, provider_account_id, reference),
    constraint provider_products_account_exists foreign key (clinic_id, provider_account_id)
    references provider_accounts (clinic_id, provider_account_id),
    constraint provider_products_never_forbidden check (not (allowed and forbidden is not null)),
    constraint provider_products_allowed_by_somebody check (not allowed or (allowed_by is not null and allowed_at is not null)),
    constraint provider_products_faces_in_order check (least > 0 and least <= most)
);

alter table rewards add column provider_product_id uuid;
alter table rewards add column face bigint;
alter table rewards drop constraint rewards_kind_is_known;
alter table rewards add constraint rewards_kind_is_known check (kind in ('item', 'code', 'provider'));
alter table rewards add constraint rewards_of_providers_name_a_product
check ((kind = 'provider') = (provider_product_id is not null) and (kind = 'provider') = (face is not null));
alter table rewards add constraint rewards_of_providers_cost_their_face
check (kind <> 'provider' or (face > 0 and stock is null and (unit <> 'usd' or price = face)));
alter table rewards add constraint rewards_product_exists foreign key (clinic_id, provider_product_id)
references provider_products (clinic_id, provider_product_id);
grant update (face) on rewards to rewards_service;

-- A redemption on order is open as one that is held is; what a provider took back of one that was given is `refunded`, in the
-- unit that paid for it.
alter table redemptions add column refunded bigint not null default 0;
alter table redemptions drop constraint redemptions_status_is_known;
alter table redemptions add constraint redemptions_status_is_known check (
    status in ('held', 'given', 'canceled', 'ordered', 'awaiting_provider', 'awaiting_funds', 'failed', 'reversed')
);
alter table redemptions drop constraint redemptions_settled_once;
alter table redemptions add constraint redemptions_settled_once check (
    (status in ('held', 'ordered', 'awaiting_provider', 'awaiting_funds')) = (settled_at is null)
);
alter table redemptions add constraint redemptions_refunded_up_to_their_price check (refunded between 0 and amount);
alter table redemptions add constraint redemptions_reversed_by_a_whole_refund check (
    (status = 'reversed') = (refunded = amount) and (refunded = 0 or status in ('given', 'reversed'))
);
grant update (refunded) on redemptions to rewards_service;

-- What a redemption was ordered as. Its id is what the provider knows the order by, so that an order can be looked up, and
-- sent twice would be the same one.
create table provider_orders (
    clinic_id uuid not null,
    redemption_id uuid not null,
    provider_account_id uuid not null,
    product text not null,
    face bigint not null,
    created_at timestamptz not null,
    -- Since when it may have been sent: from then on it is looked up, and never sent again. Written before it is sent, and
    -- taken away only where the provider surely has no such order.
    sent_at timestamptz,
    provider_reference text,
    -- The link for the participant (sealed).
    link bytea,
    -- What the provider paid back to us, in cents of the face value.
    refunded bigint not null default 0,
    cancel_asked_at timestamptz,
    cancel_asked_by uuid,
    tries integer not null default 0,
    fault text,
    learned_at timestamptz,
    -- When it is next sent or asked about; none where nothing is left to do.
    due_at timestamptz,
    constraint provider_orders_key primary key (clinic_id, redemption_id),
    constraint provider_orders_redemption_exists foreign key (clinic_id, redemption_id)
    references redemptions (clinic_id, redemption_id),
    constraint provider_orders_account_exists foreign key (clinic_id, provider_account_id)
    references provider_accounts (clinic_id, provider_account_id),
    constraint provider_orders_face_is_positive check (face > 0),
    constraint provider_orders_refunded_up_to_their_face check (refunded between 0 and face),
    constraint provider_orders_known_there_were_sent check (provider_reference is null or sent_at is not null),
    constraint provider_orders_cancel_asked_by_somebody check ((cancel_asked_at is null) = (cancel_asked_by is null))
);
create index provider_orders_due on provider_orders (clinic_id, provider_account_id, due_at) where due_at is not null;
create index provider_orders_by_account on provider_orders (clinic_id, provider_account_id, created_at);

create table provider_differences (
    clinic_id uuid not null,
    provider_difference_id uuid not null,
    provider_account_id uuid not null,
    -- What their list calls it: a redemption of ours, or an order that we know nothing of.
    reference text not null,
    redemption_id uuid,
    kind text not null,
    ours text not null,
    theirs text not null,
    found_at timestamptz not null,
    ended_at timestamptz,
    constraint provider_differences_key primary key (clinic_id, provider_difference_id),
    constraint provider_differences_account_exists foreign key (clinic_id, provider_account_id)
    references provider_accounts (clinic_id, provider_account_id),
    constraint provider_differences_kind_is_known check (kind in ('missing_there', 'missing_here', 'face', 'state'))
);
create unique index provider_differences_once on provider_differences (clinic_id, provider_account_id, reference, kind)
where ended_at is null;

do $$
declare
    clinic_table text;
begin
    foreach clinic_table in array array[
        'provider_accounts', 'provider_products', 'provider_orders', 'provider_differences'
    ] loop
        execute format('alter table %I enable row level security', clinic_table);
        execute format('alter table %I force row level security', clinic_table);
        execute format(
            'create policy %I on %I using (clinic_id = (select current_setting(''app.clinic'')::uuid))',
            clinic_table || '_own_clinic', clinic_table
        );
    end loop;
end
$$;

grant select, insert, update on provider_accounts, provider_products to rewards_service;
grant select, insert on provider_orders, provider_differences to rewards_service;
grant update (
    sent_at, provider_reference, link, refunded, cancel_asked_at, cancel_asked_by, tries, fault, learned_at, due_at
) on provider_orders to rewards_service;
grant update (ours, theirs, ended_at) on provider_differences to rewards_service;

-- What a failed order returns, and what a provider refunds, have causes of their own; both name the redemption.
alter table transfers drop constraint transfers_cause_is_known;
alter table transfers add constraint transfers_cause_is_known check (
    cause in (
        'award', 'redemption', 'draw', 'prize', 'hat', 'manual', 'merge', 'opening', 'departure', 'order_failed', 'refund'
    )
);
alter table transfers add constraint transfers_of_orders_return_value check (
    (cause <> 'order_failed' or (source = 'held' and destination = 'available'))
    and (cause <> 'refund' or (source = 'given' and destination = 'available'))
);

create or replace view owned_transfers with (security_invoker = true) as
select
    t.*,
    coalesce(
        (
            select n.participant_id from enrollments as n
            where n.clinic_id = t.clinic_id and n.enrollment_id = t.enrollment_id
        ),
        (
            select coalesce(c.survivor_id, c.participant_id)
            from (
                select coalesce(
                    (
                        select r.participant_id from redemptions as r
                        where
                            t.cause in ('redemption', 'order_failed', 'refund')
                            and r.clinic_id = t.clinic_id and r.redemption_id = t.cause_id
                    ),
                    (
                        select m.participant_id from manual_awards as m
                        where t.cause = 'manual' and m.clinic_id = t.clinic_id and m.manual_award_id = t.cause_id
                    ),
                    (
                        select o.participant_id from openings as o
                        where t.cause = 'opening' and o.clinic_id = t.clinic_id and o.opening_id = t.cause_id
                    ),
                    t.participant_id
                ) as participant_id
                offset 0
            ) as made
            cross join lateral (
                select * from participants
                where participants.clinic_id = t.clinic_id and participants.participant_id = made.participant_id
                offset 0
            ) as c
        )
    ) as owner_id
from transfers as t;

-- The accounts with something to do, of every clinic that is served here, those that answer first.
create function provider_accounts_due(at_time timestamptz, rows_max integer)
returns table (clinic_id uuid, provider_account_id uuid)
language sql stable security definer set search_path = public, pg_temp
begin atomic
select a.clinic_id, a.provider_account_id
from public.provider_accounts as a
where
    a.active
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

-- The clinic of an account, asked when a provider tells something, before it is known which clinic that is about.
create function clinic_of_provider_account(asked uuid)
returns uuid
language sql stable security definer set search_path = public, pg_temp
begin atomic
select a.clinic_id from public.provider_accounts as a
where a.provider_account_id = asked and a.active;
end;
revoke all on function provider_accounts_due(timestamptz, integer), clinic_of_provider_account(uuid) from public;
grant execute on function provider_accounts_due(timestamptz, integer), clinic_of_provider_account(uuid)
to rewards_service;

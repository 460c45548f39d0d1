-- What nobody does alone: value given by hand and stock written off are proposed by one person and approved by
-- another, with reasons (free text, encrypted by the service).
--
-- What was proposed stands as it was written; only how it was settled is written afterwards, once, and the
-- service may change no other column.

create table manual_awards (
    clinic_id uuid not null,
    manual_award_id uuid not null,
    participant_id uuid not null,
    unit text not null,
    amount bigint not null,
    reason bytea not null,
    -- Who pays: a funding source, or the clinic itself.
    funding text,
    enrollment_id uuid,
    status text not null default 'proposed',
    proposed_at timestamptz not null,
    proposed_by uuid not null,
    settled_at timestamptz,
    settled_by uuid,
    refusal bytea,
    -- What was paid when it was approved, what caps took off it, and why, as it was answered.
    paid bigint,
    clipped bigint,
    why bytea,
    constraint manual_awards_key primary key (clinic_id, manual_award_id),
    constraint manual_awards_participant_exists foreign key (clinic_id, participant_id)
    references participants (clinic_id, participant_id),
    constraint manual_awards_enrollment_exists foreign key (clinic_id, enrollment_id)
    references enrollments (clinic_id, enrollment_id),
    constraint manual_awards_unit_is_known check (unit in ('usd', 'points', 'draw')),
    constraint manual_awards_amount_is_bounded check (amount between 1 and 1000000),
    -- Draws are drawn from the bowl of an enrollment.
    constraint manual_awards_draws_have_an_enrollment check (unit <> 'draw' or enrollment_id is not null),
    constraint manual_awards_status_is_known check (status in ('proposed', 'approved', 'refused')),
    constraint manual_awards_settled_by_somebody
    check (
        (status = 'proposed') = (settled_at is null) and (settled_at is null) = (settled_by is null)
    ),
    constraint manual_awards_settled_by_another_person check (settled_by <> proposed_by),
    constraint manual_awards_paid_when_approved
    check (
        (status = 'approved') = (paid is not null)
        and (paid is null) = (clipped is null)
        and (paid is null) = (why is null)
    ),
    constraint manual_awards_paid_or_clipped check (paid >= 0 and clipped >= 0 and paid + clipped = amount),
    constraint manual_awards_only_refused_with_a_refusal check (refusal is null or status = 'refused')
);
create index manual_awards_by_participant on manual_awards (clinic_id, participant_id, manual_award_id);
create index manual_awards_by_status on manual_awards (clinic_id, status, manual_award_id);

create table write_offs (
    clinic_id uuid not null,
    write_off_id uuid not null,
    reward_id uuid not null,
    pieces integer not null,
    reason bytea not null,
    status text not null default 'proposed',
    proposed_at timestamptz not null,
    proposed_by uuid not null,
    settled_at timestamptz,
    settled_by uuid,
    refusal bytea,
    constraint write_offs_key primary key (clinic_id, write_off_id),
    constraint write_offs_reward_exists foreign key (clinic_id, reward_id)
    references rewards (clinic_id, reward_id),
    constraint write_offs_pieces_are_bounded check (pieces between 1 and 1000000),
    constraint write_offs_status_is_known check (status in ('proposed', 'approved', 'refused')),
    constraint write_offs_settled_by_somebody
    check (
        (status = 'proposed') = (settled_at is null) and (settled_at is null) = (settled_by is null)
    ),
    constraint write_offs_settled_by_another_person check (settled_by <> proposed_by),
    constraint write_offs_only_refused_with_a_refusal check (refusal is null or status = 'refused')
);
create index write_offs_by_status on write_offs (clinic_id, status, write_off_id);

-- Pieces are taken away by an approved write-off and by nothing else. What one person took away before there
-- were write-offs stays on record as that.
alter table stock_changes add column write_off_id uuid;
alter table stock_changes add column taken_alone boolean not null default false;
update stock_changes set taken_alone = true
where change < 0;
alter table stock_changes add constraint stock_changes_write_off_exists
foreign key (clinic_id, write_off_id) references write_offs (clinic_id, write_off_id);
alter table stock_changes add constraint stock_changes_fewer_by_a_write_off
check ((change < 0 and not taken_alone) = (write_off_id is not null));
-- A write-off takes its pieces once.
create unique index stock_changes_write_off_is_unique on stock_changes (clinic_id, write_off_id)
where write_off_id is not null;

-- A request may also leave something proposed, which another person settles.
alter table idempotency drop constraint idempotency_made_is_known;
alter table idempotency add constraint idempotency_made_is_known
check (made in ('created', 'found', 'done', 'proposed'));

do $$
declare
    clinic_table text;
begin
    foreach clinic_table in array array['manual_awards', 'write_offs'] loop
        execute format('alter table %I enable row level security', clinic_table);
        execute format(
            'create policy %I on %I using (clinic_id = (select current_setting(''app.clinic'')::uuid))',
            clinic_table || '_own_clinic', clinic_table
        );
    end loop;
end
$$;

grant select, insert on manual_awards, write_offs to rewards_service;
grant update (status, settled_at, settled_by, refusal, paid, clipped, why) on manual_awards to rewards_service;
grant update (status, settled_at, settled_by, refusal) on write_offs to rewards_service;

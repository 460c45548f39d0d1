-- Prize draws that anyone can check: seeds committed before they are used, draws and names from the hat with all
-- that recomputing them needs, and prizes, which are credited at once or owed from the shelf.

create table seeds (
    clinic_id uuid not null,
    seed_id uuid not null,
    -- 32 bytes of chance, encrypted: who knows an unrevealed seed knows every draw to come.
    seed bytea not null,
    commitment bytea not null,
    committed_at timestamptz not null,
    revealed_at timestamptz,
    constraint seeds_key primary key (clinic_id, seed_id),
    constraint seeds_clinic_exists foreign key (clinic_id) references clinics (clinic_id),
    constraint seeds_commitment_is_a_hash check (length(commitment) = 32),
    constraint seeds_revealed_after_commitment check (revealed_at >= committed_at)
);
-- The seed in use: a second one would let somebody choose between two outcomes.
create unique index seeds_one_unrevealed on seeds (clinic_id) where revealed_at is null;

create table draws (
    clinic_id uuid not null,
    draw_id uuid not null,
    participant_id uuid not null,
    enrollment_id uuid not null,
    -- The enrollment's own counter, from 1: what is hashed is {enrollment_id}/{n}, which nobody can choose.
    n integer not null,
    seed_id uuid not null,
    bowl text not null,
    -- The bowl as it was when it was drawn from.
    document jsonb not null,
    slips integer [] not null,
    drawn_at timestamptz not null,
    drawn_by uuid not null,
    constraint draws_key primary key (clinic_id, draw_id),
    constraint draws_participant_exists foreign key (clinic_id, participant_id)
    references participants (clinic_id, participant_id),
    constraint draws_enrollment_exists foreign key (clinic_id, enrollment_id)
    references enrollments (clinic_id, enrollment_id),
    constraint draws_seed_exists foreign key (clinic_id, seed_id) references seeds (clinic_id, seed_id),
    constraint draws_n_is_unique unique (clinic_id, enrollment_id, n),
    constraint draws_n_counts_from_one check (n >= 1),
    constraint draws_has_slips check (cardinality(slips) between 1 and 500)
);
create index draws_by_participant on draws (clinic_id, participant_id, draw_id);
create index draws_by_seed on draws (clinic_id, seed_id, draw_id);

create table prizes (
    clinic_id uuid not null,
    prize_id uuid not null,
    draw_id uuid not null,
    -- The place of the slip in its draw, from 0.
    place integer not null,
    participant_id uuid not null,
    tier text not null,
    status text not null,
    unit text,
    amount bigint,
    clipped bigint,
    category text,
    won_at timestamptz not null,
    reward_id uuid,
    given_at timestamptz,
    given_by uuid,
    constraint prizes_key primary key (clinic_id, prize_id),
    constraint prizes_draw_exists foreign key (clinic_id, draw_id) references draws (clinic_id, draw_id),
    constraint prizes_participant_exists foreign key (clinic_id, participant_id)
    references participants (clinic_id, participant_id),
    constraint prizes_reward_exists foreign key (clinic_id, reward_id) references rewards (clinic_id, reward_id),
    constraint prizes_one_a_slip unique (clinic_id, draw_id, place),
    constraint prizes_status_is_known check (status in ('credited', 'owed', 'given')),
    constraint prizes_unit_is_known check (unit in ('usd', 'points')),
    -- What is credited has an amount, what is from the shelf a category, and never both.
    constraint prizes_credited_has_an_amount check (
        (status = 'credited') = (unit is not null)
        and (unit is null) = (amount is null)
        and (unit is null) = (clipped is null)
        and (unit is null) = (category is not null)
    ),
    constraint prizes_amount_not_negative check (amount >= 0 and clipped >= 0),
    constraint prizes_given_is_a_reward check (
        (status = 'given') = (reward_id is not null)
        and (reward_id is null) = (given_at is null)
        and (reward_id is null) = (given_by is null)
    )
);
create index prizes_by_participant on prizes (clinic_id, participant_id, prize_id);
create index prizes_owed on prizes (clinic_id, prize_id) where status = 'owed';

-- A code can be given as a prize too; it is given once all the same.
alter table reward_codes add column prize_id uuid;
alter table reward_codes add constraint reward_codes_given_once
check (redemption_id is null or prize_id is null);
drop index reward_codes_unused;
create index reward_codes_unused on reward_codes (clinic_id, reward_id, code_id)
where redemption_id is null and prize_id is null;
create index reward_codes_of_prize on reward_codes (clinic_id, prize_id) where prize_id is not null;

create table hats (
    clinic_id uuid not null,
    hat_id uuid not null,
    program text not null,
    version integer not null,
    target text not null,
    day date not null,
    bowl text not null,
    -- How many draws each name is credited.
    draws integer not null,
    seed_id uuid not null,
    drawn_at timestamptz not null,
    drawn_by uuid not null,
    constraint hats_key primary key (clinic_id, hat_id),
    constraint hats_program_exists foreign key (clinic_id, program, version)
    references programs (clinic_id, name, version),
    constraint hats_seed_exists foreign key (clinic_id, seed_id) references seeds (clinic_id, seed_id),
    -- A second hat for the same session would be a second chance for somebody.
    constraint hats_one_a_session unique (clinic_id, program, target, day),
    constraint hats_draws_is_positive check (draws >= 1)
);
create index hats_by_seed on hats (clinic_id, seed_id, hat_id);

-- Who was in the hat with how many tickets; `place`, `slip` and what was credited only for names drawn.
create table hat_people (
    clinic_id uuid not null,
    hat_id uuid not null,
    enrollment_id uuid not null,
    participant_id uuid not null,
    tickets integer not null,
    place integer,
    slip integer,
    amount bigint,
    clipped bigint,
    constraint hat_people_key primary key (clinic_id, hat_id, enrollment_id),
    constraint hat_people_hat_exists foreign key (clinic_id, hat_id) references hats (clinic_id, hat_id),
    constraint hat_people_enrollment_exists foreign key (clinic_id, enrollment_id)
    references enrollments (clinic_id, enrollment_id),
    constraint hat_people_place_is_unique unique (clinic_id, hat_id, place),
    constraint hat_people_tickets_are_positive check (tickets >= 1),
    constraint hat_people_drawn_whole check (
        (place is null) = (slip is null) and (place is null) = (amount is null) and (place is null) = (clipped is null)
    )
);

-- Everyone in a program on a day is found without going through the enrollments that ended before.
create index enrollments_by_program on enrollments (clinic_id, program, coalesce(closed_on, 'infinity'::date));

do $$
declare
    clinic_table text;
begin
    foreach clinic_table in array array['seeds', 'draws', 'prizes', 'hats', 'hat_people'] loop
        execute format('alter table %I enable row level security', clinic_table);
        execute format(
            'create policy %I on %I using (clinic_id = (select current_setting(''app.clinic'')::uuid))',
            clinic_table || '_own_clinic', clinic_table
        );
    end loop;
end
$$;

grant select, insert on seeds, draws, prizes, hats, hat_people to rewards_service;
-- A seed is revealed and a prize handed over; nothing else of them ever changes.
grant update (revealed_at) on seeds to rewards_service;
grant update (status, reward_id, given_at, given_by) on prizes to rewards_service;

-- The second thing that may be asked across clinics: how often each slip of each bowl was drawn, without saying
-- where or by whom, so that uneven draws are noticed.
create function draw_tallies() returns table (document jsonb, slip integer, drawn bigint)
language sql stable security definer set search_path = pg_catalog, pg_temp set enable_seqscan = on
begin atomic
select d.document, s.slip, count(*)
from public.draws as d
cross join lateral unnest(d.slips) as s (slip)
group by d.document, s.slip;
end;
revoke all on function draw_tallies() from public;
grant execute on function draw_tallies() to rewards_service;

-- Two charts that look like one person's: those that somebody said are two people, and whose an opening is.

-- Whoever looked at two charts that may be one person's says that they are not: they are not named again.
create table told_apart (
    clinic_id uuid not null,
    first_id uuid not null,
    second_id uuid not null,
    told_at timestamptz not null,
    told_by uuid not null,
    constraint told_apart_key primary key (clinic_id, first_id, second_id),
    constraint told_apart_first_exists foreign key (clinic_id, first_id)
    references participants (clinic_id, participant_id),
    constraint told_apart_second_exists foreign key (clinic_id, second_id)
    references participants (clinic_id, participant_id),
    -- One row a pair, whichever was looked at first.
    constraint told_apart_in_order check (first_id < second_id)
);
create index told_apart_by_second on told_apart (clinic_id, second_id);

alter table told_apart enable row level security;
create policy told_apart_own_clinic on told_apart
using (clinic_id = (select current_setting('app.clinic')::uuid));

grant select, insert on told_apart to rewards_service;

-- Whose a transfer is by now, as before; what an opening brought over is that of the chart that it was proposed for,
-- on whosever accounts it was posted while charts were merged. Made anew, so that it stands behind the tables it reads.
drop view owned_transfers;
create view owned_transfers with (security_invoker = true) as
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
                        where t.cause = 'redemption' and r.clinic_id = t.clinic_id and r.redemption_id = t.cause_id
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

grant select on owned_transfers to rewards_service;

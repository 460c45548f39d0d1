-- part: columns
reminder_id, participant_id, kind, channel, status, made_at, sent_at, visit_on;

-- name: claim
-- Take a reminder in hand: a new one, or one that was surely not taken; nothing where anybody ever had it in hand.
-- What was sent to a former chart of theirs was sent to them.
insert into reminders (
    clinic_id, reminder_id, participant_id, kind, occasion, visit_on, channel, status, made_at, next_at
)
select :clinic, :reminder_id, :participant_id, :kind, :occasion, :visit_on, :channel, 'in_hand', :now, :next_at
where not exists (
    select from participants as c
    inner join reminders as r
        on r.clinic_id = :clinic and c.participant_id = r.participant_id and r.kind = :kind and r.occasion = :occasion
    where c.clinic_id = :clinic and c.survivor_id = :participant_id
)
on conflict on constraint reminders_once_an_occasion do update
set status = 'in_hand', tries = reminders.tries + 1, next_at = :next_at, channel = :channel
where reminders.status = 'again' and reminders.next_at <= :now
returning reminder_id, tries;

-- name: list
select {columns}
from reminders
where
    clinic_id = :clinic and reminder_id < :before
    and (:kind::text is null or kind = :kind) and (:status::text is null or status = :status)
order by reminder_id desc
limit :limit;

-- name: list_of_participant
select {columns}
from unnest(:charts::uuid[]) as asked (chart_id)
cross join lateral (
    select * from reminders
    where
        reminders.clinic_id = :clinic and reminders.participant_id = asked.chart_id and reminder_id < :before
        and (:kind::text is null or kind = :kind) and (:status::text is null or status = :status)
    order by reminder_id desc
    limit :limit
) as r
order by reminder_id desc
limit :limit;

-- name: missed
-- Of some enrollments when a visit was last missed and when somebody last came, by what stands of the latest facts.
select
    asked.enrollment_id,
    max(r.occurred_at) filter (where r.outcome = any(:missed::text[])) as missed_at,
    max(r.occurred_at) filter (where r.outcome <> all(:not_there::text[])) as came_at
from unnest(:enrollments::uuid[]) as asked (enrollment_id)
cross join lateral (
    select f.occurred_at, f.outcome
    from (
        select * from events
        where events.clinic_id = :clinic and events.enrollment_id = asked.enrollment_id
        order by events.fact_no desc
        limit :latest
    ) as f
    where not exists (
        select from corrections
        where corrections.clinic_id = :clinic and corrections.event_id = f.event_id
    )
) as r
group by asked.enrollment_id;

-- name: people
-- Some of those who gave leave, in the order of ids, and whether they are to be asked about: in care and nobody's former
-- chart. Whoever took it back under another chart, later, did.
select
    l.participant_id, l.channel, p.status = 'active' and p.survivor_id is null and t.is_back is null as is_asked
from (
    select participant_id, channel, changed_at
    from reminder_leaves
    where clinic_id = :clinic and participant_id > :after and channel = any(:channels::text[])
    order by participant_id
    limit :limit
) as l
cross join lateral (
    select status, survivor_id from participants
    where participants.clinic_id = :clinic and participants.participant_id = l.participant_id
    offset 0
) as p
left join lateral (
    select true as is_back
    from participants as c
    cross join lateral (
        select w.participant_id from reminder_leaves as w
        where
            w.clinic_id = :clinic and w.participant_id = c.participant_id and w.channel is null
            and w.changed_at >= l.changed_at
        offset 0
    ) as w
    where c.clinic_id = :clinic and c.survivor_id = l.participant_id
    limit 1
) as t on true
order by l.participant_id;

-- name: enrollments
-- What some people are enrolled in on a day, as their visits are asked for.
select
    e.enrollment_id, asked.participant_id, p.display_code, e.program, e.version, e.starts_on,
    coalesce(e.closed_on, e.ends_on) as last_day, e.funding
from unnest(:participants::uuid[]) as asked (participant_id)
inner join participants as p on p.clinic_id = :clinic and asked.participant_id = p.participant_id
cross join lateral (
    select * from enrollments
    where
        enrollments.clinic_id = :clinic and enrollments.participant_id = asked.participant_id and closed_on is null
        and (ends_on is null or ends_on >= :today)
    offset 0
) as e
order by e.enrollment_id;

-- name: set
insert into reminder_settings (
    clinic_id, kinds, hours_before, quiet_from, quiet_until, visits_begin, called, replies, set_at, set_by
)
values (
    :clinic, :kinds, :hours_before, :quiet_from, :quiet_until, :visits_begin, :called, :replies, :now, :set_by
)
on conflict (clinic_id) do update
set
    kinds = :kinds, hours_before = :hours_before, quiet_from = :quiet_from, quiet_until = :quiet_until,
    visits_begin = :visits_begin, called = :called, replies = :replies, set_at = :now, set_by = :set_by;

-- name: settings
select kinds, hours_before, quiet_from, quiet_until, visits_begin, called, replies, set_at, set_by
from reminder_settings
where clinic_id = :clinic;

-- name: settle
-- What became of one that was in hand. One that was given up meanwhile and was sent after all is sent.
update reminders set status = :status, next_at = :next_at, sent_at = :sent_at
where
    clinic_id = :clinic and reminder_id = :reminder_id
    and (status = 'in_hand' or (status = 'unsure' and :status::text = 'sent'));

-- name: give_up
-- Of what somebody had in hand for too long nobody knows whether it was sent; what was tried in vain until it was of no
-- use was not.
update reminders
set status = case when status = 'in_hand' then 'unsure' else 'not_sent' end
where
    clinic_id = :clinic and next_at < case when status = 'in_hand' then :now else :vain_before::timestamptz end
    and status in ('in_hand', 'again');

-- name: told
-- What each of some people was reminded of last, the newest first; what was surely not taken may be tried again.
select r.participant_id, r.kind, r.occasion, r.made_at
from unnest(:participants::uuid[]) as asked (participant_id)
cross join lateral (
    select * from reminders
    where
        reminders.clinic_id = :clinic and reminders.participant_id = asked.participant_id
        and status not in ('again', 'not_sent')
    order by reminder_id desc
    limit :latest
) as r;

-- name: waiting
-- What waits for some people: the newest reward that was asked for and can be handed over, prize that is owed, or draw
-- that can be drawn, since when it does.
select asked.participant_id, w.thing, w.since
from unnest(:participants::uuid[]) as asked (participant_id)
cross join lateral (
    select thing, since
    from (
        select r.redemption_id as thing, r.requested_at as since from redemptions as r
        where
            r.clinic_id = :clinic and r.participant_id = asked.participant_id and r.status = 'held'
        union all
        select p.prize_id as thing, p.won_at as since from prizes as p
        where p.clinic_id = :clinic and p.participant_id = asked.participant_id and p.status = 'owed'
        union all
        (
            select t.transfer_id as thing, t.at as since from balances as b
            cross join lateral (
                select transfer_id, at from transfers
                where
                    transfers.clinic_id = :clinic and transfers.participant_id = asked.participant_id
                    and transfers.unit = 'draw' and transfers.source = 'issued'
                order by transfer_id desc
                limit 1
            ) as t
            where
                b.clinic_id = :clinic and b.participant_id = asked.participant_id and b.unit = 'draw'
                and b.available > 0
        )
    ) as any_of_them
    order by since desc, thing desc
    limit 1
) as w;

-- name: leave
-- What somebody said last, under any of their charts.
select channel, how, changed_at, changed_by
from unnest(:charts::uuid[]) as asked (chart_id)
inner join reminder_leaves on reminder_leaves.clinic_id = :clinic and asked.chart_id = reminder_leaves.participant_id
order by changed_at desc, channel is null desc
limit 1;

-- name: say
-- Write what somebody said: a time that is not before what was said under any chart of theirs.
insert into reminder_leaves (clinic_id, participant_id, channel, how, changed_at, changed_by)
values (:clinic, :participant_id, :channel, :how, :changed_at, :changed_by)
on conflict (clinic_id, participant_id) do update
set channel = :channel, how = :how, changed_at = :changed_at, changed_by = :changed_by;

-- name: kept
-- Of the days on which people were expected, between two, how many were kept with a reminder and without, by whether
-- anything stands of that day that somebody came to. What was corrected does not count.
select
    count(*) filter (where d.reminded)::integer as reminded,
    count(*) filter (where d.reminded and d.came)::integer as reminded_kept,
    count(*) filter (where not d.reminded)::integer as others,
    count(*) filter (where not d.reminded and d.came)::integer as others_kept
from (
    select
        bool_or(e.outcome <> all(:not_there::text[])) as came,
        exists (
            select from reminders as r
            where
                r.clinic_id = :clinic and r.participant_id = e.participant_id and r.kind = 'before_visit'
                and r.occasion = e.on_day::text and r.status = 'sent'
        ) as reminded
    from (
        select events.participant_id, events.outcome, (events.occurred_at at time zone :zone)::date as on_day
        from events
        where
            events.clinic_id = :clinic and events.occurred_at >= :since and events.occurred_at < :until
            and not exists (
                select from corrections
                where corrections.clinic_id = :clinic and corrections.event_id = events.event_id
            )
    ) as e
    where e.outcome <> all(:away::text[])
    group by e.participant_id, e.on_day
) as d;

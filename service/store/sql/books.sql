-- name: additions
-- Everything that was added to events, with what the audit trail says of it, and what that alone tells of.
select coalesce(d.addition_id, a.subject_id) as addition_id, d.event_id, d.note, d.evidence, d.digest, a.seq, a.detail
from (
    select addition_id, event_id, note, evidence, digest from event_additions
    where clinic_id = :clinic
) as d
full join (
    select seq, subject_id, detail from audit
    where clinic_id = :clinic and deed = :deed
) as a on d.addition_id = a.subject_id
order by 1;

-- name: audit
-- The audit trail from its first entry.
select seq, at, actor_id, role, deed, subject_id, participant_id, detail, digest, hash
from audit
where clinic_id = :clinic
order by seq;

-- name: awards
-- All that was posted for some enrollments.
select
    award_id, enrollment_id, participant_id, fact_no, event_id, cause_no, slot, unit, amount, overpaid, unrecovered,
    withheld
from awards
where clinic_id = :clinic and enrollment_id = any(:enrollments::uuid[])
order by enrollment_id, fact_no, award_id;

-- name: balances
-- All balances of some participants.
select participant_id, unit, available, held, given, earned
from balances
where clinic_id = :clinic and participant_id = any(:participants::uuid[])
order by participant_id, unit;

-- name: cap_totals
-- All totals of some participants.
select participant_id, cap_id, period, amount
from cap_totals
where clinic_id = :clinic and participant_id = any(:participants::uuid[])
order by participant_id, cap_id, period;

-- name: cap_warnings
-- All that some participants came to of caps.
select participant_id, cap_id, period, percent
from cap_warnings
where clinic_id = :clinic and participant_id = any(:participants::uuid[])
order by participant_id, cap_id, period, percent;

-- name: caps
-- Every cap, with what the audit trail says it was set to, and when it was ended.
select
    c.cap_id, c.per, c.unit, c.amount, c.funding, c.starts_on, c.ends_on, c.reason, s.detail as told,
    e.detail as ended
from caps as c
left join (
    select subject_id, detail from audit
    where clinic_id = :clinic and deed = 'cap.set'
) as s on c.cap_id = s.subject_id
left join (
    select subject_id, detail from audit
    where clinic_id = :clinic and deed = 'cap.ended'
) as e on c.cap_id = e.subject_id
where c.clinic_id = :clinic
order by c.cap_id;

-- name: codes
-- Every code, with the redemption or the prize it was given in, and with that of the change that made it void,
-- where one did and names it.
select
    k.code_id, k.reward_id, k.code, k.code_index, k.redemption_id, r.reward_id as redeemed, r.status, k.prize_id,
    p.reward_id as won, v.code_id is not null as is_void, coalesce(x.redemption_id, x.prize_id) as void_in
from reward_codes as k
left join redemptions as r on k.clinic_id = r.clinic_id and k.redemption_id = r.redemption_id
left join prizes as p on k.clinic_id = p.clinic_id and k.prize_id = p.prize_id
left join void_codes as v on k.clinic_id = v.clinic_id and k.reward_id = v.reward_id and k.code_id = v.code_id
left join redemption_changes as x
    on
        v.clinic_id = x.clinic_id
        and v.redemption_change_id = x.redemption_change_id
        and x.status = 'approved'
        and v.code_id = any(x.code_ids)
where k.clinic_id = :clinic
order by k.reward_id, k.code_id;

-- name: corrections
-- All corrections of some enrollments' events in the order recorded, each with what its audit entry says and the
-- days of its closure.
select
    c.correction_id, c.enrollment_id, c.participant_id, c.fact_no, c.event_id, c.about_id, c.kind, c.outcome,
    c.closure_id, c.merge_id, c.minutes, c.reason, c.recorded_by, c.digest, a.detail as told, k.first_day, k.last_day
from corrections as c
left join audit as a
    on
        a.clinic_id = :clinic
        and c.participant_id = a.participant_id
        and a.deed = 'event.corrected'
        and c.correction_id = a.subject_id
left join closures as k on k.clinic_id = :clinic and c.closure_id = k.closure_id
where c.clinic_id = :clinic and c.enrollment_id = any(:enrollments::uuid[])
order by c.enrollment_id, c.fact_no;

-- name: enrollments
-- All enrollments of some participants with their checkpoints and how far their visits are settled, where they
-- have these.
select
    e.enrollment_id, e.participant_id, e.program, e.version, e.starts_on,
    coalesce(e.closed_on, e.ends_on) as closed_on, e.funding, c.facts, c.state,
    v.through, v.checked_at, v.next_at
from enrollments as e
left join checkpoints as c on e.clinic_id = c.clinic_id and e.enrollment_id = c.enrollment_id
left join visit_checks as v on e.clinic_id = v.clinic_id and e.enrollment_id = v.enrollment_id
where e.clinic_id = :clinic and e.participant_id = any(:participants::uuid[])
order by e.enrollment_id;

-- name: events
-- All events of some enrollments in the order recorded.
select
    event_id, enrollment_id, participant_id, fact_no, target, outcome, effect, program_week, occurred_at,
    recorded_by, evidence, note, digest, receipt, expected_on, reference, quantity, minutes
from events
where clinic_id = :clinic and enrollment_id = any(:enrollments::uuid[])
order by enrollment_id, fact_no;

-- name: gifts
-- All that some participants were given in kind, as it counts against caps.
select gift_id, participant_id, cause, cause_id, enrollment_id, funding, spent, worth, day, worth_unit
from gifts
where clinic_id = :clinic and participant_id = any(:participants::uuid[])
order by participant_id, gift_id;

-- name: given_prizes
-- The prizes from the shelf that some participants were handed, with what each was worth; one that is owed counts for
-- nothing, also where it was handed over and taken back.
select z.prize_id, z.participant_id, z.fair_value, worth_unit(v.unit) as worth_unit
from prizes as z
left join rewards as v on v.clinic_id = :clinic and z.reward_id = v.reward_id
where z.clinic_id = :clinic and z.participant_id = any(:participants::uuid[]) and z.status in ('given', 'owed')
order by z.participant_id, z.prize_id;

-- name: head
-- The end of the audit chain.
select seq, hash, seal
from audit_heads
where clinic_id = :clinic;

-- name: is_of_few
-- Whether a clinic has at most :few participants, events and audit entries.
select not exists (select from participants where clinic_id = :clinic offset :few limit 1)
    and not exists (select from events where clinic_id = :clinic offset :few limit 1)
    and not exists (select from audit where clinic_id = :clinic offset :few limit 1);

-- name: manual_awards
-- Every manual award, with its participant and its enrollment's where these exist, beside what the audit trail
-- says of it; and every one that the trail says was proposed and that is not there.
-- :with_trail says whether the audit trail is read at all.
select
    m.manual_award_id, m.participant_id, m.unit, m.amount, m.paid, m.clipped, m.enrollment_id,
    e.participant_id as enrolled, p.participant_id as known, m.status, m.proposed_at, m.proposed_by,
    m.settled_at, m.settled_by, a.subject_id as told, a.actor_id as proposer, a.at as told_proposed_at,
    a.detail as told_proposed, s.actor_id as settler, s.at as told_settled_at, s.detail as told_settled
from (
    select * from manual_awards
    where clinic_id = :clinic
) as m
full join (
    select subject_id, actor_id, at, detail from audit
    where clinic_id = :clinic and :with_trail and deed = 'manual_award.proposed'
) as a on m.manual_award_id = a.subject_id
left join (
    select subject_id, actor_id, at, detail, deed from audit
    where clinic_id = :clinic and :with_trail and deed in ('manual_award.approved', 'manual_award.refused')
) as s on m.manual_award_id = s.subject_id and s.deed = 'manual_award.' || m.status
left join enrollments as e on e.clinic_id = :clinic and m.enrollment_id = e.enrollment_id
left join participants as p on p.clinic_id = :clinic and m.participant_id = p.participant_id
order by m.manual_award_id, a.subject_id;

-- name: manual_awards_of
-- What all manual awards of some participants call for.
select manual_award_id, participant_id, unit, paid, settled_at, funding, enrollment_id
from manual_awards
where clinic_id = :clinic and participant_id = any(:participants::uuid[])
order by participant_id, manual_award_id;

-- name: moves
-- All moves of some enrollments to another version of their program.
select enrollment_id, fact_no, from_version, to_version
from enrollment_moves
where clinic_id = :clinic and enrollment_id = any(:enrollments::uuid[])
order by enrollment_id, fact_no;

-- name: participants
-- The next page of participants.
select participant_id
from participants
where clinic_id = :clinic and participant_id > :after
order by participant_id
limit :limit;

-- name: points_worth
-- All that points were said to be worth, with what the audit trail says of each.
select w.points_worth_id, w.amount, w.starts_on, w.reason, s.detail as told
from points_worth as w
left join (
    select subject_id, detail from audit
    where clinic_id = :clinic and deed = 'points_worth.set'
) as s on w.points_worth_id = s.subject_id
where w.clinic_id = :clinic
order by w.points_worth_id;

-- name: programs
-- Every published version.
select name, version, digest, document
from programs
where clinic_id = :clinic
order by name, version;

-- name: recordings
-- Every recording: what its audit entry says of it, and the facts that there are of it. A request whose events
-- went into several transactions has one entry for each, told apart by their time.
select
    a.seq, a.detail, e.event_id, e.digest,
    coalesce(e.recording_id, a.subject_id) as recording_id, coalesce(e.recorded_at, a.at) as at,
    a.actor_id, e.recorded_by
from (
    select recording_id, recorded_at, event_id, digest, recorded_by from events
    where clinic_id = :clinic
) as e
full join (
    select seq, subject_id, actor_id, at, detail from audit
    where clinic_id = :clinic and deed = :deed
) as a on e.recording_id = a.subject_id and e.recorded_at = a.at
order by 5, 6, e.event_id;

-- name: redemptions
-- All redemptions of some participants, with the kind of what was asked for, how many codes went with it, how many of
-- these are void, how many pieces were replaced, and whether it was taken back.
select
    r.redemption_id, r.participant_id, r.quantity, r.unit, r.amount, r.status, r.fair_value, r.requested_at,
    r.settled_at, r.refunded, w.kind, count(c.code_id) filter (where v.code_id is null) as codes, count(v.code_id) as void,
    coalesce(x.replaced, 0) as replaced, coalesce(x.taken_back, false) as taken_back
from redemptions as r
left join rewards as w on r.clinic_id = w.clinic_id and r.reward_id = w.reward_id
left join reward_codes as c
    on r.clinic_id = c.clinic_id and r.redemption_id = c.redemption_id and r.reward_id = c.reward_id
left join void_codes as v on c.clinic_id = v.clinic_id and c.reward_id = v.reward_id and c.code_id = v.code_id
left join lateral (
    select
        sum(quantity) filter (where kind = 'replacement')::bigint as replaced,
        bool_or(kind = 'take_back') as taken_back
    from redemption_changes
    where
        redemption_changes.clinic_id = :clinic
        and redemption_changes.redemption_id = r.redemption_id
        and redemption_changes.status = 'approved'
) as x on true
where r.clinic_id = :clinic and r.participant_id = any(:participants::uuid[])
group by r.clinic_id, r.redemption_id, w.kind, x.replaced, x.taken_back
order by r.redemption_id;

-- name: shelf
-- Every reward with its stock, and what its stock should be worked out from.
select
    w.reward_id, w.kind, w.stock, coalesce(c.pieces, 0) as changed,
    coalesce(r.pieces, 0) + coalesce(p.pieces, 0) as taken, coalesce(k.unused, 0) as unused
from rewards as w
left join (
    select reward_id, sum(change)::bigint as pieces from stock_changes
    where clinic_id = :clinic
    group by reward_id
) as c on w.reward_id = c.reward_id
left join (
    select reward_id, sum(quantity)::bigint as pieces from redemptions
    where clinic_id = :clinic and status <> 'canceled'
    group by reward_id
) as r on w.reward_id = r.reward_id
left join (
    select reward_id, count(*) as pieces from prizes
    where clinic_id = :clinic and status = 'given'
    group by reward_id
) as p on w.reward_id = p.reward_id
left join (
    select reward_id, count(*) as unused from reward_codes
    where clinic_id = :clinic and redemption_id is null and prize_id is null
    group by reward_id
) as k on w.reward_id = k.reward_id
where w.clinic_id = :clinic
order by w.reward_id;

-- name: steady
-- Every later query of the transaction sees the same books, while others go on writing.
set transaction isolation level repeatable read, read only;

-- name: strays
-- The first row of each table that belongs to nothing: these tables carry no foreign keys.
(
    select 'events' as stray, t.event_id as id, 'enrollment_id' as parent, t.enrollment_id as parent_id
    from events as t
    where t.clinic_id = :clinic and not exists (
        select from enrollments as p where p.clinic_id = :clinic and p.enrollment_id = t.enrollment_id
    )
    limit 1
)
union all
(
    select 'awards', t.award_id, 'enrollment_id', t.enrollment_id
    from awards as t
    where t.clinic_id = :clinic and not exists (
        select from enrollments as p where p.clinic_id = :clinic and p.enrollment_id = t.enrollment_id
    )
    limit 1
)
union all
(
    select 'checkpoints', t.enrollment_id, 'enrollment_id', t.enrollment_id
    from checkpoints as t
    where t.clinic_id = :clinic and not exists (
        select from enrollments as p where p.clinic_id = :clinic and p.enrollment_id = t.enrollment_id
    )
    limit 1
)
union all
(
    select 'enrollments', t.enrollment_id, 'participant_id', t.participant_id
    from enrollments as t
    where t.clinic_id = :clinic and not exists (
        select from participants as p where p.clinic_id = :clinic and p.participant_id = t.participant_id
    )
    limit 1
)
union all
(
    select 'transfers', t.transfer_id, 'participant_id', t.participant_id
    from transfers as t
    where t.clinic_id = :clinic and not exists (
        select from participants as p where p.clinic_id = :clinic and p.participant_id = t.participant_id
    )
    limit 1
)
union all
(
    select 'balances', t.participant_id, 'participant_id', t.participant_id
    from balances as t
    where t.clinic_id = :clinic and not exists (
        select from participants as p where p.clinic_id = :clinic and p.participant_id = t.participant_id
    )
    limit 1
)
union all
(
    select 'redemptions', t.redemption_id, 'participant_id', t.participant_id
    from redemptions as t
    where t.clinic_id = :clinic and not exists (
        select from participants as p where p.clinic_id = :clinic and p.participant_id = t.participant_id
    )
    limit 1
)
union all
(
    select 'cap_totals', t.cap_id, 'participant_id', t.participant_id
    from cap_totals as t
    where t.clinic_id = :clinic and not exists (
        select from participants as p where p.clinic_id = :clinic and p.participant_id = t.participant_id
    )
    limit 1
)
union all
(
    select 'cap_warnings', t.warning_id, 'participant_id', t.participant_id
    from cap_warnings as t
    where t.clinic_id = :clinic and not exists (
        select from participants as p where p.clinic_id = :clinic and p.participant_id = t.participant_id
    )
    limit 1
);

-- name: tax_thresholds
-- Every tax threshold, with what the audit trail says it was set to.
select t.tax_threshold_id, t.from_year, t.amount, t.created_by, s.detail as told
from tax_thresholds as t
left join (
    select subject_id, detail from audit
    where clinic_id = :clinic and deed = 'tax_threshold.set'
) as s on t.tax_threshold_id = s.subject_id
where t.clinic_id = :clinic
order by t.from_year, t.tax_threshold_id;

-- name: transfers
-- All transfers of some participants.
select
    transfer_id, participant_id, unit, source, destination, amount, cause, cause_id, enrollment_id, fact_no,
    day, funding
from transfers
where clinic_id = :clinic and participant_id = any(:participants::uuid[])
order by participant_id, unit, transfer_id;

-- name: whole
-- These queries go over whole tables, which the planner's settings for single rows would make slow.
select
    set_config('enable_seqscan', 'on', true), set_config('enable_hashjoin', 'on', true),
    set_config('enable_mergejoin', 'on', true), set_config('plan_cache_mode', 'force_custom_plan', true);

-- name: write_offs
-- Every write-off beside the pieces taken away by it and what the audit trail says of it; all pieces taken away
-- by none; and every write-off that the trail says was proposed and that is not there.
-- :with_trail says whether the audit trail is read at all.
select
    w.write_off_id, w.reward_id, w.pieces, w.status, w.proposed_at, w.proposed_by, w.settled_at, w.settled_by,
    c.stock_change_id, c.reward_id as taken_from, c.change, c.changed_by, c.changed_at, a.subject_id as told,
    a.actor_id as proposer, a.at as told_proposed_at, a.detail as told_proposed, s.actor_id as settler,
    s.at as told_settled_at, s.detail as told_settled
from (
    select * from write_offs
    where clinic_id = :clinic
) as w
full join (
    select * from stock_changes
    where
        clinic_id = :clinic
        and (write_off_id is not null or (change < 0 and not taken_alone and redemption_change_id is null))
) as c on w.write_off_id = c.write_off_id
full join (
    select subject_id, actor_id, at, detail from audit
    where clinic_id = :clinic and :with_trail and deed = 'write_off.proposed'
) as a on w.write_off_id = a.subject_id
left join (
    select subject_id, actor_id, at, detail, deed from audit
    where clinic_id = :clinic and :with_trail and deed in ('write_off.approved', 'write_off.refused')
) as s on w.write_off_id = s.subject_id and s.deed = 'write_off.' || w.status
order by w.write_off_id, c.stock_change_id, a.subject_id;

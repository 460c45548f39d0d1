-- name: audit
-- The entries of the audit trail that tell of what is in a pack: those written with it, which have its times, and
-- everything of some deeds that concerned some people.
select
    a.seq, a.at, a.actor_id as actor, a.role, a.deed, a.subject_id as subject, a.participant_id as participant,
    a.detail, a.digest, p.hash as previous, a.hash
from (
    select t.seq from audit as t
    where
        t.clinic_id = :clinic and t.at = any(:times::timestamptz[])
        and (t.subject_id = any(:subjects::uuid[]) or t.deed = any(:deeds::text[]))
    union
    select o.seq from audit as o
    where
        o.clinic_id = :clinic and o.participant_id = any(:people::uuid[])
        and o.deed = any(:deeds_of_people::text[])
) as found
inner join audit as a on a.clinic_id = :clinic and a.seq = found.seq
left join audit as p on p.clinic_id = :clinic and p.seq = found.seq - 1
order by a.seq;

-- name: awards
select
    award_id as award, enrollment_id as enrollment, participant_id as participant, fact_no as no, event_id as event,
    cause_no, slot, kind, unit, amount, clipped, overpaid, unrecovered, withheld, posted_at, why
from awards
where clinic_id = :clinic and enrollment_id = any(:enrollments::uuid[])
order by enrollment_id, fact_no, award_id;

-- name: balances
select participant_id as participant, unit, available, held, given, earned
from balances
where clinic_id = :clinic and participant_id = any(:people::uuid[])
order by participant_id, unit;

-- name: caps
select
    cap_id as cap, per, unit, amount, funding, starts_on, ends_on, created_at as set_at, created_by as set_by
from caps
where clinic_id = :clinic
order by cap_id;

-- name: closures
select closure_id as closure, first_day, last_day, created_at as entered_at, created_by as entered_by
from closures
where clinic_id = :clinic
order by closure_id;

-- name: corrections
select
    correction_id as correction, enrollment_id as enrollment, fact_no as no, event_id as event, about_id as about, kind,
    outcome, closure_id as closure, merge_id as merge, minutes, reason, recorded_at, recorded_by, digest
from corrections
where clinic_id = :clinic and enrollment_id = any(:enrollments::uuid[])
order by enrollment_id, fact_no;

-- name: draws
select
    draw_id as draw, participant_id as participant, enrollment_id as enrollment, n, seed_id as seed, bowl,
    document::text as document, slips, drawn_at, drawn_by
from draws
where clinic_id = :clinic and enrollment_id = any(:enrollments::uuid[])
order by enrollment_id, n;

-- name: enrollments
-- Enrollments of some people or of all, in one program or in any, with a visit, an award or a draw of a time or of any.
select
    e.enrollment_id as enrollment, e.participant_id as participant, e.program, e.version, e.starts_on, e.closed_on,
    e.ends_on, e.funding, e.opened_at, e.opened_by, e.closed_by, coalesce(c.facts, 0) as facts
from enrollments as e
left join checkpoints as c on c.clinic_id = :clinic and c.enrollment_id = e.enrollment_id
where
    e.clinic_id = :clinic
    and (:people::uuid[] is null or e.participant_id = any(:people))
    and (:program::text is null or e.program = :program)
    and (
        :since::timestamptz is null
        or exists (
            select from events as v
            where
                v.clinic_id = :clinic and v.enrollment_id = e.enrollment_id
                and v.occurred_at >= :since and v.occurred_at < :until::timestamptz
        )
        or exists (
            select from awards as w
            where
                w.clinic_id = :clinic and w.enrollment_id = e.enrollment_id
                and w.posted_at >= :since and w.posted_at < :until
        )
        or exists (
            select from draws as d
            where
                d.clinic_id = :clinic and d.enrollment_id = e.enrollment_id
                and d.drawn_at >= :since and d.drawn_at < :until
        )
    )
order by e.enrollment_id
limit :limit;

-- name: drawn_days
select
    drawn_day_id as drawn_day, enrollment_id as enrollment, target, day, version, days, wanted, slip,
    is_drawn as drawn, seed_id as seed, drawn_at
from drawn_days
where clinic_id = :clinic and enrollment_id = any(:enrollments::uuid[])
order by drawn_day_id;

-- name: events
select
    event_id as event, enrollment_id as enrollment, participant_id as participant, fact_no as no, target, outcome,
    effect, occurred_at, recorded_at, recorded_by, recording_id as recording, expected_on, another_of, imported,
    reference, evidence, note, digest, quantity, minutes
from events
where clinic_id = :clinic and enrollment_id = any(:enrollments::uuid[])
order by enrollment_id, fact_no;

-- name: hat_people
-- Everybody in the hats that somebody of some enrollments was in: a hat is worked out with all that are in it.
select hat_id as hat, enrollment_id as enrollment, tickets, place, slip, amount, clipped
from hat_people
where clinic_id = :clinic and hat_id = any(:hats::uuid[])
order by hat_id, enrollment_id;

-- name: hats
select
    hat_id as hat, program, version, target, day, bowl, draws, seed_id as seed, drawn_at, drawn_by
from hats
where
    clinic_id = :clinic
    and hat_id in (
        select hat_id from hat_people
        where clinic_id = :clinic and enrollment_id = any(:enrollments::uuid[])
    )
order by hat_id;

-- name: manual_awards
-- Awards by hand to some people, all of them or only those for some enrollments.
select
    manual_award_id as manual_award, participant_id as participant, enrollment_id as enrollment, unit, amount, paid,
    clipped, funding, status, proposed_at, proposed_by, settled_at, settled_by
from manual_awards
where
    clinic_id = :clinic and participant_id = any(:people::uuid[])
    and (:is_whole or enrollment_id = any(:enrollments::uuid[]))
order by manual_award_id;

-- name: moves
select
    enrollment_id as enrollment, fact_no as no, from_version, to_version, moved_at, moved_by
from enrollment_moves
where clinic_id = :clinic and enrollment_id = any(:enrollments::uuid[])
order by enrollment_id, fact_no;

-- name: people
select participant_id as participant, survivor_id as survivor, reference, name
from participants
where clinic_id = :clinic and participant_id = any(:people::uuid[])
order by participant_id;

-- name: prizes
select
    p.prize_id as prize, p.draw_id as draw, d.enrollment_id as enrollment, p.place, p.tier, p.status, p.unit, p.amount,
    p.clipped, p.category, p.won_at, p.reward_id as reward, p.given_at, p.given_by
from draws as d
inner join prizes as p on p.clinic_id = :clinic and p.draw_id = d.draw_id
where d.clinic_id = :clinic and d.enrollment_id = any(:enrollments::uuid[])
order by p.draw_id, p.place;

-- name: programs
select name, version, digest, document::text as document, published_at, published_by
from programs
where clinic_id = :clinic and name = any(:programs::text[])
order by name, version;

-- name: recorded
-- Every fact of some recordings, with its enrollment.
select recording_id as recording, recorded_at as at, event_id as event, enrollment_id as enrollment, digest
from events
where clinic_id = :clinic and recording_id = any(:recordings::uuid[])
order by recorded_at, event_id;

-- name: redemptions
select
    redemption_id as redemption, participant_id as participant, reward_id as reward, quantity, unit, amount, status,
    refunded, requested_at, requested_by, settled_at, settled_by
from redemptions
where clinic_id = :clinic and participant_id = any(:people::uuid[])
order by redemption_id;

-- name: seeds
-- Seeds with their commitments; the seed itself alone once it is revealed.
select
    seed_id as seed, commitment, committed_at, revealed_at,
    case when revealed_at is not null then seed end as revealed_seed
from seeds
where clinic_id = :clinic and seed_id = any(:seeds::uuid[])
order by seed_id;

-- name: staff
select staff_id as staff, role, name
from staff
where clinic_id = :clinic
order by staff_id;

-- name: transfers
-- Transfers of some people, all of them or only those of some enrollments.
select
    transfer_id as transfer, participant_id as participant, unit, source, destination, amount, cause, cause_id,
    enrollment_id as enrollment, fact_no as no, at, day, funding
from transfers
where
    clinic_id = :clinic and participant_id = any(:people::uuid[])
    and (:is_whole or enrollment_id = any(:enrollments::uuid[]))
order by participant_id, unit, transfer_id;

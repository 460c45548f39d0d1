-- Value reaches participants by more ways than awards: prizes of draws, names drawn from a hat, and manual awards.
-- Each such transfer says the local day that it counts for and who pays for it, so that caps, reports and tax
-- thresholds are sums over transfers.

alter table transfers add column day date;
alter table transfers add column funding text;

-- What was awarded counts for its event's own local day, the welcome for the start day.
update transfers as t
set
    day = coalesce(
        (
            select (e.occurred_at at time zone c.zone)::date from events as e
            where e.clinic_id = t.clinic_id and e.enrollment_id = t.enrollment_id and e.fact_no = t.fact_no
        ),
        n.starts_on
    ),
    funding = n.funding
from enrollments as n, clinics as c
where
    t.cause = 'award'
    and n.clinic_id = t.clinic_id
    and n.enrollment_id = t.enrollment_id
    and c.clinic_id = t.clinic_id;

-- Only what comes from the clinic's side, or goes back to it, counts for a day.
alter table transfers add constraint transfers_day_of_credits
check ((day is not null) = (source = 'issued' or destination = 'issued'));

alter table transfers drop constraint transfers_cause_is_known;
alter table transfers add constraint transfers_cause_is_known
check (cause in ('award', 'redemption', 'draw', 'prize', 'hat', 'manual'));

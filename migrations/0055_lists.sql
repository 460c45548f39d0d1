-- What lists are asked for, each by an index that leads to it: a list costs what it shows, and not what a clinic has
-- behind it.

-- Events that happened between two moments.
create index events_by_time on events (clinic_id, occurred_at, event_id);

-- The audit trail between two moments, and by deed. Every event that is recorded by itself has an entry of one deed, so
-- that among the newest there are always some: those are found without an index, which each of them would pay for.
create index audit_by_time on audit (clinic_id, at, seq);
create index audit_by_deed on audit (clinic_id, deed, seq) where deed <> 'event.recorded';

-- Redemptions and prizes by what became of them; these serve what the indexes of open ones did.
create index redemptions_by_status on redemptions (clinic_id, status, redemption_id);
drop index redemptions_open;
create index prizes_by_status on prizes (clinic_id, status, prize_id);
drop index prizes_owed;

-- What became of a delivery stands in its row: it was worked out from all attempts, for every delivery there was.
alter table deliveries add column status text not null default 'waiting';
alter table deliveries add constraint deliveries_status_is_known
check (status in ('waiting', 'failed', 'delivered', 'withheld', 'dead'));
update deliveries as d
set status = case
    when r.sequence is not null and last.outcome is not null and r.attempts > 0 then 'failed'
    when r.sequence is not null or last.outcome is null then 'waiting'
    when last.outcome in ('delivered', 'withheld') then last.outcome
    else 'dead'
end
from deliveries as own
left join lateral (
    select a.outcome from attempts as a
    where
        a.clinic_id = own.clinic_id and a.subscriber_id = own.subscriber_id and a.sequence = own.sequence
        and a.at >= own.created_at
    order by a.at desc, a.attempt_no desc
    limit 1
) as last on true
left join retries as r
    on r.clinic_id = own.clinic_id and r.subscriber_id = own.subscriber_id and r.sequence = own.sequence
where
    d.clinic_id = own.clinic_id and d.subscriber_id = own.subscriber_id and d.sequence = own.sequence
    and d.created_at = own.created_at;
create index deliveries_by_status on deliveries (clinic_id, subscriber_id, status, sequence);
create index deliveries_by_type on deliveries (clinic_id, subscriber_id, type, sequence);
grant update (status) on deliveries to rewards_service;

-- An excuse remembers the closure that it was appended for: that the clinic was closed counts toward nobody's excuses.
-- What was excused before this is as it was.
alter table corrections add column closure_id uuid;
alter table corrections add constraint corrections_closure_exists
foreign key (clinic_id, closure_id) references closures (clinic_id, closure_id);
alter table corrections add constraint corrections_closure_only_excuses
check (closure_id is null or kind = 'excuse');
create index corrections_by_closure on corrections (clinic_id, closure_id) where closure_id is not null;

-- A total goes up and down, and a look at visits goes ahead; nothing else of these rows ever changes.
revoke update on cap_totals, visit_checks from rewards_service;
grant update (amount) on cap_totals to rewards_service;
grant update (through, checked_at, next_at) on visit_checks to rewards_service;

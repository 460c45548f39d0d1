-- Names and addresses are sealed with the id of their row, so that two cannot be swapped. What was sealed before is
-- sealed anew by the worker, clinic by clinic; this says where it is done, and the audit trail tells of it.
alter table clinics add column names_bound boolean not null default false;
grant update (names_bound) on clinics to rewards_service;

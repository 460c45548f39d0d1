-- By these a process sees at its start that INDEX_KEY and AUDIT_KEY are those that the clinic began under: each is a hash
-- of nothing but the clinic's id under the key. A clinic of before is given them by the first start that can tell.
alter table clinics
    add column index_check bytea,
    add column audit_check bytea,
    add constraint clinics_checks_are_hashes check (length(index_check) = 32 and length(audit_check) = 32);
grant update (index_check, audit_check) on clinics to rewards_service;
create trigger clinics_checks_for_good before update of index_check, audit_check on clinics
for each row execute function set_for_good('index_check', 'audit_check');

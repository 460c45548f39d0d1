-- Whoever printed the code with which a way in began: of a session, and of a PIN and a passkey that were made in one, and
-- of the sessions that these open in turn. With them, when they are disabled, all of it ends. It is written with the row;
-- only a PIN takes the place of the one before.
alter table sessions add column let_in_by uuid;
alter table pins add column let_in_by uuid;
alter table passkeys add column let_in_by uuid;
grant update (let_in_by) on pins to rewards_service;

-- Of before: a code was used in the moment in which its session began, which lasted a day at most.
update sessions as s set let_in_by = c.created_by
from sign_in_codes as c
where s.clinic_id = c.clinic_id and s.participant_id is not null and c.kind = 'printed' and c.used_at = s.created_at;
update pins as p set let_in_by = c.created_by
from sign_in_codes as c
where
    p.clinic_id = c.clinic_id
    and p.participant_id = c.participant_id
    and c.kind = 'printed'
    and p.set_at between c.used_at and c.used_at + interval '1 day';
update passkeys as p set let_in_by = c.created_by
from sign_in_codes as c
where
    p.clinic_id = c.clinic_id
    and p.participant_id = c.participant_id
    and c.kind = 'printed'
    and p.created_at between c.used_at and c.used_at + interval '1 day';

-- What is over stays over: what was ended, used up or taken back is that for good. Nor is a session's row taken away,
-- to be put back as if it had never been ended; an erasure empties it.
create function set_for_good() returns trigger
language plpgsql set search_path = pg_catalog, public, pg_temp
as $$
declare
    row_before jsonb := to_jsonb(old);
    row_now jsonb := to_jsonb(new);
    column_name text;
begin
    foreach column_name in array tg_argv loop
        if row_before ->> column_name is not null and row_before ->> column_name is distinct from row_now ->> column_name then
            raise exception '% is set for good', column_name using
                errcode = 'check_violation', constraint = tg_table_name || '_' || column_name || '_for_good',
                table = tg_table_name;
        end if;
    end loop;
    return new;
end
$$;
revoke all on function set_for_good() from public;
grant execute on function set_for_good() to rewards_service;
create trigger sessions_end_for_good before update of revoked_at on sessions
for each row execute function set_for_good('revoked_at');
create trigger keys_end_for_good before update of revoked_at on keys
for each row execute function set_for_good('revoked_at');
create trigger invitations_end_for_good before update of used_at, retired_at on invitations
for each row execute function set_for_good('used_at', 'retired_at');
create trigger sign_in_codes_end_for_good before update of used_at, retired_at on sign_in_codes
for each row execute function set_for_good('used_at', 'retired_at');
revoke delete on sessions from rewards_service;
grant update (agent) on sessions to rewards_service;

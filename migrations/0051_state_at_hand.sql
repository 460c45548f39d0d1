-- A process keeps what its last batches left of the people they were about, and decides the next from that. Two
-- functions make it safe and cheap: one takes the locks in the round trip that begins the transaction, where no other
-- query can have values, and one stops a statement before it writes, where a row says otherwise than what was kept.
create function hold_people(clinic uuid, people uuid[]) returns void
language plpgsql
as $$
begin
    perform from participants as p
    where p.clinic_id = clinic and p.participant_id = any(people)
    order by p.participant_id
    for no key update;
end
$$;

-- Gives the id of the transaction, which is the version (xmin) of every row that it writes.
create function hold_to(holds boolean) returns xid
language plpgsql
as $$
begin
    if holds is distinct from true then
        raise exception 'what was decided from has changed' using errcode = 'RW001';
    end if;
    return pg_current_xact_id()::xid;
end
$$;

revoke all on function hold_people(uuid, uuid[]), hold_to(boolean) from public;
grant execute on function hold_people(uuid, uuid[]), hold_to(boolean) to rewards_service;

-- Somebody, and the versions that their rows had when they were last read or written.
create type known_row as (
    participant_id uuid,
    versions xid[]
);

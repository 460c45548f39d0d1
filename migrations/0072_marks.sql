-- What somebody gets in by is marked with a key that the database does not hold: one that was written into a table opens
-- nothing. What stood there before is told apart by the mark that the audit trail has of it; of keys, codes and links,
-- of which the trail has none, no more come without a mark from now on.
alter table pins add column mark text;
alter table passkeys add column mark text;
alter table staff add column password_mark text;
alter table keys add column mark text;
alter table sign_in_codes add column mark text;
alter table invitations add column mark text;
grant update (mark) on pins to rewards_service;
grant update (password_mark) on staff to rewards_service;

create function comes_with_a_mark() returns trigger
language plpgsql set search_path = pg_catalog, public, pg_temp
as $$
begin
    if new.mark is null then
        raise exception 'a way in comes with a mark' using
            errcode = 'check_violation', constraint = tg_table_name || '_marked', table = tg_table_name;
    end if;
    return new;
end
$$;
revoke all on function comes_with_a_mark() from public;
grant execute on function comes_with_a_mark() to rewards_service;
create trigger keys_marked before insert on keys for each row execute function comes_with_a_mark();
create trigger sign_in_codes_marked before insert on sign_in_codes for each row execute function comes_with_a_mark();
create trigger invitations_marked before insert on invitations for each row execute function comes_with_a_mark();

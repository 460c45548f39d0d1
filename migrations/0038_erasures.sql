-- Erasing what identifies somebody: proposed by one person, approved by another, done with the approval. The words go, and
-- where a digest was made of them their keyed hash stays, so that ledger, digests and audit chain are provable as before.
create table erasures (
    clinic_id uuid not null,
    erasure_id uuid not null,
    participant_id uuid not null,
    -- The charts of the person when it was done: what was written under any of them is erased.
    charts uuid [] not null,
    reason bytea not null,
    status text not null default 'proposed',
    proposed_at timestamptz not null,
    proposed_by uuid not null,
    settled_at timestamptz,
    settled_by uuid,
    refusal bytea,
    constraint erasures_key primary key (clinic_id, erasure_id),
    constraint erasures_participant_exists foreign key (clinic_id, participant_id)
    references participants (clinic_id, participant_id),
    constraint erasures_status_is_known check (status in ('proposed', 'approved', 'refused')),
    constraint erasures_settled_by_somebody check (
        (status = 'proposed') = (settled_at is null) and (settled_at is null) = (settled_by is null)
    ),
    constraint erasures_settled_by_another_person check (settled_by <> proposed_by),
    constraint erasures_only_refused_with_a_refusal check (refusal is null or status = 'refused')
);
create index erasures_by_participant on erasures (clinic_id, participant_id, erasure_id);
create index erasures_by_status on erasures (clinic_id, status, erasure_id);
alter table erasures enable row level security;
create policy erasures_own_clinic on erasures using (clinic_id = (select current_setting('app.clinic')::uuid));
grant select, insert on erasures to rewards_service;
grant update (status, charts, settled_at, settled_by, refusal) on erasures to rewards_service;

-- Who settled it and who began it are compared as persons, as with other proposals.
create function settled_by_another_person() returns trigger
language plpgsql set search_path = pg_catalog, public, pg_temp
as $$
declare
    row_now jsonb := to_jsonb(new);
    settler uuid := row_now ->> tg_argv[0];
begin
    if settler is null or row_now ->> 'status' = 'refused' then
        return null;
    end if;
    if tg_op = 'UPDATE' and settler = (to_jsonb(old) ->> tg_argv[0])::uuid then
        return null;
    end if;
    if not is_another_person(new.clinic_id, (row_now ->> tg_argv[1])::uuid, settler) then
        raise exception 'settled by no other person' using
            errcode = 'check_violation', constraint = tg_table_name || '_by_two_persons', table = tg_table_name;
    end if;
    return null;
end
$$;
revoke all on function settled_by_another_person() from public;
grant execute on function settled_by_another_person() to rewards_service;
create trigger erasures_by_two_persons after insert or update on erasures
for each row execute function settled_by_another_person('settled_by', 'proposed_by');
create trigger emergencies_by_two_persons after insert or update on emergencies
for each row execute function settled_by_another_person('reviewed_by', 'opened_by');

-- Puts other words into one column of rows of a person whose erasure was approved in this very transaction; nothing else
-- of a fact can be changed by it, and nobody else's. A word may be null where the column may.
create function erase_words(erasure uuid, place text, ids uuid [], words bytea []) returns integer
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    clinic constant uuid := current_setting('app.clinic')::uuid;
    people uuid [];
    named text [];
    changed integer;
begin
    select e.charts into people
    from erasures as e
    where e.clinic_id = clinic and e.erasure_id = erasure and e.status = 'approved'
        and e.xmin = pg_current_xact_id()::xid;
    if people is null then
        raise exception 'no erasure of this id is being done' using errcode = 'insufficient_privilege';
    end if;
    -- Table, column, id of the row, and the column by which it is somebody's.
    select array[p.relation, p.field, p.id, p.whose] into named
    from (values
        ('events', 'note', 'event_id', 'participant_id'),
        ('events', 'evidence', 'event_id', 'participant_id'),
        ('events', 'receipt', 'event_id', 'participant_id'),
        ('event_additions', 'note', 'addition_id', 'event_id'),
        ('event_additions', 'evidence', 'addition_id', 'event_id'),
        ('corrections', 'reason', 'correction_id', 'participant_id'),
        ('enrollment_moves', 'reason', 'enrollment_id', 'enrollment_id'),
        ('enrollments', 'close_reason', 'enrollment_id', 'participant_id'),
        ('manual_awards', 'reason', 'manual_award_id', 'participant_id'),
        ('manual_awards', 'refusal', 'manual_award_id', 'participant_id'),
        ('openings', 'reason', 'opening_id', 'participant_id'),
        ('openings', 'refusal', 'opening_id', 'participant_id'),
        ('openings', 'withdrawal', 'opening_id', 'participant_id'),
        ('departures', 'reason', 'departure_id', 'participant_id'),
        ('redemption_changes', 'reason', 'redemption_change_id', 'redemption_id'),
        ('redemption_changes', 'refusal', 'redemption_change_id', 'redemption_id'),
        ('inbound_messages', 'body', 'message_id', 'participant_id'),
        ('inbound_messages', 'sender_id', 'message_id', 'participant_id'),
        ('inbound_messages', 'why', 'message_id', 'participant_id'),
        ('inbound_messages', 'reason', 'message_id', 'participant_id'),
        ('merges', 'reason', 'merge_id', 'survivor_id'),
        ('unmerges', 'reason', 'merge_id', 'merge_id'),
        ('consents', 'purpose', 'consent_id', 'participant_id'),
        ('consents', 'information', 'consent_id', 'participant_id'),
        ('consents', 'recipient', 'consent_id', 'participant_id'),
        ('consents', 'ends_when', 'consent_id', 'participant_id'),
        ('consents', 'how_to_revoke', 'consent_id', 'participant_id'),
        ('consents', 'signed_name', 'consent_id', 'participant_id'),
        ('consents', 'signature', 'consent_id', 'participant_id'),
        ('releases', 'recipient', 'release_id', 'participant_id'),
        ('releases', 'purpose', 'release_id', 'participant_id'),
        ('restrictions', 'request', 'restriction_id', 'participant_id'),
        ('restrictions', 'recipient', 'restriction_id', 'participant_id'),
        ('restrictions', 'answer', 'restriction_id', 'participant_id'),
        ('emergencies', 'reason', 'emergency_id', 'participant_id'),
        ('emergencies', 'recipient', 'emergency_id', 'participant_id'),
        ('sessions', 'agent', 'session_id', 'participant_id')
    ) as p (relation, field, id, whose)
    where p.relation || '.' || p.field = place;
    if named is null then
        raise exception 'no words of people stand at %', place using errcode = 'insufficient_privilege';
    end if;
    execute format(
        'update %1$I as t set %2$I = w.word from unnest($1, $2) as w (id, word)
        where t.clinic_id = $3 and t.%3$I = w.id and t.%2$I is not null and ' || case named[4]
            when 'participant_id' then 't.participant_id = any($4)'
            when 'survivor_id' then '(t.survivor_id = any($4) or t.ended_id = any($4))'
            when 'event_id' then 'exists (select from events as e where e.clinic_id = $3 and e.event_id = t.event_id
                and e.participant_id = any($4))'
            when 'enrollment_id' then 'exists (select from enrollments as e where e.clinic_id = $3
                and e.enrollment_id = t.enrollment_id and e.participant_id = any($4))'
            when 'redemption_id' then 'exists (select from redemptions as e where e.clinic_id = $3
                and e.redemption_id = t.redemption_id and e.participant_id = any($4))'
            when 'merge_id' then 'exists (select from merges as e where e.clinic_id = $3 and e.merge_id = t.merge_id
                and (e.survivor_id = any($4) or e.ended_id = any($4)))'
        end,
        named[1], named[2], named[3]
    ) using ids, words, clinic, people;
    get diagnostics changed = row_count;
    return changed;
end
$$;

-- The clinic's own ids of a person's events go: what other systems call them by. What was counted under one reference
-- keeps its place in the book, and no event is found by it any more.
create function erase_references(erasure uuid) returns integer
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    clinic constant uuid := current_setting('app.clinic')::uuid;
    people uuid [];
    changed integer;
begin
    select e.charts into people
    from erasures as e
    where e.clinic_id = clinic and e.erasure_id = erasure and e.status = 'approved'
        and e.xmin = pg_current_xact_id()::xid;
    if people is null then
        raise exception 'no erasure of this id is being done' using errcode = 'insufficient_privilege';
    end if;
    update events set reference = null, reference_no = 0
    where clinic_id = clinic and participant_id = any(people) and reference is not null;
    get diagnostics changed = row_count;
    return changed;
end
$$;

-- The numbers of a person become numbers that say nothing.
create function erase_numbers(erasure uuid, ids uuid [], new_values text [], new_keys text [], new_nears text [])
returns integer
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    clinic constant uuid := current_setting('app.clinic')::uuid;
    people uuid [];
    changed integer;
begin
    select e.charts into people
    from erasures as e
    where e.clinic_id = clinic and e.erasure_id = erasure and e.status = 'approved'
        and e.xmin = pg_current_xact_id()::xid;
    if people is null then
        raise exception 'no erasure of this id is being done' using errcode = 'insufficient_privilege';
    end if;
    update identifiers as i set value = n.value, key = n.key, near = n.near
    from unnest(ids, new_values, new_keys, new_nears) as n (id, value, key, near)
    where i.clinic_id = clinic and i.identifier_id = n.id and i.participant_id = any(people);
    get diagnostics changed = row_count;
    return changed;
end
$$;

revoke all on function erase_words(uuid, text, uuid [], bytea []) from public;
revoke all on function erase_references(uuid) from public;
revoke all on function erase_numbers(uuid, uuid [], text [], text [], text []) from public;
grant execute on function erase_words(uuid, text, uuid [], bytea []) to rewards_service;
grant execute on function erase_references(uuid) to rewards_service;
grant execute on function erase_numbers(uuid, uuid [], text [], text [], text []) to rewards_service;

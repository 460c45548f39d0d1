-- Runs under releases that know 0066_moved_alone.sql.
--
-- A card or thing that was handed over as a prize is replaced or taken back like one that was paid for. A change is of a
-- redemption or of a prize; that of a prize names the reward, for a prize that was taken back is owed again and has none.
alter table redemption_changes alter column redemption_id drop not null;
alter table redemption_changes add column prize_id uuid;
alter table redemption_changes add column reward_id uuid;
alter table redemption_changes add constraint redemption_changes_prize_exists
foreign key (clinic_id, prize_id) references prizes (clinic_id, prize_id);
alter table redemption_changes add constraint redemption_changes_reward_exists
foreign key (clinic_id, reward_id) references rewards (clinic_id, reward_id);
alter table redemption_changes add constraint redemption_changes_of_one_thing
check (num_nonnulls(redemption_id, prize_id) = 1 and (prize_id is null) = (reward_id is null));
-- A prize is one piece, which cost nothing: what it is worth is looked at instead of its price.
alter table redemption_changes drop constraint redemption_changes_amount_is_positive;
alter table redemption_changes add constraint redemption_changes_amount_is_positive
check (amount > 0 or (prize_id is not null and amount = 0));
alter table redemption_changes add constraint redemption_changes_prize_is_one_piece
check (prize_id is null or (quantity = 1 and unit = 'usd'));
create index redemption_changes_by_prize on redemption_changes (clinic_id, prize_id, redemption_change_id)
where prize_id is not null;
-- Two that wait for one prize could both be approved.
create unique index redemption_changes_one_waits_of_prize on redemption_changes (clinic_id, prize_id)
where status = 'proposed' and prize_id is not null;

-- The words of a change of a prize are its participant's, as those of a redemption.
create or replace function erase_words(erasure uuid, place text, ids uuid [], words bytea []) returns integer
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
        ('sessions', 'agent', 'session_id', 'participant_id'),
        ('second_looks', 'note', 'second_look_id', 'participant_id')
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
            when 'redemption_id' then '(exists (select from redemptions as e where e.clinic_id = $3
                and e.redemption_id = t.redemption_id and e.participant_id = any($4))
                or exists (select from prizes as e where e.clinic_id = $3
                and e.prize_id = t.prize_id and e.participant_id = any($4)))'
            when 'merge_id' then 'exists (select from merges as e where e.clinic_id = $3 and e.merge_id = t.merge_id
                and (e.survivor_id = any($4) or e.ended_id = any($4)))'
        end,
        named[1], named[2], named[3]
    ) using ids, words, clinic, people;
    get diagnostics changed = row_count;
    return changed;
end
$$;

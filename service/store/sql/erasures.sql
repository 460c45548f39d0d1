-- part: columns
e.erasure_id, e.participant_id, e.reason, e.status, e.proposed_at, e.proposed_by, e.settled_at, e.settled_by, e.refusal;

-- name: answer_again
-- Another answer under a key, whose request stays known: first answers are written once, so the row is written anew.
with gone as (
    delete from idempotency
    where clinic_id = :clinic and actor_id = :actor_id and key = :key
    returning digest, made, moved_value, answered_at
)

insert into idempotency (clinic_id, actor_id, key, digest, made, answer, moved_value, answered_at)
select :clinic, :actor_id, :key, digest, made, :answer, moved_value, answered_at
from gone;

-- name: answers
-- First answers that are kept whole.
select actor_id, key, answer from idempotency
where clinic_id = :clinic and answer is not null;

-- name: blank_person
-- What a chart says of who it is.
update participants
set
    name = null, phone = null, email = null, mark = null, birth_year = null, name_index = null, phone_index = null,
    email_index = null,
    reference = :reference, display_code = :display_code, revision = revision + 1,
    changed_at = :now
where clinic_id = :clinic and participant_id = :participant_id;

-- name: close_doors
-- The ways in of a person's own, and the messages by which they would come. Of sessions the row stays, ended and empty.
with pins_gone as (
    delete from pins where clinic_id = :clinic and participant_id = any(:charts::uuid[])
), keys_gone as (
    delete from passkeys where clinic_id = :clinic and participant_id = any(:charts::uuid[])
), calendars_gone as (
    delete from calendar_feeds where clinic_id = :clinic and participant_id = any(:charts::uuid[])
), leaves_gone as (
    delete from reminder_leaves where clinic_id = :clinic and participant_id = any(:charts::uuid[])
), reminders_gone as (
    delete from reminders where clinic_id = :clinic and participant_id = any(:charts::uuid[])
), guardians_gone as (
    delete from guardian_consents where clinic_id = :clinic and participant_id = any(:charts::uuid[])
), screenings_gone as (
    delete from screenings where clinic_id = :clinic and participant_id = any(:charts::uuid[])
), submissions_gone as (
    delete from submissions where clinic_id = :clinic and participant_id = any(:charts::uuid[])
), codes_gone as (
    delete from sign_in_codes where clinic_id = :clinic and participant_id = any(:charts::uuid[])
)

update sessions set revoked_at = coalesce(revoked_at, :now), agent = null
where clinic_id = :clinic and participant_id = any(:charts::uuid[]);

-- name: erase_numbers
select erase_numbers(:erasure_id, :identifier_id::uuid[], :value::text[], :key::text[], :near::text[]);

-- name: erase_references
select erase_references(:erasure_id);

-- name: erase_words
select erase_words(:erasure_id, :place, :ids::uuid[], :words::bytea[]);

-- name: find
select {columns}
from erasures as e
where e.clinic_id = :clinic and e.erasure_id = :erasure_id;

-- name: insert
insert into erasures (clinic_id, erasure_id, participant_id, charts, reason, proposed_at, proposed_by)
values (:clinic, :erasure_id, :participant_id, :charts::uuid[], :reason, :now, :proposed_by);

-- name: list
select {columns}
from erasures as e
where e.clinic_id = :clinic and e.erasure_id < :before
order by e.erasure_id desc
limit :limit;

-- name: list_of_status
select {columns}
from erasures as e
where e.clinic_id = :clinic and e.status = :status and e.erasure_id < :before
order by e.erasure_id desc
limit :limit;

-- name: settle
update erasures
set status = :status, charts = :charts::uuid[], settled_at = :now, settled_by = :settled_by, refusal = :refusal
where clinic_id = :clinic and erasure_id = :erasure_id and status = 'proposed';

-- name: insert
insert into attempts (
    clinic_id, subscriber_id, sequence, attempt_no, at, outcome, status, took_ms, why, answer
)
select :clinic, :subscriber_id, a.sequence, a.attempt_no, a.at, a.outcome, a.status, a.took_ms, a.why, a.answer
from unnest(
    :sequence::bigint[], :attempt_no::integer[], :at::timestamptz[], :outcome::text[], :status::integer[],
    :took_ms::integer[], :why::text[], :answer::bytea[]
) as a (sequence, attempt_no, at, outcome, status, took_ms, why, answer)
on conflict do nothing;

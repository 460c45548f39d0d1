-- name: insert
insert into attempts (
    clinic_id, subscriber_id, sequence, attempt_no, at, outcome, status, took_ms, why, answer
)
select $1, $2, a.sequence, a.attempt_no, a.at, a.outcome, a.status, a.took_ms, a.why, a.answer
from unnest(
    $3::bigint[], $4::integer[], $5::timestamptz[], $6::text[], $7::integer[], $8::integer[], $9::text[], $10::bytea[]
) as a (sequence, attempt_no, at, outcome, status, took_ms, why, answer)
on conflict do nothing;

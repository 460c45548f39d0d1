-- The answer to an event is its receipt, which the event keeps for ever: under its idempotency key stands the event's id
-- alone, and no second copy of the receipt.
alter table idempotency
add column event_id uuid,
alter column answer drop not null,
add constraint idempotency_answer_is_kept_once check ((answer is null) <> (event_id is null));

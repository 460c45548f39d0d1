-- Forget what a receiver was paused for: it is tried again at once.
update subscriber_heads
set paused_until = null, failures = 0, slowed = 0
where clinic_id = $1 and subscriber_id = $2

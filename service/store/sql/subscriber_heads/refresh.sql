-- Forget what a receiver was paused for: it is tried again at once.
update subscriber_heads
set paused_until = null, circuit = 'closed', silences = 0, pause_s = 0, open_s = 0
where clinic_id = $1 and subscriber_id = $2

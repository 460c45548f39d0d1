-- name: take
-- Counts a refused call of an actor in an hour, and gives how many there are now: nothing once `told` were told of.
insert into denials (clinic_id, actor_id, hour, told) values (:clinic, :actor_id, :hour, 1)
on conflict (clinic_id, actor_id) do update
set hour = excluded.hour, told = case when denials.hour = excluded.hour then denials.told + 1 else 1 end
where denials.hour <> excluded.hour or denials.told < :told
returning told;

-- Who asked for, opened or issued something is written once: the service's role changes no column that the service never
-- changes.
revoke update on keys, enrollments, redemptions, rewards from rewards_service;
grant update (responsible, revoked_at) on keys to rewards_service;
grant update (participant_id, chart_id, version, closed_on, close_reason, closed_by) on enrollments to rewards_service;
grant update (status, settled_at, settled_by) on redemptions to rewards_service;
grant update (name, description, price, category, instant, active, fair_value, revision, stock) on rewards
to rewards_service;

-- Who put a reward into another category, while no other person has named its category: prizes are of a category, so that
-- an expensive reward could be put among the small prizes and given as one.
alter table rewards add column moved_by uuid;
grant update (moved_by) on rewards to rewards_service;

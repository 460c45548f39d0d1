-- Who lowered a reward's price or fair value, while no other person has named a price for it: whoever lowered it hands it
-- out to nobody, and nobody takes it without the desk. A redemption keeps who that was when it was asked for.
alter table rewards add column lowered_by uuid;
grant update (lowered_by) on rewards to rewards_service;
alter table redemptions add column lowered_by uuid;

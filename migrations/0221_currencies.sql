-- Runs under releases that know 0066_moved_alone.sql.
--
-- A unit is any currency of ISO 4217 in its minor unit, beside points and draws. Which codes there are the code knows
-- (schemas/currencies.py); here stands their form, so that a new currency needs no migration. Every row that there is has
-- the form already, so the checks are written before they are looked at: no table is shut while its rows are read.
alter table balances drop constraint balances_unit_is_known;
alter table balances add constraint balances_unit_has_its_form
check (unit ~ '^[a-z]{3}$' or unit in ('points', 'draw')) not valid;
alter table balances validate constraint balances_unit_has_its_form;
alter table transfers drop constraint transfers_unit_is_known;
alter table transfers add constraint transfers_unit_has_its_form
check (unit ~ '^[a-z]{3}$' or unit in ('points', 'draw')) not valid;
alter table transfers validate constraint transfers_unit_has_its_form;
alter table rewards drop constraint rewards_unit_is_known;
alter table rewards add constraint rewards_unit_has_its_form
check (unit ~ '^[a-z]{3}$' or unit in ('points', 'draw')) not valid;
alter table rewards validate constraint rewards_unit_has_its_form;
alter table manual_awards drop constraint manual_awards_unit_is_known;
alter table manual_awards add constraint manual_awards_unit_has_its_form
check (unit ~ '^[a-z]{3}$' or unit in ('points', 'draw')) not valid;
alter table manual_awards validate constraint manual_awards_unit_has_its_form;
alter table caps drop constraint caps_unit_is_known;
alter table caps add constraint caps_unit_has_its_form
check (unit ~ '^[a-z]{3}$' or unit in ('points', 'draw')) not valid;
alter table caps validate constraint caps_unit_has_its_form;
alter table second_person_limits drop constraint second_person_limits_unit_is_known;
alter table second_person_limits add constraint second_person_limits_unit_has_its_form
check (unit ~ '^[a-z]{3}$' or unit in ('points', 'draw')) not valid;
alter table second_person_limits validate constraint second_person_limits_unit_has_its_form;
alter table redemption_changes drop constraint redemption_changes_unit_is_known;
alter table redemption_changes add constraint redemption_changes_unit_has_its_form
check (unit ~ '^[a-z]{3}$' or unit in ('points', 'draw')) not valid;
alter table redemption_changes validate constraint redemption_changes_unit_has_its_form;
alter table openings drop constraint openings_unit_is_known;
alter table openings add constraint openings_unit_has_its_form
check (unit ~ '^[a-z]{3}$' or unit in ('points', 'draw')) not valid;
alter table openings validate constraint openings_unit_has_its_form;
alter table gifts drop constraint gifts_unit_is_known;
alter table gifts add constraint gifts_unit_has_its_form
check (unit ~ '^[a-z]{3}$' or unit in ('points', 'draw')) not valid;
alter table gifts validate constraint gifts_unit_has_its_form;

-- No prize is worth draws.
alter table prizes drop constraint prizes_unit_is_known;
alter table prizes add constraint prizes_unit_has_its_form
check (unit ~ '^[a-z]{3}$' or unit = 'points') not valid;
alter table prizes validate constraint prizes_unit_has_its_form;

-- What a thing is worth is said in the currency of its price; what costs points, draws or nothing is worth dollars.
create function worth_unit(unit text) returns text
language sql immutable parallel safe return
    case when unit is null or unit in ('points', 'draw') then 'usd' else unit end;

revoke all on function worth_unit(text) from public;
grant execute on function worth_unit(text) to rewards_service;

-- A gift counts in one currency: that of what it cost, or of what the prize costs on the shelf.
alter table gifts add column worth_unit text not null default 'usd';
alter table gifts add constraint gifts_worth_is_money check (worth_unit ~ '^[a-z]{3}$') not valid;
alter table gifts validate constraint gifts_worth_is_money;
alter table gifts add constraint gifts_worth_is_of_what_was_spent
check (worth_unit = case when unit in ('points', 'draw') then 'usd' else unit end or unit is null) not valid;
alter table gifts validate constraint gifts_worth_is_of_what_was_spent;

alter table redemption_changes drop constraint redemption_changes_prize_is_one_piece;
alter table redemption_changes add constraint redemption_changes_prize_is_one_piece
check (prize_id is null or (quantity = 1 and unit ~ '^[a-z]{3}$')) not valid;
alter table redemption_changes validate constraint redemption_changes_prize_is_one_piece;

-- Whoever delivers rewards for us does so in dollars, so nobody pays for them in another currency.
alter table rewards add constraint rewards_of_providers_are_in_dollars
check (kind <> 'provider' or unit in ('usd', 'points', 'draw')) not valid;
alter table rewards validate constraint rewards_of_providers_are_in_dollars;

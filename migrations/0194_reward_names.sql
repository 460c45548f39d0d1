-- Runs under releases that know 0066_moved_alone.sql.
--
-- What a reward is called in Spanish, beside its name, which is in English then; and which drawing stands beside it.
-- Without a Spanish name the one name is read in both languages; without a drawing the category says which it is.
alter table rewards add column name_es text;
alter table rewards add column description_es text;
alter table rewards add column picture text;
alter table rewards add constraint rewards_name_es_is_short check (length(name_es) between 1 and 200);
-- One text in Spanish alone would leave those who read English with nothing.
alter table rewards add constraint rewards_description_es_stands_beside_one
check (description_es is null or description is not null and length(description_es) between 1 and 1000);
alter table rewards add constraint rewards_picture_is_known
check (
    picture in (
        'gift', 'food', 'coffee', 'transport', 'health', 'phone', 'clothes', 'home', 'book', 'ticket', 'sport', 'family',
        'card'
    )
);
grant update (name_es, description_es, picture) on rewards to rewards_service;

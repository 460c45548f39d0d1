-- People: several identifiers each.
--
-- A number finds its person for ever: one that is not used any more has a last day and is nobody else's. Only one
-- that was written down for the wrong person is withdrawn, and free again.

create table identifiers (
    clinic_id uuid not null,
    -- The one that somebody was registered with has the participant's own id.
    identifier_id uuid not null,
    participant_id uuid not null,
    -- Whose number it is: `reference` is the clinic's own.
    system text not null,
    -- As it is written; and as it is compared: with its system, unless it is the clinic's own, and without capitals.
    value text not null,
    key text not null,
    -- As it is compared with what may be a slip: without lost zeros, separators and look-alikes.
    near text not null,
    starts_on date,
    ends_on date,
    created_at timestamptz not null,
    created_by uuid,
    withdrawn_at timestamptz,
    -- Numbers two of which differed in capitals alone when this was made: they are told apart by these, letter by letter.
    twin integer,
    constraint identifiers_key primary key (clinic_id, identifier_id),
    constraint identifiers_participant_exists foreign key (clinic_id, participant_id)
    references participants (clinic_id, participant_id),
    constraint identifiers_system_is_short check (length(system) between 1 and 200),
    constraint identifiers_end_after_start check (ends_on >= starts_on),
    -- What comes before the bar of a key is its system.
    constraint identifiers_system_has_no_bar check (position('|' in system) = 0)
);
-- A number is one person's. A new one has no `twin`, so that it is refused beside the first of twins.
create unique index identifiers_are_unique on identifiers (clinic_id, key, coalesce(twin, 0))
where withdrawn_at is null;
create index identifiers_of_participants on identifiers (clinic_id, participant_id);
create index identifiers_by_near on identifiers (clinic_id, near) where withdrawn_at is null;
-- Somebody has one number of the clinic's own at a time.
create unique index identifiers_one_reference on identifiers (clinic_id, participant_id)
where system = 'reference' and ends_on is null and withdrawn_at is null;

-- Spells the numbers that there are as the service spells new ones.
create function pg_temp.near_spelling(number text) returns text language plpgsql as $$
declare
    word text;
    part text;
    parts text[] := '{}';
    last text;
begin
    foreach word in array regexp_split_to_array(lower(number), '[^a-z0-9]+') loop
        word := regexp_replace(word, '^o+(?=[0-9])', '0');
        loop
            last := word;
            word := regexp_replace(word, '([0-9])o', '\10');
            word := regexp_replace(word, '([0-9])[il]', '\11');
            word := regexp_replace(word, '([0-9])s', '\15');
            word := regexp_replace(word, '([0-9])b', '\18');
            word := regexp_replace(word, '([0-9])z', '\12');
            exit when word = last;
        end loop;
        for part in select (regexp_matches(word, '[a-z]+|[0-9]+', 'g'))[1] loop
            parts := parts || regexp_replace(part, '^0+(?=[0-9])', '');
        end loop;
    end loop;
    return array_to_string(parts, '-');
end
$$;

insert into identifiers (
    clinic_id, identifier_id, participant_id, system, value, key, near, created_at, twin
)
select
    clinic_id, participant_id, participant_id, 'reference', reference, key, pg_temp.near_spelling(reference),
    created_at,
    case
        when count(*) over (partition by clinic_id, key) > 1
            then row_number() over (partition by clinic_id, key order by participant_id) - 1
    end
from (
    select *, lower(regexp_replace(btrim(reference), '^([^|]*[^| ])? *[|] *', '\1|')) as key from participants
) as p;

alter table identifiers enable row level security;
create policy identifiers_own_clinic on identifiers
using (clinic_id = (select current_setting('app.clinic')::uuid));

grant select, insert on identifiers to rewards_service;
grant update (value, near, starts_on, ends_on, withdrawn_at) on identifiers to rewards_service;

-- Imports mean what they say. The lines of a file are sorted by person and time before any is recorded, so that
-- their order in the file changes nothing; a preview tries them by the very rules and takes everything back.

-- The lines of an import on their way in. They are deleted when it ends.
create table import_lines (
    clinic_id uuid not null,
    import_id uuid not null,
    line_no integer not null,
    -- A keyed hash of whom it is about, and when it happened; a line that could not be read has neither.
    person bytea,
    occurred_at timestamptz,
    -- Encrypted: what the line says, and what became or would become of it.
    said bytea not null,
    result bytea,
    state text not null,
    constraint import_lines_key primary key (clinic_id, import_id, line_no),
    constraint import_lines_import_exists foreign key (clinic_id, import_id) references imports (clinic_id, import_id),
    constraint import_lines_state_is_known
    check (state in ('waiting', 'recorded', 'known', 'corrected', 'refused')),
    -- A line is sorted by both or by neither.
    constraint import_lines_have_person_and_time check ((person is null) = (occurred_at is null)),
    -- What cannot be sorted is never recorded.
    constraint import_lines_unread_are_refused check (person is not null or state = 'refused')
);
create index import_lines_by_person on import_lines (clinic_id, import_id, person, occurred_at, line_no)
where person is not null;
create index import_lines_refused on import_lines (clinic_id, import_id, line_no) where state = 'refused';

alter table import_lines enable row level security;
create policy import_lines_own_clinic on import_lines
using (clinic_id = (select current_setting('app.clinic')::uuid));

grant select, insert, delete on import_lines to rewards_service;
grant update (state, result) on import_lines to rewards_service;

-- Somebody waits for it at a command line: no worker takes it up, and one that is left behind is stopped.
alter table imports add column by_hand boolean not null default false;
-- Whether another outcome or an added note than is on record is only offered, or applied.
alter table imports add column corrections text not null default 'offer';
alter table imports add constraint imports_corrections_are_known check (corrections in ('offer', 'apply'));
-- The language in which a preview gives its reasons.
alter table imports add column language text not null default 'en';
-- When all lines stood sorted; before that, they are read again.
alter table imports add column staged_at timestamptz;
-- The person whose lines were done last: they are done in the order of this hash.
alter table imports add column done_person bytea;
-- Counts beside recorded, known and refused, as JSON; and all counts of the preview.
alter table imports add column counts bytea;
alter table imports add column preview bytea;

alter table imports drop constraint imports_status_is_known;
alter table imports add constraint imports_status_is_known
check (status in ('checked', 'previewing', 'previewed', 'running', 'ended', 'stopped', 'unreadable'));

drop index imports_running;
create index imports_running on imports (clinic_id, import_id) where status in ('previewing', 'running');

grant update (
    lines, found, corrections, language, staged_at, done_person, counts, preview
) on imports to rewards_service;

-- Words that came later than the event itself, such as a note in a later export. They change no award.
create table event_additions (
    clinic_id uuid not null,
    addition_id uuid not null,
    event_id uuid not null,
    -- Encrypted.
    note bytea,
    evidence bytea,
    added_at timestamptz not null,
    added_by uuid not null,
    digest bytea not null,
    constraint event_additions_key primary key (clinic_id, addition_id),
    constraint event_additions_event_exists
    foreign key (clinic_id, event_id) references events (clinic_id, event_id),
    -- An addition of nothing says nothing.
    constraint event_additions_say_something check (note is not null or evidence is not null)
);
create index event_additions_by_event on event_additions (clinic_id, event_id, addition_id);

alter table event_additions enable row level security;
create policy event_additions_own_clinic on event_additions
using (clinic_id = (select current_setting('app.clinic')::uuid));

grant select, insert on event_additions to rewards_service;

-- Whether an event came from a file. What an import posted too early, because an earlier visit came in a later
-- file, is taken back while it is still available; what was recorded at the time follows the program's `late`.
alter table events add column imported boolean not null default false;

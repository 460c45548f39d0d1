-- Runs under releases that know 0066_moved_alone.sql.
--
-- Reminders by text or mail: what a clinic sends and when, who gave leave for it, and what was sent. No words and no
-- addresses are kept here: a reminder is made of its kind when it is sent.
create table reminder_settings (
    clinic_id uuid not null,
    -- Empty where nothing is sent, as it is before anybody set it.
    kinds text[] not null,
    hours_before integer not null,
    -- The clinic's wall clock; quiet hours that begin when they end are none.
    quiet_from time not null,
    quiet_until time not null,
    visits_begin time not null,
    -- What the clinic calls itself in them: words of its own choice that give nothing away.
    called text,
    -- Whether answers by text are brought to the service, so that a text may say that STOP is heard.
    replies boolean not null,
    set_at timestamptz not null,
    set_by uuid not null,
    constraint reminder_settings_key primary key (clinic_id),
    constraint reminder_settings_clinic_exists foreign key (clinic_id) references clinics (clinic_id),
    constraint reminder_settings_kinds_are_known check (kinds <@ array['before_visit', 'after_miss', 'waiting']),
    constraint reminder_settings_hours_are_few check (hours_before between 1 and 72),
    constraint reminder_settings_called_is_short check (length(called) between 1 and 40)
);
alter table reminder_settings enable row level security;
alter table reminder_settings force row level security;
create policy reminder_settings_own_clinic on reminder_settings
using (clinic_id = (select current_setting('app.clinic')::uuid));
grant select, insert on reminder_settings to rewards_service;
grant update (
    kinds, hours_before, quiet_from, quiet_until, visits_begin, called, replies, set_at, set_by
) on reminder_settings to rewards_service;

-- Whether somebody gave leave to be reminded, and where; without a row they did not. What was said before is in the trail.
create table reminder_leaves (
    clinic_id uuid not null,
    participant_id uuid not null,
    -- Null where leave was taken back, or somebody said no.
    channel text,
    how text not null,
    changed_at timestamptz not null,
    changed_by uuid not null,
    constraint reminder_leaves_key primary key (clinic_id, participant_id),
    constraint reminder_leaves_participant_exists foreign key (clinic_id, participant_id)
    references participants (clinic_id, participant_id),
    constraint reminder_leaves_channel_is_known check (channel in ('text', 'email')),
    constraint reminder_leaves_how_is_known check (how in ('staff', 'portal', 'reply'))
);
alter table reminder_leaves enable row level security;
alter table reminder_leaves force row level security;
create policy reminder_leaves_own_clinic on reminder_leaves
using (clinic_id = (select current_setting('app.clinic')::uuid));
grant select, insert, delete on reminder_leaves to rewards_service;
grant update (channel, how, changed_at, changed_by) on reminder_leaves to rewards_service;

-- One row for a person, a kind and an occasion, written before anything is sent: what was ever in hand goes out once at
-- most, whoever is killed and whatever the clock does. Only what was surely not taken is tried again.
create table reminders (
    clinic_id uuid not null,
    reminder_id uuid not null,
    participant_id uuid not null,
    kind text not null,
    -- The day of the visit or of the miss, or the id of the newest thing that waits.
    occasion text not null,
    -- The local day of the visit that it is about.
    visit_on date,
    channel text not null,
    status text not null,
    tries integer not null default 1,
    made_at timestamptz not null,
    -- Until when whoever has it in hand may send it, or from when on it is tried again.
    next_at timestamptz not null,
    sent_at timestamptz,
    constraint reminders_key primary key (clinic_id, reminder_id),
    constraint reminders_once_an_occasion unique (clinic_id, participant_id, kind, occasion),
    constraint reminders_participant_exists foreign key (clinic_id, participant_id)
    references participants (clinic_id, participant_id),
    constraint reminders_kind_is_known check (kind in ('before_visit', 'after_miss', 'waiting')),
    constraint reminders_of_visits_have_their_day check ((kind = 'before_visit') = (visit_on is not null)),
    constraint reminders_channel_is_known check (channel in ('text', 'email')),
    constraint reminders_status_is_known check (status in ('in_hand', 'again', 'sent', 'not_sent', 'unsure')),
    constraint reminders_sent_at_a_time check ((status = 'sent') = (sent_at is not null))
);
create index reminders_by_participant on reminders (clinic_id, participant_id, reminder_id);
create index reminders_open on reminders (clinic_id, next_at) where status in ('in_hand', 'again');
create index reminders_of_visits on reminders (clinic_id, visit_on) where status = 'sent' and visit_on is not null;
alter table reminders enable row level security;
alter table reminders force row level security;
create policy reminders_own_clinic on reminders
using (clinic_id = (select current_setting('app.clinic')::uuid));
grant select, insert, delete on reminders to rewards_service;
grant update (status, tries, next_at, sent_at, channel) on reminders to rewards_service;

-- Runs under releases that know 0066_moved_alone.sql.
--
-- Reports that somebody saved: which report, of which days and program, and who may see that there is one. No figures are
-- kept: whoever opens it is shown what stands then. And who is told by mail, how often, that one is ready: a mail has a
-- link alone, and goes out once at most, for when the next one is due is written before it is sent.
create table saved_reports (
    clinic_id uuid not null,
    saved_report_id uuid not null,
    name text not null,
    report text not null,
    -- Days that move with today, or two days of the calendar.
    period text not null,
    since date,
    until date,
    compared_with text not null,
    program text,
    funding text,
    -- Whether everybody who may read reports sees it, or its owner alone.
    shared boolean not null,
    made_at timestamptz not null,
    made_by uuid not null,
    constraint saved_reports_key primary key (clinic_id, saved_report_id),
    constraint saved_reports_clinic_exists foreign key (clinic_id) references clinics (clinic_id),
    constraint saved_reports_name_is_short check (length(name) between 1 and 80),
    constraint saved_reports_report_is_known check (report in ('progress', 'paid')),
    constraint saved_reports_period_is_known check (
        period in ('days', 'eight_weeks', 'last_week', 'last_month', 'last_quarter', 'last_year', 'this_year')
    ),
    constraint saved_reports_days_are_whole check (
        (period = 'days') = (since is not null) and (since is null) = (until is null) and since <= until
    ),
    constraint saved_reports_compared_with_is_known check (compared_with in ('before', 'year_before'))
);
alter table saved_reports enable row level security;
alter table saved_reports force row level security;
create policy saved_reports_own_clinic on saved_reports
using (clinic_id = (select current_setting('app.clinic')::uuid));
grant select, insert, delete on saved_reports to rewards_service;

create table report_mails (
    clinic_id uuid not null,
    saved_report_id uuid not null,
    staff_id uuid not null,
    every text not null,
    -- The local day of the next mail, and from which moment on it is sent.
    next_on date not null,
    due_at timestamptz not null,
    -- How often the one that is due was surely not taken.
    tries integer not null default 0,
    -- When one went out last.
    sent_at timestamptz,
    made_at timestamptz not null,
    constraint report_mails_key primary key (clinic_id, saved_report_id, staff_id),
    constraint report_mails_report_exists foreign key (clinic_id, saved_report_id)
    references saved_reports (clinic_id, saved_report_id) on delete cascade,
    constraint report_mails_staff_exists foreign key (clinic_id, staff_id) references staff (clinic_id, staff_id),
    constraint report_mails_every_is_known check (every in ('week', 'month', 'quarter')),
    constraint report_mails_tries_count_up check (tries >= 0)
);
create index report_mails_due on report_mails (clinic_id, due_at);
create index report_mails_of_staff on report_mails (clinic_id, staff_id);
alter table report_mails enable row level security;
alter table report_mails force row level security;
create policy report_mails_own_clinic on report_mails
using (clinic_id = (select current_setting('app.clinic')::uuid));
grant select, insert, delete on report_mails to rewards_service;
grant update (every, next_on, due_at, tries, sent_at) on report_mails to rewards_service;

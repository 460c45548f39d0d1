-- part: columns
-- A saved report `r`, with how often :staff_id is told of it by mail.
r.saved_report_id, r.name, r.report, r.period, r.since, r.until, r.compared_with, r.program, r.funding, r.shared, r.made_at,
r.made_by, m.every, m.next_on;

-- name: find
-- One that somebody may see: their own, or one that is shared.
select {columns}
from saved_reports as r
left join report_mails as m
    on m.clinic_id = :clinic and r.saved_report_id = m.saved_report_id and m.staff_id = :staff_id
where
    r.clinic_id = :clinic and r.saved_report_id = :saved_report_id and (r.shared or r.made_by = :staff_id);

-- name: insert
insert into saved_reports (
    clinic_id, saved_report_id, name, report, period, since, until, compared_with, program, funding, shared, made_at, made_by
)
values (
    :clinic, :saved_report_id, :name, :report, :period, :since, :until, :compared_with, :program, :funding, :shared, :now,
    :made_by
);

-- name: list
-- Those that somebody may see, by name.
select {columns}
from saved_reports as r
left join report_mails as m
    on m.clinic_id = :clinic and r.saved_report_id = m.saved_report_id and m.staff_id = :staff_id
where r.clinic_id = :clinic and (r.shared or r.made_by = :staff_id)
order by lower(r.name), r.saved_report_id
limit :limit;

-- name: count
-- How many somebody saved.
select count(*) from saved_reports where clinic_id = :clinic and made_by = :made_by;

-- name: delete
-- What was mailed of it ends with it.
delete from saved_reports where clinic_id = :clinic and saved_report_id = :saved_report_id;

-- name: mail
-- Tell somebody of one by mail from a day on, instead of as often as before.
insert into report_mails (clinic_id, saved_report_id, staff_id, every, next_on, due_at, made_at)
values (:clinic, :saved_report_id, :staff_id, :every, :next_on, :due_at, :now)
on conflict (clinic_id, saved_report_id, staff_id) do update
set every = excluded.every, next_on = excluded.next_on, due_at = excluded.due_at, tries = 0;

-- name: end_mail
delete from report_mails
where clinic_id = :clinic and saved_report_id = :saved_report_id and staff_id = :staff_id
returning saved_report_id;

-- name: end_mails_of
-- Tell somebody of nothing any more.
delete from report_mails where clinic_id = :clinic and staff_id = :staff_id
returning saved_report_id;

-- name: due_mail
-- The mail that is due longest, which no other worker has in hand, with whom it goes to; whether they may still see the
-- report stands with it.
select
    m.saved_report_id, m.staff_id, m.every, m.next_on, m.tries, s.email, s.language,
    s.disabled_at is null and s.role = any(:roles::text[]) and (r.shared or r.made_by = m.staff_id) as may_see
from report_mails as m
inner join saved_reports as r on r.clinic_id = :clinic and m.saved_report_id = r.saved_report_id
inner join staff as s on s.clinic_id = :clinic and m.staff_id = s.staff_id
where m.clinic_id = :clinic and m.due_at <= :now
order by m.due_at
limit 1
for update of m skip locked;

-- name: advance
-- When the next one is due; written before this one is sent, so that it goes out once at most.
update report_mails set next_on = :next_on, due_at = :due_at, tries = :tries
where clinic_id = :clinic and saved_report_id = :saved_report_id and staff_id = :staff_id;

-- name: sent
update report_mails set sent_at = :now, tries = 0
where clinic_id = :clinic and saved_report_id = :saved_report_id and staff_id = :staff_id;

-- name: again
-- One that was surely not taken is tried again, where nobody asked for another since.
update report_mails set next_on = :day, due_at = :due_at
where
    clinic_id = :clinic and saved_report_id = :saved_report_id and staff_id = :staff_id and next_on = :next_on
    and tries = :tries;

-- name: given_up
update report_mails set tries = 0
where clinic_id = :clinic and saved_report_id = :saved_report_id and staff_id = :staff_id;

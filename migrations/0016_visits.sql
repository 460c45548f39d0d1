-- One visit is one event. A second event of a target and day is recorded only where somebody says that it is
-- meant, and a withdrawn event gives its reference back.

-- How many events under the same reference were withdrawn before this one: the next one counts on, so that of
-- two requests that bring the reference at once only one is recorded.
alter table events add column reference_no integer not null default 0;
alter table events add constraint events_reference_no_is_of_a_reference
check (reference_no = 0 or (reference_no > 0 and reference is not null));

drop index events_reference_is_unique;
create unique index events_reference_is_unique on events (clinic_id, reference, reference_no)
where reference is not null;

-- The event that stood on that day when this one was recorded beside it, because somebody said so.
alter table events add column another_of uuid;
alter table events add constraint events_another_exists
foreign key (clinic_id, another_of) references events (clinic_id, event_id);
alter table events add constraint events_another_is_of_another check (another_of <> event_id);

-- For the report that names them.
create index events_another on events (clinic_id, event_id) where another_of is not null;

-- Days further off than anybody's care are slips of the keyboard; the outermost of them are infinite to PostgreSQL.
-- What was set before stays as it was told of, so only what is written from now on is held to it.

alter table caps add constraint caps_days_are_near
check (
    starts_on between '1900-01-01' and '2200-12-31'
    and ends_on between '1900-01-01' and '2200-12-31'
) not valid;

alter table closures add constraint closures_days_are_near
check (first_day >= '1900-01-01' and last_day <= '2200-12-31') not valid;

alter table enrollments add constraint enrollments_days_are_near
check (
    starts_on between '1900-01-01' and '2200-12-31'
    and closed_on between '1900-01-01' and '2200-12-31'
    and ends_on between '1900-01-01' and '2200-12-31'
) not valid;

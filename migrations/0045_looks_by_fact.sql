-- A second look covers what was on record when it was taken: by the number of each enrollment's last fact, and not by
-- clocks, which begin before the lock is had. Looks of before have none, and cover what was recorded until then.
alter table second_looks add column through jsonb;

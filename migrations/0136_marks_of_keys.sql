-- Keys of before keys had marks are given theirs once by `rewards migrate`, each that the trail tells was issued; a key
-- without one opens nothing from then on. A mark that is there is there for good.
grant update (mark) on keys to rewards_service;
create trigger keys_mark_for_good before update of mark on keys for each row execute function set_for_good('mark');

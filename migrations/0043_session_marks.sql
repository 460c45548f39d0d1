-- Sessions whose marks only the service can make: whoever writes into this table with the service's login alone opens
-- none, lengthens none, and does not set when its owner last showed who they are. Tokens are kept under a keyed hash from
-- now on, which those of before do not have: the sessions of before end, and everybody signs in anew.
alter table sessions
    add column mark bytea,
    add column proof bytea;
update sessions set revoked_at = greatest(seen_at, created_at) where revoked_at is null;
revoke update (ends_at) on sessions from rewards_service;
grant update (proof) on sessions to rewards_service;

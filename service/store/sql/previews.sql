-- A deed that is only shown is done and taken back in one transaction, so that its preview is the deed itself.

-- name: begin
savepoint preview;

-- name: take_back
rollback to savepoint preview;

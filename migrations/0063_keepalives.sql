-- A server lets go of what a client holds that is gone without a word: its machine lost power, or its network.
--
-- What a request may take is said by the service itself, for each transaction. This is for connections on which
-- nobody says anything any more: they would keep their locks for two hours, as long as TCP waits by itself.
do $$
declare
    setting text;
begin
    foreach setting in array array[
        'tcp_keepalives_idle = 15', 'tcp_keepalives_interval = 5', 'tcp_keepalives_count = 3',
        'tcp_user_timeout = 30000',
        -- A statement that nobody waits for any more is given up while it runs.
        'client_connection_check_interval = 5000'
    ] loop
        -- Roles belong to the whole server: another database's owner may have made it, or be setting it now. Not
        -- every system can check on clients.
        begin
            execute format('alter role rewards_service set %s', setting);
        exception when insufficient_privilege or internal_error or invalid_parameter_value then
            raise notice 'set % for rewards_service by hand', setting;
        end;
    end loop;
end
$$;

-- How much waits to be handed over, each kind counted up to a limit. $1 clinic, $2 limit.
select (
    (
        select count(*) from (
            select from redemptions where clinic_id = $1 and status = 'held' order by redemption_id limit $2
        ) as one
    ) + (
        select count(*) from (
            select from prizes where clinic_id = $1 and status = 'owed' order by prize_id limit $2
        ) as one
    )
)::integer as waiting

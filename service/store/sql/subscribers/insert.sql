-- A new subscriber, with where it stands: it is told what is done from now on.
with made as (
    insert into subscribers (
        clinic_id, subscriber_id, url, types, consent_required, secret, created_at, created_by
    )
    values ($1, $2, $3, $4, $5, $6, $7, $8)
)

insert into subscriber_heads (clinic_id, subscriber_id, read_seq)
select $1, $2, seq from audit_heads
where clinic_id = $1

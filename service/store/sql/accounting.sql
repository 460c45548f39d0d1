-- name: list
-- Everything that was told of any of some charts before a moment, newest first: notices, what was released, and what
-- keys read, by key, deed and local day. A reading names the person in the audit trail, so nothing else is kept of it.
-- The ids of readings are made of what they are, so that a page goes on after one.
with told as (
    select d.disclosure_id as id, d.participant_id, 'notice' as how, d.type as what, d.at, 1::bigint as times,
        d.subscriber_id as recipient_id, s.url, null::text as label, null::bytea as recipient,
        c.purpose as consented, null::bytea as purpose, d.consent_id
    from unnest(:charts::uuid[]) as asked (participant_id)
    inner join disclosures as d on d.clinic_id = :clinic and d.participant_id = asked.participant_id
    left join subscribers as s on s.clinic_id = :clinic and s.subscriber_id = d.subscriber_id
    left join consents as c on c.clinic_id = :clinic and c.consent_id = d.consent_id
    union all
    select r.release_id, r.participant_id, r.how, r.what, r.at, 1, r.released_by, null, null, r.recipient, null,
        r.purpose, null
    from unnest(:charts::uuid[]) as asked (participant_id)
    inner join releases as r on r.clinic_id = :clinic and r.participant_id = asked.participant_id
    union all
    select md5(concat(k.key_id, read.deed, read.day))::uuid, read.participant_id, 'key', read.deed, read.at, read.times,
        k.key_id, null, k.label, null, null, null, null
    from (
        select a.participant_id, a.actor_id, a.deed, (a.at at time zone :zone::text)::date as day, max(a.at) as at,
            count(*) as times
        from unnest(:charts::uuid[]) as asked (participant_id)
        inner join audit as a on a.clinic_id = :clinic and a.participant_id = asked.participant_id
        where a.deed like '%.read' or a.deed like '%.listed'
        group by a.participant_id, a.actor_id, a.deed, (a.at at time zone :zone::text)::date
    ) as read
    inner join keys as k on k.clinic_id = :clinic and k.key_id = read.actor_id
)

select * from told
where
    (at, id) < (:before_at, :before::uuid)
    and at >= :since
    and at < :until
order by at desc, id desc
limit :limit;

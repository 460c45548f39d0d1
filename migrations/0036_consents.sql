-- Consents whole, by the rule of 2024 (42 CFR 2.31): the kind, the amount and kind of information, to whom, the
-- signature with its date, the end as it is allowed, and how to take it back. A consent without a kind was recorded in
-- the short form, and keeps its meaning: it is for the subscriber that it names, of what notices hold.

alter table consents
    add column kind text,
    add column information bytea,
    add column recipient bytea,
    add column recipient_is_class boolean not null default false,
    add column ends_when bytea,
    add column how_to_revoke bytea,
    add column signed_how text,
    add column signed_name bytea,
    add column signed_on date,
    add column signature bytea,
    add column signature_media text;

-- A consent may name somebody that is told on paper alone, such as a court.
alter table consents alter column subscriber_id drop not null;

alter table consents
    add constraint consents_kind_is_known check (kind in ('specific', 'tpo')),
    add constraint consents_are_to_somebody check (subscriber_id is not null or recipient is not null),
    -- The whole form says how much of what, and is signed; the short form says neither.
    add constraint consents_whole_or_short check (
        (kind is null) = (information is null) and (kind is null) = (signed_how is null)
        and (kind is null) = (signed_on is null)
    ),
    add constraint consents_signed_as_known check (signed_how in ('typed', 'drawn', 'paper')),
    add constraint consents_signed_by_somebody check ((signed_how is null) = (signed_name is null)),
    add constraint consents_drawn_is_kept check (
        (coalesce(signed_how, '') = 'drawn') = (signature is not null)
        and (signature is null) = (signature_media is null)
    ),
    -- Treatment, payment and operations may be consented to without an end; anything else ends some day, or with an event.
    add constraint consents_specific_ends check (
        kind is distinct from 'specific' or expires_on is not null or ends_when is not null
    ),
    add constraint consents_class_is_named check (not recipient_is_class or recipient is not null);

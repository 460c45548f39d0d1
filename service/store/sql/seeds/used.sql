-- Whether anything was drawn with a seed.
select
    exists (select from draws where clinic_id = $1 and seed_id = $2)
    or exists (select from hats where clinic_id = $1 and seed_id = $2)

-- Every tax threshold, with what the audit trail says it was set to.
select t.tax_threshold_id, t.from_year, t.amount, t.created_by, s.detail as told
from tax_thresholds as t
left join (
    select subject_id, detail from audit
    where clinic_id = $1 and deed = 'tax_threshold.set'
) as s on t.tax_threshold_id = s.subject_id
where t.clinic_id = $1
order by t.from_year, t.tax_threshold_id

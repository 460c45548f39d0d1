select clinic_ids() as clinic_id

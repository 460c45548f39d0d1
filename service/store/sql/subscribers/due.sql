select clinic_id, subscriber_id, silences from subscribers_due($1, $2)

-- What became of a message: recorded as event $6, ignored, or put aside for review with $4 and $5.
update inbound_messages set
    status = $3, code = $4, why = $5, event_id = $6, participant_id = $7, settled_at = $8, leased_until = null,
    discarded_by = null, reason = null, tries = tries + 1
where clinic_id = $1 and message_id = $2

select make_weeks($1, $2)

select drop_weeks($1)

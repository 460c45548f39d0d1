-- How often each slip of each bowl was drawn, in all clinics together.
select document, slip, drawn from draw_tallies()

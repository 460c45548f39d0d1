"""Tables as spreadsheets write them: encoding, separator, header, times, ids and outcome words; pure."""

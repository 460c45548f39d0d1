"""Reminders by text or mail: what a clinic sends, who gave leave, what is due, and sending it once."""

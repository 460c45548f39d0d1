"""Notices to subscribers: fan-out, sending, deliveries and replay."""

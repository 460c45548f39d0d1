"""Notices to subscribers: bodies, deliveries, attempts and the waits between them."""

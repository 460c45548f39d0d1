"""The demo's clinic: invented people with a history that makes every number interesting."""

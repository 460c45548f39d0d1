"""Ids: UUIDv7 (RFC 9562), which sort by the time they were made."""

from uuid import UUID

Id = UUID

"""Participants, enrollments, transfers, admission and consents."""

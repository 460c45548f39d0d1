"""Messages of real shape that stand in `shared/cases/feeds`, and what each of them must give."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

import pytest

CASES: Final = Path(__file__).resolve().parents[2] / "shared" / "cases" / "feeds"


def message(name: str) -> bytes:
    """Read one of the shared messages; without them a test is skipped, and fails under CI."""
    path = CASES / name
    if path.is_file():
        return path.read_bytes()
    if os.environ.get("CI"):
        pytest.fail(f"CI has no {path}")
    pytest.skip("the shared cases are not here")


BECOMES: Final = {
    "adt-a40.hl7": ("recorded", "merged", None),
    "fhir-observation-entered-in-error.json": ("review", None, None),
    "fhir-report-bundle.json": ("recorded", None, "negative"),
    "oru-dilute.hl7": ("recorded", None, "dilute"),
    "oru-missing-analyte.hl7": ("review", None, None),
    "oru-panel-cocaine-positive.hl7": ("recorded", None, "positive"),
    "oru-panel-corrected.hl7": ("recorded", None, "positive"),
    "oru-panel-final.hl7": ("recorded", None, "negative"),
    "oru-panel-negative.hl7": ("recorded", None, "negative"),
    "oru-panel-pending.hl7": ("recorded", None, "pending"),
    "siu-s12.hl7": ("recorded", "planned", None),
    "siu-s13.hl7": ("recorded", "planned", None),
    "siu-s15.hl7": ("ignored", None, None),
}
"""What each becomes where it comes first and alone: its status, what it did, and the outcome of an event."""

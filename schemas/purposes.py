"""What a program can be for: each has a template to begin with."""

from typing import Literal

Purpose = Literal["tests", "groups", "homework", "iop", "smoking", "medication"]
"""Tests, coming to group, homework, an intensive outpatient program, not smoking, and medication."""

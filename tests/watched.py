"""What is watched: the alert rules, the dashboard and the runbook, and the tool that checks them."""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest
import yaml

ROOT: Final = Path(__file__).resolve().parents[1]
RULES: Final = ROOT / "deploy" / "prometheus" / "alerts.yaml"
CONFIG: Final = ROOT / "deploy" / "prometheus" / "prometheus.yaml"
DASHBOARDS: Final = sorted((ROOT / "deploy" / "grafana").glob("*.json"))
RUNBOOK: Final = ROOT / "docs" / "runbook.md"


def alerts() -> list[dict[str, Any]]:
    """Read the alert rules."""
    groups = yaml.safe_load(RULES.read_text(encoding="utf-8"))["groups"]
    return [rule for group in groups for rule in group["rules"]]


def panels() -> list[dict[str, Any]]:
    """Read the panels of every dashboard that show something."""
    every = [json.loads(path.read_text(encoding="utf-8"))["panels"] for path in DASHBOARDS]
    return [panel for one in every for panel in one if panel["type"] != "row"]


def expressions() -> Iterator[str]:
    """Read what the alerts and the dashboards ask Prometheus."""
    yield from (rule["expr"] for rule in alerts())
    for panel in panels():
        yield from (target["expr"].replace("$__rate_interval", "5m") for target in panel["targets"])


def names_asked() -> set[str]:
    """Name the metrics of ours that are asked for."""
    return {name for one in expressions() for name in re.findall(r"\brewards_\w+", one)}


def names_exposed(text: str) -> set[str]:
    """Name the series that an answer of `/metrics` is about."""
    ends = {"histogram": ("_bucket", "_sum", "_count")}
    found = re.findall(r"(?m)^# TYPE (\S+) (\S+)$", text)
    return {name + end for name, kind in found for end in ends.get(kind, ("",))}


def promtool() -> str:
    """Find promtool, of Debian's package `prometheus`; a check must have it, a person's machine may not."""
    found = shutil.which("promtool")
    if found is None:
        if os.environ.get("CI"):
            pytest.fail("promtool is missing, and under CI it is part of the check")
        pytest.skip("promtool is not here: install Debian's package prometheus")
    return found

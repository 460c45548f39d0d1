"""The shared vectors come out exactly, visit by visit."""

import json
from pathlib import Path
from typing import Any

import pytest
from msgspec import convert

from schemas.books import TableOutcome
from schemas.program import Program
from service.core.authoring.programs import check
from service.core.authoring.table import table


@pytest.fixture(scope="module")
def vectors(shared: Path) -> list[dict[str, Any]]:
    """Read the published schedules that lie beside the checkout."""
    found: list[dict[str, Any]] = json.loads((shared / "vectors" / "schedules.json").read_text("utf-8"))
    return found


def test_every_published_schedule_comes_out_exactly(vectors: list[dict[str, Any]]) -> None:
    """Base and bonus of each visit and the total are those of the publication."""
    assert len(vectors) >= 9
    for vector in vectors:
        document = {
            "name": "vector",
            "title": vector["id"],
            "unit": vector["unit"],
            "weeks": 52,
            "targets": [vector["target"]],
        }
        made = convert(document, Program)
        assert check(made) == (), vector["id"]
        name = vector["target"]["name"]
        visits = [TableOutcome(name, one["week"], one["outcome"]) for one in vector["events"]]
        found = table(made, visits)
        assert [row.base for row in found.rows] == vector["expected"]["base"], vector["id"]
        assert [row.bonus for row in found.rows] == vector["expected"]["bonus"], vector["id"]
        assert found.total == vector["expected"]["total"], vector["id"]

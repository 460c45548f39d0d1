"""A person's whole record, and the erasure of who they are, by the commands of those who keep the machine."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.walks.conftest import Demo, Run

# A demo is started for it, where no other test has one.
pytestmark = pytest.mark.slow


def test_a_record_is_written_in_words_and_line_by_line(demo: Demo, rewards: Run, tmp_path: Path) -> None:
    """All of it is of the one person that was named, whom the words name too."""
    person = demo.said["participants"][0]
    whose = ("--clinic", demo.said["clinic"], "--data", str(demo.data), "--participant", person["id"])
    lines = [json.loads(line) for line in rewards("participant", "export", *whose).stdout.splitlines()]
    assert len(lines) > 10
    assert person["id"] in json.dumps(lines)
    others = [one["id"] for one in demo.said["participants"][1:]]
    assert not any(other in json.dumps(lines) for other in others)
    file = tmp_path / "record.txt"
    told = json.loads(
        rewards("participant", "export", "--words", "--out", str(file), "--json", *whose).stdout
    )
    words = file.read_text(encoding="utf-8")
    assert (told["participant"], told["bytes"]) == (person["id"], len(words.encode()))
    assert person["reference"] in words


def test_an_erasure_is_shown_and_proposed_and_erases_nothing_by_itself(demo: Demo, rewards: Run) -> None:
    """Without `--by` nothing is kept of it; with a manager it waits for another one's approval."""
    person = demo.said["participants"][-1]
    whose = ("--clinic", demo.said["clinic"], "--data", str(demo.data), "--participant", person["id"])
    asked = ("participant", "erase", "--reason", "They asked for it", "--json", *whose)
    shown = json.loads(rewards(*asked).stdout)
    assert (shown["id"], shown["participant"]) == (None, person["id"])
    assert sum(shown["erases"].values()) > 0
    manager = next(one["email"] for one in demo.said["staff"] if one["role"] == "manager")
    refused = rewards(*asked, "--by", "nobody@example.org", check=False)
    assert (refused.returncode, json.loads(refused.stdout)["code"]) == (3, "not_found")
    proposed = json.loads(rewards(*asked, "--by", manager).stdout)
    assert proposed["erases"] == shown["erases"]
    waiting = [one["id"] for one in demo.get("/v1/erasures")["items"]]
    assert waiting == [proposed["id"]]
    assert demo.get(f"/v1/participants/{person['id']}")["reference"] == person["reference"]

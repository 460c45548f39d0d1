"""The reference page's code samples do what they show."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import sys
from typing import TYPE_CHECKING, Any

import pytest

from service.web.api.contract import contract_bytes
from service.web.contract.code_samples import with_samples

if TYPE_CHECKING:
    from pathlib import Path

    from tests.web.conftest import Clinic

SAMPLED = with_samples(json.loads(contract_bytes()))
OPERATIONS: dict[str, dict[str, Any]] = {
    told["operationId"]: told for methods in SAMPLED["paths"].values() for told in methods.values()
}
ALONE = (
    "publish_program",
    "read_program",
    "tabulate_program",
    "register_participant",
    "list_participants",
    "add_reward",
)
"""Operations whose examples can be sent to an empty clinic, in an order in which they can be."""


def sample(name: str, label: str) -> str:
    """Find one operation's code in one language."""
    (found,) = [one["source"] for one in OPERATIONS[name]["x-codeSamples"] if one["label"] == label]
    return str(found)


async def ran(command: list[str], clinic: Clinic) -> str:
    """Run a sample as a reader would, and read what it prints."""
    environment = {**os.environ, "REWARDS_URL": clinic.url, "REWARDS_KEY": clinic.keys["manager"]}
    process = await asyncio.create_subprocess_exec(
        *command, env=environment, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE
    )
    said, complained = await asyncio.wait_for(process.communicate(), 60)
    assert process.returncode == 0, complained.decode()
    return said.decode()


@pytest.mark.parametrize("name", OPERATIONS)
async def test_samples_are_well_formed(name: str, tmp_path: Path) -> None:
    """Python compiles, and a shell reads the command."""
    compile(sample(name, "Python"), name, "exec")
    (tmp_path / "sample.sh").write_text(sample(name, "curl"))
    process = await asyncio.create_subprocess_exec("bash", "-n", str(tmp_path / "sample.sh"))
    assert await process.wait() == 0
    assert (" -N " in sample(name, "curl")) is (name in {"follow_participant", "follow_clinic"})


async def test_python_samples_run_against_the_service(clinic: Clinic) -> None:
    """Each prints the answer."""
    for name in ALONE:
        await ran([sys.executable, "-c", sample(name, "Python")], clinic)
    found = (await clinic.get("/v1/participants")).json()["items"]
    assert [one["reference"] for one in found] == ["A-1042"]
    assert len((await clinic.get("/v1/rewards")).json()["items"]) == 1


async def test_curl_samples_run_against_the_service(clinic: Clinic) -> None:
    """Each prints the answer, as JSON."""
    if shutil.which("curl") is None:
        if os.environ.get("CI"):
            pytest.fail("curl is missing, and under CI its samples are part of the check")
        pytest.skip("curl is not installed")
    answers = {name: json.loads(await ran(["bash", "-c", sample(name, "curl")], clinic)) for name in ALONE}
    assert answers["publish_program"]["version"] == 1
    assert answers["read_program"]["document"]["name"] == answers["publish_program"]["name"]
    assert answers["list_participants"]["items"] == [answers["register_participant"]]

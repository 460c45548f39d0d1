"""Real generators make clients of the contract, and each does the main job against a running service.

The main job: make a participant, publish a program, enroll, record, correct, redeem, be refused, read the
balance and the statement.
"""

from __future__ import annotations

import asyncio
import json
import os
import re
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from service.web.contract.code_samples import with_samples
from service.web.printing import PUBLISHED
from tests import clock
from tests.clients.conftest import needed

if TYPE_CHECKING:
    from tests.web.conftest import Clinic

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]

CONTRACT = PUBLISHED / "openapi.json"
JOBS = Path(__file__).parent / "jobs"
STEP_S_MAX = 300
DONE: dict[str, Any] = {
    "recorded": [0],
    "corrected": [250],
    "statuses": ["held", "given"],
    "refused": "insufficient_balance",
    "balance": [["usd", 50, 0, 200]],
    "statement": [["redemption", 200], ["redemption", 200], ["award", 250]],
}


async def ran(command: Sequence[object], folder: Path, **environment: str) -> tuple[str, str]:
    """Run a command that must succeed, and give its output and its complaints."""
    process = await asyncio.create_subprocess_exec(
        *map(str, command),
        cwd=folder,
        env={**os.environ, **environment},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    said, complained = await asyncio.wait_for(process.communicate(), STEP_S_MAX)
    assert process.returncode == 0, (said + complained).decode(errors="replace")[-6000:]
    return said.decode(), complained.decode()


def asked(clinic: Clinic) -> dict[str, str]:
    """Tell a job where the service is, who it is, and which days to use."""
    at = clock.now() - timedelta(days=1)
    start = (at - timedelta(days=7)).date()
    return {
        "REWARDS_URL": clinic.url,
        "REWARDS_KEY": clinic.keys["manager"],
        "OCCURRED_AT": at.isoformat(),
        "STARTS_ON": start.isoformat(),
    }


async def test_openapi_python_client_does_the_main_job(
    python_tools: Path, clinic: Clinic, tmp_path: Path
) -> None:
    """Its warnings are those of media types that it does not know, and of files that come as an answer."""
    (tmp_path / "config.yaml").write_text("package_name_override: rewards_client\npost_hooks: []\n")
    _, complained = await ran(
        [
            python_tools / "openapi-python-client",
            "generate",
            "--path",
            CONTRACT,
            "--meta",
            "none",
            "--output-path",
            "rewards_client",
            "--config",
            "config.yaml",
        ],
        tmp_path,
    )
    assert not [line for line in complained.splitlines() if line.startswith("ERROR")]
    warned = re.findall(r"^WARNING parsing (\S+ \S+) within", complained, re.MULTILINE)
    assert set(warned) == {
        "POST /v1/programs",
        "POST /v1/events/batch",
        "GET /v1/participants/{participant}/export",
        "POST /v1/inbound/{source}",
        "GET /v1/audit/pack",
    }
    unknown = re.findall(r"^Unsupported content type (\S+)", complained, re.MULTILINE)
    assert set(unknown) == {
        "application/yaml",
        "application/x-ndjson",
        "application/hl7-v2",
        "x-application/hl7-v2+er7",
        "text/plain",
    }
    job = [python_tools / "python", "-P", JOBS / "openapi_python_client.py"]
    await done(job, tmp_path, clinic, PYTHONPATH=str(tmp_path))


async def test_datamodel_code_generator_models_do_the_main_job(
    python_tools: Path, clinic: Clinic, tmp_path: Path
) -> None:
    """Its models make every body and read every answer."""
    await ran(
        [
            python_tools / "datamodel-codegen",
            "--input",
            CONTRACT,
            "--input-file-type",
            "openapi",
            "--output",
            "rewards_models.py",
            "--output-model-type",
            "pydantic_v2.BaseModel",
            "--target-python-version",
            "3.11",
            "--formatters",
            "builtin",
        ],
        tmp_path,
    )
    job = [python_tools / "python", "-P", JOBS / "datamodel_code_generator.py"]
    await done(job, tmp_path, clinic, PYTHONPATH=str(tmp_path))


async def test_openapi_generator_client_does_the_main_job(
    python_tools: Path, clinic: Clinic, tmp_path: Path
) -> None:
    """It finds the contract valid, links and webhooks included."""
    needed("java", "default-jre-headless")
    tool = python_tools / "openapi-generator-cli"
    await ran([tool, "validate", "-i", CONTRACT], tmp_path)
    await ran(
        [
            tool,
            "generate",
            "-g",
            "python",
            "-i",
            CONTRACT,
            "-o",
            "made",
            "--additional-properties=packageName=rewards_client",
        ],
        tmp_path,
    )
    job = [python_tools / "python", "-P", JOBS / "openapi_generator.py"]
    await done(job, tmp_path, clinic, PYTHONPATH=str(tmp_path / "made"))


async def test_openapi_typescript_client_does_the_main_job(node_tools: Path, clinic: Clinic) -> None:
    """The compiler holds each request against the contract's types, and Node sends them."""
    project(node_tools, "openapi_fetch.ts")
    as_they_are = ["--default-non-nullable", "false"]
    await ran(
        ["node_modules/.bin/openapi-typescript", CONTRACT, "-o", "contract.ts", *as_they_are], node_tools
    )
    await compiled_and_run(node_tools, "openapi_fetch", clinic)


async def test_hey_api_client_does_the_main_job(node_tools: Path, clinic: Clinic) -> None:
    """The same with a function for each operation."""
    project(node_tools, "hey_api.ts")
    fetch = ["-c", "@hey-api/client-fetch"]
    await ran(["node_modules/.bin/openapi-ts", "-i", CONTRACT, "-o", "sdk", *fetch], node_tools)
    await compiled_and_run(node_tools, "hey_api", clinic)


async def test_typescript_samples_of_the_reference_page_compile(node_tools: Path) -> None:
    """Every operation's, strictly."""
    sampled = with_samples(json.loads(CONTRACT.read_bytes()))
    told = [one for methods in sampled["paths"].values() for one in methods.values()]
    samples = node_tools / "samples"
    samples.mkdir()
    for one in told:
        (source,) = [code["source"] for code in one["x-codeSamples"] if code["lang"] == "typescript"]
        (samples / f"{one['operationId']}.ts").write_text(f"{source}\nexport {{}};\n")
    project(node_tools, *sorted(str(path) for path in samples.iterdir()))
    await ran([needed("node", "nodejs"), "node_modules/typescript/bin/tsc", "--noEmit"], node_tools)


async def done(command: Sequence[object], folder: Path, clinic: Clinic, **environment: str) -> None:
    """Run a job, which must come to the one end."""
    said, _ = await ran(command, folder, **environment, **asked(clinic))
    assert json.loads(said) == DONE


def project(folder: Path, *files: str) -> None:
    """Lay out a strict project in TypeScript around some files."""
    # `moduleResolution` by name: @hey-api/openapi-ts writes imports as it says.
    modules = {"module": "nodenext", "moduleResolution": "nodenext", "types": ["node"]}
    options = {"strict": True, "target": "es2022", "skipLibCheck": True, "outDir": "out", **modules}
    (folder / "tsconfig.json").write_text(json.dumps({"compilerOptions": options, "files": files}))


async def compiled_and_run(folder: Path, job: str, clinic: Clinic) -> None:
    """Compile a job, and run it."""
    node = needed("node", "nodejs")
    (folder / f"{job}.ts").write_bytes((JOBS / f"{job}.ts").read_bytes())
    await ran([node, "node_modules/typescript/bin/tsc"], folder)
    await done([node, f"out/{job}.js"], folder, clinic)

"""The Dockerfile passes hadolint, and the compose file is one by the published schema of compose files."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Final

import asyncpg

from tests.pair import primary
from tests.programs import TOOLS, found, needed

DEPLOY: Final = Path(__file__).resolve().parents[2] / "deploy"


def said(program: str, *words: str) -> tuple[int, str]:
    """Run a program; gives its exit code and all that it printed."""
    done = subprocess.run(
        [str(found(program)), *words], capture_output=True, text=True, check=False, timeout=60
    )
    return done.returncode, done.stdout + done.stderr


def test_hadolint_finds_nothing_in_the_dockerfile(tmp_path: Path) -> None:
    """With every rule on, those on style too."""
    needed(hadolint=TOOLS)
    assert said("hadolint", "--no-color", "--failure-threshold", "style", str(DEPLOY / "Dockerfile")) == (
        0,
        "",
    )
    worse = tmp_path / "Dockerfile"
    worse.write_text((DEPLOY / "Dockerfile").read_text(encoding="utf-8") + "RUN cd /opt\n", encoding="utf-8")
    assert said("hadolint", "--no-color", str(worse))[0] == 1


def test_the_compose_file_fits_the_schema_of_compose_files(tmp_path: Path) -> None:
    """Docker is not needed to see that every key is one."""
    needed(**{"check-jsonschema": TOOLS})
    schema = ("--builtin-schema", "vendor.compose-spec")
    text = (DEPLOY / "compose.yaml").read_text(encoding="utf-8")
    code, words = said("check-jsonschema", *schema, str(DEPLOY / "compose.yaml"))
    assert code == 0, words
    worse = tmp_path / "compose.yaml"
    worse.write_text(text.replace("healthcheck:", "health:"), encoding="utf-8")
    assert said("check-jsonschema", *schema, str(worse))[0] == 1


async def test_postgresql_understands_who_may_log_in() -> None:
    """Each line of its file, by the server's own reading; the wheel's server only says that it has no TLS."""
    with primary() as (server, _):
        (server.place.data / "postgres" / "pg_hba.conf").write_bytes((DEPLOY / "pg_hba.conf").read_bytes())
        connection = await asyncpg.connect(f"postgresql://postgres@/postgres?host={server.sockets}")
        rules = await connection.fetch(
            "select type, database, user_name, auth_method, error from pg_hba_file_rules order by line_number"
        )
        await connection.close()
    assert [tuple(one)[:4] for one in rules] == [
        ("local", ["all"], ["all"], "trust"),
        ("hostssl", ["all"], ["all"], "scram-sha-256"),
    ]
    assert rules[0]["error"] is None
    assert rules[1]["error"] in {
        None,
        "hostssl record cannot match because SSL is not supported by this build",
    }

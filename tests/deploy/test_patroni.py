"""Patroni takes its files, they keep what they promise, and over a network nobody is let in without TLS."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any, Final

import pytest
import yaml

from service.embedded.place import Place
from service.embedded.programs import programs_of
from tests.programs import TOOLS, found, module, needed
from tests.web.conftest import free_port

FILES: Final = Path(__file__).resolve().parents[2] / "deploy" / "patroni"
NODE: Final = dict(re.findall(r"(?m)^([A-Z0-9_]+)=(.*)$", (FILES / "node.env.example").read_text("utf-8")))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Lay the files as they lie on a server."""
    needed(patroni=TOOLS)
    for path in FILES.glob("*.yml"):
        shutil.copy2(path, tmp_path)
    return tmp_path


def merged(folder: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """Give what Patroni makes of its files and its environment together."""
    for name, value in NODE.items():
        monkeypatch.setenv(name, value)
    found: dict[str, Any] = module("patroni.config").Config(str(folder)).local_configuration
    return found


def test_patroni_takes_the_files_and_what_each_server_adds(folder: Path) -> None:
    """By its own validator, which knows every key; a wrong one is found."""
    listen = {name: f"127.0.0.1:{free_port()}" for name in NODE if name.endswith("_LISTEN")}
    given = {
        **os.environ,
        **NODE,
        **listen,
        "PATRONI_POSTGRESQL_BIN_DIR": str(programs_of(Place(folder, None))),
    }
    command = [str(found("patroni")), "--validate-config", str(folder)]

    def said() -> tuple[int, str]:
        done = subprocess.run(command, env=given, capture_output=True, text=True, check=False, timeout=60)
        return done.returncode, done.stdout + done.stderr

    assert said() == (0, "")
    shared = folder / "cluster.yml"
    shared.write_text(
        shared.read_text(encoding="utf-8").replace("loop_wait: 2", "loop_wait: soon"), encoding="utf-8"
    )
    assert "loop_wait" in said()[1]


def test_everything_in_the_example_of_an_environment_is_taken(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name that Patroni does not know would be passed over in silence."""
    said = yaml.safe_dump(merged(folder, monkeypatch))
    for name, value in NODE.items():
        if name.startswith("PATRONI_"):
            assert all(part in said for part in value.split(",")), name
    assert "OWNER_PASSWORD_FILE" in NODE
    assert "${OWNER_PASSWORD_FILE:-" in (FILES.parent / "owner.sh").read_text(encoding="utf-8")


def test_what_is_acknowledged_is_on_two_servers(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A commit waits for a standby, also where there is none; a primary's place is given away in due time."""
    shared = merged(folder, monkeypatch)["bootstrap"]["dcs"]
    assert (shared["synchronous_mode"], shared["synchronous_node_count"]) == ("quorum", 1)
    assert shared["synchronous_mode_strict"] is True
    assert shared["loop_wait"] + 2 * shared["retry_timeout"] <= shared["ttl"]


def test_over_a_network_there_is_tls_and_a_password(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever comes from another machine comes by `hostssl`, Patroni's own logins too."""
    server = merged(folder, monkeypatch)["postgresql"]
    for line in server["pg_hba"]:
        kind, _database, _user, *where, how = line.split()
        assert how == "scram-sha-256", line
        assert kind in {"local", "hostssl"} or where == ["127.0.0.1/32"], line
    assert server["parameters"]["ssl"] == "on"
    for login in ("replication", "rewind"):
        assert server["authentication"][login]["sslmode"] == "verify-ca"
    for line in yaml.safe_load((FILES / "cluster.yml").read_text(encoding="utf-8"))["postgresql"]["pg_hba"]:
        assert line.startswith("local") or "127.0.0.1/32" in line

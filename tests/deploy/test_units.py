"""The systemd units are taken by systemd itself, and hand the service settings that it understands."""

from __future__ import annotations

import base64
import re
import shutil
import subprocess
from pathlib import Path
from typing import Final

import pytest

from service import settings
from service.commands.arguments import parser
from tests.programs import found, needed

UNITS: Final = Path(__file__).resolve().parents[2] / "deploy" / "systemd"
SERVICES: Final = sorted(path.name for path in UNITS.glob("*.service"))
OWNERS: Final = {"rewards-migrate.service", "rewards-backup.service"}
"""What is told of the tables' owner."""
REWARDS: Final = "/opt/rewards/bin/rewards"
EXPOSURE_MAX: Final = 20
"""What systemd may find open to a unit, of 100: it speaks to the network, and that is all."""
SECRETS: Final = {
    "database_url": "postgresql://rewards_service:x@127.0.0.1:6432/rewards",
    "database_direct_url": "postgresql://rewards_service:x@127.0.0.1:5433/rewards",
    "owner_url": "postgresql://rewards_owner:x@127.0.0.1:5433/rewards",
    "redis_url": "rediss://rewards:x@valkey:6379/0",
    "field_keys": "one:" + base64.b64encode(bytes(32)).decode(),
    "index_key": base64.b64encode(bytes(32)).decode(),
    "audit_key": base64.b64encode(bytes(32)).decode(),
}


def lines(name: str, key: str) -> list[str]:
    """Read all values of one key of a unit."""
    return re.findall(rf"(?m)^{key}=(.*)$", (UNITS / name).read_text(encoding="utf-8"))


def analyzed(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Ask systemd's own checker, of units that lie in a folder."""
    return subprocess.run(
        [str(found("systemd-analyze")), *words],
        capture_output=True,
        text=True,
        check=False,
        env={"SYSTEMD_UNIT_PATH": f"{folder}:", "PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"},
        timeout=60,
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Copy the units, naming a program that is there, and Debian's unit of Patroni beside its drop-in."""
    needed(**{"systemd-analyze": "systemd"})
    shutil.copytree(UNITS, tmp_path, dirs_exist_ok=True)
    for path in tmp_path.glob("*.service"):
        path.write_text(path.read_text(encoding="utf-8").replace(REWARDS, "/bin/true"), encoding="utf-8")
    (tmp_path / "patroni.service").write_text(
        "[Unit]\nConditionPathExists=/etc/patroni/config.yml\n[Service]\nType=simple\n"
        "ExecStart=/bin/false /etc/patroni/config.yml\nRestart=on-failure\n",
        encoding="utf-8",
    )
    drop_in = tmp_path / "patroni.service.d" / "rewards.conf"
    drop_in.write_text(drop_in.read_text(encoding="utf-8").replace("/usr/bin/patroni", "/bin/true"))
    return tmp_path


def test_systemd_takes_every_unit_without_a_word(folder: Path) -> None:
    """A key that it does not know, a path that is none, or two starts where one may be, are said."""
    units = [str(path) for path in folder.iterdir() if path.suffix in {".service", ".timer"}]
    said = analyzed(folder, "verify", "--man=no", *units)
    assert (said.returncode, said.stdout + said.stderr) == (0, "")
    unit = folder / "rewards-web.service"
    unit.write_text(
        unit.read_text(encoding="utf-8").replace("ProtectSystem=", "ProtectSytem="), encoding="utf-8"
    )
    assert "ProtectSytem" in analyzed(folder, "verify", "--man=no", str(unit)).stderr


@pytest.mark.parametrize("name", SERVICES)
def test_a_unit_may_do_little_on_its_machine(folder: Path, name: str) -> None:
    """By systemd's own measure."""
    words = ("security", "--offline=yes", f"--threshold={EXPOSURE_MAX}", str(folder / name))
    assert analyzed(folder, *words).returncode == 0


@pytest.mark.parametrize("name", SERVICES)
def test_a_unit_starts_a_command_with_settings_that_it_takes(tmp_path: Path, name: str) -> None:
    """Each secret that a setting names is handed to it, what serves knows nothing of the owner."""
    (start,) = lines(name, "ExecStart")
    program, *words = start.split()
    assert program == REWARDS
    parser().parse_args(words)
    for credential in lines(name, "LoadCredential"):
        secret, _, path = credential.partition(":")
        assert path == f"/etc/rewards/secrets/{secret}"
        (tmp_path / secret).write_text(SECRETS[secret], encoding="utf-8")
    given = dict(one.replace("%d", str(tmp_path)).split("=", 1) for one in lines(name, "Environment"))
    read = settings.read(given)
    assert read.database_direct_url == SECRETS["database_direct_url"]
    assert (read.migration_database_url == SECRETS["owner_url"]) == (name in OWNERS)


def test_what_serves_comes_back_and_is_given_time_to_finish() -> None:
    """Twenty seconds are what the service takes at most."""
    for name in ("rewards-web.service", "rewards-worker.service"):
        assert lines(name, "Restart") == ["always"]
        assert int(lines(name, "TimeoutStopSec")[0]) > 20
        assert lines(name, "StartLimitIntervalSec") == ["0"]


def test_each_timer_starts_a_unit_that_is_there() -> None:
    """A timer starts the unit of its own name."""
    assert {timer.with_suffix(".service").name for timer in UNITS.glob("*.timer")} == {
        "rewards-backup.service",
        "rewards-verify.service",
    }

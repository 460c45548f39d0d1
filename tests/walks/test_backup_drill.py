"""The drill: a backup while others write, the data folder gone, and the books back as they stood."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.faults.test_full_disk import small_disk
from tests.walks.conftest import REWARDS, clean_environment, folder, start
from tests.walks.test_import import CALIFORNIA, HEAD

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.walks.conftest import Demo

pytestmark = pytest.mark.slow

ENOUGH_S = 240


def told(*words: object, code: int = 0, typed: str | None = None, **more: str) -> dict[str, Any]:
    """Run one command with --json, see how it ends, and give what it said."""
    ended = subprocess.run(
        [str(REWARDS), *map(str, words), "--json"],
        capture_output=True,
        text=True,
        check=False,
        input=typed,
        timeout=ENOUGH_S,
        env=clean_environment(**more),
    )
    assert ended.returncode == code, ended.stderr
    said: dict[str, Any] = json.loads(ended.stdout.splitlines()[-1])
    return said


def record(demo: Demo, path: Path, reference: str) -> None:
    """Record four visits of somebody in a running demo, who earns by them."""
    days = [
        f"{reference},stimulant-negative,negative,2026-03-{day:02}T09:30:00-08:00" for day in (2, 5, 9, 12)
    ]
    lines = "".join(f"{line},{CALIFORNIA},2026-03-02\n" for line in days)
    path.write_text(HEAD + lines, encoding="utf-8")
    clinic = demo.said["clinic"]
    assert told("import", path, "--clinic", clinic, "--data", demo.data, "--enroll")["recorded"] == 4


def earned(demo: Demo, reference: str) -> list[int]:
    """Look up what somebody has earned; nothing where nobody has that reference."""
    people = demo.get(f"/v1/participants?reference={reference}")["items"]
    balances = [demo.get(f"/v1/participants/{one['id']}/balance")["balances"] for one in people]
    return [one["earned"] for kinds in balances for one in kinds]


def events(data: Path) -> int:
    """Count the events that `rewards verify` walks, which finds the books clean."""
    verdict = told("verify", "--data", data)
    assert verdict["clean"] is True
    return sum(int(clinic["events"]) for clinic in verdict["clinics"])


@pytest.fixture(scope="module")
def drill() -> Iterator[tuple[Path, dict[str, Any], int]]:
    """Give a data folder with a demo's clinic, a backup of it, and how many events it has after that."""
    with folder() as made:
        demo = start(made / "data")
        record(demo, made / "before.csv", "BEFORE")
        backup = told("backup", "--data", made / "data", "--into", made / "home")
        record(demo, made / "after.csv", "AFTER")
        assert (earned(demo, "BEFORE"), earned(demo, "AFTER")) == ([4300], [4300])
        assert demo.end() == 0
        yield made, backup, events(made / "data")


def test_a_destroyed_folder_is_restored_as_it_stood(drill: tuple[Path, dict[str, Any], int]) -> None:
    """What came after the moment of the backup is gone, and the command says which moment that is."""
    made, backup, before = drill
    data, secrets = made / "data", made / "secrets"
    assert (backup["checked"], backup["keys"]) == (True, str(data / "secrets"))
    shutil.copytree(data / "secrets", secrets)
    shutil.rmtree(data)

    lost = told("restore", backup["folder"], "--data", data, code=2)
    assert lost["code"] == "keys_wrong"
    assert f"{data / 'secrets' / 'field_keys'} is missing" in lost["detail"]
    (data / "secrets").mkdir(parents=True)
    for path in secrets.iterdir():
        shutil.copy(path, data / "secrets")
    (data / "secrets" / "index_key").write_text((secrets / "audit_key").read_text())
    wrong = told("restore", backup["folder"], "--data", data, code=2)
    assert wrong["code"] == "keys_wrong"
    assert "INDEX_KEY is another" in wrong["detail"]
    shutil.copy(secrets / "index_key", data / "secrets")

    restored = told("restore", backup["folder"], "--data", data)
    assert (restored["moment"], restored["clean"]) == (backup["moment"], True)
    assert (restored["clinics"], restored["events"]) == (1, backup["events"])
    assert events(data) == backup["events"] <= before - 4
    # It is served as before, with the keys of before.
    demo = start(data)
    assert (earned(demo, "BEFORE"), earned(demo, "AFTER")) == ([4300], [])

    served = told("restore", backup["folder"], "--data", data, "--replace", code=2)
    assert served["code"] == "database_in_use"
    assert demo.end() == 0
    living = told("restore", backup["folder"], "--data", data, code=2)
    assert (living["code"], "--replace" in living["detail"]) == ("database_living", True)
    told("clinic", "create", "--name", "Latest", "--timezone", "UTC", "--data", data)
    for typed in ("", "yes\n"):
        refused = told("restore", backup["folder"], "--data", data, "--replace", code=2, typed=typed)
        assert refused["code"] == "not_confirmed"
    assert len(told("clinic", "list", "--data", data)["clinics"]) == 2
    told("restore", backup["folder"], "--data", data, "--replace", typed=f"{data.name}\n")
    assert len(told("clinic", "list", "--data", data)["clinics"]) == 1


def test_a_backup_that_was_touched_changes_nothing(drill: tuple[Path, dict[str, Any], int]) -> None:
    """The file is named, and the database stays as it was."""
    made, backup, _ = drill
    data, touched = made / "data", made / "touched"
    shutil.copytree(backup["folder"], touched)
    tables = touched / "database.dump"
    with tables.open("r+b") as file:
        file.seek(tables.stat().st_size // 2)
        file.write(b"\0\1\2\3")
    refused = told("restore", touched, "--data", data, "--replace", code=1)
    assert (refused["code"], str(tables) in refused["detail"]) == ("backup_unfit", True)
    assert told("verify", "--data", data)["clean"] is True


def test_a_backup_that_is_broken_off_leaves_nothing_that_looks_good(
    drill: tuple[Path, dict[str, Any], int],
) -> None:
    """Told to end, it takes away what it began; killed, it leaves what the next one takes away."""
    made, backup, _ = drill
    data, home = made / "data", made / "home"
    for sign, code in ((signal.SIGTERM, 130), (signal.SIGKILL, -signal.SIGKILL)):
        process = subprocess.Popen(
            [str(REWARDS), "backup", "--data", str(data), "--into", str(home)],
            env=clean_environment(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        until = time.monotonic() + 60
        while not list(home.glob(".scratch-*")) and time.monotonic() < until:
            time.sleep(0.01)
        process.send_signal(sign)
        assert process.wait(60) == code
        listed = told("backups", "--data", data, "--into", home)["backups"]
        assert [one["folder"] for one in listed] == [backup["folder"]]
        left = {path.name for path in home.iterdir()} - {Path(backup["folder"]).name, ".lock"}
        assert (left == set()) is (sign is signal.SIGTERM)
    again = told("backup", "--data", data, "--into", home, BACKUP_KEEP="1")
    assert again["removed"] == [Path(backup["folder"]).name]
    assert {path.name for path in home.iterdir()} == {Path(again["folder"]).name, ".lock"}


def test_a_full_disk_is_said_kindly(drill: tuple[Path, dict[str, Any], int]) -> None:
    """Nothing is left of what had no room."""
    made, _, _ = drill
    with small_disk(made / "disk"):
        home = made / "disk"
        (home / "ballast").write_bytes(b"\0" * (400 * 1024 * 1024 - 300_000))
        full = told("backup", "--data", made / "data", "--into", home, code=4)
        assert (full["code"], "Make room" in full["detail"]) == ("disk_full", True)
        assert {path.name for path in home.iterdir()} == {"ballast", ".lock"}


def test_the_worker_backs_up_by_itself(drill: tuple[Path, dict[str, Any], int]) -> None:
    """As BACKUP_FOLDER says, and once for as long as that one is young enough."""
    made, _, _ = drill
    home = made / "worked"
    process = subprocess.Popen(
        [str(REWARDS), "work", "--data", str(made / "data")],
        env=clean_environment(BACKUP_FOLDER=str(home)),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        until = time.monotonic() + 120
        while not list(home.glob("rewards-*")) and time.monotonic() < until:
            time.sleep(0.1)
    finally:
        process.terminate()
        assert process.wait(60) == 0
    (one,) = told("backups", "--data", made / "data", "--into", home)["backups"]
    assert one["checked"] is True

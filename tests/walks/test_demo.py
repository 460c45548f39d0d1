"""The demo starts from nothing, survives anything, and stops cleanly."""

from __future__ import annotations

import contextlib
import json
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import pytest

if TYPE_CHECKING:
    from tests.walks.conftest import Demo, Environment, Run

Begin = Callable[..., "Demo"]

# Demos are started and ended a dozen times.
pytestmark = pytest.mark.slow


def alive(pid: int) -> bool:
    """Tell whether a process is there and not merely waiting to be buried."""
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def below(pid: int) -> list[int]:
    """List the processes that a process started, and those that they started."""
    pairs = []
    for stat_file in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            said = stat_file.read_text(encoding="utf-8", errors="replace")
            # The name, in brackets, may hold anything; after it come the state and the parent.
            pairs.append((int(stat_file.parent.name), int(said.rpartition(")")[2].split()[1])))
    found = [pid]
    for known in found:
        found += [one for one, parent in pairs if parent == known]
    return found[1:]


def gone(pids: list[int], wait_s_max: float = 30.0) -> bool:
    """Wait until processes have ended."""
    until = time.monotonic() + wait_s_max
    while any(alive(pid) for pid in pids):
        if time.monotonic() > until:
            return False
        time.sleep(0.05)
    return True


def test_the_first_line_is_all_that_a_machine_needs(demo: Demo) -> None:
    """The line has the promised fields, and the key works at the address when it is printed."""
    assert set(demo.said) >= {"url", "clinic", "api_key", "staff", "participants"}
    for participant in demo.said["participants"]:
        assert set(participant) == {"id", "reference", "code"}


def test_a_command_given_the_data_of_a_running_demo_uses_its_stores(demo: Demo, rewards: Run) -> None:
    """Its books verify clean, and a key made for it works at once."""
    where = ("--data", str(demo.data))
    assert "clean" in rewards("verify", "--clinic", demo.said["clinic"], *where).stdout
    words = ("key", "create", "--clinic", demo.said["clinic"], "--role", "auditor", "--json", *where)
    key = json.loads(rewards(*words).stdout)["key"]
    answer = httpx.get(f"{demo.url}/v1/participants", headers={"Authorization": f"Bearer {key}"})
    assert answer.status_code == httpx.codes.OK


def test_a_taken_port_is_refused_with_the_remedy(demo: Demo, data: Path, rewards: Run) -> None:
    """A demo never shares a port, and starts nothing before it knows that it has one."""
    ended = rewards("demo", "--port", demo.url.rpartition(":")[2], "--data", str(data), check=False)
    assert ended.returncode == 2
    assert "--port 0" in ended.stderr
    assert "Traceback" not in ended.stderr
    assert not data.exists()


def test_a_folder_in_use_is_refused_with_the_remedy(demo: Demo, rewards: Run) -> None:
    """Two demos never work in one folder, and `--fresh` never empties one that is in use."""
    for more in ((), ("--fresh",)):
        ended = rewards("demo", "--port", "0", "--data", str(demo.data), *more, check=False)
        assert ended.returncode == 2
        assert "--data" in ended.stderr
    assert demo.get("/readyz")


def test_a_demo_goes_on_where_it_ended_even_after_kill_9(data: Path, begin: Begin) -> None:
    """The same clinic, the same working key; nothing of the killed one is left running or in the way."""
    first = begin(data)
    port = first.url.rpartition(":")[2]
    pids = below(first.process.pid)
    first.end(signal.SIGKILL)
    assert gone(pids)
    second = begin(data, "--port", port)
    people = second.said.pop("participants")
    assert [one["id"] for one in people] == [one["id"] for one in first.said.pop("participants")]
    assert second.said == first.said
    assert second.get(f"/v1/participants/{people[0]['id']}")
    pids = below(second.process.pid)
    # A terminal sends Ctrl-C to every process of its group.
    assert second.end(signal.SIGINT, group=True) == 0
    assert gone(pids)
    assert not (data / "stores.json").exists()
    third = begin(data, "--fresh")
    assert third.said["clinic"] != first.said["clinic"]
    assert third.end() == 0


def test_two_demos_run_side_by_side(demo: Demo, data: Path, begin: Begin) -> None:
    """With a folder and a port of its own each knows its own clinic and no other."""
    other = begin(data)
    assert other.url != demo.url
    stranger = {"Authorization": f"Bearer {demo.said['api_key']}"}
    assert httpx.get(f"{other.url}/v1/participants", headers=stranger).status_code == httpx.codes.UNAUTHORIZED


@pytest.mark.parametrize("after_s", [0.3, 0.8, 1.2, 1.8])
def test_a_demo_can_be_stopped_while_it_starts(
    data: Path, after_s: float, elsewhere: Environment, rewards: Run
) -> None:
    """Whenever it is told to, it ends with all that it started, and the folder starts again."""
    process = subprocess.Popen(
        [str(Path(sys.executable).with_name("rewards")), "demo", "--port", "0", "--data", str(data)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=elsewhere,
    )
    time.sleep(after_s)
    pids = below(process.pid)
    process.terminate()
    _, said = process.communicate(timeout=40)
    assert "Traceback" not in said
    assert gone(pids)
    assert rewards("migrate", "--data", str(data)).returncode == 0


def test_fresh_empties_no_folder_that_is_not_a_demo_s(data: Path, rewards: Run) -> None:
    """A mistyped folder is not lost."""
    data.mkdir()
    (data / "thesis.txt").write_text("mine", encoding="utf-8")
    ended = rewards("demo", "--fresh", "--port", "0", "--data", str(data), check=False)
    assert ended.returncode == 2
    assert "thesis.txt" in ended.stderr
    assert (data / "thesis.txt").exists()


def test_a_port_that_somebody_listens_on_is_refused(data: Path, rewards: Run) -> None:
    """Even where the other one would share it."""
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        other.bind(("127.0.0.1", 0))
        other.listen()
        ended = rewards("demo", "--port", str(other.getsockname()[1]), "--data", str(data), check=False)
    assert ended.returncode == 2
    assert "cannot be taken" in ended.stderr

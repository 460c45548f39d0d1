"""`rewards demo`: the stores, a clinic with a history, the web and the worker in one, from nothing."""

import asyncio
import os
import shutil
import signal
import threading
from argparse import Namespace
from contextlib import suppress
from pathlib import Path
from socket import socket
from typing import Any, Final

import msgspec
from msgspec.structs import replace

from service import embedded, logs, settings
from service.commands.ground import open_database
from service.commands.serve import stop_on_signals
from service.commands.speech import CommandError, complain, say, say_json
from service.commands.web import answers, serve, take_port
from service.commands.work import BesideWeb
from service.demo.clinic import DemoClinic, make_clinic
from service.embedded import Stores
from service.embedded.place import Lock
from service.settings import Settings
from service.store import clinics
from service.store.migrate import migrate

HOST: Final = "127.0.0.1"
OURS: Final = frozenset({
    "demo.lock", "lock", "logs", "postgres", "postgres.new", "programs", "secrets", "sockets", "stores.json",
    "stores.new", "valkey",
})  # fmt: skip
"""What a demo leaves in its folder; `--fresh` removes nothing else."""


def run(args: Namespace) -> int:
    """Run the demo until SIGTERM or Ctrl-C."""
    stop_on_signals()
    if args.fresh:
        _forget(args.data)
    port, held = take_port(HOST, args.port)
    stores = embedded.start(args.data)
    try:
        return _run(args, stores, port, held)
    finally:
        held.close()
        stores.stop()


def _run(args: Namespace, stores: Stores, port: int, held: socket) -> int:
    asyncio.run(migrate(stores.owner_url))
    environment = {"LOG_LEVEL": "warning", "LOG_FORMAT": "console", **os.environ, **stores.environment()}
    for name in stores.environment():
        # The demo has stores and keys of its own, whatever else this machine serves.
        os.environ.pop(f"{name}_FILE", None)
        environment.pop(f"{name}_FILE", None)
    given = replace(settings.read(environment), host=HOST, port=port, web_workers=1)
    logs.set_up(given.log_level, given.log_format)
    beside = _Beside(args, stores.data, given, port)
    try:
        code = serve(given, environment, host=HOST, port=port, workers=1)
    finally:
        beside.stop()
    return 1 if beside.failed else code


class _Beside:
    """What goes on beside the web processes: the clinic is made while they start, then the worker works."""

    def __init__(self, args: Namespace, data: Path, given: Settings, port: int) -> None:
        self._args = args
        self._data = data
        self._given = given
        self._port = port
        self._stopping = threading.Event()
        self._worker: BesideWeb | None = None
        self.failed = False
        self._thread = threading.Thread(target=self._run, name="demo", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Finish what is in hand."""
        self._stopping.set()
        self._thread.join()
        if self._worker is not None:
            self._worker.stop()

    def _run(self) -> None:
        try:
            clinic = asyncio.run(_clinic(self._given, self._data))
            if not answers(HOST, self._port, self._stopping.is_set):
                if self._stopping.is_set():
                    return
                raise CommandError(
                    f"The web process does not answer. Its reasons are above, or in {self._data}/logs."
                )
            self._worker = BesideWeb(self._given)
            _announce(clinic, f"http://{HOST}:{self._port}", as_json=self._args.json)
        except Exception as why:  # noqa: BLE001  a thread has nobody above it to tell
            self.failed = True
            complain(
                str(why)
                if isinstance(why, CommandError)
                else f"The demo cannot start: {type(why).__name__} {why}"
            )
            os.kill(os.getpid(), signal.SIGTERM)


async def _clinic(given: Settings, data: Path) -> DemoClinic:
    """The folder's clinic, made on the first run."""
    database = await open_database(given)
    kept = data / "secrets" / "demo.json"
    try:
        with suppress(OSError, msgspec.MsgspecError):
            known = msgspec.json.decode(kept.read_bytes(), type=DemoClinic)
            async with database.transaction(known.clinic) as tx:
                if await clinics.find(tx, known.clinic) is not None:
                    return known
        made = await make_clinic(database)
    finally:
        await database.close()
    # Written aside, as private as the keys in it, and renamed: a crash leaves the whole of it or nothing.
    aside = kept.with_suffix(".new")
    aside.unlink(missing_ok=True)
    with os.fdopen(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(msgspec.json.encode(made))
        file.flush()
        os.fsync(file.fileno())
    aside.replace(kept)
    return made


def _announce(clinic: DemoClinic, url: str, *, as_json: bool) -> None:
    key = clinic.keys["manager"]
    if as_json:
        said: dict[str, Any] = {"url": url, "clinic": clinic.clinic, "api_key": key, "staff": []}
        say_json({**said, "participants": clinic.participants, "keys": clinic.keys})
        return
    first = clinic.participants[0]
    say(f"The demo is at {url} and its API is described at {url}/docs")
    say(f"Clinic {clinic.clinic}. A key for each role:")
    for role, secret in clinic.keys.items():
        say(f"  {role:<12} {secret}")
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
        raise CommandError(
            f"{data} holds {strange[0]}, which no demo made. Choose another folder with --data."
        )
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

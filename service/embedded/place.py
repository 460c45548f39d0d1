"""The data folder: what lies where in it, who may start it, and the account that its database runs under."""

from __future__ import annotations

import base64
import contextlib
import dataclasses
import fcntl
import os
import pwd
import secrets
import shutil
import tempfile
from pathlib import Path
from typing import Final
from urllib.parse import parse_qs, urlsplit

SOCKETS_BYTES_MAX: Final = 103 - len("/.s.PGSQL.5432")
"""The longest folder for the sockets, in bytes.

With PostgreSQL's file name a path may have 107 on Linux and 103 on macOS.
"""

TEMPORARY: Final = "rewards-sockets-"
"""How a short-named folder of sockets begins, when the data folder's own path is too long."""


SOCKETS: Final = "sockets"
"""The folder of sockets in the data folder, where its path is short enough."""


class EmbeddedError(Exception):
    """The embedded stores cannot be started; the message says why and what to do."""


class InUseError(EmbeddedError):
    """Another process has started the data folder, or is about to."""


class LostKeyError(EmbeddedError):
    """The key of a folder's database is not in it."""


@dataclasses.dataclass(frozen=True, slots=True)
class Account:
    """An unprivileged user that PostgreSQL runs under, because it refuses to run as root."""

    name: str
    uid: int
    gid: int


@dataclasses.dataclass(frozen=True, slots=True)
class Place:
    """One data folder, ready to be used, and the account of its database (None: our own)."""

    data: Path
    account: Account | None

    @classmethod
    def made(cls, data: Path) -> Place:
        """Make the folder if need be; nothing outside it is touched, above all no parent's permissions.

        Raises:
            EmbeddedError: the folder cannot be made or written.
        """
        data = data.expanduser().absolute()
        try:
            data.mkdir(parents=True, exist_ok=True)
            (data / "logs").mkdir(exist_ok=True)
        except OSError as why:
            raise EmbeddedError(
                f"{data} cannot be made or written ({why.strerror}). Choose another folder with --data."
            ) from why
        place = cls(data, _account())
        database = data / "postgres"
        ours = os.geteuid() if place.account is None else place.account.uid
        if database.exists() and database.stat().st_uid != ours:
            raise EmbeddedError(
                f"{data} was made by another user. Run as that user, or choose another folder with --data."
            )
        return place

    def sockets_made(self, left: Path | None) -> Path:
        """Make an empty private folder for the sockets, with a path that is short enough for them.

        A temporary one that a killed process left behind is removed first.
        """
        if left is not None and left.name.startswith(TEMPORARY):
            shutil.rmtree(left, ignore_errors=True)
        sockets = self.data / SOCKETS
        if len(os.fsencode(sockets)) <= SOCKETS_BYTES_MAX:
            shutil.rmtree(sockets, ignore_errors=True)
            sockets.mkdir()
        else:
            short = tempfile.gettempdir()
            if len(os.fsencode(short)) > SOCKETS_BYTES_MAX - len(TEMPORARY) - 10:
                short = "/tmp"  # noqa: S108 -- mkdtemp makes a private folder of a fresh name in it
            sockets = Path(tempfile.mkdtemp(prefix=TEMPORARY, dir=short))
        self.give(sockets)
        return sockets

    def give(self, folder: Path) -> None:
        """Make one folder of ours private to the account that the database runs under."""
        folder.chmod(0o700)
        if self.account is not None:
            os.chown(folder, self.account.uid, self.account.gid)


class Lock:
    """The right to start one data folder, held by one process and let go with it, however it ends."""

    def __init__(self, data: Path) -> None:
        """Take the lock at once or not at all.

        Raises:
            InUseError: another process holds it.
        """
        self._path = data / "lock"
        # Unbuffered, so that closing a forked child's copy does nothing but close.
        self._file = self._path.open("a+b", buffering=0)
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as why:
            self._file.seek(0)
            holder = self._file.read(20).decode("ascii", errors="replace").strip() or "unknown"
            self._file.close()
            raise InUseError(
                f"{data} is in use by process {holder}. Stop that one, or choose another folder with --data."
            ) from why
        self._file.truncate(0)
        self._file.write(f"{os.getpid()}\n".encode())
        # A forked child would share the lock and keep it after our death, so it closes its copy.
        os.register_at_fork(after_in_child=self._file.close)

    def holds(self) -> bool:
        """Tell whether the folder is still the one that was locked, and not removed or made anew."""
        try:
            return os.path.samestat(os.fstat(self._file.fileno()), self._path.stat())
        except (OSError, ValueError):
            return False

    def release(self) -> None:
        """Let the folder go."""
        self._file.close()


def is_embedded(database_url: str) -> bool:
    """Tell whether a database's URL leads to the sockets of an embedded store."""
    (folder, *_) = parse_qs(urlsplit(database_url).query).get("host", [""])
    path = Path(folder)
    return path.is_absolute() and (path.name == SOCKETS or path.name.startswith(TEMPORARY))


@dataclasses.dataclass(frozen=True, slots=True)
class Secrets:
    """The secrets of one data folder, none of which shows itself when printed."""

    field_keys: str = dataclasses.field(repr=False)
    index_key: str = dataclasses.field(repr=False)
    audit_key: str = dataclasses.field(repr=False)
    password: str = dataclasses.field(repr=False)
    """The password of the service's login."""


def secrets_of(data: Path) -> Secrets:
    """Give the folder's secrets, each made when it is first asked for and kept readable to us alone.

    Raises:
        LostKeyError: the folder has a database, and not the key of what is encrypted in it.
    """
    folder = data / "secrets"
    if (data / "postgres" / "PG_VERSION").exists():
        for name in ("field_keys", "index_key"):
            if not (folder / name).exists():
                raise LostKeyError(
                    f"{folder / name} is missing, and the database in {data} was encrypted with it. Nothing "
                    "was changed. Put it back from where you keep it, or choose another folder with --data."
                )
    folder.mkdir(mode=0o700, exist_ok=True)
    return Secrets(
        _secret(folder / "field_keys", "embedded:"),
        _secret(folder / "index_key", ""),
        _secret(folder / "audit_key", ""),
        # It stands in a URL.
        base64.urlsafe_b64encode(base64.b64decode(_secret(folder / "service_password", ""))).decode(),
    )


def _secret(path: Path, prefix: str) -> str:
    # Written aside and linked into place: of two processes that make it at once, one wins and both
    # read the winner's; and a crash between leaves no empty secret.
    if not path.exists():
        text = prefix + base64.b64encode(secrets.token_bytes(32)).decode("ascii")
        handle, aside = tempfile.mkstemp(dir=path.parent)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(text + "\n")
            file.flush()
            os.fsync(file.fileno())
        with contextlib.suppress(FileExistsError):
            os.link(aside, path)
        Path(aside).unlink()
    return path.read_text(encoding="ascii").strip()


def _account() -> Account | None:
    if os.geteuid() != 0:
        return None
    try:
        entry = pwd.getpwnam("nobody")
    except KeyError as why:
        raise EmbeddedError(
            "PostgreSQL does not run as root, and there is no user `nobody` to run it under. "
            "Run this as an ordinary user."
        ) from why
    return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)

"""`rewards clinic move`: one clinic, from this database into one that has other keys."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from service.commands.clinic_archive import cipher_of, prove
from service.commands.ground import Ground, ready
from service.commands.progress import until_ended, watched
from service.commands.speech import CommandError, Exit, say, say_json
from service.settings import Settings
from service.store.archives.moving import Moved, Side, call_off, clear, move

PLACE_LETTERS_MAX: Final = 300
COUNTED: Final = ("participants", "events", "transfers", "audit")
"""Tables whose rows are said by themselves."""


def run(args: Namespace) -> int:
    """Move a clinic, or go on with a move; call one off, or remove what one left behind."""
    has_map = args.map is not None
    if (args.cell is None) == has_map or (has_map and args.host is None):
        detail = "--map, --host and --cell belong together: the file, the clinic's host and its new cell."
        raise CommandError(Exit.USAGE, "usage", detail)
    with ready(args.data, exact=True) as here, _other(args.to) as there:
        sides = _side(here), _side(there)
        if args.call_off:
            return _called_off(args, until_ended(call_off(*sides, args.clinic)))
        if args.clear:
            return _cleared(args, *until_ended(clear(*sides, args.clinic)))
        place = args.place or _place(there.settings)
        if len(place) > PLACE_LETTERS_MAX:
            raise CommandError(Exit.USAGE, "usage", f"--place takes {PLACE_LETTERS_MAX} letters at most.")
        with watched("moving") as said:
            moved = until_ended(move(*sides, args.clinic, place, args.scratch, said.step, prove))
    if has_map:
        switch(args.map, args.host, args.cell)
    return _said(args, moved)


def _called_off(args: Namespace, name: str) -> int:
    if args.json:
        say_json({"clinic": args.clinic, "name": name, "moved": False})
    else:
        say(f"{name} ({args.clinic}) is served here, as before.")
    return Exit.DONE


def _cleared(args: Namespace, name: str, rows: int) -> int:
    if args.json:
        say_json({"clinic": args.clinic, "name": name, "cleared": True, "rows": rows})
    else:
        say(f"{name} ({args.clinic}) is here no more: {rows:,} rows removed.")
    return Exit.DONE


def _said(args: Namespace, moved: Moved) -> int:
    counts = {name: moved.rows[name] for name in COUNTED}
    rows = sum(moved.rows.values())
    if args.json:
        said = {"clinic": args.clinic, "name": moved.name, "moved": True, "place": moved.place}
        say_json({**said, "rows": rows, **counts})
        return Exit.DONE
    listed = ", ".join(f"{count:,} {name}" for name, count in counts.items())
    say(f"{moved.name} ({args.clinic}) is served at {moved.place}: {rows:,} rows, verified; {listed}.")
    if args.map is None:
        say(f"Now its line in cells.map: {args.host or 'HOST'} CELL; then systemctl reload haproxy")
    else:
        say(f"{args.map} leads {args.host} to {args.cell}. Now: systemctl reload haproxy")
    return Exit.DONE


def switch(path: Path, host: str, cell: str) -> None:
    """Have HAProxy's map say that a host is in a cell, and leave every other line as it is.

    Raises OSError where the file cannot be read or written.
    """
    lines = path.read_text(encoding="utf-8").splitlines()
    new = f"{host.lower()} {cell}"
    at = [place for place, line in enumerate(lines) if line.split()[:1] == [host.lower()]]
    lines = [new if place in at else line for place, line in enumerate(lines)] + ([] if at else [new])
    aside = path.with_name(f".{path.name}.new")
    aside.write_text("\n".join(lines) + "\n", encoding="utf-8")
    aside.chmod(path.stat().st_mode & 0o777)
    # HAProxy reads the one or the other, whenever it looks.
    aside.replace(path)


@contextmanager
def _other(path: Path) -> Iterator[Ground]:
    """The other side: the folder of embedded stores, or a file of settings as service.env is one."""
    with ready(path, exact=True, environment={} if path.is_dir() else _settings_in(path)) as found:
        yield found


def _side(ground: Ground) -> Side:
    return Side(ground.settings.migration_database_url, cipher_of(ground))


def _settings_in(path: Path) -> dict[str, str]:
    """The settings of a file, a line each; raises CommandError where it names no database."""
    given = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        name, is_set, text = line.strip().partition("=")
        if is_set and not name.startswith("#"):
            given[name.strip()] = text.strip().strip("\"'")
    if not {"DATABASE_URL", "DATABASE_URL_FILE"} & given.keys():
        detail = f"{path} has no DATABASE_URL. Name the settings of the other cell, or a folder of stores."
        raise CommandError(Exit.USAGE, "setting_invalid", detail)
    return given


def _place(given: Settings) -> str:
    if given.public_url is None:
        detail = "Say with --place at which address the clinic will be: the other side has no PUBLIC_URL."
        raise CommandError(Exit.USAGE, "usage", detail)
    return given.public_url

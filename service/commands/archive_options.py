"""How archives of one clinic, and moves by them, are typed."""

from pathlib import Path

from service.commands.declaring import EXAMPLE_ID, Commands, Parser, add_clinic, add_command, add_file


def add_archives(clinics: Commands) -> None:
    """Add `rewards clinic export`, `rewards clinic import` and `rewards clinic move`."""
    shown = f"clinic export --clinic {EXAMPLE_ID} --passphrase-file words.txt north.archive"
    says = "write everything of one clinic into a file that is sealed under a passphrase"
    out = add_command(
        clinics, "export", "clinic_archive:export", says, shown, json="{clinic, name, rows, file, bytes}"
    )
    add_clinic(out)
    _add_passphrase(out)
    add_file(out, "the archive, a new file")
    shown = "clinic import --passphrase-file words.txt north.archive"
    says = "bring in a clinic that was exported from another database, and verify it"
    come = add_command(clinics, "import", "clinic_archive:bring_in", says, shown, json="{clinic, name, rows}")
    _add_passphrase(come)
    add_file(come, "the archive, as rewards clinic export wrote it")

    _add_move(clinics)


def _add_move(clinics: Commands) -> None:
    shown = f"clinic move --clinic {EXAMPLE_ID} --to /etc/rewards/cell-b.env --place https://riverside.example.org"
    says = "move a clinic into the database of another cell, or go on with a move that was ended"
    move = add_command(
        clinics,
        "move",
        "clinic_move:run",
        says,
        shown,
        json="{clinic, name, moved, place, rows, participants, events, transfers, audit}, "
        "with --clear {clinic, name, cleared, rows}",
    )
    add_clinic(move)
    of_cell = "the settings of the other cell, as its service.env has them, or its folder of embedded stores"
    move.add_argument("--to", type=Path, required=True, metavar="FILE", help=of_cell)
    move.add_argument(
        "--place",
        metavar="URL",
        help="the address at which people find the clinic then (default: the other cell's PUBLIC_URL)",
    )
    move.add_argument(
        "--scratch",
        type=Path,
        metavar="DIR",
        help="where the sealed archive lies meanwhile (default: the system's temporary folder)",
    )
    move.add_argument("--map", type=Path, metavar="FILE", help="HAProxy's cells.map, which is changed last")
    move.add_argument("--host", metavar="H", help="the clinic's host in that map")
    move.add_argument("--cell", metavar="C", help="its new cell in that map")
    instead = move.add_mutually_exclusive_group()
    instead.add_argument(
        "--call-off", action="store_true", help="serve the clinic here again, unless it has left already"
    )
    instead.add_argument(
        "--clear", action="store_true", help="remove what stayed behind of a clinic that is served there"
    )


def _add_passphrase(command: Parser) -> None:
    command.add_argument(
        "--passphrase-file",
        type=Path,
        metavar="P",
        help="a file that holds the passphrase (default: asked for)",
    )

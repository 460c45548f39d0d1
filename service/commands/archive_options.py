"""How archives of one clinic are typed."""

from pathlib import Path

from service.commands.declaring import EXAMPLE_ID, Commands, Parser, add_clinic, add_command, add_file


def add_archives(clinics: Commands) -> None:
    """Add `rewards clinic export` and `rewards clinic import`."""
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


def _add_passphrase(command: Parser) -> None:
    command.add_argument(
        "--passphrase-file",
        type=Path,
        metavar="P",
        help="a file that holds the passphrase (default: asked for)",
    )

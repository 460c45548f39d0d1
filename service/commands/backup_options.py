"""How backups are typed."""

from pathlib import Path

from service.commands.declaring import Commands, Parser, add_command, add_folder


def add_backups(commands: Commands) -> None:
    """Add `rewards backup`, `rewards backups` and `rewards restore`."""
    says = "back up the whole database, but not its keys, and check the backup by restoring it"
    made = "{folder, moment, bytes, checked, clinics, events, removed, keys}"
    backup = add_command(
        commands, "backup", "backup:run", says, "backup --into /var/backups/rewards", json=made
    )
    _add_into(backup)
    backup.add_argument(
        "--unchecked", action="store_true", help="do not restore it; it does not count as a good one then"
    )
    listed = add_command(
        commands, "backups", "backup:show", "list the backups that are kept", "backups", json="{backups}"
    )
    _add_into(listed)
    says = "restore a backup into an empty database, and verify it"
    shown = "restore /var/backups/rewards/rewards-20261130T023000Z"
    restored = "{moment, made_at, clinics, events, newest, clean}"
    restore = add_command(
        commands, "restore", "restore:run", says, shown, f"{shown} --replace", json=restored
    )
    restore.add_argument(
        "--replace",
        action="store_true",
        help="replace a database that holds clinics, once its name was typed",
    )
    restore.add_argument(
        "--faulty", action="store_true", help="take it even where its books do not agree in themselves"
    )
    add_folder(restore, "the backup's folder, as rewards backup printed it")


def _add_into(command: Parser) -> None:
    command.add_argument(
        "--into",
        type=Path,
        metavar="HOME",
        help="the folder that backups are kept in (default BACKUP_FOLDER)",
    )

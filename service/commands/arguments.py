"""The command line of `rewards`: every command with its options."""

import argparse
from datetime import date
from typing import Final, get_args
from uuid import UUID

from schemas.keys import Scope
from schemas.people import Role
from schemas.staff import StaffRole
from service.commands.archive_options import add_archives
from service.commands.backup_options import add_backups
from service.commands.declaring import (
    EXAMPLE_ID,
    Commands,
    Parser,
    add_clinic,
    add_command,
    add_file,
    add_group,
    examples,
    whole_number,
)
from service.commands.mllp_options import add_mllp
from service.commands.participant_options import add_participants
from service.commands.program_options import add_programs
from service.commands.provider_options import add_providers
from service.commands.send_options import add_sending
from service.commands.speech import Exit
from service.commands.table_options import add_table_options
from service.commands.verify_options import add_verify
from service.version import VERSION

SHELLS: Final = ("bash", "zsh", "fish")
EXITS: Final = {
    Exit.DONE: "done",
    Exit.WRONG: "the books, a program, a backup or the record of a draw are wrong",
    Exit.USAGE: "an option, a setting or the name of a file is wrong",
    Exit.REFUSED: "lines or items were refused",
    Exit.AWAY: "PostgreSQL or Redis cannot be used",
    Exit.PENDING: "the database lacks migrations, or has others than this version knows",
    Exit.UNFORESEEN: "a fault of this program",
    Exit.INTERRUPTED: "ended by Ctrl-C",
}
"""The meaning of each exit code; a closed pipe (141) needs no line, for nobody is left to read it."""
JSON: Final = """\
With --json every command prints one JSON object a line on stdout. One that
fails prints {code, detail} beside what it found, and ends as above."""


def parser() -> argparse.ArgumentParser:
    """All commands with their options."""
    top = Parser(
        prog="rewards",
        description="Contingency management: verified behaviors in, exact awards out.",
        epilog="\n\n".join(
            [examples("demo", "serve --with-worker", "program --help"), f"exit codes:\n{_exit_codes()}", JSON]
        ),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    top.add_argument(
        "--version",
        action="version",
        version=f"rewards {VERSION}",
        help="print the version and end",
    )
    commands = top.add_subparsers(metavar="COMMAND", required=True)
    _serving(commands)
    _keeping(commands)
    _keys(commands)
    add_participants(commands)
    add_programs(commands)
    add_providers(commands)
    add_sending(commands)
    _draws(commands)
    _books(commands)
    add_verify(commands)
    add_backups(commands)
    _shells(commands)
    return top


def _exit_codes() -> str:
    return "\n".join(f"  {code:<4}{words}" for code, words in EXITS.items())


def _serving(commands: Commands) -> None:
    says = "the whole service with its own stores and a demo clinic that has a history"
    demo = add_command(
        commands,
        "demo",
        "demo:run",
        says,
        "demo",
        "demo --port 0 --data trial --json",
        json="the address, keys and sign-ins",
    )
    demo.add_argument(
        "--port", type=_port, default=8000, metavar="N", help="TCP port (default 8000; 0 takes any free one)"
    )
    demo.add_argument("--fresh", action="store_true", help="forget what an earlier demo left in the folder")
    says = "the web server: API, front desk, portal and Manage"
    serve = add_command(
        commands,
        "serve",
        "serve:run",
        says,
        "serve --with-worker",
        "serve --host 0.0.0.0 --port 8080 --workers 4",
        json="{url, workers, set_up}",
    )
    serve.add_argument("--host", metavar="H", help="address to listen on (default HOST, else 127.0.0.1)")
    serve.add_argument(
        "--port", type=_port, metavar="N", help="TCP port (default PORT, else 8000; 0 takes any free one)"
    )
    serve.add_argument(
        "--workers", type=_workers, metavar="N", help="web processes (default WEB_WORKERS, else 1)"
    )
    serve.add_argument("--with-worker", action="store_true", help="run the background worker too")
    says = "the background worker: deliveries, missed visits, imports, messages, closing"
    work = add_command(commands, "work", "work:run", says, "work", "work --once --json", json="what was done")
    work.add_argument("--once", action="store_true", help="do everything once and end")
    add_mllp(commands)


def _keeping(commands: Commands) -> None:
    says = "apply the migrations that the database lacks"
    migrate = add_command(
        commands,
        "migrate",
        "migrate:run",
        says,
        "migrate",
        "migrate --check",
        json="{applied}, or {pending} of --check",
    )
    migrate.add_argument(
        "--check", action="store_true", help="apply nothing; end with 5 where something is missing"
    )
    clinics = add_group(commands, "clinic", "create and list clinics, and take one elsewhere", "clinic list")
    create = "clinic create --name 'North Clinic' --timezone America/Los_Angeles"
    clinic = add_command(
        clinics, "create", "clinic:create", "create a clinic", create, json="{id, name, timezone}"
    )
    clinic.add_argument("--name", required=True, metavar="N", help="its name, as people see it")
    clinic.add_argument("--timezone", required=True, metavar="Z", help="such as America/Los_Angeles")
    add_command(
        clinics,
        "list",
        "clinic:show",
        "list all clinics with their ids",
        "clinic list",
        json="{clinics: [{id, name, timezone}]}",
    )
    add_archives(clinics)
    create = f"staff create --clinic {EXAMPLE_ID} --email ana@clinic.org --role manager"
    people = add_group(commands, "staff", "create members of staff", create)
    says = "create a member of staff; the password is shown once"
    person = add_command(people, "create", "staff:run", says, create, json="{id, email, password}")
    add_clinic(person)
    person.add_argument("--email", required=True, metavar="E", help="the address that they sign in with")
    person.add_argument("--role", choices=get_args(StaffRole), required=True, help="what they may do")
    person.add_argument("--name", metavar="N", help="their name, as colleagues see it")


def _keys(commands: Commands) -> None:
    create = (
        f"key create --clinic {EXAMPLE_ID} --role integration --label Scheduler --responsible ana@clinic.org"
    )
    sealing = add_group(commands, "keys", "keys of the data", "keys rotate")
    says = "bring what is under an old key of FIELD_KEYS, or under AUDIT_KEY_OTHER, under the present one"
    add_command(sealing, "rotate", "keys:rotate", says, "keys rotate", json="{key, sealed, left, chains}")
    keys = add_group(commands, "key", "create keys of the API", create)
    says = "create a key of one clinic with one role; it is shown once"
    key = add_command(keys, "create", "key:run", says, create, json="{id, key}")
    add_clinic(key)
    key.add_argument("--role", choices=get_args(Role), required=True, help="what the key may do")
    key.add_argument("--label", metavar="L", help="what the key is for")
    says = "the address of the member of staff who answers for it; asked for at a terminal"
    key.add_argument("--responsible", metavar="E", help=says)
    key.add_argument(
        "--expires-on", type=date.fromisoformat, metavar="DAY", help="its last day (default a year from now)"
    )
    key.add_argument(
        "--scope", action="append", choices=get_args(Scope), metavar="S", help="what it may do (default all)"
    )
    given = f"key assign --clinic {EXAMPLE_ID} --key {EXAMPLE_ID} --responsible ana@clinic.org"
    says = "say who answers for a key for which nobody did"
    to = add_command(keys, "assign", "key:assign", says, given, json="{id, responsible}")
    add_clinic(to)
    to.add_argument("--key", type=UUID, required=True, metavar="ID", help="the key's id")
    to.add_argument("--responsible", required=True, metavar="E", help="the address of a member of staff")


def _draws(commands: Commands) -> None:
    actions = add_group(commands, "draw", "prove draws", "draw check draw.json")
    check = add_command(
        actions,
        "check",
        "draw:run",
        "work a draw out again from its public record alone",
        "draw check draw.json",
        "draw check - < draw.json",
        json="{draw, commitment, true}",
        stores=False,
    )
    add_file(check, "an answer of GET /v1/draws/... or /v1/hats/...; - for stdin")
    check.add_argument("--seed", metavar="HEX", help="the revealed seed, where the record has none yet")


def _books(commands: Commands) -> None:
    bring = add_command(
        commands,
        "import",
        "import_events:run",
        "record events from a spreadsheet, CSV or NDJSON file",
        f"import visits.csv --clinic {EXAMPLE_ID} --enroll",
        f"import visits.csv --clinic {EXAMPLE_ID} --enroll --dry-run",
        json="{recorded, found, corrected, refused, not_reached, refused_file, ...}",
    )
    add_file(
        bring,
        "events: .csv, .tsv or .xlsx with a header, or .ndjson with what POST /v1/events takes on each line",
    )
    add_clinic(bring)
    bring.add_argument(
        "--enroll", action="store_true", help="make missing participants and enrollments (program, starts_on)"
    )
    bring.add_argument(
        "--corrections",
        choices=("offer", "apply"),
        default="offer",
        help="whether lines with another outcome, or a note that the record lacks, correct the record or are "
        "only named (default offer)",
    )
    bring.add_argument(
        "--dry-run", action="store_true", help="say what each line would earn, and record nothing"
    )
    add_table_options(bring)


def _shells(commands: Commands) -> None:
    shell = add_command(
        commands,
        "completion",
        "completion:run",
        "print a script that completes commands in a shell",
        "completion bash > ~/.local/share/bash-completion/completions/rewards",
        'completion zsh > "${fpath[1]}/_rewards"',
        "completion fish > ~/.config/fish/completions/rewards.fish",
        json="{shell, script}",
        stores=False,
    )
    shell.add_argument("shell", choices=SHELLS, help="the shell that will read the script")


def _port(text: str) -> int:
    return whole_number(text, 0, 65_535)


def _workers(text: str) -> int:
    return whole_number(text, 1, 64)

"""Options of `rewards program`: how a program is judged, shown, forecast and compared."""

from typing import Final, get_args

from schemas.people import Language
from service.commands.declaring import Commands, Parser, add_command, add_file, add_group

PROGRAM: Final = (
    "the program, in YAML or JSON; mine.cases.json or mine.cases.yaml beside mine.yaml holds its cases"
)


def add_programs(commands: Commands) -> None:
    """Add every action on programs."""
    actions = add_group(
        commands, "program", "write, check, forecast and show programs", "program check mine.yaml"
    )
    _check(actions)
    _table(actions)


def _check(actions: Commands) -> None:
    check = add_command(
        actions,
        "check",
        "program:check",
        "check a program and run the cases beside it",
        "program check mine.yaml",
        "program check mine.yaml --language es",
        json="{program, sound, cases, notes, faults, case_faults}",
        stores=False,
    )
    add_file(check, PROGRAM)
    _language(check, "faults and notes")


def _table(actions: Commands) -> None:
    table = add_command(
        actions,
        "table",
        "program:show_table",
        "check a program and show what each visit earns, of all targets together",
        "program table mine.yaml",
        "program table mine.yaml --outcomes 'negative*9,positive,negative*26'",
        json="{rows, total, totals, welcome}",
        stores=False,
    )
    add_file(table, PROGRAM)
    table.add_argument(
        "--outcomes",
        action="append",
        default=[],
        metavar="O",
        help="the visits, such as negative*9,positive,negative*26, or TARGET=negative*9; repeat it for "
        "several targets (default every visit a success)",
    )
    table.add_argument("--target", metavar="T", help="show this target alone (default all together)")
    _language(table, "the reasons")


def _language(command: Parser, of: str) -> None:
    command.add_argument(
        "--language", choices=get_args(Language), default="en", help=f"language of {of} (default en)"
    )

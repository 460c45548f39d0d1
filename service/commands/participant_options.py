"""How `rewards participant` is typed."""

from pathlib import Path
from uuid import UUID

from service.commands.declaring import EXAMPLE_ID, Commands, add_clinic, add_command, add_group


def add_participants(commands: Commands) -> None:
    """Add the commands of one person's record."""
    export = f"participant export --clinic {EXAMPLE_ID} --participant {EXAMPLE_ID} --words"
    people = add_group(commands, "participant", "take a person's record along, or erase who they are", export)
    says = "write everything that is held of a person"
    record = add_command(
        people, "export", "participant:export", says, export, json="{participant, out, bytes}"
    )
    record.add_argument("--words", action="store_true", help="in words; else line by line (NDJSON)")
    record.add_argument("--out", type=Path, metavar="FILE", help="the file to write (default: print it)")
    record.set_defaults(by=None)
    erase = f'participant erase --clinic {EXAMPLE_ID} --participant {EXAMPLE_ID} --reason "Asked."'
    says = "show what an erasure takes, or propose it"
    gone = add_command(people, "erase", "participant:erase", says, erase, json="{id, participant, erases}")
    gone.add_argument("--reason", required=True, metavar="R", help="why it is erased")
    gone.add_argument("--by", metavar="E", help="propose it: the address of the manager who does")
    for one in (record, gone):
        add_clinic(one)
        one.add_argument("--participant", type=UUID, required=True, metavar="ID", help="the person's id")

"""What can be typed to verify the books, and to anchor the audit trail elsewhere."""

from datetime import date
from pathlib import Path
from uuid import UUID

from service.commands.declaring import EXAMPLE_ID, Commands, add_clinic, add_command, add_file, add_group


def add_verify(commands: Commands) -> None:
    """Add `rewards verify`, `rewards audit checkpoint` and `rewards audit pack`."""
    verify = add_command(
        commands,
        "verify",
        "verify:run",
        "work the books out again and name the first fault",
        "verify",
        f"verify --clinic {EXAMPLE_ID} --json",
        "verify --checkpoint trail.json",
        json="{clean, clinics, fault}",
    )
    verify.add_argument("--clinic", type=UUID, metavar="ID", help="this clinic alone (default all)")
    held = "hold the audit trail to a file of `rewards audit checkpoint` too"
    verify.add_argument("--checkpoint", type=Path, metavar="FILE", help=held)
    shown = "audit checkpoint --out trail.json"
    trails = add_group(commands, "audit", "keep the audit trail provable", shown)
    checkpoint = add_command(
        trails,
        "checkpoint",
        "audit:run",
        "sign where each audit trail stands, to be kept elsewhere",
        shown,
        json="{checkpoints}",
    )
    checkpoint.add_argument("--clinic", type=UUID, metavar="ID", help="this clinic alone (default all)")
    checkpoint.add_argument("--out", type=Path, metavar="FILE", help="a new file to write (default stdout)")
    says = "write an audit pack: facts, awards, draws and the trail, with a checker that needs Python alone"
    pack = add_command(
        trails,
        "pack",
        "audit_pack:run",
        says,
        f"audit pack pack.zip --clinic {EXAMPLE_ID} --participant {EXAMPLE_ID}",
        f"audit pack march.zip --clinic {EXAMPLE_ID} --since 2026-03-01 --until 2026-03-31",
        json="{file, enrollments, people, manifest, seq, public_key, made_at}",
    )
    add_file(pack, "a new file to write")
    add_clinic(pack)
    pack.add_argument("--participant", type=UUID, metavar="ID", help="this person alone, with all that moved")
    pack.add_argument("--program", metavar="NAME", help="enrollments in this program alone")
    day = date.fromisoformat
    pack.add_argument("--since", type=day, metavar="DAY", help="those with something on this day or later")
    pack.add_argument("--until", type=day, metavar="DAY", help="the last day of the period")
    pack.add_argument("--names", action="store_true", help="with names and references (default: ids alone)")
    pack.add_argument("--recipient", metavar="WHO", help="whom it is for, for the accounting of disclosures")

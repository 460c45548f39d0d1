"""What can be typed to verify the books, and to anchor the audit trail elsewhere."""

from pathlib import Path
from uuid import UUID

from service.commands.declaring import EXAMPLE_ID, Commands, add_command, add_group


def add_verify(commands: Commands) -> None:
    """Add `rewards verify` and `rewards audit checkpoint`."""
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

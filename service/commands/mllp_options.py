"""The options of `rewards mllp`."""

from typing import Final
from uuid import UUID

from service.commands.declaring import EXAMPLE_ID, Commands, add_command, add_file_option

TLS: Final = {
    "--tls-cert": "a certificate chain (PEM): TLS alone is taken",
    "--tls-key": "the certificate's key, where it is in a file of its own",
    "--tls-clients": "certificates (PEM) of which a sender must show one",
}


def add_mllp(commands: Commands) -> None:
    """Add the command that listens for HL7 by MLLP."""
    says = "take messages of HL7 version 2 by MLLP, for one source"
    example = f"mllp --source {EXAMPLE_ID} --port 2575"
    mllp = add_command(commands, "mllp", "mllp:run", says, example, json="{status, port}, then {status}")
    mllp.add_argument("--source", type=UUID, required=True, metavar="ID", help="the source's id")
    mllp.add_argument("--port", type=int, required=True, metavar="N", help="the port to listen at")
    mllp.add_argument("--host", default="127.0.0.1", help="the address to listen at (default %(default)s)")
    for name, means in TLS.items():
        add_file_option(mllp, name, means)
    mllp.add_argument("--plain", action="store_true", help="without TLS at an address of other machines too")

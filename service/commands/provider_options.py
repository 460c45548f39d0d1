"""How `rewards provider` is typed."""

from uuid import UUID

from service.commands.declaring import EXAMPLE_ID, Commands, add_clinic, add_command, add_group


def add_providers(commands: Commands) -> None:
    """Add the commands of reward providers."""
    check = f"provider check --clinic {EXAMPLE_ID}"
    group = add_group(commands, "provider", "ask a clinic's reward providers whether all is well", check)
    one = add_command(
        group,
        "check",
        "provider:check",
        "ask what each account holds and offers; nothing is ordered",
        check,
        json="{account, name, ok, fault, balance, products}",
    )
    add_clinic(one)
    one.add_argument("--account", type=UUID, metavar="ID", help="one account only (default: all of them)")

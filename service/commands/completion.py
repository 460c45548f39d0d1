"""`rewards completion`: the script that lets a shell complete what is typed after `rewards`."""

from argparse import Namespace

import shtab

from service.commands.arguments import parser
from service.commands.speech import Exit, say, say_json


def run(args: Namespace) -> int:
    """Print the script of one shell."""
    script = shtab.complete(parser(), args.shell).rstrip()
    if args.json:
        say_json({"shell": args.shell, "script": script})
    else:
        say(script)
    return Exit.DONE

"""`rewards key create` and `rewards key assign`: a key of one clinic and role, and who answers for it."""

import asyncio
import sys
from argparse import Namespace
from collections.abc import Awaitable, Callable
from typing import TypeVar

from schemas.keys import IssuedKey, Key, NewKey
from schemas.shown_once import shown
from service.commands.ground import open_database, ready
from service.commands.performed import performed
from service.commands.speech import Exit, complain, say, say_json
from service.core.refusals import Refused, refused
from service.flows.access.keys import answer_for, issue_key
from service.flows.perform import Act, Done
from service.flows.setup.clinics import operator
from service.settings import Settings
from service.store import staff

T = TypeVar("T")
NOBODY = "Nobody answers for this key, so what it proposes is approved by nobody. Say who: rewards key assign"


def run(args: Namespace) -> int:
    """Issue the key and print it."""
    with ready(args.data) as ground:
        args.responsible = args.responsible or _asked()
        issued = asyncio.run(_done(ground.settings, args, lambda act: _issue(act, args)))
    if args.json:
        say_json({"id": issued.id, "key": issued.key})
    else:
        say(shown(issued.key))
        say(
            f"This key of role {issued.role} is shown only now. Its id is {issued.id}, and its last day "
            f"{issued.expires_on}."
        )
    if issued.responsible is None:
        complain(NOBODY)
    return Exit.DONE


def assign(args: Namespace) -> int:
    """Say who answers for a key for which nobody did."""
    with ready(args.data) as ground:
        key = asyncio.run(_done(ground.settings, args, lambda act: _assign(act, args)))
    if args.json:
        say_json({"id": key.id, "responsible": key.responsible})
    else:
        say(f"{args.responsible} answers for the key {key.id}.")
    return Exit.DONE


def _asked() -> str | None:
    """Whom somebody at a terminal names; none where a script runs this."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return None
    sys.stderr.write("Who answers for this key? Their address (empty for nobody): ")
    sys.stderr.flush()
    return sys.stdin.readline().strip() or None


async def _issue(act: Act, args: Namespace) -> Done[IssuedKey] | Refused:
    responsible = None
    if args.responsible is not None:
        known = await staff.find_by_email(act, args.responsible)
        if known is None:
            return refused("not_found.staff_address", email=args.responsible)
        responsible = known.staff.id
    scopes = tuple(args.scope) if args.scope else None
    return await issue_key(act, NewKey(args.role, args.label, responsible, args.expires_on, scopes))


async def _assign(act: Act, args: Namespace) -> Done[Key] | Refused:
    known = await staff.find_by_email(act, args.responsible)
    if known is None:
        return refused("not_found.staff_address", email=args.responsible)
    return await answer_for(act, args.key, known.staff.id)


async def _done(
    settings: Settings, args: Namespace, operation: Callable[[Act], Awaitable[Done[T] | Refused]]
) -> T:
    database = await open_database(settings)
    try:
        return await performed(database, operator(args.clinic), operation)
    finally:
        await database.close()

"""`rewards program back-test`: what a clinic's people would have earned by a draft."""

import asyncio
from argparse import Namespace

from schemas.receipts import Money
from schemas.trials import BackTest, NewBackTest
from service.commands.ground import open_database, ready
from service.commands.performed import performed
from service.commands.program_file import judge, sound
from service.commands.speech import Exit, say, say_json
from service.core.words.sentences import money
from service.flows.programs.trials import back_test
from service.flows.setup.clinics import operator


def run(args: Namespace) -> int:
    """Fold the clinic's past by a draft; raises CommandError for a faulty program, or without a past."""
    program = sound(judge(args.file))
    asked = NewBackTest(program, args.of, args.people)

    async def work() -> BackTest:
        database = await open_database(ground.settings)
        try:
            return await performed(
                database, operator(args.clinic), lambda act: back_test(act, asked, program)
            )
        finally:
            await database.close()

    with ready(args.data) as ground:
        found = asyncio.run(work())
    if args.json:
        say_json(found)
        return Exit.DONE
    for one in found.items:
        left = f" ({one.left_out} facts that the draft does not know)" if one.left_out else ""
        say(f"{one.enrollment}: {_sum(one.earned)} earned, {_sum(one.would_earn)} by the draft{left}")
    more = "" if found.is_all else " There are more; raise --people."
    say(f"{found.people} enrollments, {found.changed} would differ.{more}")
    say(f"In all: {_sum(found.earned)} earned, {_sum(found.would_earn)} by the draft. Nothing was posted.")
    return Exit.DONE


def _sum(sums: tuple[Money, ...]) -> str:
    return " + ".join(money(one.amount, one.unit, "en") for one in sums) or "0"
